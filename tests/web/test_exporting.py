"""Every search and list in every format: the same listings as on the page, fresh, cheap to ask for again."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from benchmarks._catalogue import enlarge
from directory.app import assemble, create_app, prepare
from directory.catalogue.actions import amend, hide, touch, withdraw
from directory.catalogue.models import Intake, Opportunity
from directory.catalogue.outbox import owe
from directory.catalogue.queries import opportunities_by_id
from directory.catalogue.vocabulary import Closing, Recurrence
from directory.foundation import clock
from directory.foundation.database import transaction
from directory.foundation.progress import quietly
from directory.foundation.settings import Settings
from directory.lists import actions as lists
from directory.lists.words import ListWords
from directory.parts import Parts
from directory.search.indexing import catch_up
from directory.search.query import SearchQuery
from tests.contracts.listings import NOW
from tests.search.rows import row
from tests.search.test_selecting import searches
from tests.web.pages import CARD, every_card, publish, see
from tests.web.pages import address as page_address
from tests.web.taken_away import HOLDING, address, csv_rows, events, feed, got, in_calendar, xlsx_rows

DAY = timedelta(days=1)
ENDINGS = ("csv", "xlsx", "ics", "atom", "json")
TODAY = NOW.date()
# What a list's page says of another that isn't on the list.
TRY_NEXT = re.compile(r'<p class="closed-instead">.*?</article>', re.DOTALL)
drawn_listings = st.lists(st.integers(0, 999), max_size=12)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The real catalogue and as many listings again, a third of them with dated rounds. For reading only."""
    variables = {"WAYIN_DATA_FOLDER": str(tmp_path_factory.mktemp("many")), "WAYIN_SECRET_KEY": "a secret" * 5}
    whole = assemble(Settings.from_environment(variables))
    prepare(whole, quietly)
    with transaction(whole.database) as session:
        enlarge(session, 400, NOW)
    with transaction(whole.database) as session:
        catch_up(session, whole.search)
    yield whole
    whole.database.dispose()


@pytest.fixture(scope="module")
def taker(many: Parts) -> FlaskClient:
    """A visitor who takes much away."""
    return create_app(many).test_client()


@pytest.mark.usefixtures("now")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=searches)
def test_a_search_finds_the_same_in_every_format(many: Parts, taker: FlaskClient, asked: list[tuple[str, str]]) -> None:
    asked = [(name, value) for name, value in asked if name != "page"]
    asked = [(name, value.encode("utf-8", "replace").decode()) for name, value in asked]
    shown = every_card(taker, page_address(asked))
    for ending, holding in HOLDING.items():
        assert [urlsplit(found).path for found in holding(taker, address(ending, asked))] == shown, ending
    assert in_calendar(taker, address("ics", asked)) == set(shown) & _dated(many)


@pytest.mark.usefixtures("now")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.none() | searches, pins=drawn_listings, left_out=drawn_listings)
def test_a_list_holds_the_same_in_every_format(
    many: Parts, taker: FlaskClient, asked: list[tuple[str, str]] | None, pins: list[int], left_out: list[int]
) -> None:
    with transaction(many.database) as session:
        ids = session.scalars(select(Opportunity.id).order_by(Opportunity.id)).all()
        pinned = list(dict.fromkeys(ids[number % len(ids)] for number in pins))
        rule = None if asked is None else SearchQuery.from_pairs(asked)
        made = lists.make(session, ListWords("Year 12"), NOW, rule=rule, pinned=pinned).shared_list
        for number in left_out:
            lists.leave_out(session, made, ids[number % len(ids)], NOW)
        at = f"/l/{made.address}"
    page = TRY_NEXT.sub("", taker.get(at).text)
    by_hand, _, by_rule = page.partition('class="living"')
    shown = CARD.findall(by_hand) + (every_card(taker, f"{at}/more") if by_rule else [])
    for ending, holding in HOLDING.items():
        assert [urlsplit(found).path for found in holding(taker, f"{at}.{ending}")] == shown, ending
    assert in_calendar(taker, f"{at}.ics") == set(shown) & _dated(many)


