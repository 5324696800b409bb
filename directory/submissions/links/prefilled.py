"""Answers as they are gathered from a page: the first to say something wins, and where it stood is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.submissions.fields import ANSWER_NAMES, Answer, Look
from directory.submissions.links.plain import bounded, one_line, paragraphs
from directory.submissions.origins import REMARKS

LONGEST_QUOTE = 160
IN_DATA = "your page’s data for search engines"
ON_PAGE = "your page"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one answer comes from: words that go after "from", and what stood there."""

    name: str
    words: str
    quote: str = ""

    @property
    def told(self) -> str:
        """Tell it in one piece."""
        return f"{self.words}, which says ‘{self.quote}’" if self.quote else self.words


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person must look at, and the question it is about; none when it is about the page."""

    words: str
    about: str = ""


@dataclass(frozen=True)
class Prefilled:
    """What a page answers, where each answer comes from, what it doesn't answer, and what a person must look at."""

    answers: dict[str, Answer] = field(default_factory=dict)
    origins: tuple[Origin, ...] = ()
    missing: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def told_origins(self) -> dict[str, str]:
        """Give the words for each answer's origin, by its name."""
        return {origin.name: origin.told for origin in self.origins}

    @property
    def kept_origins(self) -> dict[str, Any]:
        """Give what a draft keeps beside the answers: where each comes from, and the remarks."""
        remarks = [{"words": remark.words, "about": remark.about} for remark in self.remarks]
        return {**self.told_origins, **({REMARKS: remarks} if remarks else {})}


class Gathering:
    """Answers in the making."""

    def __init__(self) -> None:
        """Begin with none."""
        self.answers: dict[str, Answer] = {}
        self.origins: dict[str, Origin] = {}
        self.remarks: list[Remark] = []

    def remark(self, words: str, about: str = "") -> None:
        """Say something that a person must look at, at the question ``about`` which it is; the same thing once."""
        remark = Remark(words, about)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def has(self, name: str) -> bool:
        """Say whether there is an answer."""
        return name in self.answers

    def take(self, name: str, said: str | list[str], words: str, quote: str = "") -> None:
        """Take an answer that nothing gave before, no longer than its question allows."""
        if self.has(name):
            return
        answer = _fit(name, said)
        if answer:
            self.answers[name] = answer
            self.origins[name] = Origin(name, words, bounded(one_line(quote), LONGEST_QUOTE))

    def take_all(self, said: Mapping[str, str], words: str, quote: str = "") -> None:
        """Take answers that only mean something together: all, unless one is there already."""
        if not any(map(self.has, said)):
            for name, answer in said.items():
                self.take(name, answer, words, quote)

    def drop(self, *names: str) -> None:
        """Leave answers to a person after all."""
        for name in names:
            self.answers.pop(name, None)
            self.origins.pop(name, None)


def _fit(name: str, said: str | list[str]) -> Answer:
    question = ANSWER_NAMES[name]
    if isinstance(said, list) and question.look is Look.SOME_OF:
        return list(dict.fromkeys(map(str, said)))
    if isinstance(said, list):
        return _lines(said, question.most)
    if question.look in (Look.LINK, Look.ONE_OF, Look.NUMBER, Look.MONEY, Look.DATE):
        return str(said) if len(said) <= question.most else ""
    text = paragraphs(said)
    return bounded(text if question.look is Look.TEXT else one_line(text), question.most)


def _lines(said: list[str], most: int) -> str:
    """Put lines one below the other, as many as there is room for."""
    kept: list[str] = []
    for line in dict.fromkeys(map(one_line, said)):
        line = bounded(line, min(most, 300))
        if line and sum(map(len, kept)) + len(kept) + len(line) <= most:
            kept.append(line)
    return "\n".join(kept)
