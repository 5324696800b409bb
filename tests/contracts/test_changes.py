"""What changes leave behind, in every engine: the same answers as an index that was never anything else."""

from pathlib import Path

import pytest

from directory.search.document import SHAPE, SearchDocument
from directory.search.engine import Question, SearchEngine
from directory.search.engines.memory import MemoryEngine
from directory.search.engines.whoosh import WhooshEngine, writing
from directory.search.engines.whoosh.manifest import Manifest
from tests.contracts.listings import ENDED, LEEDS, NOTHING_KNOWN, NOW, YORK, asking, listing

QUESTIONS = [
    asking(),
    asking("lab"),
    asking("gene lab", size=100),
    asking("gene therapy", kind="course", size=100),
    asking('"gene therapy" -bank', size=100),
    asking("lab number 7", size=5, page=2),
    asking("lab", point=LEEDS, within=10, organisation=("group-1", "org-8")),
]


def ids(engine: SearchEngine, text: str = "") -> list[int]:
    return sorted(engine.search(asking(text, size=1000), NOW).ids)


def some(id: int, words: str = "Gene therapy") -> SearchDocument:
    """A listing that shares its title, its words and its choices with a few others."""
    return listing(
        id,
        f"{words} lab",
        f"Number {id % 5} gene bank" if id % 3 else "Therapy of a gene",
        kind=("course", "placement")[id % 2],
        organisation=(f"group-{id % 4}", f"org-{id}"),
        points=[LEEDS, YORK][: id % 3],
        schedule=NOTHING_KNOWN if id % 11 else ENDED,
    )


