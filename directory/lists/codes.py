"""What a list is reached by: a short address, and a class code of four plain words that a whole room can type."""

import re
import secrets
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz, process

from directory.foundation.resources import resource

WORDS_IN_A_CODE = 4
LETTERS_IN_AN_ADDRESS = 7
# No vowels, so that no word comes about; nothing that looks like something else.
LETTERS = "bcdfghjkmnpqrstvwxz23456789"

NEAR = 70  # of 100: as alike as two spellings of a word

_APART = re.compile(r"[^a-z]+")


@cache
def code_words() -> tuple[str, ...]:
    """Give the words that class codes are made of: plain, inoffensive, none the beginning of another."""
    return tuple((resource("seed_data") / "class_code_words.txt").read_text("utf-8").split())


def new_class_code() -> str:
    """Draw four words, like ``maple-otter-cello-lantern``."""
    return "-".join(secrets.choice(code_words()) for _ in range(WORDS_IN_A_CODE))


def new_address() -> str:
    """Draw a short address, like ``k7m2xqp``."""
    return "".join(secrets.choice(LETTERS) for _ in range(LETTERS_IN_AN_ADDRESS))


def class_code(typed: str) -> str | None:
    """Read a class code as it is typed, with anything or nothing between the words; None when it is none."""
    letters = typed_words(typed)
    words = letters if len(letters) == WORDS_IN_A_CODE else _words_of("".join(letters))
    return "-".join(words) if len(words) == WORDS_IN_A_CODE and set(words) <= set(code_words()) else None


def _words_of(letters: str) -> Sequence[str]:
    """Cut letters that were run together into words; since no word begins another, there is one way at most."""
    found: list[str] = []
    while letters and len(found) < WORDS_IN_A_CODE:
        word = next((word for word in code_words() if letters.startswith(word)), None)
        if word is None:
            return ()
        found.append(word)
        letters = letters[len(word) :]
    return () if letters else found


def typed_words(typed: str) -> list[str]:
    """Give the words that somebody typed for a code, in small letters."""
    return _APART.sub(" ", typed[:200].casefold()).split()


def unknown_words(typed: str) -> list[str]:
    """Give those of the typed words that no code has."""
    return [word for word in typed_words(typed) if word not in code_words()]


def nearest_code(typed: str) -> str | None:
    """Put four words that are nearly words of codes right; None when they are right, or not near enough.

    It says nothing of which lists there are.
    """
    words = typed_words(typed)
    if len(words) != WORDS_IN_A_CODE:
        return None
    meant = [process.extractOne(word, code_words(), scorer=fuzz.ratio, score_cutoff=NEAR) for word in words]
    code = "-".join(one[0] for one in meant if one)
    return code if all(meant) and code != "-".join(words) else None
