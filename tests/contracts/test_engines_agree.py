"""The engines against each other: the same catalogue, the same question, the same answer to the last count."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.search.document import SearchDocument
from directory.search.engine import Question, SearchEngine, SearchPage
from directory.search.engines.memory import MemoryEngine
from directory.search.engines.whoosh import WhooshEngine
from tests.contracts.listings import NOW, catalogues, documents, questions


def both(folder: str, catalogue: list[SearchDocument]) -> tuple[SearchEngine, SearchEngine]:
    engines = MemoryEngine(), WhooshEngine(Path(folder))
    for engine in engines:
        engine.replace_all(catalogue)
    return engines


@settings(max_examples=150)
@given(catalogues, st.lists(questions, min_size=1, max_size=8))
def test_whoosh_answers_as_its_exact_twin_does(catalogue: list[SearchDocument], asked: list[Question]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        twin, whoosh = both(folder, catalogue)
        for question in asked:
            assert _but_for_the_last_digit(whoosh.search(question, NOW)) == _but_for_the_last_digit(
                twin.search(question, NOW)
            )


@settings(max_examples=30)
@given(
    catalogues,
    st.lists(st.tuples(st.lists(documents, max_size=6), st.sets(st.integers(1, 60), max_size=6)), max_size=3),
    st.lists(questions, min_size=1, max_size=4),
)
def test_after_changes_they_still_hold_and_count_the_same(
    catalogue: list[SearchDocument], changes: list[tuple[list[SearchDocument], set[int]]], asked: list[Question]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        twin, whoosh = both(folder, catalogue)
        for upserts, deletions in changes:
            for engine in (twin, whoosh):
                engine.apply(upserts, deletions)
        for question in asked:
            assert _but_for_the_last_digit(whoosh.search(question, NOW)) == _but_for_the_last_digit(
                twin.search(question, NOW)
            )


def _but_for_the_last_digit(page: SearchPage) -> SearchPage:
    """The answer, its miles as far as two ways of measuring agree."""
    return replace(page, miles={id: round(miles, 6) for id, miles in page.miles.items()})
