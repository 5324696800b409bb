"""The words of a catalogue in order: what a beginning or a misspelling may stand for."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

LAST_LETTER = "\U0010ffff"


class Lexicon:
    """Every token that some listing has."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self.tokens = sorted(set(tokens))
        self._known = frozenset(self.tokens)

    def beginning(self, letters: str) -> list[str]:
        """Give the tokens that begin with these letters."""
        return self.tokens[bisect_left(self.tokens, letters) : bisect_left(self.tokens, letters + LAST_LETTER)]

    def near(self, token: str) -> list[str]:
        """Give the tokens that are one letter more, less or other, or two letters swapped, away; itself if known."""
        return sorted(self._known.intersection(_edits(token)))


def _edits(token: str) -> Iterator[str]:
    yield token
    for at in range(len(token) + 1):
        before, after = token[:at], token[at:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]
        yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