def test_a_listing_changed_in_batch_after_batch_is_as_it_was_last(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Other", kind="course"), listing(2, "Edition 0", kind="course")])
    for edition in range(1, 15):
        kind = "course" if edition % 2 else "placement"
        engine.apply([listing(2, f"Edition e{edition}", kind=kind)], [])
        page = engine.search(asking("edition"), NOW)
        assert (page.ids, engine.count(), ids(engine, f"e{edition}")) == ((2,), 2, [2])
        assert (page.counts["kind"]["course"], page.counts["kind"]["placement"]) == (edition % 2, 1 - edition % 2)
    assert [ids(engine, f"e{edition}") for edition in range(14)] == [[]] * 14


def test_what_comes_back_is_found_once_and_as_it_is_now(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Old name"), listing(2, "Other")])
    engine.apply([], [1])
    assert (ids(engine), ids(engine, "name")) == ([2], [])
    engine.apply([listing(1, "New name")], [])
    assert (ids(engine), ids(engine, "old"), ids(engine, "name"), engine.count()) == ([1, 2], [], [1], 2)
    engine.apply([], [1])
    assert (ids(engine), engine.count()) == ([2], 1)


def test_what_is_deleted_and_added_in_one_change_is_there(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Old")])
    engine.apply([listing(1, "New")], [1])
    assert (ids(engine, "old"), ids(engine, "new"), engine.count()) == ([], [1], 1)


def test_an_index_from_which_everything_was_deleted_can_be_filled_again(engine: SearchEngine) -> None:
    engine.replace_all([some(id) for id in range(1, 9)])
    engine.apply([some(9)], [])
    engine.apply([], range(1, 10))
    assert (engine.status().ready, engine.count(), dict(engine.words())) == (True, 0, {})
    for question in QUESTIONS:
        page = engine.search(question, NOW)
        assert (page.ids, page.total, sum(page.counts["kind"].values()), page.not_running) == ((), 0, 0, 0)
    engine.apply([some(3)], [])
    assert (ids(engine), ids(engine, '"gene therapy"'), engine.count()) == ([3], [3], 1)


def test_a_rebuild_forgets_every_change_before_it(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Lab one"), listing(2, "Lab two")])
    engine.apply([listing(3, "Lab three")], [1])
    engine.replace_all([listing(1, "Lab one"), listing(2, "Lab two again")])
    assert (ids(engine, "lab"), ids(engine, "three"), ids(engine, "again")) == ([1, 2], [], [2])
    engine.apply([listing(2, "Lab two")], [])
    assert (ids(engine, "lab"), ids(engine, "again")) == ([1, 2], [])


def test_a_change_of_nothing_changes_nothing_but_how_far_it_is_true(engine: SearchEngine) -> None:
    engine.replace_all([some(id) for id in range(1, 9)], sequence=4)
    before = [engine.search(question, NOW) for question in QUESTIONS]
    engine.apply([], [999], sequence=6)
    assert [engine.search(question, NOW) for question in QUESTIONS] == before
    assert engine.status().sequence == 6


def test_how_far_it_is_true_never_goes_back_by_a_change(engine: SearchEngine) -> None:
    engine.replace_all([listing(1)], sequence=7)
    told = []
    for sequence in (9, 3, 0, 9, 12, 11):
        engine.apply([listing(2)], [], sequence=sequence)
        told.append(engine.status().sequence)
    assert told == [9, 9, 9, 9, 12, 12]


def test_the_words_of_the_living_are_told_after_every_change(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Plasmid"), listing(2, "Plasmid"), listing(3, "Vector"), listing(4, "Vector")])
    engine.apply([listing(5, "Antibody")], [3])
    told = engine.words()
    assert (told["plasmid"], told["antibody"]) == (2, 1)
    assert told["vector"] in (1, 2)  # what was deleted may be told until its segment is merged


def test_words_that_only_the_deleted_had_are_forgotten_with_many_of_them(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Plasmid"), listing(2, "Plasmid vector"), listing(3, "Vector")])
    engine.apply([listing(4, "Antibody")], [1, 2])
    assert dict(engine.words()) == {"vector": 1, "antibody": 1}


def test_ties_are_settled_alike_whenever_listings_were_written(engine: SearchEngine) -> None:
    engine.replace_all([listing(5, "Same lab"), listing(8, "Another lab")])
    for id in (7, 2, 9, 3):
        engine.apply([listing(id, "Same lab")], [])
    engine.apply([listing(5, "Same lab")], [])
    for question in (asking("lab"), asking()):
        assert engine.search(question, NOW).ids == (8, 2, 3, 5, 7, 9)


def test_a_choice_that_only_the_deleted_had_is_no_choice(engine: SearchEngine) -> None:
    engine.replace_all([some(id) for id in range(1, 7)])
    engine.apply([some(20)], [6])
    told = engine.search(asking(), NOW).counts["organisation"]
    assert "org-6" not in told
    assert (told["org-20"], told["org-2"]) == (1, 1)


@pytest.fixture
def whoosh(tmp_path: Path) -> WhooshEngine:
    return WhooshEngine(tmp_path)


def parts(folder: Path) -> dict[str, bool]:
    """Name the segments that are published and say of each whether some of it is deleted."""
    return {part.name: bool(part.deleted) for part in Manifest.read(folder / f"whoosh-{SHAPE}").parts}


def answers(engine: SearchEngine, asked: list[Question]) -> list[object]:
    pages = [engine.search(question, NOW) for question in asked]
    return [
        (page.ids, page.total, page.more, page.with_all_words, page.counts, page.not_running, page.nearby)
        for page in pages
    ]


def test_through_segments_and_merges_every_answer_stays_true(whoosh: WhooshEngine, tmp_path: Path) -> None:
    twin = MemoryEngine()
    for engine in (twin, whoosh):
        engine.replace_all([some(id) for id in range(1, 41)])
    sizes, merged, deleted = [], 0, 0
    before = parts(tmp_path)
    for step in range(24):
        changed = [some(id, "Gene transfer" if step % 2 else "Gene therapy") for id in (1 + step % 9, 50 + step)]
        for engine in (twin, whoosh):
            engine.apply(changed, [40 - step // 3] if step % 3 == 0 else [])
        assert answers(whoosh, QUESTIONS) == answers(twin, QUESTIONS)
        now = parts(tmp_path)
        sizes.append(len(now))
        merged += len(before.keys() - now.keys()) > 1
        deleted += any(now.values())
        before = now
    assert max(sizes) > 2, "it never had several segments"
    assert max(sizes) <= writing.MOST_SEGMENTS
    assert merged > 1, "it never made one segment of several"
    assert deleted > 10, "what was deleted never stayed in a segment"


def test_a_generation_that_is_held_answers_on_while_segments_merge_under_it(whoosh: WhooshEngine) -> None:
    whoosh.replace_all([some(id) for id in range(1, 21)])
    whoosh.apply([some(30)], [4])
    held = whoosh._held
    assert held
    before = [held.search(question, NOW) for question in QUESTIONS]
    for id in range(1, 21):
        whoosh.apply([some(id, "Other words")], [id + 1])
    whoosh.replace_all([listing(1, "Nothing of it")])
    whoosh.replace_all([listing(1, "Nor of that")])
    assert [held.search(question, NOW) for question in QUESTIONS] == before
    assert ids(whoosh, "gene") == []
