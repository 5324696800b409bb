"""What words come to: folded, split and stemmed the same way for every engine, in listings and in what is typed.

A compound ("CAR-T", "A level", "Level 3") is kept joined as well as in parts, so that any way of typing it finds it.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import accumulate, chain, pairwise
from types import MappingProxyType

import Stemmer

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an the and or but nor of in on at to for from by with into onto about as than then so if after before
        that this these those there here is are am be been being was were do does did doing has have had having
        can could will would shall should may might must i im ive id me my mine we our you your yours
        he him his she her hers it its they them their who whom whose which what when where why how
        any some all both each not no become becoming get got getting go going want wants wanting like need needs
        look looking find finding something anything please just also very
        """,
    )
)
# Two spellings of one word; what merely means the same is a matter for synonyms.
SPELLINGS = {
    "lab": "laboratory",
    "labs": "laboratories",
    "uni": "university",
    "unis": "universities",
    "program": "programme",
    "programs": "programmes",
    "center": "centre",
    "centers": "centres",
    # The stemmer keeps the s of letters that stand for words.
    "gcses": "gcse",
    "phds": "phd",
    "mscs": "msc",
    "hnds": "hnd",
    "hncs": "hnc",
    "dtps": "dtp",
    "cdts": "cdt",
    "btecs": "btec",
}
# Before a number these make one word with it: "Level 3" is not any level and any three.
NUMBERED = frozenset(("level", "levels", "year", "years", "scqf", "rqf", "cqfw", "phase", "stage", "grade"))
# One-letter words that are words by themselves; any other letter belongs to the word after it ("T cell", "B cell").
WORDS_OF_ONE_LETTER = frozenset("ai")
SHORTEST_SPELT = 3  # letters; of shorter words no spelling is more likely than another
# What few words beside each other are found as is most likely a name; in a sentence it is as likely chance.
MOST_NAMED = 4
WORTH_IN_A_SENTENCE = 0.5
LONGEST_MEANT = 6  # words of a phrase that means something
LONGEST_WORD = 40  # letters; of longer ones only the beginning counts

# Where one sentence ends and another begins.
SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")

