"""A search as it is meant, and the way back to its address."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KindName
from directory.catalogue.models import Location
from directory.catalogue.vocabulary import Reach
from directory.places import Gazetteer
from directory.search.engine import SearchEngine
from directory.search.facets import FACETS, ORGANISATION, SKILL
from directory.search.find import Found, find
from directory.search.interpreting import Interpretation, Interpreter
from directory.search.query import SearchQuery, Sort
from directory.search.reading import Vocabulary
from directory.search.wording import Naming
from tests.contracts.listings import NOW
from tests.search.conftest import Publish
from tests.search.rows import at, glasgow, leeds

NAMING = Naming({SKILL: {"genomics": "Genomics"}, ORGANISATION: {"gsk": "GSK", "lifearc": "LifeArc"}})

Interpret = Callable[[SearchQuery], Interpretation]
Search = Callable[..., Found]


@pytest.fixture(scope="session")
def interpret(gazetteer: Gazetteer, known_words: Vocabulary) -> Interpret:
    """What a search means where one listing is called "Online lab week"."""
    return Interpreter(known_words, gazetteer, NAMING, lambda name: name == "onlinelabweek").interpret


def asked(*pairs: tuple[str, str]) -> SearchQuery:
    return SearchQuery.from_pairs(pairs)


WORDS = st.lists(
    st.sampled_from(
        [
            "year 12",
            "near Leeds",
            "in Wales",
            "apprenticeship",
            "paid",
            "lab",
            "gsk",
            "online",
            "SG1",
            "in march",
            '"x"',
        ]
    ),
    max_size=4,
).map(" ".join)
PAIRS = st.lists(
    st.one_of(
        st.tuples(st.just("stage"), st.sampled_from(["16-18", "14-16", "phd"])),
        st.tuples(st.just("kind"), st.sampled_from(["apprenticeship", "course"])),
        st.tuples(st.just("where"), st.sampled_from(["wales", "online"])),
        st.tuples(st.just("organisation"), st.sampled_from(["gsk", "nobody"])),
        st.tuples(st.just("words"), st.sampled_from([*(facet.name for facet in FACETS), "near", "nothing"])),
        st.tuples(st.just("near"), st.sampled_from(["Leeds", "leeds", "Scotland", "uk", "nowhere at all"])),
        st.tuples(st.just("within"), st.sampled_from(["10", "25"])),
        st.tuples(st.just("sort"), st.sampled_from(list(Sort))),
        st.tuples(st.just("page"), st.just("2")),
        st.tuples(st.just("literal"), st.just("1")),
    ),
    max_size=6,
)


@given(text=WORDS, pairs=PAIRS)
def test_the_address_of_a_meaning_means_the_same(interpret: Interpret, text: str, pairs: list[tuple[str, str]]) -> None:
    meant = interpret(asked(("q", text), *pairs))
    address = meant.spelt(meant.query)
    again = interpret(SearchQuery.from_pairs(address.to_pairs()))
    assert again.query == meant.query
    assert again.text == meant.text
    assert again.spelt(again.query) == address


@given(text=WORDS, pairs=PAIRS, facet=st.sampled_from([facet.name for facet in FACETS if not facet.is_open]))
def test_a_changed_choice_is_what_its_address_means(
    interpret: Interpret, text: str, pairs: list[tuple[str, str]], facet: str
) -> None:
    meant = interpret(asked(("q", text), *pairs))
    for changed in (meant.query.without_facet(facet), meant.query.with_near(""), meant.query.only_text()):
        again = interpret(SearchQuery.from_pairs(meant.spelt(changed).to_pairs()))
        assert (again.query.choices, again.query.near, again.query.within) == (
            changed.choices,
            changed.near,
            changed.within,
        )


def test_what_was_chosen_goes_before_what_words_say(interpret: Interpret) -> None:
    meant = interpret(asked(("q", "year 12 near Leeds"), ("stage", "phd"), ("near", "York")))
    assert meant.query.chosen("stage") == ("phd",)
    assert meant.query.near == "York"
    assert not meant.in_force


def test_a_listing_s_name_is_no_choice(interpret: Interpret) -> None:
    assert interpret(asked(("q", "Online lab week"))).readings == ()
    assert interpret(asked(("q", "online lab weeks"))).query.chosen("where") == ("online",)


def test_who_sorts_by_distance_keeps_the_place_in_the_address(interpret: Interpret) -> None:
    meant = interpret(asked(("q", "lab near Leeds")))
    assert meant.spelt(meant.query) == asked(("q", "lab near Leeds"))
    nearest = meant.spelt(meant.query.with_sort(Sort.NEAREST))
    assert interpret(nearest).query.sort is Sort.NEAREST


@pytest.fixture
def search(session: Session, engine: SearchEngine, gazetteer: Gazetteer, known_words: Vocabulary) -> Search:
    """Find, by words and choices."""

    def search(text: str = "", query: SearchQuery | None = None, **chosen: Any) -> Found:
        pairs = [("q", text), *((name, value) for name, value in chosen.items())]
        return find(session, engine, gazetteer, query or SearchQuery.from_pairs(pairs), NOW, known_words)

    return search


@pytest.fixture
def catalogue(publish: Publish) -> None:
    publish("Cell work", kind=KindName.APPRENTICESHIP, stages=["16-18"], locations=[leeds()])
    publish("Gene work", kind=KindName.APPRENTICESHIP, stages=["16-18"], locations=[glasgow()])
    publish("Apprenticeship news", kind=KindName.RESOURCE, stages=["14-16"], locations=[leeds()])


def titles(found: Found) -> list[str]:
    return [row.title for row in (*found.rows, *found.rows_with_some_words)]


@pytest.mark.usefixtures("catalogue")
def test_words_that_are_filters_narrow_and_are_said(search: Search) -> None:
    found = search("apprenticeship near Leeds")
    assert titles(found) == ["Cell work"]
    assert [(one.words, one.choice) for one in found.readings] == [
        ("near Leeds", "within 25 miles of Leeds"),
    ]
    assert [chip.label for chip in found.chips] == ["Near Leeds", "Within 25 miles", "Apprenticeship"]


@pytest.mark.usefixtures("catalogue")
def test_a_chip_taken_off_takes_its_words_requirement_with_it(search: Search) -> None:
    near, _within, kind = search("apprenticeship near Leeds").chips
    assert titles(search(query=near.query)) == ["Cell work", "Gene work"]
    assert set(titles(search(query=kind.query))) == {"Cell work", "Apprenticeship news"}


def test_words_that_are_choices_still_weigh(publish: Publish, search: Search) -> None:
    publish("Work", stages=["16-18"])
    publish("Work in year 12", stages=["16-18"])
    assert titles(search("work year 12")) == ["Work in year 12", "Work"]


@pytest.mark.usefixtures("catalogue")
def test_only_the_words_is_one_link_away(search: Search) -> None:
    words_alone = search(query=search("apprenticeship news").as_spelt)
    assert words_alone.readings == ()
    assert [row.title for row in words_alone.rows] == ["Apprenticeship news"]


@pytest.mark.usefixtures("catalogue")
def test_where_no_listing_has_the_rest_of_the_words_the_choices_still_find(search: Search) -> None:
    found = search("my daughter is in year 12, anything in Leeds?")
    assert titles(found) == ["Cell work"]
    assert not found.rows


@pytest.mark.usefixtures("catalogue")
def test_counts_say_what_choosing_would_find_beside_words_that_are_choices(search: Search) -> None:
    found = search("year 12 work near Leeds")
    for facet in found.facets:
        for option in facet.options:
            other = found.query.with_choices(facet.name, (option.value,)).with_as_words(found.settled_by_words)
            assert search(query=other).page.total == option.count


def test_near_a_place_words_that_are_all_choices_put_the_nearest_first(publish: Publish, search: Search) -> None:
    for title in ("A course known by its nation", "Another course in Wakefield"):
        place = (
            [at("Wakefield", 53.68, -1.5)] if "Wakefield" in title else [Location(reach=Reach.NATION, nation="England")]
        )
        publish(title, stages=["16-18"], locations=place)
    assert titles(search("year 12 near Leeds"))[0] == "Another course in Wakefield"
    assert "Best match" not in [sort.label for sort in search("year 12 near Leeds").sorts]
    assert titles(search("course year 12 near Leeds"))[0] == "A course known by its nation"


@pytest.mark.usefixtures("catalogue")
def test_what_is_all_read_is_said_once(search: Search) -> None:
    assert search("apprenticeships near Leeds").sentence.startswith("apprenticeships, within 25 miles of Leeds")
    assert search('apprenticeships "cell work"').sentence.startswith("for ‘apprenticeships")
    assert [one.words for one in search("apprenticeships near Leeds").readings] == ["near Leeds"]
