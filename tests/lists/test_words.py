"""The words of a list: folded, bounded, and without ways off the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.lists.words import ListWords, note_problems, one_line, paragraphs


def fields(words: ListWords) -> list[str]:
    return [problem.field for problem in words.problems()]


def test_only_a_title_is_needed() -> None:
    assert fields(ListWords("Year 12 biology")) == []
    assert fields(ListWords("  \n ")) == ["title"]


@pytest.mark.parametrize(
    "words",
    ["https://evil.example/x", "www.somewhere", "see chat.com/join", "write to sam@school.example", "go to t.me/abc"],
)
def test_addresses_of_pages_and_people_are_refused_with_what_to_do(words: str) -> None:
    assert fields(ListWords(words, words, words)) == ["title", "made_by", "introduction"]
    assert "Pin the opportunity instead" in note_problems(words)[0].words


@pytest.mark.parametrize(
    "words", ["T Levels, e.g. Science", "Year 12.Bring questions", "9.30am in room 3.2", "St. Mary's"]
)
def test_ordinary_sentences_are_taken(words: str) -> None:
    assert fields(ListWords(words, words, words)) == []


def test_too_long_says_how_long() -> None:
    assert ListWords("x" * 104).problems()[0].words == "The title must be 90 characters or fewer. You have 104"


def test_paragraphs_stay_apart_and_what_cannot_be_seen_goes() -> None:
    assert paragraphs(" One\u202e  two \r\n\r\n\r\n\r\nThree\x00 ") == "One two\n\nThree"


@given(st.text())
def test_what_is_kept_is_kept_again_as_it_is(text: str) -> None:
    for fold in (one_line, paragraphs):
        assert fold(fold(text)) == fold(text)


def test_no_more_than_can_be_kept_is_searched_for_addresses() -> None:
    for letters in ("a-", "@a"):
        (problem,) = ListWords(letters * 32_000).problems()
        assert problem.words.startswith("The title must be")
