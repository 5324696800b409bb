"""When little is found, each offer is true."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KindName
from directory.catalogue.models import Intake, Location
from directory.catalogue.vocabulary import Pay, Reach, Running
from directory.places import Gazetteer
from directory.search.engine import SearchEngine
from directory.search.facets import FACETS_BY_NAME
from directory.search.find import Found, find
from directory.search.query import SearchQuery
from directory.search.relaxing import EASIEST_FIRST
from tests.contracts.listings import NOW
from tests.search.conftest import Publish
from tests.search.rows import at, glasgow, leeds

ADDRESSES = [
    [("q", "gene therapy"), ("kind", "apprenticeship"), ("stage", "16-18"), ("near", "York"), ("within", "5")],
    [("kind", "fellowship"), ("where", "wales"), ("pay", "paid")],
    [("q", "zzz"), ("organisation", "lifearc")],
    [("near", "Leeds"), ("within", "10"), ("level", "level-3")],
]


@pytest.fixture
def catalogue(publish: Publish) -> None:
    publish("Gene therapy", kind=KindName.APPRENTICESHIP, stages=["16-18"], locations=[leeds()], pay=Pay.WAGE)
    publish("Gene therapy course", stages=["16-18", "graduate"], locations=[glasgow()])
    publish("Gene bank", kind=KindName.FELLOWSHIP, locations=[Location(reach=Reach.ONLINE)], pay=Pay.WAGE)
    publish("Over", running=Running.ENDED, locations=[at("Cardiff", 51.48, -3.18, nation="Wales")])


def search(session: Session, engine: SearchEngine, gazetteer: Gazetteer, query: SearchQuery) -> Found:
    return find(session, engine, gazetteer, query, NOW)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("pairs", ADDRESSES)
def test_each_offer_finds_what_it_says_and_more_than_before(
    session: Session, engine: SearchEngine, gazetteer: Gazetteer, pairs: list[tuple[str, str]]
) -> None:
    found = search(session, engine, gazetteer, SearchQuery.from_pairs(pairs))
    assert found.relaxations
    for offer in found.relaxations:
        assert search(session, engine, gazetteer, offer.query).page.total == offer.count > found.page.total


@pytest.mark.usefixtures("catalogue")
def test_the_smallest_change_comes_first(session: Session, engine: SearchEngine, gazetteer: Gazetteer) -> None:
    pairs = [("kind", "apprenticeship"), ("near", "York"), ("within", "5")]
    found = search(session, engine, gazetteer, SearchQuery.from_pairs(pairs))
    assert [offer.label for offer in found.relaxations] == [
        "Look within 25 miles",
        "Any distance, not just 5 miles",
        "Any kind, not just apprenticeships",
    ]
    wider = search(session, engine, gazetteer, SearchQuery.from_pairs([*pairs[:2], ("within", "10")]))
    assert wider.relaxations[0].label == "Look within 25 miles"


def test_every_facet_can_be_given_up() -> None:
    assert set(EASIEST_FIRST) == set(FACETS_BY_NAME)


def test_the_next_intake_is_a_smaller_change_than_any_month(
    publish: Publish, session: Session, engine: SearchEngine, gazetteer: Gazetteer
) -> None:
    publish("Early", kind=KindName.PLACEMENT, usually_starts=9)
    publish("Later", kind=KindName.PLACEMENT, usually_starts=11)
    found = search(session, engine, gazetteer, SearchQuery.from_pairs([("kind", "placement"), ("starts", "september")]))
    assert [(offer.label, offer.count) for offer in found.relaxations] == [
        ("Include November", 2),
        ("Any month, not just September", 2),
    ]


def test_who_looks_for_what_is_open_is_offered_what_opens_next(
    publish: Publish, session: Session, engine: SearchEngine, gazetteer: Gazetteer
) -> None:
    publish("Not yet", intakes=[Intake(opens_on=NOW.date() + timedelta(days=9))])
    found = search(session, engine, gazetteer, SearchQuery().with_choice("when", "open"))
    assert ("Include what opens later on a set day", 1) in [(offer.label, offer.count) for offer in found.relaxations]


@pytest.mark.usefixtures("catalogue")
def test_what_is_over_is_offered_last_but_for_other_words(
    session: Session, engine: SearchEngine, gazetteer: Gazetteer
) -> None:
    found = search(session, engine, gazetteer, SearchQuery.from_pairs([("where", "wales")]))
    assert [offer.label for offer in found.relaxations] == [
        "Include online",
        "Anywhere, not just Wales",
        "See what is closed, paused or ended",
    ]


def test_plenty_needs_no_offers(publish: Publish, session: Session, engine: SearchEngine, gazetteer: Gazetteer) -> None:
    for _ in range(6):
        publish(kind=KindName.PLACEMENT)
    assert search(session, engine, gazetteer, SearchQuery().with_choice("kind", "placement")).relaxations == ()
