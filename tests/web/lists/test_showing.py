"""A list's public page: what stands on it, in which order, and what it never lets through."""

import html
import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.models import Intake
from directory.catalogue.outbox import owe
from directory.catalogue.queries import opportunities_by_id
from directory.catalogue.vocabulary import Closing
from directory.foundation import clock
from directory.foundation.clock import UK
from directory.lists import actions, offering
from directory.lists.models import SharedList
from directory.lists.queries import views_since
from directory.parts import Parts
from directory.web.lists.kept_pages import MOST_KEPT, KeptPages
from directory.web.lists.opened import views
from tests.contracts.listings import NOW
from tests.web.lists.conftest import Moderator
from tests.web.lists.shown import HOSTILE_WORDS, WORDS, share
from tests.web.pages import see
from tests.web.taken_away import feed

pytestmark = pytest.mark.usefixtures("now")
TODAY = NOW.astimezone(UK).date()


def close(session: Session, id: int) -> None:
    """Let the round of a listing end yesterday."""
    (row,) = opportunities_by_id(session, [id])
    row.intakes = [Intake(closing=Closing.FIXED, closes_on=TODAY - timedelta(days=1), closes_at=time(12))]
    session.flush()
    owe(session, [id])
    session.commit()


def titles(page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'<a class="cover" href="/opp[^"]*">(.*?)</a>', page)]


