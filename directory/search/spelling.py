"""Put what was typed right, by the words that listings are written in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.language import NO_MEANINGS, SHORTEST_SPELT, STOP_WORDS, Meanings, fold, stem, stems_of

SHORTEST_CORRECTED = 4  # letters: a shorter word is near too many others
MISTAKES = ((10, 3), (8, 2), (SHORTEST_CORRECTED, 1))  # from so many letters on, so many are forgiven
LONGEST_CORRECTED = 30
MOST_CORRECTED = 6  # words of one text: what is further from any listing than that is no misspelling
MOST_CANDIDATES = 12
RARE, MUCH_MORE_COMMON = 2, 10

_WORD = re.compile(r"[^\W\d_]+")


def corrected(
    text: str,
    words: Mapping[str, int],
    meanings: Meanings = NO_MEANINGS,
    *,
    understood: Iterable[str] = (),
    doubting: bool = False,
) -> str | None:
    """Give ``text`` with its misspelt words put right, or None when nothing is nearer to what listings say.

    ``words`` are those that listings are written in, folded, and how many listings have each. A word that is known, in
    any ending, is left alone, and so is one that is ``understood`` otherwise; of two words as near, the more common
    counts. Two words may be one, and one two.
    When ``doubting``, a rare word gives way to a near one that is very much more common.
    """
    known_stems = {stem(word) for word in words} | {part for phrase in meanings for part in phrase}
    known_stems.update(chain.from_iterable(map(stems_of, understood)))
    spelt = _joined(text, words, known_stems)
    unknown = [match for match in _WORD.finditer(spelt) if not _is_known(match[0], known_stems)]
    for match in reversed(unknown if len(unknown) <= MOST_CORRECTED else []):
        if better := _split(fold(match[0]), words) or _nearest(fold(match[0]), words):
            spelt = spelt[: match.start()] + better + spelt[match.end() :]
    for match in reversed(list(_WORD.finditer(spelt))[:MOST_CORRECTED] if doubting else []):
        word = fold(match[0])
        if 0 < words.get(word, 0) <= RARE:
            common = {other: count for other, count in words.items() if count >= MUCH_MORE_COMMON * words[word]}
            spelt = spelt[: match.start()] + (_nearest(word, common) or match[0]) + spelt[match.end() :]
    return spelt if spelt != text else None


def _is_known(word: str, known_stems: set[str]) -> bool:
    folded = fold(word)
    return len(folded) < SHORTEST_SPELT or folded in STOP_WORDS or known_stems.issuperset(stems_of(folded))


def _nearest(word: str, words: Mapping[str, int]) -> str | None:
    """Give the word with fewest mistakes between, of those as near the most common that begins alike."""
    if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED:
        return None
    most = next(mistakes for letters, mistakes in MISTAKES if len(word) >= letters)
    near = process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=most, limit=MOST_CANDIDATES)
    return min(
        (candidate for candidate, _distance, _position in near),
        key=lambda candidate: (
            OSA.distance(word, candidate),
            candidate[0] != word[0],
            -words[candidate],
            candidate,
        ),
        default=None,
    )


def _split(word: str, words: Mapping[str, int]) -> str | None:
    """Give two words that were typed as one: of all ways, the one whose rarer word is most common."""
    ways = (
        (word[:at], word[at:])
        for at in range(SHORTEST_SPELT, min(len(word), LONGEST_CORRECTED) - SHORTEST_SPELT + 1)
        if word[:at] in words and word[at:] in words
    )
    best = max(ways, key=lambda way: min(words[part] for part in way), default=None)
    return " ".join(best) if best else None


def _joined(text: str, words: Mapping[str, int], known_stems: set[str]) -> str:
    """Join two words that are one word in listings, when one of the two is none by itself."""
    parts: Sequence[re.Match[str]] = list(_WORD.finditer(text))
    for first, second in reversed(list(pairwise(parts))):
        one = fold(first[0] + second[0])
        alone = all(stem(fold(part[0])) in known_stems or fold(part[0]) in STOP_WORDS for part in (first, second))
        if one in words and not alone and text[first.end() : second.start()].isspace():
            text = text[: first.start()] + one + text[second.end() :]
    return text