_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bc\uff07`")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_RUN = re.compile(r"[^\W_]+(?:[-\u2010.&][^\W_]+)*")
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_MARKED = re.compile(rf"(?<!\S)(?P<minus>-?)[{_QUOTES}](?P<phrase>[^{_QUOTES}]+)[{_QUOTES}]|(?<!\S)-(?P<word>\w\S*)")
_JOINERS = re.compile(r"[-\u2010.&]")

Piece = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to have a term: with every one of these tokens.

    ``places`` makes a phrase of them: in one field, as far from each other as these numbers are, in words. ``worth`` is
    the part of the score that counts, for what means only nearly the same.
    """

    tokens: tuple[str, ...]
    places: tuple[int, ...] = ()
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase that was typed, as alternatives of which the best counts.

    One that isn't ``required`` adds to the score and leaves nothing out: a choice stands for it already.
    """

    alternatives: tuple[Alternative, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class TextQuery:
    """What was typed, read.

    A listing whose name is exactly ``name`` has all the words, however they are split; one with an ``excluded`` term
    matches in no way.
    """

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    name: str = ""

    @property
    def required(self) -> tuple[Term, ...]:
        """Give the terms of which a listing must have all, or some; without any every listing has all the words."""
        return tuple(term for term in self.terms if term.required)

    def __bool__(self) -> bool:
        return bool(self.terms or self.excluded)


# What phrases mean, by the stems of all their words.
Meanings = Mapping[tuple[str, ...], tuple[Alternative, ...]]
NO_MEANINGS: Meanings = MappingProxyType({})


# Where a word stands in what was typed: in which stretch of plain text, and as which of its words.
Spot = tuple[int, int]


def read(
    text: str, meanings: Meanings = NO_MEANINGS, optional: Container[Spot] = (), silent: Container[Spot] = ()
) -> TextQuery:
    """Read what was typed; no terms when there is nothing in it to look for.

    "Words in quotes" are a phrase, and a minus before a word or a phrase leaves out listings that have it; any other
    character is text. Words beside each other may also be found run together, which is how titles hold them: so "gene
    therapy hub" finds those words in that order first, and "big impact" finds #BIGIMPACT. What stands in ``meanings``
    is found by what it means too. What stands only at ``optional`` spots isn't required, and what stands at ``silent``
    ones isn't looked for.
    """
    excluded: list[Term] = []
    phrases: list[Term] = []
    for marked in _MARKED.finditer(text):
        asked = phrase(marked["phrase"] or marked["word"])
        if asked:
            (excluded if marked["minus"] or marked["word"] else phrases).append(Term((asked,)))
    ways: dict[tuple[Alternative, ...], _Ways] = {}
    for number, stretch in enumerate(plain_stretches(text)):
        _read_plain(
            list(pieces_of(stretch)),
            meanings,
            ways,
            partial(_is_outside, optional, number),
            partial(_is_outside, silent, number),
        )
    words = (found.term(own) for own, found in ways.items())
    terms = tuple(dict.fromkeys((*words, *phrases)))
    called = name_key(text) if terms and not excluded else ""
    return TextQuery(terms, tuple(dict.fromkeys(excluded)), called) if terms or excluded else TextQuery()


def plain_stretches(text: str) -> list[str]:
    """Give what stands between phrases in quotes and words with a minus."""
    ends = [0, *(end for marked in _MARKED.finditer(text) for end in marked.span()), len(text)]
    return [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]


def typed_words(stretch: str) -> list[tuple[str, str]]:
    """Give every word of a stretch of plain text, folded, each with what was typed up to the spaces around it."""
    return [(word, typed) for typed in stretch.split() for word in chain.from_iterable(_words(typed))]


def stems_of(text: str) -> tuple[str, ...]:
    """Give the stem of every word, stop words too: two ways of writing one phrase have the same."""
    return tuple(map(stem, chain.from_iterable(pieces_of(text))))


@dataclass(slots=True)
class _Ways:
    """How a word that was typed may be found besides as itself, and whether a listing must have it."""

    others: dict[Alternative, None] = field(default_factory=dict)
    required: bool = False

    def term(self, own: tuple[Alternative, ...]) -> Term:
        return Term((*own, *(other for other in self.others if other not in own)), required=self.required)


def _is_outside(spots: Container[Spot], stretch: int, word: int) -> bool:
    return (stretch, word) not in spots


def _read_plain(
    pieces: list[Piece],
    meanings: Meanings,
    ways: dict[tuple[Alternative, ...], _Ways],
    is_required: Callable[[int], bool],
    is_heard: Callable[[int], bool],
) -> None:
    """Add what each word of a stretch of text is found by: itself, itself run together, what its phrase means."""
    worth = 1.0 if len(pieces) <= MOST_NAMED else WORTH_IN_A_SENTENCE
    meant = _meant(pieces, meanings)
    starts = accumulate(map(len, pieces), initial=0)
    for position, (start, piece) in enumerate(zip(starts, pieces, strict=False)):
        spots = range(start, start + len(piece))
        if any(map(is_heard, spots)) and (own := _alternatives(piece)):
            beside = pairwise(pieces[max(0, position - 1) : position + 2])
            together = (Alternative((joined,), worth=worth) for pair in beside if (joined := _run_together(*pair)))
            known = ways.setdefault(own, _Ways())
            known.others.update(dict.fromkeys((*together, *meant[position])))
            known.required |= any(map(is_required, spots))


def _meant(pieces: list[Piece], meanings: Meanings) -> list[list[Alternative]]:
    """Give each piece its share of what the longest known phrase that it stands in means.

    A phrase of three words gives each a third of the worth, so that a listing which says it in other words has all of
    the words and one score, and a listing that has one of the words still has that.
    """
    found: list[list[Alternative]] = [[] for _piece in pieces]
    stems = [tuple(map(stem, piece)) for piece in pieces]
    start = 0
    while start < len(pieces):
        length = next((length for length in _lengths(pieces, start) if _joint(stems, start, length) in meanings), 0)
        asking = [at for at in range(start, start + length) if _alternatives(pieces[at])]
        for alternative in meanings.get(_joint(stems, start, length), ()) if asking else ():
            share = replace(alternative, worth=alternative.worth / len(asking))
            for at in asking:
                found[at].append(share)
        start += length or 1
    return found


def _lengths(pieces: list[Piece], start: int) -> Iterator[int]:
    return iter(range(min(LONGEST_MEANT, len(pieces) - start), 0, -1))


def _joint(stems: list[tuple[str, ...]], start: int, length: int) -> tuple[str, ...]:
    return tuple(chain.from_iterable(stems[start : start + length]))


def tokens(text: str, *, run_together: bool = False) -> Iterator[str]:
    """Give the tokens that a listing's text is found by; ``run_together`` adds each two words beside each other."""
    return (token for _place, token in placed_tokens(pieces_of(text), run_together=run_together))


def placed_tokens(pieces: Iterable[Piece], *, run_together: bool = False) -> list[tuple[int, str]]:
    """Give each token with its place, in words from the beginning and in order; stop words take up a place too."""
    placed: list[tuple[int, str]] = []
    place = 0
    before = ""
    for piece in pieces:
        if run_together:
            if place and before not in STOP_WORDS and piece[0] not in STOP_WORDS:
                placed.append((place - 1, stem(before + piece[0])))
            before = piece[-1]
        if len(piece) > 1:
            placed.append((place, _joined(piece)))
        for part in piece:
            if part not in STOP_WORDS:
                placed.append((place, stem(part)))
            place += 1
    return placed


def surface(pieces: Iterable[Piece]) -> Iterator[str]:
    """Give the words as they are written, folded, without stop words, numbers and the very short."""
    return filter(_is_spelt, chain.from_iterable(pieces))


@lru_cache(maxsize=50_000)
def _is_spelt(word: str) -> bool:
    return word.isalpha() and SHORTEST_SPELT <= len(word) <= LONGEST_WORD and word not in STOP_WORDS


def phrase(text: str, worth: float = 1.0) -> Alternative | None:
    """Read words that must stand beside each other, in this order; None when there is nothing in them to look for."""
    placed = [
        (place, stem(part)) for place, part in enumerate(chain.from_iterable(pieces_of(text))) if part not in STOP_WORDS
    ]
    if not placed:
        return None
    first = placed[0][0]
    return Alternative(tuple(token for _, token in placed), tuple(place - first for place, _ in placed), worth)


def name_key(text: str) -> str:
    """Give the letters and digits alone: two spellings of one name are the same key."""
    return "".join(character for character in fold(text) if character.isalnum())


def fold(text: str) -> str:
    """Take away case and accents."""
    if text.isascii():
        return text.lower()
    return _BEYOND_ASCII.sub(_without_accent, unicodedata.normalize("NFKD", text)).casefold()


def _without_accent(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Cut a folded word to its English stem."""
    return str(_stemmers.of_this_thread().stemWord(SPELLINGS.get(word, word)[:LONGEST_WORD]))


def pieces_of(text: str) -> list[Piece]:
    """Split into words, folded, keeping the parts of a compound together."""
    pieces: list[Piece] = []
    may_begin = False
    for piece in _words(text):
        if may_begin and _make_one(pieces[-1], piece):
            pieces[-1] += piece
            may_begin = False
        else:
            pieces.append(piece)
            may_begin = len(piece) == 1 and (len(piece[0]) == 1 or piece[0] in NUMBERED)
    return pieces


def _words(text: str) -> list[Piece]:
    words: list[Piece] = []
    for run in _RUN.findall(fold(text).translate(_APOSTROPHES)):
        if run.isalnum():
            words.append((run,))
            continue
        parts = tuple(_JOINERS.split(run))
        if all(part.isdecimal() for part in parts):  # "14-16" is two numbers
            words.extend((part,) for part in parts)
        else:
            words.append(parts)
    return words


def _make_one(piece: Piece, following: Piece) -> bool:
    """Say whether two words beside each other are one: "Level 3", "T cell", "A level"."""
    word, after = piece[0], following[0]
    if len(following) > 1:
        return False
    if len(word) > 1:
        return after.isdecimal()
    if word in WORDS_OF_ONE_LETTER:
        return word == "a" and after in ("level", "levels")
    return word.isalpha() and after.isalpha() and len(after) > 1


def _alternatives(piece: Piece) -> tuple[Alternative, ...]:
    parts = Alternative(tuple(_stems(piece)))
    if len(piece) == 1:
        return (parts,) if parts.tokens else ()
    joined = Alternative((_joined(piece),))
    is_more_than_its_parts = piece[0] in NUMBERED or len(parts.tokens) < len(piece)
    return (joined,) if is_more_than_its_parts else (joined, parts)


def _run_together(piece: Piece, following: Piece) -> str:
    """Join the words where two pieces meet; nothing when either is a stop word."""
    meeting = (piece[-1], following[0])
    return "" if STOP_WORDS.intersection(meeting) else stem("".join(meeting))


def _joined(piece: Piece) -> str:
    return stem(piece[0].removesuffix("s") + piece[1]) if piece[0] in NUMBERED else stem("".join(piece))


def _stems(piece: Piece) -> Iterator[str]:
    return (stem(part) for part in piece if part not in STOP_WORDS)


class _Stemmers(threading.local):
    """A stemmer for each thread: they keep a cache and aren't made to be shared."""

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")

    def of_this_thread(self) -> Stemmer.Stemmer:
        return self._stemmer


_stemmers = _Stemmers()
