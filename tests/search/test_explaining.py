"""Why a listing is found, or isn't."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KindName
from directory.catalogue.models import Opportunity
from directory.catalogue.vocabulary import Running
from directory.places import Gazetteer
from directory.search.engine import SearchEngine
from directory.search.explaining import Explanation, explain
from directory.search.indexing import catch_up
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary
from tests.contracts.listings import NOW
from tests.search.conftest import Publish
from tests.search.rows import glasgow, leeds

Explain = Callable[..., Explanation]


@pytest.fixture
def explained(session: Session, engine: SearchEngine, gazetteer: Gazetteer, known_words: Vocabulary) -> Explain:
    """Follow a listing through a search."""

    def explained(opportunity: Opportunity, text: str = "", *choices: tuple[str, str]) -> Explanation:
        catch_up(session, engine)
        query = SearchQuery.from_pairs([("q", text), *choices])
        return explain(session, engine, gazetteer, query, opportunity, NOW, known_words)

    return explained


def test_what_is_found_has_its_place_and_what_each_word_weighs(publish: Publish, explained: Explain) -> None:
    publish("Gene therapy", summary="gene therapy")
    second = publish("Gene work", summary="CAR-T")
    found = explained(second, "gene cart")
    assert (found.rank, found.total, found.has_all_words, found.left_out_by) == (1, 2, True, ())
    assert [(term.word, term.required) for term in found.terms] == [("gene", True), ("cart", True)]
    assert found.score == pytest.approx(sum(term.weight or 0 for term in found.terms))
    assert all(term.weight for term in found.terms)


def test_what_has_only_some_words_says_so(publish: Publish, explained: Explain) -> None:
    publish("Gene therapy")
    found = explained(publish("Gene work"), "gene therapy")
    assert (found.rank, found.has_all_words) == (2, False)
    assert [term.weight is None for term in found.terms] == [False, True]


def test_how_it_was_read_and_put_right_is_told(publish: Publish, explained: Explain) -> None:
    course = publish("Immunology course", stages=["16-18"], locations=[leeds()])
    found = explained(course, "imunology for year 12 near Leeds")
    assert found.put_right == "imunology for year 12 near Leeds"
    assert found.readings == (("year 12", "16–18"), ("near Leeds", "within 25 miles of Leeds"))
    assert [term.word for term in found.terms if term.required] == ["immunolog"]
    assert found.rank == 1


def test_each_choice_that_leaves_it_out_is_named(publish: Publish, explained: Explain) -> None:
    left_out = publish("Gene work", kind=KindName.COURSE, stages=["phd"], locations=[glasgow()])
    publish("Gene work", kind=KindName.APPRENTICESHIP, stages=["phd"], locations=[leeds()])
    found = explained(left_out, "apprenticeship near Leeds", ("stage", "phd"))
    assert found.rank is None
    assert found.left_out_by == ("Kind is not apprenticeships", "it is further than 25 miles from Leeds")


def test_what_is_over_says_so_beside_what_else_leaves_it_out(publish: Publish, explained: Explain) -> None:
    over = publish("Gene work", kind=KindName.COURSE, running=Running.ENDED)
    publish("Gene work")
    assert explained(over, "gene").left_out_by == (
        "it is closed, paused or ended, and those are shown only when asked for",
    )
    assert explained(over, "gene", ("kind", "fellowship")).left_out_by[0] == "Kind is not fellowships"
    assert explained(over, "gene", ("when", "not-running")).rank == 1


def test_a_missing_word_and_an_unwanted_one_are_named(publish: Publish, explained: Explain) -> None:
    for _ in range(5):
        publish("Gene therapy")
    lacking = publish("Gene bank")
    assert explained(lacking, "gene therapy").left_out_by == (
        "it has no therapi, and 5 with all of the words are enough",
    )
    assert "minus" in explained(lacking, "gene -bank").left_out_by[0]


def test_a_listing_called_as_typed_stands_before_all_scores(publish: Publish, explained: Explain) -> None:
    named = publish("Gene bank")
    publish("Gene bank gene bank")
    found = explained(named, "gene bank")
    assert found.named
    assert found.rank == 1
