"""Golden queries: what people really type, what must then be shown, and whether a change to the words keeps it so."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from directory.foundation.refusals import Misconfigured

FIRST = 5

Slugs = Annotated[tuple[str, ...], Field(strict=False)]


class GoldenQuery(BaseModel):
    """What is typed, and what a good search shows: ``all`` of these, and one of ``any``, first; ``never`` those.

    One that ``awaits`` something is known to fall short until then; ``why`` is for who reads the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    typed: Annotated[str, Field(min_length=1, max_length=300)]
    all: Slugs = ()
    any: Slugs = ()
    never: Slugs = ()
    awaits: str = ""
    why: str = ""

    def is_about(self, listings: Collection[str]) -> bool:
        """Say whether what it expects is among ``listings``, so that it can be asked."""
        return (
            all_in(self.all, listings)
            and (not self.any or any_in(self.any, listings))
            and bool(self.all or self.any or any_in(self.never, listings))
        )

    def falls_short(self, shown: Sequence[str]) -> list[str]:
        """Say what is amiss with the slugs that are shown, best first; nothing when it passes."""
        first = shown[:FIRST]
        missing = [slug for slug in self.all if slug not in first]
        wrong = [f"not {slug}" for slug in self.never if slug in shown]
        none = [] if not self.any or any_in(self.any, first) else ["none of those that would serve"]
        return [*missing, *wrong, *none]


_QUERIES = TypeAdapter(tuple[GoldenQuery, ...])

# The slugs that a search shows on its first page, in order.
Shown = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Broken:
    """A query that no longer passes, and the slugs that are amiss."""

    typed: str
    amiss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Which queries a change breaks and mends, how many were asked, and how many aren't about this catalogue."""

    broken: tuple[Broken, ...]
    mended: tuple[str, ...]
    asked: int
    skipped: int


def load(file: Path) -> tuple[GoldenQuery, ...]:
    """Read golden queries; raises Misconfigured when the file isn't of that form."""
    try:
        return _QUERIES.validate_python(yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader))
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise Misconfigured(
            f"{file.name} can't be read as golden queries: {str(problem).splitlines()[0]}."
        ) from problem


def compare(queries: Iterable[GoldenQuery], listings: Collection[str], before: Shown, after: Shown) -> Compared:
    """Ask every query that is about ``listings`` before and after a change."""
    broken, mended, asked, skipped = [], [], 0, 0
    for query in queries:
        if not query.is_about(listings):
            skipped += 1
            continue
        asked += 1
        fell, falls = (query.falls_short(shown(query.typed)) for shown in (before, after))
        if falls and not fell:
            broken.append(Broken(query.typed, tuple(falls)))
        if fell and not falls:
            mended.append(query.typed)
    return Compared(tuple(broken), tuple(mended), asked, skipped)


def all_in(slugs: Iterable[str], others: Collection[str]) -> bool:
    """Say whether all are among the others."""
    return all(slug in others for slug in slugs)


def any_in(slugs: Iterable[str], others: Collection[str]) -> bool:
    """Say whether one is among the others."""
    return any(slug in others for slug in slugs)
