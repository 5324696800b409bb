"""When few or none are found: what is over is told of first, and there is always a way out."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.vocabulary import Running
from directory.organisations.models import Organisation
from tests.search.rows import organisation, row
from tests.web.pages import Pairs, address, pairs, publish, see, total_at, within, words

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


@pytest.mark.parametrize("near", [(), (("near", "Leeds"),)])
def test_a_closed_listing_that_was_typed_is_told_of_above_the_rest(
    client: FlaskClient, session: Session, lifearc: Organisation, near: Pairs
) -> None:
    publish(
        session,
        row("Plasmid summer school", slug="over", organisation=lifearc, running=Running.ENDED),
        row("Plasmid", slug="also-over", organisation=lifearc, running=Running.PAUSED),
        row("Summer school", slug="here", organisation=lifearc),
    )
    page = see(client, address([("q", "plasmid summer school"), *near]))
    assert "1 that is closed, paused or ended also matches" in page.text
    assert page.text.index("also matches") < page.text.index("Summer school LifeArc")
    over = see(client, page.links["Show it"])
    assert set(pairs(page.links["Show it"])) == {("q", "plasmid summer school"), ("when", "not-running"), *near}
    assert over.heading == "1 opportunity"
    assert over.cards[0] == "/opportunities/over"
    assert "also match" not in over.text
    assert "also match" not in see(client, "/search?kind=course").text


@pytest.mark.parametrize(
    ("asked", "offers"),
    [
        ("q=zzzzqqqq", ["See every opportunity"]),
        (
            "q=lab&kind=fellowship&stage=phd&where=wales",
            ["Look for ‘lab’ without any filters", "See every opportunity"],
        ),
        ("kind=fellowship&stage=phd", ["See every opportunity"]),
    ],
)
def test_finding_nothing_is_never_a_dead_end(
    client: FlaskClient, session: Session, lifearc: Organisation, asked: str, offers: list[str]
) -> None:
    publish(session, row("Lab work", organisation=lifearc), row("Another", organisation=lifearc))
    page = see(client, f"/search?{asked}")
    assert page.total == 0
    (changes,) = page.some("changes")
    shown = within(changes, "li")
    assert [words(within(offer, "span")[0]) for offer in shown] == offers
    for offer in shown:
        (link,) = within(offer, "a")
        promised = int(re.findall(r"\d+", words(link))[0])
        assert total_at(client, link.attrib["href"]) == promised > 0
    assert "Change one thing" not in page.headings


def test_a_card_shows_where_the_words_stand(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(session, row("Placement", organisation=lifearc, summary="You grow <cells> here.", description=""))
    page = see(client, "/search?q=cell")
    assert [words(mark) for mark in within(page.main, "mark")] == ["cells"]
    assert "You grow <cells> here." in page.text
    assert not within(see(client, "/search").main, "mark")
