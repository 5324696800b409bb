"""Words that mean the same: read from a file, found in what is typed."""

from pathlib import Path

import pytest

from directory.foundation.refusals import Misconfigured
from directory.foundation.resources import resource
from directory.search.engine import Question
from directory.search.engines.memory import MemoryEngine
from directory.search.language import Meanings, read
from directory.search.query import Sort
from directory.search.synonyms import load
from tests.contracts.listings import NOW, listing

SYNONYMS = """
- same: [CGT, cell and gene therapy]
- typed: [lab job]
  finds: [laboratory technician]
- same: [year in industry, sandwich year]
"""


@pytest.fixture
def meanings(tmp_path: Path) -> Meanings:
    file = tmp_path / "synonyms.yaml"
    file.write_text(SYNONYMS)
    return load(file)


@pytest.fixture
def found(meanings: Meanings) -> object:
    engine = MemoryEngine()
    engine.replace_all(
        [
            listing(1, "Scientist, CGT"),
            listing(2, "A career in cell and gene therapy"),
            listing(3, "Laboratory technician"),
            listing(4, "Laboratory cleaner, a job"),
            listing(5, "Spend a year in industry"),
            listing(6, "Sandwich year"),
            listing(7, "Advanced therapy physiotherapist"),
        ]
    )

    def ask(text: str, *, few: int = 0) -> set[int]:
        return set(engine.search(Question(text=read(text, meanings), sort=Sort.BEST, few=few), NOW).ids)

    return ask


def test_each_of_the_same_finds_the_others(found) -> None:  # type: ignore[no-untyped-def]
    assert found("cgt") == found("cell and gene therapy") == {1, 2}
    assert found("sandwich years") == found("year in industry") == {5, 6}


def test_one_way_is_one_way(found) -> None:  # type: ignore[no-untyped-def]
    assert found("lab job") == {3, 4}
    assert found("laboratory technician") == {3}


def test_they_stand_among_other_words(found) -> None:  # type: ignore[no-untyped-def]
    assert found("cgt scientist") == {1}
    assert found("career in CGT") == {2}


def test_a_listing_with_one_word_of_a_phrase_still_has_some(found) -> None:  # type: ignore[no-untyped-def]
    assert 7 in found("cell and gene therapy", few=10)


def test_a_file_of_another_form_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.yaml"
    file.write_text("- same: CGT")
    with pytest.raises(Misconfigured, match=r"synonyms\.yaml"):
        load(file)


def test_a_physiotherapists_advanced_therapy_is_not_ours() -> None:
    ours = load(resource("seed_data") / "synonyms.yaml")
    engine = MemoryEngine()
    engine.replace_all([listing(1, "Advanced therapy assistant", "Physiotherapy in a hospital")])
    for typed in ("ATMP", "CGT", "CAR-T"):
        assert engine.search(Question(text=read(typed, ours), sort=Sort.BEST), NOW).ids == ()
