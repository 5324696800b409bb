"""How words are read; what that finds is in the contract of the engines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.language import name_key, read, stem, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CAR-T cells", ["cart", "car", "t", "cell"]),
        ("A levels", ["alevel", "level"]),
        ("Level 3", ["level3", "level", "3"]),
        ("Levels 3 to 7", ["level3", "level", "3", "7"]),
        ("14-16", ["14", "16"]),
        ("14–16", ["14", "16"]),
        ("R&D", ["rd", "r", "d"]),
        ("the lab's uni", ["laboratori", "universiti"]),
        ("café", ["cafe"]),
        ("the and", []),
        ("🧬 ★", []),
    ],
)
def test_text_comes_to_tokens(text: str, expected: list[str]) -> None:
    assert list(tokens(text)) == expected


def test_two_spellings_of_a_word_are_one() -> None:
    assert stem("lab") == stem("laboratory") == stem("labs")
    assert stem("center") == stem("centre")


def test_words_beside_each_other_run_together_but_not_across_a_stop_word() -> None:
    together = set(tokens("Hubs for gene therapy", run_together=True)) - set(tokens("Hubs for gene therapy"))
    assert together == {"genetherapi"}


@given(st.text(max_size=300))
def test_what_is_typed_as_it_is_written_is_found(text: str) -> None:
    held = set(tokens(text, run_together=True))
    for term in read(text).terms:
        assert any(held.issuperset(alternative.tokens) for alternative in term.alternatives)


@given(st.text(max_size=300))
def test_a_name_is_its_letters_and_digits(text: str) -> None:
    assert name_key(text) == name_key(f"({text})!") == name_key(" ".join(text))


def test_a_word_typed_twice_counts_once() -> None:
    assert len(read("lab work LAB, laboratory").terms) == 2


def test_stop_words_alone_ask_for_nothing() -> None:
    assert read("lab").terms == read("what is the lab").terms
    assert not read("what is it")