def _dated(parts: Parts) -> set[str]:
    """Give where listings lead that have a day since 90 days ago, as their rounds say."""
    since = TODAY - 90 * DAY
    with parts.sessions() as session:
        rounds = session.execute(
            select(Opportunity.slug, Intake.opens_on, Intake.closes_on, Intake.starts_on)
            .join(Intake, Intake.opportunity_id == Opportunity.id)
            .where(Opportunity.running.not_in(["paused", "ended"]))
        )
        return {f"/opportunities/{slug}" for slug, *days in rounds if any(day and day >= since for day in days)}


def test_the_page_leads_to_every_format_of_the_same_search(reader: FlaskClient) -> None:
    page = see(reader, "/search?q=lab&kind=apprenticeship&page=2")
    links = {
        link.attrib["type"]: link.attrib["href"]
        for link in page.tree.iter("link")
        if link.attrib.get("rel") == "alternate"
    }
    assert links == {
        "application/atom+xml": "/search.atom?q=lab&kind=apprenticeship&sort=newest",
        "application/feed+json": "/search.json?q=lab&kind=apprenticeship&sort=newest",
        "text/calendar": "/search.ics?q=lab&kind=apprenticeship",
        "text/csv": "/search.csv?q=lab&kind=apprenticeship",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "/search.xlsx?q=lab&kind=apprenticeship",
    }
    assert all(reader.get(link).status_code == 200 for link in links.values())
    for words in ("Calendar", "Spreadsheet", "Feed"):
        place, _, at = page.links[words].partition("#")
        assert any(section.attrib["id"] == at for section in see(reader, place).some("taking"))


def test_a_page_that_nothing_is_found_for_has_empty_exports(reader: FlaskClient) -> None:
    nothing = (("kind", "fellowship"), ("where", "scotland"), ("pay", "unpaid"))
    assert all(holding(reader, address(ending, nothing)) == [] for ending, holding in HOLDING.items())
    assert events(got(reader, address("ics", nothing))) == []


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "strange", ["?page=-1", "?page=x&columns=x", "?q=%00%ff", "?columns=&columns=,,", f"?page={'9' * 400}", "?page=²"]
)
def test_nothing_in_an_address_is_an_error(reader: FlaskClient, ending: str, strange: str) -> None:
    assert reader.get(f"/search.{ending}{strange}").status_code == 200


def test_another_ending_is_no_address_of_ours(reader: FlaskClient) -> None:
    assert reader.get("/search.pdf").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_is_kept_out_of_search_engines_and_says_no_more_than_it_must(
    reader: FlaskClient, ending: str
) -> None:
    response = reader.get(f"/search.{ending}")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in response.headers
    assert response.cache_control.public


