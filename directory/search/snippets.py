"""The sentence of a listing that says most of what was looked for, its words marked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from directory.search.language import SENTENCES, SPELLINGS, TextQuery, fold, stem

LONGEST = 180  # letters
BEFORE = 50  # of these, how many may stand before the first marked word of a sentence that is cut
SHORTEST_STEM = 4  # letters: the last letter of longer stems may differ in the word ("therapi", "therapy")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sentence: looked for, or what stands between."""

    text: str
    marked: bool = False


Snippet = tuple[Stretch, ...]


def snippet(text: TextQuery, *passages: str) -> Snippet:
    """Give the sentence in which most of the typed words stand, the first of several; none when none has any."""
    words = _words(text)
    if not words:
        return ()
    looked_for = _pattern(tuple(sorted({stem[:-1] if len(stem) > SHORTEST_STEM else stem for stem in words})))
    best: Snippet = ()
    most = 0
    for sentence in (sentence for passage in passages for sentence in SENTENCES.split(passage)):
        found = [match.span() for match in looked_for.finditer(sentence) if stem(fold(match[0])) in words]
        different = len({words[stem(fold(sentence[start:end]))] for start, end in found})
        if different > most:
            best, most = tuple(_stretches(*_cut(sentence, found))), different
    return best


def _words(text: TextQuery) -> Mapping[str, int]:
    """Give each stem to mark with the number of its term; of what only means the same, single words."""
    return {
        token: number
        for number, term in reversed(list(enumerate(text.terms)))
        for alternative in term.alternatives
        for token in alternative.tokens
        if alternative.worth == 1 or len(alternative.tokens) == 1
    }


@lru_cache(maxsize=256)
def _pattern(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    short = [word for word in SPELLINGS if stem(word).startswith(beginnings)]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, (*beginnings, *short)))})\w*", re.IGNORECASE)


def _cut(sentence: str, found: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]], bool, bool]:
    """Cut a long sentence at words, so that the first that is marked shows; say whether it was cut at either end."""
    start = 0
    if len(sentence) > LONGEST and found[0][0] > BEFORE:
        start = sentence.find(" ", min(found[0][0] - BEFORE, len(sentence) - LONGEST)) + 1
        start = start if start <= found[0][0] else found[0][0]
    end = len(sentence)
    if end - start > LONGEST:
        end = max(sentence.rfind(" ", start, start + LONGEST), found[0][1])
    kept = [(first - start, last - start) for first, last in found if start <= first and last <= end]
    return sentence[start:end], kept, start > 0, end < len(sentence)


def _stretches(sentence: str, found: list[tuple[int, int]], cut_before: bool, cut_after: bool) -> Iterator[Stretch]:
    if cut_before:
        yield Stretch("… ")
    at = 0
    for start, end in found:
        if start > at:
            yield Stretch(sentence[at:start])
        yield Stretch(sentence[start:end], marked=True)
        at = end
    rest = sentence[at:].rstrip(" ,;:") + " …" if cut_after else sentence[at:]
    if rest:
        yield Stretch(rest)
