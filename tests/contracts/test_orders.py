"""Orders and pages, in every engine."""

import pytest

from directory.catalogue.timing import Round, Schedule
from directory.catalogue.vocabulary import Closing, Recurrence
from directory.search.engine import SearchEngine
from directory.search.query import Sort
from tests.contracts.listings import (
    ALL_YEAR,
    DAY,
    ENDED,
    LEEDS,
    LONDON,
    NOW,
    YORK,
    asking,
    closing,
    listing,
    opening,
    usually,
)


def test_the_soonest_to_act_on_comes_first(engine: SearchEngine) -> None:
    rolling = Schedule(rounds=(Round(closing=Closing.ROLLING),), confirmed_at=NOW)
    in_order = [
        closing(2),
        closing(50),
        rolling,
        opening(3),
        opening(30),
        usually(closes=12),
        usually(opens=2, closes=3),
        usually(opens=10),
        ALL_YEAR,
        Schedule(recurrence=Recurrence.COHORTS),
    ]
    documents = [listing(id, schedule=schedule) for id, schedule in enumerate(in_order, 1)]
    engine.replace_all(documents[::-1])
    assert engine.search(asking(sort=Sort.SOONEST), NOW).ids == tuple(range(1, 11))


def test_the_newest_comes_first(engine: SearchEngine) -> None:
    engine.replace_all([listing(id, published_at=NOW - id * DAY) for id in (3, 1, 2)])
    assert engine.search(asking(sort=Sort.NEWEST), NOW).ids == (1, 2, 3)


def test_the_nearest_comes_first_and_what_has_no_distance_last(engine: SearchEngine) -> None:
    engine.replace_all([listing(1), listing(2, points=[LONDON]), listing(3, points=[LONDON, YORK])])
    assert engine.search(asking(point=LEEDS), NOW).ids == (3, 2, 1)


@pytest.mark.parametrize("sort", Sort)
def test_a_sort_never_removes_results(engine: SearchEngine, sort: Sort) -> None:
    engine.replace_all(
        [
            listing(1, "Lab", points=[LEEDS]),
            listing(2, "Lab", schedule=closing(2)),
            listing(3, "Lab", schedule=usually(opens=2)),
            listing(4, "Lab", published_at=NOW - 999 * DAY),
        ]
    )
    page = engine.search(asking("lab", sort=sort, point=LEEDS), NOW)
    assert (sorted(page.ids), page.total) == ([1, 2, 3, 4], 4)


@pytest.mark.parametrize("sort", Sort)
def test_ties_are_settled_by_title_then_by_age(engine: SearchEngine, sort: Sort) -> None:
    titles = {4: "apple lab", 2: "Banana lab", 9: "banana lab", 1: "cherry lab"}
    engine.replace_all([listing(id, title, names=()) for id, title in titles.items()])
    assert engine.search(asking("lab", sort=sort, point=LEEDS), NOW).ids == (4, 2, 9, 1)


@pytest.mark.parametrize("sort", Sort)
def test_pages_show_everything_once(engine: SearchEngine, sort: Sort) -> None:
    words = ("lab work", "lab", "work")
    engine.replace_all(
        [listing(id, f"{words[id % 3]} {id % 7}", points=[LEEDS] if id % 2 else []) for id in range(1, 48)]
    )
    seen: list[int] = []
    for number in (1, 2, 3):
        page = engine.search(asking("lab work 3", sort=sort, point=YORK, page=number), NOW)
        assert (page.number, page.last, len(page.ids)) == (number, 3, 20 if number < 3 else page.total - 40)
        seen += page.ids
    assert len(seen) == len(set(seen)) == page.total > 40


def test_where_the_listings_with_only_some_words_begin_is_told_on_each_page(engine: SearchEngine) -> None:
    engine.replace_all([listing(id, "lab work" if id < 4 else "lab") for id in range(1, 10)])
    begins = [engine.search(asking("lab work", page=page, size=3), NOW).some_words_from for page in (1, 2, 3)]
    assert begins == [None, 0, 0]
    assert engine.search(asking("lab work", size=4), NOW).some_words_from == 3


def test_a_page_past_the_end_is_the_last(engine: SearchEngine) -> None:
    engine.replace_all([listing(id) for id in range(1, 24)])
    page = engine.search(asking(page=999_999), NOW)
    assert (page.number, page.last, len(page.ids)) == (2, 2, 3)


def test_an_empty_answer_has_one_page(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, schedule=ENDED)])
    page = engine.search(asking(page=3), NOW)
    assert (page.ids, page.number, page.last, page.total) == ((), 1, 1, 0)
