"""What is typed to change the words, read and complained about."""

import pytest

from directory.catalogue.seeding.files import read
from directory.catalogue.skills import SkillSaid
from directory.catalogue.synonyms import SynonymSaid
from directory.search.proposing import line, phrases, problems_of_skill, problems_of_synonym
from directory.search.synonyms import load
from tests.search.conftest import SEED_DATA

LAB = SynonymSaid(("lab", "bench"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("lab\r\n bench  work \n\n", ("lab", "bench work")),
        ("lab, bench; worktop", ("lab", "bench", "worktop")),
        ("Lab\nlab\nLAB", ("Lab",)),
        ("l\x00ab\x07\n\ud800", ("l ab",)),
        ("", ()),
        (" ,\n;", ()),
        ("x" * 10_000, ("x" * 10_000,)),
    ],
)
def test_phrases_come_one_a_line_each_once(typed: str, read: tuple[str, ...]) -> None:
    assert phrases(typed) == read


def test_a_line_is_plain() -> None:
    assert line(" Lab\x00 \t testing\r\n") == "Lab testing"


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        (SynonymSaid(()), "words", "Enter the words that people type"),
        (SynonymSaid(("lab",)), "words", "Enter at least two phrases"),
        (SynonymSaid(("labs", "laboratory")), "words", "Enter at least two phrases"),
        (SynonymSaid(("lab", "the")), "words", "‘the’ has no word that search looks for"),
        (SynonymSaid(("lab", "!?")), "words", "‘!?’ has no word"),
        (SynonymSaid(("lab", "x" * 10_000)), "words", "must be 80 characters or fewer. It has 10,000"),
        (SynonymSaid(tuple(f"word {number}" for number in range(21))), "words", "20 phrases or fewer. You have 21"),
        (SynonymSaid(("lab",), ("x" * 81,)), "finds", "must be 80 characters or fewer. It has 81"),
        (SynonymSaid(("lab",), ("laboratories",)), "finds", "Enter words that differ"),
        (SynonymSaid(("one two three four five six seven",), ("lab",)), "words", "use 6 words or fewer"),
        (SynonymSaid(("Bench", "labs")), "words", "in the list already"),
    ],
)
def test_what_would_do_nothing_or_harm_is_said(said: SynonymSaid, field: str, words: str) -> None:
    ((complained, complaint),) = problems_of_synonym(said, [LAB]).items()
    assert complained == field
    assert words in complaint


def test_an_own_entry_and_the_other_direction_are_no_trouble() -> None:
    assert problems_of_synonym(LAB, []) == {}
    assert problems_of_synonym(SynonymSaid(("lab",), ("bench",)), [LAB]) == {}


def test_every_entry_of_the_file_could_be_written_by_hand() -> None:
    assert load(SEED_DATA / "synonyms.yaml")
    entries = [entry.said for entry in read(SEED_DATA).synonyms.entries]
    said = [SynonymSaid(tuple(entry.words), tuple(entry.finds or ())) for entry in entries]
    wrong = [problems_of_synonym(one, [other for other in said if other is not one]) for one in said]
    assert [problems for problems in wrong if problems] == []


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        (SkillSaid(""), "name", "Enter a name"),
        (SkillSaid("The"), "name", "Enter a name"),
        (SkillSaid("x" * 10_000), "name", "80 characters or fewer. You have 10,000"),
        (SkillSaid("quality"), "name", "is there already"),
        (SkillSaid("Data", ("!",)), "also", "‘!’ has no word"),
    ],
)
def test_a_skill_needs_a_name_of_its_own(said: SkillSaid, field: str, words: str) -> None:
    ((complained, complaint),) = problems_of_skill(said, [SkillSaid("Quality")]).items()
    assert complained == field
    assert words in complaint
