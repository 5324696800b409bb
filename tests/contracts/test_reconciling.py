"""What an engine holds can be compared with what it should hold, listing by listing, in every engine."""

import pytest

from directory.search.engine import IndexMissing, SearchEngine
from tests.contracts.listings import listing


def test_without_an_index_there_is_nothing_to_compare(engine: SearchEngine) -> None:
    with pytest.raises(IndexMissing):
        engine.fingerprints()


def test_fingerprints_are_those_of_the_documents(engine: SearchEngine) -> None:
    engine.replace_all([])
    assert engine.fingerprints() == {}
    documents = [listing(1, "One"), listing(2, "Two", kind="course")]
    engine.replace_all(documents)
    assert engine.fingerprints() == {document.id: document.fingerprint for document in documents}


def test_fingerprints_follow_what_is_changed_and_deleted(engine: SearchEngine) -> None:
    engine.replace_all([listing(id, "Old") for id in range(1, 5)])
    engine.apply([listing(1, "New"), listing(9, "Added")], [2])
    wanted = [listing(1, "New"), listing(3, "Old"), listing(4, "Old"), listing(9, "Added")]
    assert engine.fingerprints() == {document.id: document.fingerprint for document in wanted}


def test_generations_are_counted_and_sequences_kept(engine: SearchEngine) -> None:
    assert (engine.status().generation, engine.status().sequence) == (0, 0)
    engine.replace_all([listing(1)], sequence=7)
    first = engine.status()
    engine.apply([listing(2)], [], sequence=9)
    engine.apply([listing(3)], [], sequence=8)
    last = engine.status()
    assert (first.sequence, last.sequence) == (7, 9)
    assert last.generation == first.generation + 2
    engine.replace_all([listing(1)], sequence=3)
    assert engine.status().sequence == 3
