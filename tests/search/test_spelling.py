"""Misspelt words put right by the words of listings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.language import read
from directory.search.spelling import corrected

WORDS = {
    "apprenticeship": 40,
    "bioprocessing": 4,
    "cell": 60,
    "immunology": 9,
    "laboratory": 30,
    "lifearc": 12,
    "manchester": 8,
    "mentor": 2,
    "mentors": 7,
    "placement": 50,
    "therapy": 70,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("imunology", "immunology"),
        ("aprentiship", "apprenticeship"),
        ("theripy", "therapy"),
        ("celltherapy", "cell therapy"),
        ("bio processing", "bioprocessing"),
        ("life arc placement", "lifearc placement"),
        ("Aprenticeship, manchster", "apprenticeship, manchester"),
    ],
)
def test_a_misspelling_becomes_what_was_meant(typed: str, meant: str) -> None:
    assert corrected(typed, WORDS) == meant


@pytest.mark.parametrize("typed", ["", "cells", "therapies", "teh", "zzzzzzzzz", "level 3", "x" * 10_000, "the and of"])
def test_what_is_known_or_near_nothing_is_left_alone(typed: str) -> None:
    assert corrected(typed, WORDS) is None


def test_a_word_that_means_something_is_no_misspelling() -> None:
    assert corrected("theropy", WORDS) == "therapy"
    assert corrected("theropy", WORDS, {("theropi",): ()}) is None


def test_of_words_as_near_the_more_common_is_taken() -> None:
    assert corrected("mentorx", WORDS) == "mentors"


@given(st.text(max_size=200))
def test_anything_can_be_put_right_and_is_then_right(typed: str) -> None:
    better = corrected(typed, WORDS)
    assert better != typed
    read(better or "")
