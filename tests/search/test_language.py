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


def test_words_in_quotes_are_a_phrase() -> None:
    query = read('"gene therapy" placement')
    assert [alternative.places for term in query.terms for alternative in term.alternatives] == [(), (0, 1)]


def test_a_phrase_counts_the_stop_words_inside_it() -> None:
    (term,) = read("“cell and gene therapy”").terms
    assert term.alternatives[0].places == (0, 2, 3)


def test_a_minus_leaves_out_a_word_or_a_phrase() -> None:
    query = read('placement -degree -"level 3"')
    assert [term.alternatives[0].tokens for term in query.excluded] == [(stem("degree"),), ("level", "3")]
    assert len(query.terms) == 1


@pytest.mark.parametrize("text", ["14-16", "CAR-T", "gene - therapy", '"', '5" pipe', "-", '""', "- -"])
def test_any_other_quote_or_minus_is_text(text: str) -> None:
    query = read(text)
    assert not query.excluded
    assert not any(alternative.places for term in query.terms for alternative in term.alternatives)


@pytest.mark.parametrize("one", ["GCSE", "PhD", "HND", "MSc", "DTP", "CDT", "BTEC"])
def test_initials_and_their_plural_are_one_word(one: str) -> None:
    assert read(one).terms == read(f"{one}s").terms
