"""What a question is: its step, its words, how it is answered and its limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from directory.catalogue.kinds import KINDS, KindName


class Step(StrEnum):
    """The steps, by the name that stands in addresses."""

    ORGANISATION = "organisation"
    ROLE = "role"
    DATES = "dates"
    WHO = "who"
    CHECK = "check"


STEP_TITLES: dict[Step, str] = {
    Step.ORGANISATION: "Organisation",
    Step.ROLE: "The role",
    Step.DATES: "Dates and pay",
    Step.WHO: "Who can apply",
    Step.CHECK: "Check and send",
}


class Look(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"  # one thing a line
    ONE_OF = "one of"
    SOME_OF = "some of"
    DATE = "date"  # three boxes: NAME_day, NAME_month, NAME_year
    NUMBER = "number"
    MONEY = "money"
    LINK = "link"
    EMAIL = "email"
    TICK = "tick"


Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """One question. ``most`` is the longest answer in characters; skills are options that only rows know.

    ``not_for`` are the kinds that aren't asked it. A ``private`` answer is for moderators only and is never published.
    ``live_at_once`` marks what may change on a published page before a person has looked.
    """

    name: str
    step: Step
    label: str
    look: Look
    hint: str = ""
    options: Options = ()
    most: int = 200
    optional: bool = False
    private: bool = False
    not_for: frozenset[KindName] = frozenset()
    live_at_once: bool = False
    autocomplete: str = "off"

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names that its answer is kept under."""
        if self.look is Look.DATE:
            return tuple(f"{self.name}_{part}" for part in ("day", "month", "year"))
        return (self.name,)


SPENDING = frozenset(name for name, kind in KINDS.items() if kind.spends_rather_than_earns)
EARNING = frozenset(KindName) - SPENDING
RESOURCES = frozenset({KindName.RESOURCE})


def as_options(words: Mapping[Any, str]) -> Options:
    """Give a closed list's values and words as options, each beginning with a capital."""
    return tuple((str(name), said[0].upper() + said[1:]) for name, said in words.items())
