"""Home: every number on it is what one finds by following it, and nothing stands there that isn't true."""

import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KINDS, KindName
from directory.catalogue.models import Confirmation, Intake
from directory.catalogue.vocabulary import LADDER, STAGES, Closing, Recurrence, Signal
from directory.foundation.clock import UK
from directory.organisations.models import Organisation
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.web.pages import Page, publish, see, total_at, within, words

pytestmark = pytest.mark.usefixtures("now")

TODAY = NOW.astimezone(UK).date()


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


def closing(days: int) -> Intake:
    return Intake(closing=Closing.FIXED, closes_on=TODAY + timedelta(days=days))


def shelf(page: Page) -> list[str]:
    """Give the titles of the cards on the shelf."""
    return [words(title) for title in page.some("card-title")]


def dots(page: Page) -> tuple[int, int]:
    """Count the dish's filled and hollow dots."""
    (dish,) = page.some("dish")
    paths = within(dish, "path")
    hollow = sum(path.attrib["d"].count("h0") for path in paths if path.attrib.get("class") == "dish-hole")
    return sum(path.attrib["d"].count("h0") for path in paths) - 2 * hollow, hollow


def number_in(text: str) -> int:
    (number,) = re.findall(r"\d+", text)
    return int(number)


def test_every_kind_leads_to_as_many_as_it_says(reader: FlaskClient) -> None:
    tiles = see(reader, "/").some("kind-tile")
    assert len(tiles) == len(KINDS) == 10
    for tile in tiles:
        (link,) = within(tile, "a")
        (count,) = within(tile, look="kind-tile-count")
        assert total_at(reader, link.attrib["href"]) == number_in(words(count)) > 0, words(link)


def test_every_kind_of_the_ten_has_its_own_way_in(reader: FlaskClient) -> None:
    page = see(reader, "/")
    for kind in KINDS.values():
        assert page.links[kind.plural] == f"/search?kind={kind.name}"
        assert kind.meaning in page.text


def test_every_stage_leads_to_as_many_as_it_says(reader: FlaskClient) -> None:
    (path,) = see(reader, "/").some("stage-path")
    steps = within(path, "li")
    assert len(steps) == len(LADDER) == 6
    for step, stage in zip(steps, LADDER, strict=True):
        (link,) = within(step, "a")
        (count,) = within(step, look="stage-path-count")
        assert words(link).startswith(stage.label)
        assert total_at(reader, link.attrib["href"]) == int(words(count)) > 0
        assert re.search(rf"\b{words(count)} opportunit", words(link)), "those who hear the page hear the count"


def test_the_four_stages_beside_the_path_lead_to_as_many_as_they_say(reader: FlaskClient) -> None:
    links = see(reader, "/").links
    for stage in STAGES.values():
        if stage.well is None:
            (text,) = [text for text in links if re.match(rf"{stage.label}\b.*\d", text)]
            assert total_at(reader, links[text]) == number_in(text.removeprefix(stage.label))


def test_quick_searches_find_something(reader: FlaskClient) -> None:
    page = see(reader, "/")
    (panel,) = page.some("hero")
    quick = [link.attrib["href"] for link in within(panel, "a", "chip")]
    assert quick
    assert all(total_at(reader, address) for address in quick)


def test_the_three_questions_ask_a_search(reader: FlaskClient) -> None:
    page = see(reader, "/")
    (form,) = page.some("search-panel")
    assert form.attrib["action"] == "/search"
    assert form.attrib.get("method", "get") == "get"
    asked = {field.attrib["name"] for field in within(form) if field.tag in ("input", "select")}
    assert asked == {"q", "stage", "near"}
    everything = total_at(reader, "/search")
    assert total_at(reader, "/search?q=&stage=&near=") == everything
    stages = [option.attrib["value"] for option in within(form, "option") if option.attrib["value"] in STAGES]
    assert stages == list(STAGES)
    assert all(0 < total_at(reader, f"/search?stage={stage}") < everything for stage in stages)


def test_the_dish_counts_what_is_open_and_what_is_not(reader: FlaskClient) -> None:
    page = see(reader, "/")
    open_now = total_at(reader, "/search?when=open")
    assert dots(page) == (open_now, total_at(reader, "/search") - open_now)
    assert f"{open_now or 'None'} known to be open" in page.text


