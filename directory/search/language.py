"""What words come to: folded, split and stemmed the same way for every engine, in listings and in what is typed.

A compound ("CAR-T", "A level", "Level 3") is kept joined as well as in parts, so that any way of typing it finds it.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise

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
LONGEST_WORD = 40  # letters; of longer ones only the beginning counts

_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bc\uff07`")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_RUN = re.compile(r"[^\W_]+(?:[-\u2010.&][^\W_]+)*")
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


def read(text: str) -> TextQuery:
    """Read what was typed; no terms when there is nothing in it to look for.

    Words beside each other may also be found run together, which is how titles hold them: so "gene therapy hub" finds
    those words in that order first, and "big impact" finds #BIGIMPACT.
    """
    pieces = list(_pieces(text))
    worth = 1.0 if len(pieces) <= MOST_NAMED else WORTH_IN_A_SENTENCE
    ways: dict[tuple[Alternative, ...], dict[Alternative, None]] = {}
    for position, piece in enumerate(pieces):
        if own := _alternatives(piece):
            beside = pairwise(pieces[max(0, position - 1) : position + 2])
            together = (Alternative((joined,), worth=worth) for pair in beside if (joined := _run_together(*pair)))
            ways.setdefault(own, {}).update(dict.fromkeys(together))
    terms = tuple(Term((*own, *(other for other in together if other not in own))) for own, together in ways.items())
    return TextQuery(terms, name=name_key(text)) if terms else TextQuery()


def tokens(text: str, *, run_together: bool = False) -> Iterator[str]:
    """Give the tokens that a listing's text is found by; ``run_together`` adds each two words beside each other."""
    return (token for _place, token in placed_tokens(text, run_together=run_together))


def placed_tokens(text: str, *, run_together: bool = False) -> Iterator[tuple[int, str]]:
    """Give each token with its place, in words from the beginning; stop words take up a place too."""
    pieces = list(_pieces(text))
    starts = list(accumulate(map(len, pieces), initial=0))
    for start, piece in zip(starts, pieces, strict=False):
        if len(piece) > 1:
            yield start, _joined(piece)
        yield from ((start + within, stem(part)) for within, part in enumerate(piece) if part not in STOP_WORDS)
    if run_together:
        for start, pair in zip(starts[1:], pairwise(pieces), strict=False):
            if joined := _run_together(*pair):
                yield start - 1, joined


def surface(text: str) -> Iterator[str]:
    """Give the words of a text as they are written, folded, without stop words, numbers and the very short."""
    for word in chain.from_iterable(_words(text)):
        if word.isalpha() and SHORTEST_SPELT <= len(word) <= LONGEST_WORD and word not in STOP_WORDS:
            yield word


def phrase(text: str, worth: float = 1.0) -> Alternative | None:
    """Read words that must stand beside each other, in this order; None when there is nothing in them to look for."""
    placed = [
        (place, stem(part)) for place, part in enumerate(chain.from_iterable(_pieces(text))) if part not in STOP_WORDS
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


def _pieces(text: str) -> Iterator[Piece]:
    """Split into words, keeping the parts of a compound together."""
    waiting: Piece | None = None
    for piece in _words(text):
        if waiting is None:
            waiting = piece
        elif _make_one(waiting, piece):
            yield waiting + piece
            waiting = None
        else:
            yield waiting
            waiting = piece
    if waiting:
        yield waiting


def _words(text: str) -> Iterator[Piece]:
    for run in _RUN.findall(fold(text).translate(_APOSTROPHES)):
        if run.isalnum():
            yield (run,)
            continue
        parts = tuple(_JOINERS.split(run))
        if all(part.isdecimal() for part in parts):  # "14-16" is two numbers
            yield from ((part,) for part in parts)
        else:
            yield parts


def _make_one(piece: Piece, following: Piece) -> bool:
    """Say whether two words beside each other are one: "Level 3", "T cell", "A level"."""
    word, after = piece[0], following[0]
    if len(piece) > 1 or len(following) > 1 or (len(word) > 1 and word not in NUMBERED):
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
