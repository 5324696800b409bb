"""The sentence that says most of what was looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.language import read
from directory.search.snippets import LONGEST, snippet


def shown(typed: str, *passages: str) -> str:
    return "".join(f"[{part.text}]" if part.marked else part.text for part in snippet(read(typed), *passages))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("immunology", "Study [immunology] here."),
        ("therapies", "Gene [therapy] and cell [Therapies]."),
        ("lab", "Work in a [laboratory], or in [labs]."),
        ("café", "The [cafe] is open."),
        ("the of and", ""),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_words_are_marked_in_any_ending(typed: str, sentence: str) -> None:
    plain = sentence.replace("[", "").replace("]", "") or "Something else."
    assert shown(typed, plain) == sentence


def test_a_word_that_only_begins_alike_is_not_marked() -> None:
    assert shown("cell", "A cellar for cells.") == "A cellar for [cells]."


def test_the_sentence_with_most_of_the_words_is_shown() -> None:
    assert shown("gene therapy", "About genes. Gene therapy works! More gene.") == "[Gene] [therapy] works!"
    assert shown("plasmid", "A summary.", "A description.\n\nMake plasmids.") == "Make [plasmids]."


def test_a_long_sentence_is_cut_at_words_around_the_first() -> None:
    said = shown("plasmid", f"{'before ' * 60}plasmid {'after ' * 60}.")
    assert said.startswith("… before")
    assert "[plasmid]" in said
    assert said.endswith("after …")


@given(st.text(max_size=50), st.text(max_size=600))
def test_what_is_shown_is_the_listings_own_words(typed: str, passage: str) -> None:
    parts = snippet(read(typed), passage)
    said = "".join(part.text for part in parts).removeprefix("… ").removesuffix(" …")
    assert said in passage
    assert len(said) <= max(LONGEST, len(max(passage.split(), key=len, default="")))
