"""Results near a place: which one was meant, how far things are, and what no distance cuts."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.models import Location
from directory.catalogue.vocabulary import Reach
from directory.organisations.models import Organisation
from directory.search.query import WITHIN_CHOICES
from tests.search.rows import glasgow, leeds, organisation, row
from tests.web.pages import address, number_of, pairs, publish, see, total_at, words

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


def test_an_unknown_place_is_said_and_the_rest_still_runs(reader: FlaskClient) -> None:
    page = see(reader, "/search?q=cell&kind=course&near=Xyzzyville&within=10")
    assert page.total == total_at(reader, "/search?q=cell&kind=course") > 0
    (note,) = page.some("is-warn")
    assert "Xyzzyville" in words(note)
    assert not any("Near" in chip or "Within" in chip for chip in page.chips)
    assert "Nearest" not in page.links


def test_of_places_named_alike_the_others_are_one_click_away(reader: FlaskClient) -> None:
    page = see(reader, "/search?kind=course&near=Newport&within=25")
    taken = re.search(r"more than one ‘Newport’\. This is ([^.?]+)\.", page.text)
    assert taken is not None
    assert f"within 25 miles of {taken[1]}" in page.said
    others = {text: link for text, link in page.links.items() if re.match(r"Newport\b", text)}
    assert others
    assert taken[1] not in others
    for label, link in others.items():
        other = see(reader, link)
        assert f"within 25 miles of {label}" in other.said
        assert set(pairs(link)) - set(pairs(page.link("canonical") or "")) == {("near", dict(pairs(link))["near"])}
        assert "more than one" not in other.text


def test_a_place_with_one_name_is_not_talked_about(reader: FlaskClient) -> None:
    for place in ("LS1 4AP", "ls14ap", "Caerdydd", "Glasgow"):
        page = see(reader, address([("near", place)]))
        assert not page.some("is-warn"), place
        assert "more than one" not in page.text


def test_a_radius_counts_apart_what_it_does_not_cut(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    reaches = {
        "Leeds": [leeds()],
        "Glasgow": [glasgow()],
        "Online": [Location(reach=Reach.ONLINE)],
        "Anywhere": [Location(reach=Reach.UK_WIDE)],
        "Somewhere": [Location(reach=Reach.REGION, region="Yorkshire and The Humber", nation="England")],
        "Nobody says": [],
    }
    publish(session, *(row(title, organisation=lifearc, locations=places) for title, places in reaches.items()))
    page = see(client, "/search?near=York&within=50")
    assert page.total == 5
    assert "1 within 50 miles of York" in page.text
    for apart in ("1 online", "1 UK-wide", "1 known only by region or nation", "1 with no place given"):
        assert apart in page.text
    assert "Glasgow" not in " ".join(words(title) for title in page.some("card-title"))


@pytest.mark.parametrize("everywhere", ["online", "uk-wide"])
def test_no_radius_cuts_what_is_online_or_uk_wide(reader: FlaskClient, everywhere: str) -> None:
    anywhere = total_at(reader, f"/search?where={everywhere}")
    assert total_at(reader, f"/search?where={everywhere}&near=Lerwick&within=5") == anywhere > 0


def test_inside_and_apart_are_all_there_is(reader: FlaskClient) -> None:
    for miles in (5, 100):
        page = see(reader, f"/search?near=Leeds&within={miles}")
        (note,) = [words(note) for note in page.some("results-note") if "miles of Leeds" in words(note)]
        inside, *apart = (int(number) for number in re.findall(r"(?:^|[:,] )(\d+)\b", note))
        assert inside == number_of(note, f"within {miles} miles of Leeds")
        assert inside + sum(apart) == page.total > sum(apart) > 0


def test_the_nearest_come_first_and_say_how_far(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(
        session,
        row("Far", organisation=lifearc, locations=[glasgow()]),
        row("Near", organisation=lifearc, locations=[leeds()]),
        row("Online", organisation=lifearc, locations=[Location(reach=Reach.ONLINE)]),
    )
    page = see(client, "/search?near=Leeds")
    assert [words(title) for title in page.some("card-title")] == ["Near", "Far", "Online"]
    distances = [re.findall(r"about (a mile|\d+ miles) away", words(card)) for card in page.some("card")]
    assert distances == [["a mile"], ["179 miles"], []]


def test_a_town_and_a_distance_can_be_chosen_together(reader: FlaskClient) -> None:
    (choice,) = [box for box in see(reader, "/search").some("input", "select") if box.attrib["name"] == "within"]
    assert [option.attrib["value"] for option in choice] == ["", *map(str, WITHIN_CHOICES)]
