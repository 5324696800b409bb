"""What an engine holds, and what becomes of it, in every engine."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.search.document import SearchDocument
from directory.search.engine import IndexMissing, Question, SearchEngine
from directory.search.language import read
from directory.search.query import SearchQuery
from tests.contracts.listings import NOW, asking, listing


def ids(engine: SearchEngine, text: str = "") -> set[int]:
    return set(engine.search(asking(text, size=1000), NOW).ids)


def test_without_an_index_it_says_so(engine: SearchEngine) -> None:
    with pytest.raises(IndexMissing):
        engine.search(asking(), NOW)
    with pytest.raises(IndexMissing):
        engine.apply([listing(1)], [])
    assert (engine.status().ready, engine.count()) == (False, 0)


def test_an_index_of_nothing_is_an_index(engine: SearchEngine) -> None:
    engine.replace_all([])
    assert (engine.status().ready, ids(engine), ids(engine, "lab")) == (True, set(), set())


def test_replacing_all_leaves_nothing_of_what_was(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Old")])
    engine.replace_all([listing(2, "New")])
    assert (ids(engine), ids(engine, "old"), engine.count()) == ({2}, set(), 1)


def test_what_is_added_is_found(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "One")])
    engine.apply([listing(2, "Two")], [])
    assert (ids(engine), ids(engine, "two"), engine.count()) == ({1, 2}, {2}, 2)


def test_what_is_changed_is_found_as_it_is_now_and_once(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Old", kind="course"), listing(2, "Other", kind="course")])
    engine.apply([listing(1, "New", kind="placement")], [])
    assert (ids(engine, "old"), ids(engine, "new"), engine.count()) == (set(), {1}, 2)
    counts = engine.search(asking(), NOW).counts["kind"]
    assert (counts["course"], counts["placement"]) == (1, 1)


def test_what_is_changed_twice_at_once_is_as_it_was_last(engine: SearchEngine) -> None:
    engine.replace_all([])
    engine.apply([listing(1, "First"), listing(1, "Second")], [])
    assert (ids(engine, "first"), ids(engine, "second"), engine.count()) == (set(), {1}, 1)


def test_what_is_deleted_is_gone_from_results_and_counts(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Lab", kind="course"), listing(2, "Lab", kind="course")])
    engine.apply([], [1, 999])
    page = engine.search(asking("lab"), NOW)
    assert (page.ids, page.total, page.counts["kind"]["course"], engine.count()) == ((2,), 1, 1, 1)


def test_many_small_changes_leave_one_true_index(engine: SearchEngine) -> None:
    engine.replace_all([listing(id, "Lab") for id in range(1, 11)])
    for id in range(1, 11):
        engine.apply([listing(id + 100, "Lab")], [id])
        assert engine.count() == 10
    assert ids(engine, "lab") == set(range(101, 111))


def test_a_failure_while_filling_leaves_what_was(engine: SearchEngine) -> None:
    def breaking() -> Iterator[SearchDocument]:
        yield listing(2)
        raise RuntimeError("the database went away")

    engine.replace_all([listing(1)])
    with pytest.raises(RuntimeError):
        engine.replace_all(breaking())
    with pytest.raises(RuntimeError):
        engine.apply(breaking(), [1])
    assert ids(engine) == {1}


def test_readers_and_a_writer_do_not_disturb_each_other(engine: SearchEngine) -> None:
    engine.replace_all([listing(id, "Lab work") for id in range(1, 31)])
    wrong: list[object] = []
    done = threading.Event()

    def read_on() -> None:
        while not done.is_set():
            try:
                page = engine.search(asking("lab work", size=100), NOW)
                if len(page.ids) != page.total or page.total not in range(30, 41):
                    wrong.append(page)
            except Exception as problem:
                wrong.append(problem)
            done.wait(0.002)

    readers = [threading.Thread(target=read_on) for _ in range(3)]
    for reader in readers:
        reader.start()
    for id in range(31, 41):
        engine.apply([listing(id, "Lab work")], [])
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert engine.count() == 40


NASTY = [
    "\x00",
    "'\"",
    "* ? ~ ^",
    "AND OR NOT (",
    "kind:course",
    "🧬" * 40,
    "שלום עולם",
    "a" * 10_000,
    "\ud800",
    "%s {0} $(x)",
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400) | st.sampled_from(NASTY))
def test_nothing_typed_raises(engine: SearchEngine, typed: str) -> None:
    if not engine.status().ready:
        engine.replace_all([listing(id, "Gene therapy lab") for id in range(1, 4)])
    for text in (read(typed), read(SearchQuery.from_pairs([("q", typed)]).text)):
        page = engine.search(Question(text=text), NOW)
        assert len(page.ids) == page.total + page.more
