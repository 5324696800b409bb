"""How old a reader must be to read it with ease: sentences and syllables counted, as Flesch and Kincaid did."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directory.submissions.checks.ages import takes_under_18s
from directory.submissions.checks.case import Case
from directory.submissions.checks.finding import Finding, Rule
from directory.submissions.checks.sentences import quoted, sentences

RULE = Rule(
    "reading-age",
    "What students of under 18 read should suit a reader of 12 to 14, and nothing should need a reader above 18. "
    "Short sentences and everyday words help most; a term of the field is fine once it is explained.",
    "https://www.gov.uk/guidance/content-design/writing-for-gov-uk",
)
TARGET_UNDER_18, TARGET = 14, 18
ROOM = 1  # an estimate is no better than a year
FEWEST_WORDS = 40
LONG_SENTENCE = 25
AGE_AT_GRADE_NOUGHT = 5
OLDEST_SHOWN = 22
MOST_SYLLABLES = 3  # a long term of the field, met once, isn't twice as hard as "therapy"
READ = ("summary", "description")

_WORD = re.compile(r"[a-zà-ÿ]+(?:[’'][a-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SPOKEN_APART = re.compile(
    r"(?<![ct])i[ao](?!us)|eo(?!pl)|ua(?!l)|uo|ie[rt]|(?<=sc)ie|(?<=r)ie(?=nc|nt)|(?<=cr)ea(?=t)"
)
_SILENT_END = re.compile(r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeioutd])ed$|(?<=[^aeiouscxzgh])es$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured: the age, the number of words, and the longest sentence."""

    age: float
    words: int
    longest: str
    longest_words: int


def syllables(word: str) -> int:
    """Estimate the syllables of an English word, by its vowels; one at least."""
    spoken = _SILENT_END.sub("", word.lower())
    return max(1, len(_VOWELS.findall(spoken)) + len(_SPOKEN_APART.findall(spoken)))


def measure(text: str) -> Reading | None:
    """Measure a text; None when it has no words.

    The formula is Kincaid and others' of 1975: 0.39 times the words of a sentence, and 11.8 times the syllables of a
    word, less 15.59, is the school grade; a reader is five years older than the grade.
    """
    parted = [(sentence, _WORD.findall(sentence.lower())) for sentence in sentences(text)]
    said = [(sentence, words) for sentence, words in parted if words]
    if not said:
        return None
    words = [word for _sentence, found in said for word in found]
    sounds = sum(min(syllables(word), MOST_SYLLABLES) for word in words)
    grade = 0.39 * len(words) / len(said) + 11.8 * sounds / len(words) - 15.59
    longest, longest_words = max(said, key=lambda pair: len(pair[1]))
    return Reading(max(AGE_AT_GRADE_NOUGHT, grade + AGE_AT_GRADE_NOUGHT), len(words), longest, len(longest_words))


def check(case: Case) -> Iterator[Finding]:
    """Compare the reading age with the readers'; says nothing of a text too short to tell."""
    reading = measure("\n".join(text for name, text in case.public_texts() if name in READ))
    if reading is None or reading.words < FEWEST_WORDS:
        return
    young = takes_under_18s(case.values)
    target = TARGET_UNDER_18 if young else TARGET
    told = (
        f"Reads like a text for age {round(min(reading.age, OLDEST_SHOWN))}{' or more' * (reading.age > OLDEST_SHOWN)}."
    )
    if round(reading.age) <= target + ROOM:
        yield RULE.ok("Reads well", f"{told} {'Under-18s may apply.' if young else 'It is for adults.'}")
        return
    longest = f" The longest sentence has {reading.longest_words} words: {quoted(reading.longest)}."
    first = (
        "Part the longest sentence in two"
        if reading.longest_words > LONG_SENTENCE
        else "Put shorter words for long ones"
    )
    yield RULE.warn(
        "Hard to read for under-18s" if young else "Hard to read",
        f"{told} {target} or less suits {'students of under 18' if young else 'most people'}.{longest}",
        f"{first}, and say ‘you’ll’ and what people do.",
        "description",
    )
