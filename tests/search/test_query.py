"""The search as an address: one spelling, and nothing typed raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.facets import FACETS
from directory.search.query import LONGEST_TEXT, SearchQuery, Sort


def asked(*pairs: tuple[str, str]) -> SearchQuery:
    return SearchQuery.from_pairs(pairs)


NAMES = st.sampled_from(["q", "near", "within", "sort", "page", *(facet.name for facet in FACETS)])
VALUES = st.sampled_from(
    [
        "placement",
        "course",
        "16-18",
        "scotland",
        "online",
        "level-3",
        "nearest",
        "best",
        "soonest",
        "newest",
        "25",
        "2",
        "Leeds",
    ]
)
PAIRS = st.lists(st.tuples(NAMES | st.text(max_size=8), VALUES | st.text(max_size=20)), max_size=12)


@given(PAIRS)
def test_a_spelling_read_back_is_the_same_search(pairs: list[tuple[str, str]]) -> None:
    query = SearchQuery.from_pairs(pairs)
    assert SearchQuery.from_pairs(query.to_pairs()) == query


@given(PAIRS, st.randoms(use_true_random=False))
def test_one_search_has_one_spelling(pairs: list[tuple[str, str]], random: st.DrawFn) -> None:
    choices = [pair for pair in pairs if pair[0] in {facet.name for facet in FACETS}]
    shuffled = [*choices, *choices]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert SearchQuery.from_pairs(shuffled).to_pairs() == SearchQuery.from_pairs(choices).to_pairs()


@given(st.lists(st.tuples(st.text(st.characters()), st.text(st.characters())), max_size=6))
def test_no_address_raises(pairs: list[tuple[str, str]]) -> None:
    SearchQuery.from_pairs([*pairs, *(("q", value) for _name, value in pairs)]).to_pairs()


def test_what_goes_without_saying_is_left_out() -> None:
    assert asked(("q", ""), ("page", "1"), ("sort", "soonest"), ("within", "25"), ("kind", "")).to_pairs() == []
    assert asked(("q", "lab"), ("sort", "best")).to_pairs() == [("q", "lab")]
    assert asked(("near", "leeds"), ("sort", "nearest")).to_pairs() == [("near", "leeds")]


def test_choices_stand_in_the_order_of_the_facets() -> None:
    query = asked(("where", "online"), ("kind", "course"), ("where", "scotland"), ("kind", "placement"), ("q", "lab"))
    assert query.to_pairs() == [
        ("q", "lab"),
        ("kind", "placement"),
        ("kind", "course"),
        ("where", "scotland"),
        ("where", "online"),
    ]


def test_what_is_not_known_is_dropped() -> None:
    unknown = [("kind", "holiday"), ("colour", "red"), ("sort", "loudest"), ("organisation", "../etc"), ("Q", "lab")]
    assert asked(*unknown) == SearchQuery()


def test_an_open_facet_takes_any_slug() -> None:
    assert asked(("organisation", "lifearc"), ("organisation", "gsk")).chosen("organisation") == ("gsk", "lifearc")


@pytest.mark.parametrize("page", ["-1", "0", "abc", "", "1.5", "٣", "9" * 5000])
def test_a_page_that_is_no_page_is_the_first(page: str) -> None:
    assert asked(("page", page)).page == 1


@pytest.mark.parametrize("within", ["-5", "0", "lots", "501", "9" * 5000])
def test_a_distance_that_is_no_distance_is_any(within: str) -> None:
    assert asked(("near", "Leeds"), ("within", within)).within is None


def test_an_order_that_rests_on_nothing_is_the_usual_one() -> None:
    assert asked(("sort", "nearest")).sort is None
    assert asked(("sort", "best"), ("near", "Leeds")).sort is None
    assert asked(("sort", "soonest"), ("near", "Leeds")).sort is Sort.SOONEST


def test_text_is_cleaned() -> None:
    assert asked(("q", "  lab\x00 \n\twork ")).text == "lab work"
    assert asked(("q", "cafe\u0301 \u202ework\u200b")).text == "café work"
    assert asked(("q", "\ud800\uffff\u200d")).text == ""


def test_long_text_is_cut_and_says_so() -> None:
    query = asked(("q", "a" * 10_000))
    assert (len(query.text), query.was_cut) == (LONGEST_TEXT, True)
    assert not asked(*query.to_pairs()).was_cut


def test_of_what_stands_twice_the_first_counts() -> None:
    assert asked(("q", ""), ("q", "lab"), ("q", "work"), ("page", "2"), ("page", "3")).to_pairs() == [
        ("q", "lab"),
        ("page", "2"),
    ]


def test_a_change_leads_back_to_the_first_page() -> None:
    query = asked(("q", "lab"), ("kind", "course"), ("near", "Leeds"), ("within", "10"), ("page", "4"))
    changes = [
        query.with_choice("kind", "placement"),
        query.without_choice("kind", "course"),
        query.without_facet("kind"),
        query.with_text("work"),
        query.with_near("York"),
        query.with_within(25),
        query.with_sort(Sort.NEWEST),
        query.only_text(),
    ]
    assert [changed.page for changed in changes] == [1] * len(changes)
    assert query.with_page(5).page == 5


def test_a_choice_can_be_put_in_and_taken_out() -> None:
    query = SearchQuery().with_choice("kind", "course").with_choice("kind", "placement").with_choice("kind", "course")
    assert query.chosen("kind") == ("placement", "course")
    assert query.without_choice("kind", "course").chosen("kind") == ("placement",)
    assert query.without_facet("kind") == SearchQuery()


def test_without_a_place_there_is_no_distance() -> None:
    assert asked(("near", "Leeds"), ("within", "10")).with_near("") == SearchQuery()


def test_clearing_keeps_the_words() -> None:
    query = asked(("q", "lab"), ("kind", "course"), ("near", "Leeds"), ("sort", "newest"))
    assert query.only_text() == asked(("q", "lab"))