def test_a_dot_is_filled_only_for_what_is_known_to_be_open(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(
        session,
        row("Open", organisation=lifearc, intakes=[closing(3)]),
        row("Opens", organisation=lifearc, intakes=[Intake(opens_on=TODAY + timedelta(days=3))]),
        row("All year, unconfirmed", organisation=lifearc, recurrence=Recurrence.ROLLING),
        row("Each year", organisation=lifearc, recurrence=Recurrence.ANNUAL, usually_opens=TODAY.month),
        row("Nobody says", organisation=lifearc),
        row("Over", organisation=lifearc, intakes=[closing(-3)]),
    )
    page = see(client, "/")
    assert dots(page) == (1, 4)
    assert "1 known to be open" in page.text
    assert len(within(page.some("dish")[0], look="dish-key")) == 2


def test_the_key_of_the_dish_shows_only_what_is_in_it(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(session, row(organisation=lifearc))
    page = see(client, "/")
    assert dots(page) == (0, 1)
    assert "None known to be open" in page.text
    assert len(within(page.some("dish")[0], look="dish-key")) == 1


def test_an_empty_catalogue_has_a_home_without_a_shelf(client: FlaskClient) -> None:
    page = see(client, "/")
    assert dots(page) == (0, 0)
    assert page.cards == []
    assert "confirmed in the last" not in page.text
    assert {number_in(words(count)) for count in page.some("kind-tile-count")} == {0}


def test_closing_soon_holds_what_closes_within_two_weeks_and_nothing_else(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(
        session,
        *(row(f"In {days} days", organisation=lifearc, intakes=[closing(days)]) for days in (15, 14, 0, -1)),
        row("Any time", organisation=lifearc, recurrence=Recurrence.ROLLING),
    )
    page = see(client, "/")
    assert "Closing soon" in page.headings
    assert shelf(page) == ["In 0 days", "In 14 days"]


def test_nothing_closing_soon_is_never_called_so(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(
        session,
        row("In 15 days", organisation=lifearc, intakes=[closing(15)]),
        row("Usually soon", organisation=lifearc, recurrence=Recurrence.ANNUAL, usually_opens=TODAY.month % 12 + 1),
        row("Usually in half a year", organisation=lifearc, recurrence=Recurrence.ANNUAL, usually_opens=6),
    )
    page = see(client, "/")
    assert not any("losing soon" in heading for heading in page.headings)
    assert shelf(page) == ["Usually soon"]
    assert "not confirmed" in page.text


def test_a_shelf_with_nothing_true_to_say_is_left_out(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(
        session,
        row(organisation=lifearc),
        row(organisation=lifearc, recurrence=Recurrence.ANNUAL, usually_opens=6),
        row(organisation=lifearc, intakes=[closing(20)]),
    )
    page = see(client, "/")
    assert page.cards == []
    assert not re.search("losing soon|sually open", page.text)


def test_the_shelf_leads_to_as_many_as_it_says(reader: FlaskClient) -> None:
    page = see(reader, "/")
    (all_of_them,) = [text for text in page.links if re.match(r"See all \d", text)]
    total = total_at(reader, page.links[all_of_them])
    assert number_in(all_of_them.removesuffix("closing in the next 2 weeks")) == total
    assert 0 < len(page.cards) <= total
    more = see(reader, page.links[all_of_them])
    assert more.cards[: len(page.cards)] == page.cards


def check(signal: Signal, at: datetime = NOW, *, right: bool = True) -> Confirmation:
    return Confirmation(signal=signal, at=at, right=right)


@pytest.mark.parametrize(
    ("signal", "days", "right"),
    [(Signal.LINK, 0, True), (Signal.PERSON, 0, False), (Signal.ORGANISATION, 0, False), (Signal.PERSON, 91, True)],
    ids=["only the link works", "a person found it wrong", "the organisation said no", "too long ago"],
)
def test_listings_are_called_checked_only_when_somebody_did(
    client: FlaskClient, session: Session, lifearc: Organisation, signal: Signal, days: int, right: bool
) -> None:
    checked = check(signal, NOW - timedelta(days=days), right=right)
    publish(session, row(organisation=lifearc, confirmations=[checked]))
    assert not re.search(r"\d+ (?:listings? )?(?:confirmed|checked)|90 days", see(client, "/").text)


def test_the_two_ways_of_checking_are_counted_apart(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(
        session,
        row(organisation=lifearc, confirmations=[check(Signal.PERSON), check(Signal.ORGANISATION)]),
        row(organisation=lifearc, confirmations=[check(Signal.PERSON)]),
        row(organisation=lifearc),
    )
    text = see(client, "/").text
    assert re.search(r"\b1 confirmed by its organisation in the last 90 days", text)
    assert re.search(r"\b2 checked by a person in the last 90 days", text)
    assert not re.search(r"\.\d", text), "two sentences have a space between them"


def test_what_was_withdrawn_is_in_no_number(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(
        session,
        row(organisation=lifearc, kind=KindName.COURSE, stages=["14-16"], intakes=[closing(3)]),
        row(organisation=lifearc, kind=KindName.COURSE, stages=["14-16"], intakes=[closing(3)], standing="withdrawn"),
    )
    page = see(client, "/")
    assert dots(page) == (1, 0)
    assert sum(number_in(words(count)) for count in page.some("kind-tile-count")) == 1
    assert [words(count) for count in page.some("stage-path-count")] == ["1", "0", "0", "0", "0", "0"]
