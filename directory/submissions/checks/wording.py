"""Do words keep people away who could do it? Each comes with another way to say it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from directory.catalogue.seeding.files import PlainLoader
from directory.catalogue.seeding.words import Line, Url
from directory.foundation.refusals import Refusal
from directory.foundation.resources import resource
from directory.submissions.checks.case import Case
from directory.submissions.checks.finding import Finding, Rule
from directory.submissions.checks.sentences import quoted

RULE = Rule(
    "exclusionary-words",
    "Words must not say or imply that some people aren’t wanted because of their age, sex, race, religion or "
    "disability, and we ask for words that keep nobody else away.",
    "https://www.gov.uk/employer-preventing-discrimination/recruitment",
)
FILE = "exclusionary_words.yaml"
MOST_SHOWN = 8


class BadWords(Refusal):
    """Raised when the list of words can't be used; its words say why."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Annotated[list[Line], Field(min_length=1)]
    about: Line
    instead: Line
    source: Url | None = None


class PhraseShape(_Shape):
    """Words each of which is one too many."""

    not_before: list[Line] = []


class CodedShape(_Shape):
    """Words that weigh only together."""

    at_least: Annotated[int, Field(ge=2)]


class WordsShape(BaseModel):
    """The whole list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: list[PhraseShape]
    coded: CodedShape


@dataclass(frozen=True)
class Words:
    """The list, ready to look for."""

    phrases: tuple[tuple[re.Pattern[str], PhraseShape], ...]
    coded: tuple[re.Pattern[str], CodedShape]


def read_words(file: Path) -> Words:
    """Read a list of words; raises BadWords when it isn't one."""
    try:
        written = yaml.load(file.read_text(encoding="utf-8"), PlainLoader)  # noqa: S506 - it is a safe one
        shape = WordsShape.model_validate(written)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as fault:
        raise BadWords(f"{file.name} can't be used: {fault}") from None
    phrases = tuple((_pattern(one.words, one.not_before), one) for one in shape.phrases)
    return Words(phrases, (_pattern(shape.coded.words), shape.coded))


@cache
def words() -> Words:
    """Give the list that comes with the product."""
    return read_words(resource("seed_data") / FILE)


def check(case: Case) -> Iterator[Finding]:
    """Find the words, each phrase once and ``MOST_SHOWN`` at most."""
    found = [*_phrases(case, words()), *_coded(case, words())]
    yield from found[:MOST_SHOWN]
    if not found and any(case.public_texts()):
        yield RULE.ok("Words keep nobody away", "None of the words we look for is in any public text.")


def _phrases(case: Case, known: Words) -> Iterator[Finding]:
    for pattern, phrase in known.phrases:
        for field, text in case.public_texts():
            if shown := pattern.search(text):
                yield _of(phrase).warn(
                    "Words that may keep people away",
                    f"{quoted(shown[0])}: may keep people away because of {phrase.about}.",
                    f"Say instead: {phrase.instead}.",
                    field,
                )
                break


def _coded(case: Case, known: Words) -> Iterator[Finding]:
    pattern, coded = known.coded
    first: dict[str, str] = {}
    for field, text in case.public_texts():
        for match in pattern.finditer(text):
            first.setdefault(match[0].lower(), field)
    if len(first) >= coded.at_least:
        named = ", ".join(quoted(word) for word in first)
        yield _of(coded).warn(
            "Many words that put women off",
            f"{named}. Studies found that fewer women feel they belong when many of these come together.",
            f"Change some of them. Say instead: {coded.instead}.",
            next(iter(first.values())),
        )


def _of(shape: _Shape) -> Rule:
    return replace(RULE, source_url=shape.source) if shape.source else RULE


def _pattern(words: Sequence[str], not_before: Sequence[str] = ()) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    any_of = "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in longest_first)
    after = rf"(?!\s+(?:{'|'.join(map(re.escape, not_before))}))" if not_before else ""
    return re.compile(rf"(?<![\w-])(?:{any_of})(?:[’']?s)?(?![\w-]){after}", re.IGNORECASE)
