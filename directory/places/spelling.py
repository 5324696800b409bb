"""How names are compared: without case, accents, hyphens or apostrophes, and forgiving a slip of the finger."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Beyond this no place name reaches: Llanfairpwllgwyngyll, in full and with its county, has 80 letters.
LONGEST_TYPED = 120

# Words that are the same word to the person typing. The values are what the names are kept under.
SAME_WORD = {
    "saint": "st",
    "upon": "on",
    "county": "co",
    "gt": "great",
    "gtr": "greater",
    "nth": "north",
    "sth": "south",
}

# What people put before and after a place. Longer phrases first, so that the longest fits first.
BEFORE = (
    "london borough of ",
    "royal borough of ",
    "borough of ",
    "close to ",
    "co of ",
    "city of ",
    "town of ",
    "next to ",
    "around ",
    "within ",
    "about ",
    "near ",
    "from ",
    "the ",
    "at ",
    "by ",
    "in ",
    "nr ",
)
AFTER = (
    " united kingdom",
    " postcode area",
    " great britain",
    " city centre",
    " town centre",
    " postcodes",
    " postcode",
    " district",
    " borough",
    " britain",
    " centre",
    " co",
    " region",
    " area",
    " city",
    " town",
    " gb",
    " uk",
)

# Asked for by people who expect us to know where they are. What is left of it would be Medway, ME.
HERE = frozenset({"near me", "around me", "close to me", "next to me", "by me"})

# Places outside the UK that are a slip or two away from a place in it.
ELSEWHERE = frozenset(
    (
        "belgrade,brest,cameroon,cape town,carlow,celbridge,chile,essen,greystones,havana,irving,jordan,kinshasa,"
        "leinster,londrina,porto,raleigh,rotterdam,salem,sandyford,seattle,sofia,south boston,st helena,thailand,"
        "tilburg,tonga,turkey,waterford,wexford"
    ).split(",")
)

# Letters that do not come apart into a plain letter and an accent, and marks that are quietly dropped.
_UNACCENTED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"}
    | dict.fromkeys("'’‘ʼ`´′\u00ad\u200b\u200c\u200d")
)
_PLAIN = str.maketrans(
    {chr(code): " " for code in range(128) if not chr(code).isalnum()} | {"'": None, "`": None, "&": " and "}
)
_STRANGE = re.compile(r"[^\x00-\x7f]")


def plain_words(text: str) -> list[str]:
    """Split a text into words of plain lower-case letters and digits; whatever is in no Latin alphabet is dropped."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.lower().translate(_UNACCENTED))
        marks_off = "".join(letter for letter in apart if not unicodedata.combining(letter))
        text = _STRANGE.sub(" ", marks_off.translate(_UNACCENTED))
    return text.lower().translate(_PLAIN).split()


def fold(text: str) -> str:
    """Give the spelling that names are compared in: plain words, one space between, with one word for the same word."""
    words = plain_words(text)
    if len(words) < 2:  # a word alone is not short for anything: "Co" is the Colchester postcodes
        return "".join(words)
    return " ".join([SAME_WORD.get(word, word) for word in words])


def hyphenated(text: str) -> str:
    """Give the spelling for an address: newcastle-upon-tyne."""
    return "-".join(plain_words(text))


def trimmed(folded: str) -> list[str]:
    """List the ways of reading a phrase with fewer of the words that people wrap a place in, the fullest first."""
    readings = [folded]
    for reading in readings:  # grows as it goes: "near the city of Leeds, UK" comes off a layer at a time
        before = next((words for words in BEFORE if reading.startswith(words)), "")
        after = next((words for words in AFTER if reading.endswith(words)), "")
        for shorter in (reading.removeprefix(before), reading.removesuffix(after)):
            if shorter not in readings:
                readings.append(shorter)
    return readings


def slips_forgiven(word: str) -> int:
    """Say how many slips (a letter missing, extra, wrong, or two swapped) a word of this length is forgiven."""
    if len(word) < 5:  # too many short names are one letter apart
        return 0
    return 1 if len(word) < 8 else 2


def nearest_spellings(word: str, names: Sequence[str]) -> list[str]:
    """List the names fewest slips away, within what is forgiven; ``names`` must be sorted.

    The first letter is taken as meant: people seldom miss it, and holding on to it keeps "Rome" from being Frome.
    """
    slips = 0 if word in ELSEWHERE else slips_forgiven(word)
    if not slips:
        return []
    start, end = bisect_left(names, word[0]), bisect_left(names, chr(ord(word[0]) + 1))
    close = process.extract(word, names[start:end], scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [name for name, distance, _ in close if distance == close[0][1]]