def test_it_shows_who_made_it_what_they_say_and_their_pins_in_order(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    one = share(session, [ids[3], ids[0], ids[4]], notes=["Good for all.", "", "Ask us."])
    page = see(client, f"/l/{one.address}")
    assert titles(client.get(f"/l/{one.address}").text) == ["Desk week", "Lab week", "Desk <b>month</b>"]
    assert "from the careers team, Ashgrove College" in page.text
    assert "Start here.<br>Then ask.</p>" in client.get(f"/l/{one.address}").text
    assert "3 opportunities" in page.text and "Our note: Good for all." in page.text
    assert f"localhost/l/{one.address}" in page.text.replace(":8000", "").replace("127.0.0.1", "localhost")


def test_what_closed_moves_aside_with_the_next_thing_to_try(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    one = share(session, ids[:2], rule="lab")
    close(session, ids[0])
    page = client.get(f"/l/{one.address}").text
    picked, closed, living = (page.index(f'id="{part}"') for part in ("picked", "closed", "living"))
    assert picked < closed < living
    assert "Lab month" in page[picked:closed] and "Lab week" not in page[picked:closed]
    assert "Lab week" in page[closed:living] and "Try this next" in page[closed:living]


def test_its_search_stands_in_a_sentence_with_three_of_what_it_finds(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    few, many = share(session, ids[:1], rule="lab"), share(session, rule="LifeArc")
    page = see(client, f"/l/{few.address}")
    assert "Updates itself" in page.text and "2 match today. Nothing new since" in page.text
    assert "Show all" not in page.text and 'href="/search?q=lab"' in client.get(f"/l/{few.address}").text
    assert "Show all 5" in see(client, f"/l/{many.address}").text


def test_all_that_it_finds_comes_page_by_page(client: FlaskClient, session: Session, ids: Sequence[int]) -> None:
    one = share(session, rule="lab")
    page = client.get(f"/l/{one.address}/more").text
    assert sorted(titles(page)) == ["Lab month", "Lab week", "Lab year"]
    assert "1 to 3 of 3" in page
    assert client.get(f"/l/{one.address}/more?page=2").status_code == 404
    for odd in ("0", "-1", "x", "9" * 400, "%00"):
        assert client.get(f"/l/{one.address}/more?page={odd}").status_code in (200, 404)
    assert client.get(f"/l/{share(session, ids).address}/more").status_code == 404


def test_a_student_finds_nothing_to_edit_with_and_an_adviser_a_copy(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    one = share(session, ids)
    page = client.get(f"/l/{one.address}").text
    assert "/lists/edit/" not in page
    for path in (f"/lists/copy/{one.address}", f"/l/{one.address}/report", f"/l/{one.address}/share"):
        assert f'href="{path}"' in page


def test_a_pasted_address_has_a_preview_and_no_search_engine_keeps_it(
    client: FlaskClient, session: Session, ids: Sequence[int], parts: Parts
) -> None:
    one = share(session, ids)
    answer = client.get(f"/l/{one.address}")
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):\w+)" content="(.*?)"', answer.text))
    here = parts.settings.site_address
    assert told["og:title"] == WORDS.title and told["og:site_name"] == parts.settings.site_name
    assert told["og:description"].startswith("Start here.")
    assert told["og:url"] == f"{here}/l/{one.address}" and told["twitter:card"] == "summary"
    picture = client.get(told["og:image"].removeprefix(here))
    assert picture.mimetype == "image/png" and len(picture.data) <= 15_000
    assert answer.headers["X-Robots-Tag"] == "noindex" and '<meta name="robots" content="noindex">' in answer.text
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("part", ["", "/more", "/print", "/embed", "/qr", "/share", "/download", "/report"])
def test_hostile_words_stay_words(client: FlaskClient, session: Session, ids: Sequence[int], part: str) -> None:
    one = share(session, ids[:1], words=HOSTILE_WORDS, rule="lab", notes=[HOSTILE_WORDS.title])
    page = client.get(f"/l/{one.address}{part}")  # read strictly: no inline script, no handler, nothing unclosed
    assert page.status_code == 200
    assert "<script>alert" not in page.text and "<img src=x" not in page.text and "49]]" not in page.text
    assert "&lt;/title&gt;" in page.text


def test_one_that_was_taken_down_says_so_and_shows_nothing_of_itself(
    client: FlaskClient, session: Session, ids: Sequence[int], moderator: Moderator
) -> None:
    one = share(session, ids, rule="lab")
    moderator.post(f"/moderation/lists/{one.address}", why="It named a pupil.")
    parts = ("", "/more", "/print", "/embed", "/qr", "/share", "/download", "/qr.png", ".csv", ".ics", ".json", ".atom")
    for part in parts:
        answer = client.get(f"/l/{one.address}{part}")
        assert answer.status_code == 410, part
        assert WORDS.title not in answer.text and "named a pupil" not in answer.text
    page = client.get(f"/l/{one.address}").text
    assert "This list was taken down" in page and 'href="/search"' in page and 'href="/class"' in page


@pytest.mark.parametrize("address", ["nothing", "a%FFb", "x" * 3_000, "mk533w7%0A", "..%2f", "KELVIN%E2%84%AA"])
def test_an_address_without_a_list_asks_for_the_class_code(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/l/{address}")
    assert answer.status_code == 404
    if "%2f" not in address:
        assert 'action="/class"' in answer.text and 'href="/search"' in answer.text


def test_it_is_the_same_page_in_capitals(client: FlaskClient, session: Session, ids: Sequence[int]) -> None:
    assert client.get(f"/l/{share(session, ids).address.upper()}").status_code == 200


def test_a_short_address_of_a_listing_leads_to_it(client: FlaskClient, ids: Sequence[int]) -> None:
    assert client.get(f"/o/{ids[0]}").headers["Location"] == "/opportunities/listing-0"
    for wrong in ("/o/0", "/o/99999", f"/o/{2**31}", f"/o/{'9' * 50}", "/o/-1", "/o/x"):
        assert client.get(wrong).status_code == 404


def test_opening_it_is_counted_and_looking_in_other_ways_is_not(
    client: FlaskClient, session: Session, app: Flask, ids: Sequence[int]
) -> None:
    one = share(session, ids)
    here = f"/l/{one.address}"
    tag = client.get(here).headers["ETag"]
    assert client.get(here, headers={"If-None-Match": tag}).status_code == 304
    client.head(here)
    client.get(here, headers={"Sec-Purpose": "prefetch"})
    for part in ("/embed", "/print", "/qr", "/more", ".csv"):
        client.get(here + part)
    with app.app_context():
        views().write()
    assert views_since(session, one, TODAY) == 2


def kept_page(client: FlaskClient, one: SharedList) -> str:
    return client.get(f"/l/{one.address}").text


def test_a_page_kept_for_all_is_never_behind_the_list(
    client: FlaskClient, session: Session, ids: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = share(session, ids[:1], rule="lab")
    assert kept_page(client, one) == kept_page(client, one)
    actions.pin(session, one, [ids[1]], NOW)
    session.commit()
    assert titles(kept_page(client, one))[:2] == ["Lab week", "Lab month"]
    (row,) = opportunities_by_id(session, [ids[0]])
    row.title = "Lab week, renamed"
    owe(session, [row.id])
    session.commit()
    assert "Lab week, renamed" in kept_page(client, one)
    row.intakes = [
        Intake(closing=Closing.FIXED, closes_on=TODAY, closes_at=(NOW + timedelta(minutes=2)).astimezone(UK).time())
    ]
    session.flush()
    owe(session, [row.id])
    session.commit()
    assert "Just closed" not in kept_page(client, one)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=3))
    assert "Just closed" in kept_page(client, one)


def test_what_only_time_takes_from_its_search_is_gone_from_every_format_at_once(
    client: FlaskClient, session: Session, ids: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = share(session, rule="lab")
    (row,) = opportunities_by_id(session, [ids[2]])
    row.intakes = [
        Intake(closing=Closing.FIXED, closes_on=TODAY, closes_at=(NOW + timedelta(minutes=2)).astimezone(UK).time())
    ]
    session.flush()
    owe(session, [row.id])
    session.commit()
    kept_page(client, one)  # the first search of all fills the index
    for ending in ("csv", "atom", "json", "ics"):
        address = f"/l/{one.address}.{ending}"
        before = client.get(address)
        again = {"If-None-Match": before.headers["ETag"]}
        assert client.get(address, headers=again).status_code == 304
        with monkeypatch.context() as later:
            later.setattr(clock, "now", lambda: NOW + timedelta(minutes=3))
            after = client.get(address, headers=again)
            assert after.status_code == 200, ending
            assert ending == "ics" or ("Lab year" in before.text and "Lab year" not in after.text)


def test_its_feed_begins_with_what_came_last(client: FlaskClient, session: Session, ids: Sequence[int]) -> None:
    one = share(session, ids[:2], notes=["Book now"])
    offering.note_offers(session, one, ids[:2], (), NOW)
    actions.pin(session, one, [ids[4]], NOW + timedelta(days=1))
    offering.note_offers(session, one, (*ids[:2], ids[4]), (), NOW + timedelta(days=1))
    session.commit()
    entries = feed(client.get(f"/l/{one.address}.atom").data).entries
    assert [entry.title for entry in entries][1:] == ["Lab week", "Lab month"]
    assert entries[0].title.startswith("Desk")
    assert entries[1].updated == "2026-11-25T09:00:00Z"  # when the words of the list last changed


def test_how_to_take_it_away_is_no_search_engines_business(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    answer = client.get(f"/l/{share(session, ids[:1]).address}/download")
    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex")


def test_a_page_kept_for_all_has_nothing_of_anybody(
    app: Flask, parts: Parts, session: Session, ids: Sequence[int], moderator: Moderator
) -> None:
    one = share(session, ids)
    dark, saver, stranger = app.test_client(), app.test_client(), app.test_client()
    dark.post("/appearance", data={"appearance": "dark"})
    saver.post("/saved", data={"save": str(ids[0])})
    here = f"/l/{one.address}"
    assert 'data-theme="dark"' in dark.get(here).text and "Moderation" in moderator.get(here)
    page = stranger.get(here)
    assert "data-theme" not in page.text and "Moderation" not in page.text and "is-saved" not in page.text
    assert "Set-Cookie" not in page.headers and "Cookie" in page.headers["Vary"]
    assert stranger.get(here, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


def test_kept_pages_stay_few_and_end_in_time() -> None:
    kept, made = KeptPages(), []

    def render(until: datetime | None) -> tuple[str, datetime | None]:
        made.append(until)
        return str(len(made)), until

    soon = NOW + timedelta(seconds=10)
    assert kept.get(("a",), NOW, lambda: render(soon)) == kept.get(("a",), NOW, lambda: render(soon)) == ("1", soon)
    assert kept.get(("a",), soon, lambda: render(None))[0] == "2"
    assert kept.get(("a",), soon + timedelta(minutes=6), lambda: render(None))[0] == "3"
    for number in range(3 * MOST_KEPT):
        kept.get((str(number),), NOW, lambda: render(None))
    assert len(kept) == MOST_KEPT


def test_a_page_that_could_not_be_rendered_is_tried_again() -> None:
    kept = KeptPages()

    def fail() -> tuple[str, datetime | None]:
        raise LookupError

    with pytest.raises(LookupError):
        kept.get(("a",), NOW, fail)
    assert kept.get(("a",), NOW, lambda: ("made", None)) == ("made", None)


def test_a_moderator_who_takes_it_down_is_obeyed_at_once(
    client: FlaskClient, session: Session, parts: Parts, ids: Sequence[int], moderator: Moderator
) -> None:
    one = share(session, ids)
    assert client.get(f"/l/{one.address}").status_code == 200
    moderator.post(f"/moderation/lists/{one.address}", why="Unsafe.")
    assert client.get(f"/l/{one.address}").status_code == 410