@pytest.fixture
def statements(parts: Parts) -> Iterator[list[str]]:
    """What the database is asked, while this test lasts."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(parts.database, "before_cursor_execute", note)
    yield asked
    event.remove(parts.database, "before_cursor_execute", note)


@pytest.mark.parametrize("ending", ENDINGS)
def test_asking_again_costs_no_search_and_brings_nothing_twice(
    client: FlaskClient, session: Session, now: datetime, statements: list[str], ending: str
) -> None:
    publish(session, row("Lab work"))
    client.get("/search")
    tag = client.get(f"/search.{ending}?q=lab").headers["ETag"]
    statements.clear()
    again = client.get(f"/search.{ending}?q=lab", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert not [one for one in statements if "opportunity" in one and "outbox" not in one]


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_changed_is_sent_again(
    client: FlaskClient, session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    listing = row("Lab work", intakes=[closing(NOW + timedelta(hours=1))])
    publish(session, listing)
    client.get("/search")

    def ask(tag: str) -> tuple[int, str]:
        answer = client.get(f"/search.{ending}", headers={"If-None-Match": tag})
        return answer.status_code, answer.headers["ETag"]

    _, tag = ask('W/"nothing"')
    assert ask(tag) == (304, tag)
    amend(session, listing, {"title": "Other work"}, NOW)
    session.commit()
    status, changed = ask(tag)
    assert (status, changed != tag) == (200, True)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=2))
    assert ask(changed)[0] == 200, "the round has closed"


@pytest.mark.parametrize("tag", ['W/"x-y"', '"0-0"', "*", 'W/"' + "f" * 3000 + '"', 'W/"-"', '"ffff-ffffffffffff"'])
def test_no_validator_of_others_is_believed(reader: FlaskClient, tag: str) -> None:
    assert reader.get("/search.csv", headers={"If-None-Match": tag}).status_code == 200


def closing(moment: datetime) -> Intake:
    return Intake(
        position=0,
        zone="UTC",
        closing=Closing.FIXED,
        closes_on=moment.date(),
        closes_at=moment.time().replace(second=0),
    )


def test_columns_are_chosen_on_a_page_that_needs_no_script(reader: FlaskClient) -> None:
    page = see(reader, "/search/download?kind=course")
    boxes = [box for box in page.tree.iter("input") if box.attrib.get("name") == "columns"]
    ticked = [box.attrib["value"] for box in boxes if "checked" in box.attrib]
    assert "title" in ticked and len(ticked) < len(boxes)
    (form,) = (form for form in page.tree.iter("form") if form.attrib.get("action") == "/search.xlsx")
    assert ("kind", "course") in [
        (field.attrib["name"], field.attrib["value"])
        for field in form.iter("input")
        if field.attrib["type"] == "hidden"
    ]
    assert "/search.csv" in [button.attrib.get("formaction") for button in form.iter("button")]
    several = csv_rows(got(reader, "/search.csv?kind=course&columns=title&columns=closes"))
    assert list(several[0]) == ["Title", "Closes", "Its page", "Source", "Licence", "Taken on"]
    assert list(xlsx_rows(got(reader, "/search.xlsx?kind=course&columns=closes,title"))[0]) == [
        "Title",
        "Closes",
        "Its page",
    ]


def test_the_page_for_taking_away_says_how_to_subscribe(reader: FlaskClient) -> None:
    page = see(reader, "/search/download?where=scotland")
    addresses = [link.attrib.get("href", "") for link in page.tree.iter("a")]
    assert [one for one in addresses if one.startswith("webcal://")] == [
        "webcal://127.0.0.1:8000/search.ics?where=scotland"
    ]
    assert all(words in page.text for words in ("iPhone", "Google Calendar", "Outlook"))


def test_a_feed_names_itself_whole_and_leads_to_its_pages(taker: FlaskClient) -> None:
    second = feed(got(taker, "/search.atom?kind=course&page=2"))
    links = {link.rel: link.href.partition("8000")[2] for link in second.feed.links}
    assert second.feed.id == "http://127.0.0.1:8000/search.atom?kind=course"
    assert second.feed.title == "Way In: Courses"
    assert links["self"] == "/search.atom?kind=course&page=2"
    assert (links["first"], links["previous"]) == ("/search.atom?kind=course", "/search.atom?kind=course")
    assert links["next"] == "/search.atom?kind=course&page=3"
    assert CARD.findall(taker.get("/search?kind=course&page=2").text) == [
        urlsplit(entry.link).path for entry in second.entries
    ]


def test_a_feeds_entry_was_updated_when_its_listing_was(client: FlaskClient, session: Session, now: datetime) -> None:
    listing = row("Lab work", published_at=NOW - 9 * DAY, changed_at=NOW - 9 * DAY)
    older = {"published_at": NOW - 20 * DAY, "changed_at": NOW - 20 * DAY}
    publish(session, listing, row("Older", organisation=listing.organisation, **older))
    amend(session, listing, {"summary": "Two weeks."}, NOW - 2 * DAY)
    session.commit()
    found = feed(got(client, "/search.atom"))
    assert found.feed.updated == "2026-11-22T09:00:00Z"
    assert {(one.title, one.published, one.updated) for one in found.entries} == {
        ("Lab work", "2026-11-15T09:00:00Z", "2026-11-22T09:00:00Z"),
        ("Older", "2026-11-04T09:00:00Z", "2026-11-04T09:00:00Z"),
    }
    item = json.loads(got(client, "/search.json"))["items"][0]
    assert {item["id"], item["url"]} == {found.entries[0].id}
    (listing,) = opportunities_by_id(session, [listing.id])
    listing.intakes = [closing(NOW + 9 * DAY)]
    listing.intakes[0].opens_on, listing.intakes[0].opens_at = (NOW - DAY).date(), NOW.time()
    session.flush()
    owe(session, [listing.id])
    session.commit()
    assert feed(got(client, "/search.atom")).feed.updated == "2026-11-23T09:00:00Z"  # when it opened
    touch(session, [listing.id], NOW)
    session.commit()
    assert feed(got(client, "/search.atom")).feed.updated == "2026-11-24T09:00:00Z"
    assert feed(got(client, "/search.atom?kind=fellowship")).feed.updated == "2026-11-24T00:00:00Z"


def test_a_calendar_follows_a_deadline_and_says_when_it_is_off(
    client: FlaskClient, session: Session, now: datetime
) -> None:
    listing = row("Lab work", slug="lab-work", intakes=[closing(NOW + 10 * DAY)])
    publish(session, listing)
    amend(session, listing, {}, NOW)
    session.commit()

    def told(at: str) -> list[tuple[str, int, str, object]]:
        return [
            (str(one["UID"]), int(one["SEQUENCE"]), str(one["STATUS"]), one.start) for one in events(got(client, at))
        ]

    (uid, sequence, status, start) = told("/search.ics")[0]
    assert (sequence, status, start) == (0, "CONFIRMED", NOW + 10 * DAY)
    listing.intakes[0].closes_on += 3 * DAY
    amend(session, listing, {}, NOW)
    session.commit()
    assert told("/search.ics") == [(uid, 1, "CONFIRMED", NOW + 13 * DAY)]
    assert told("/opportunities/lab-work.ics") == told("/search.ics")
    withdraw(session, listing, NOW)
    session.commit()
    assert told("/search.ics?kind=fellowship") == [(uid, 2, "CANCELLED", NOW + 13 * DAY)]
    assert told("/opportunities/lab-work.ics") == told("/search.ics")


@pytest.mark.parametrize("take_away", [withdraw, hide])
def test_a_listing_that_went_leaves_nothing_of_itself_in_calendars(
    client: FlaskClient, session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch, take_away: object
) -> None:
    listing = row("Secret plans", slug="listing-1", summary="Nobody may know.", intakes=[closing(NOW + 10 * DAY)])
    publish(session, listing)
    amend(session, listing, {}, NOW)
    take_away(session, listing, NOW)  # type: ignore[operator]
    session.commit()
    for at in ("/search.ics", "/opportunities/listing-1.ics"):
        text = got(client, at).decode()
        (event,) = events(text.encode())
        assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "TRANSP"}
        assert event["SUMMARY"] == "No longer listed"
        assert not [word for word in ("Secret", "Nobody", "LifeArc") if word in text]
    monkeypatch.setattr(clock, "now", lambda: NOW + 91 * DAY)
    assert events(got(client, "/search.ics")) == []
    assert client.get("/opportunities/listing-1.ics").status_code == 410


def test_what_is_usual_or_open_at_any_time_is_in_no_calendar(
    client: FlaskClient, session: Session, now: datetime
) -> None:
    listing = row("Any time", slug="any-time", recurrence=Recurrence.ROLLING)
    publish(session, listing)
    amend(session, listing, {"usually_opens": 10, "usually_closes": 1}, NOW)
    session.commit()
    assert events(got(client, "/search.ics")) == []
    assert "Add to calendar" not in see(client, "/opportunities/any-time").links


def test_a_listing_with_a_date_ahead_can_be_added_to_a_calendar(
    client: FlaskClient, session: Session, now: datetime
) -> None:
    listing = row("Lab work", slug="lab-work", intakes=[closing(NOW + 10 * DAY)])
    publish(session, listing)
    amend(session, listing, {}, NOW)
    session.commit()
    assert see(client, "/opportunities/lab-work").links["Add to calendar"] == "/opportunities/lab-work.ics"


def test_a_catalogue_is_never_held_whole(many: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a download that is begun and left, only the first rows were read."""
    app = create_app(many)
    read: list[str] = []
    event.listen(many.database, "before_cursor_execute", lambda *told: read.append(told[2]))
    monkeypatch.setattr("directory.web.exporting.ROWS_AT_A_TIME", 50)
    with app.test_request_context("/search.csv?columns=title"):
        response = app.full_dispatch_request()
        pieces = iter(response.response)
        read.clear()
        next(pieces)
        assert 0 < sum("FROM opportunity \n" in one and "IN (" in one for one in read) < 5
        response.close()
