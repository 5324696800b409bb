"""What a check looks at: what was typed, what could be read of it, and what is known besides."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

# The questions whose answers are shown to everyone as text.
PUBLIC_TEXT = (
    *("title", "summary", "description", "organisation_about", "subjects", "pay_note", "cost_note", "support"),
    *("needed", "nice", "not_needed", "how_to_apply", "access"),
)
LONGEST_READ = 10_000  # letters of one answer, which is more than any may have
DAYS = {"opens": "opens_on", "closes": "closes_on", "starts": "starts_on"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What came of opening the page people apply on.

    ``status`` is None when nothing answered. ``problem`` says why the page wasn't read, and ``is_unread`` that this is
    no fault of the page: robots aren't welcome, it is a file, or reading pages is switched off.
    """

    status: int | None
    final_url: str
    title: str
    says_closed: bool
    dates_found: tuple[date, ...]
    checked_at: datetime
    problem: str = ""
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing, or something that waits, which this may be another copy of. ``key`` is its slug or its key."""

    key: str
    published: bool
    title: str
    organisation: str
    links: tuple[str, ...] = ()
    opens_on: date | None = None
    closes_on: date | None = None
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """One submission as the checks see it; nothing in ``answers`` or ``values`` makes a check raise.

    ``live`` is the answers that its published listing was written with, None for something new.
    """

    answers: Mapping[str, Any]
    values: Mapping[str, Any]
    today: date
    organisation: str = ""
    organisation_url: str = ""
    link: LinkResult | None = None
    live: Mapping[str, Any] | None = None
    candidates: tuple[Candidate, ...] = field(default=())

    def said(self, name: str) -> str:
        """Give an answer as it was typed, its parts on lines of their own."""
        return said(self.answers, name)

    def public_texts(self) -> Iterator[tuple[str, str]]:
        """Go through the public texts, each with its question."""
        return ((name, text[:LONGEST_READ]) for name in PUBLIC_TEXT if (text := self.said(name)))

    @property
    def kind(self) -> str:
        """Give its kind; empty until it is chosen."""
        return word(self.values, "kind")

    @property
    def stages(self) -> frozenset[str]:
        """Give the stages it is open to."""
        return words(self.values, "stages")

    @property
    def round(self) -> Mapping[str, Any]:
        """Give the round that is asked about."""
        return first_round(self.values)

    def day(self, name: str) -> date | None:
        """Give when it ``opens``, ``closes`` or ``starts``: as typed, even where it doesn't fit the other days."""
        if name == "closes" and self.said("closing") not in ("", "fixed"):
            return None
        return typed_day(self.answers, name) or plain_day(self.round.get(DAYS[name]))


def said(answers: Mapping[str, Any], name: str) -> str:
    """Give an answer as one string, its parts on lines of their own."""
    answer = answers.get(name, "")
    parts = answer if isinstance(answer, list | tuple) else [answer]
    return "\n".join(part for part in parts if isinstance(part, str)).strip()


def word(values: Mapping[str, Any], name: str) -> str:
    """Give a value that is one word."""
    value = values.get(name)
    return str(value) if isinstance(value, str) else ""


def words(values: Mapping[str, Any], name: str) -> frozenset[str]:
    """Give a value that is several words."""
    value = values.get(name)
    return (
        frozenset(str(one) for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else frozenset()
    )


def rows(values: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Give a value that is several rows."""
    value = values.get(name)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def number(values: Mapping[str, Any], name: str) -> float | None:
    """Give a value that is a number above nothing."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 < value < 10**9 and math.isfinite(value) else None


def first_round(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the round that a submission speaks of."""
    return next(iter(rows(values, "rounds")), {})


def plain_day(value: object) -> date | None:
    """Give a value that is a day."""
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def typed_day(answers: Mapping[str, Any], name: str) -> date | None:
    """Read a day from its three parts; the first of the month when only that is known, None when it is none."""
    day, month, year = (said(answers, f"{name}_{part}") for part in ("day", "month", "year"))
    try:
        counted = MONTHS.index(month[:3].lower()) + 1 if month[:1].isalpha() else int(month)
        return date(int(year) + (2000 if len(year) == 2 else 0), counted, int(day or 1))
    except (ValueError, OverflowError):
        return None
