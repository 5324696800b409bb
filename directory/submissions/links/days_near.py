"""Days that stand near words which say what they are: when it closes, when it starts, when it opens."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from directory.submissions.links.days import Day, days_in

CLOSES = re.compile(
    r"\b(?:clos(?:es|ing date|ing)|deadline|apply (?:by|before)|applications? (?:must be |should be |to be |are )?"
    r"(?:received |submitted |made |in |due |close |accepted ){0,3}(?:by|until|before|on)"
    r"|last (?:date|day) (?:to apply|for applications))\b",
    re.IGNORECASE,
)
STARTS = re.compile(r"\b(?:start(?:s|ing)?(?: dates?)?|begin(?:s|ning)?|commenc(?:es|ing|ement date))\b", re.IGNORECASE)
OPENS = re.compile(r"\b(?:applications? (?:will )?opens?|opening date|opens (?:for applications )?on)\b", re.IGNORECASE)
# A start of something else.
NOT_A_START = re.compile(r"\b(?:interview|assessment|shift|lesson|working day|clos|deadline|appl)", re.IGNORECASE)
SHORT_LABEL = 40
FAR = 80
LONGEST_DAY = 40
MOST_FOUND = 200
NEXT_SENTENCE = re.compile(r"[.;!?]\s+(?=[A-Z])")


def near(lines: Sequence[str], words: re.Pattern[str], *, puts_day_first: bool | None) -> Iterator[tuple[Day, str]]:
    """Go through the first day after each of the words; behind a short label it may stand on the next line."""
    return islice(_every(lines, words, puts_day_first), MOST_FOUND)


def _every(lines: Sequence[str], words: re.Pattern[str], puts_day_first: bool | None) -> Iterator[tuple[Day, str]]:
    for number, line in enumerate(lines):
        for found in words.finditer(line):
            before = line[max(0, found.start() - FAR) : found.start()]
            if words is STARTS and (
                NOT_A_START.search(before[-30:]) or NOT_A_START.search(line[found.end() : found.end() + 12])
            ):
                continue
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if day := _first(line, found.end(), puts_day_first):
                yield day, line
            elif len(line) <= SHORT_LABEL and (day := _first(following, 0, puts_day_first, most=SHORT_LABEL)):
                yield day, following


def _first(line: str, at: int, puts_day_first: bool | None, *, most: int = FAR) -> Day | None:
    end = NEXT_SENTENCE.search(line, at, at + most)
    last = end.start() if end else at + most
    found = days_in(line, puts_day_first=puts_day_first, start=at, end=last + LONGEST_DAY)
    return next((day for day in found if day.start <= last), None)
