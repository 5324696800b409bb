"""What an organisation says everywhere finds a listing, but below those that are about it."""

from sqlalchemy.orm import Session

from directory.catalogue.seeding import seed
from directory.places import Gazetteer
from directory.search.engine import Question, SearchEngine
from directory.search.indexing import catch_up
from directory.search.language import read
from directory.search.query import Sort
from directory.search.standard import standard_sentences
from tests.contracts.listings import NOW
from tests.search.conftest import Publish

BLURB = "We are a world leader in gene therapy and its manufacturing."


def order(session: Session, engine: SearchEngine, text: str) -> list[int]:
    catch_up(session, engine)
    return list(engine.search(Question(text=read(text), sort=Sort.BEST), NOW).ids)


def test_a_match_in_a_standard_paragraph_alone_ranks_below_a_real_one(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    short = [publish(f"Accounts {number}", by="Big", description=f"{BLURB} Do sums.").id for number in range(3)]
    long = publish("Lab", by="Small", description=f"{'Many words stand here. ' * 40}You make gene therapy.").id
    assert order(session, engine, "gene therapy") == [long, *short]


def test_what_is_repeated_still_finds(publish: Publish, session: Session, engine: SearchEngine) -> None:
    listings = [publish(f"Accounts {number}", by="Big", description=BLURB).id for number in range(3)]
    assert order(session, engine, '"world leader"') == listings


def test_what_a_listing_says_in_its_own_words_counts_in_full(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    for number in range(3):
        publish(f"Accounts {number}", by="Big", description=BLURB)
    own = publish("Lab", by="Big", description=f"{BLURB} You work in manufacturing here.").id
    assert order(session, engine, "manufacturing")[0] == own


def test_a_sentence_is_standard_when_half_of_three_or_more_listings_have_it() -> None:
    two = [("Big", BLURB)] * 2
    assert standard_sentences(two) == {}
    assert standard_sentences([*two, ("Other", BLURB)]) == {}
    assert standard_sentences([("Big", BLURB)] * 3) == {"Big": {BLURB.rstrip(".")}}
    assert standard_sentences([("Big", BLURB)] * 3 + [("Big", "Else.")] * 4) == {}
    assert standard_sentences([("Big", f"{BLURB}\n{BLURB}")] * 2 + [("Big", "Else.")]) == {}
    assert standard_sentences([("Big", "Apply now.")] * 3) == {}


def test_the_real_catalogue_repeats_nothing(session: Session, gazetteer: Gazetteer) -> None:
    from directory.catalogue.queries import descriptions
    from tests.search.conftest import SEED_DATA

    seed(session, SEED_DATA, gazetteer, NOW)
    assert standard_sentences(descriptions(session)) == {}
