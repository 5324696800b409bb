"""The legal minimum wage by day and age, read from ``seed_data/minimum_wage.yaml``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from directory.catalogue.seeding.files import PlainLoader
from directory.catalogue.seeding.words import Day, Url
from directory.foundation.refusals import Refusal
from directory.foundation.resources import resource

FILE = "minimum_wage.yaml"
Hourly = Annotated[Decimal, Field(gt=0, lt=1000, decimal_places=2)]


class BadRates(Refusal):
    """Raised when the table of rates can't be used; its words say why."""


class Rates(BaseModel):
    """The minimum for an hour between two days, each included."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: Day
    until: Day
    adult: Hourly
    young: Hourly
    under_18: Hourly
    apprentice: Hourly
    source: Url

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        if self.until < self.since:
            raise ValueError(f"until {self.until} is before since {self.since}")
        return self

    def at(self, age: int) -> Decimal:
        """Give the minimum at an age, for somebody who is no apprentice."""
        return self.adult if age >= 21 else self.young if age >= 18 else self.under_18


@dataclass(frozen=True)
class RateTable:
    """The rates there are, the oldest first, with no day between them."""

    rates: tuple[Rates, ...]

    def on(self, day: date) -> Rates | None:
        """Give the rates of a day; the last known for a later day, None for one before the first."""
        return next((rates for rates in reversed(self.rates) if rates.since <= day), None)

    def knows(self, day: date) -> bool:
        """Say whether the rates of a day are known."""
        return self.rates[0].since <= day <= self.rates[-1].until

    def between(self, start: date, end: date) -> Sequence[Rates]:
        """Give the known rates that come into force after ``start``, by ``end``."""
        return [rates for rates in self.rates if start < rates.since <= end]


def read_rates(file: Path) -> RateTable:
    """Read a table of rates; raises BadRates when it isn't one."""
    try:
        written = yaml.load(file.read_text(encoding="utf-8"), PlainLoader)  # noqa: S506 - it is a safe one
        rates = TypeAdapter(Annotated[tuple[Rates, ...], Field(min_length=1)]).validate_python(written)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as fault:
        raise BadRates(f"{file.name} can't be used: {fault}") from None
    for earlier, later in pairwise(rates):
        if later.since != earlier.until + timedelta(days=1):
            raise BadRates(f"{file.name} can't be used: the rates of {later.since} don't follow {earlier.until}.")
    return RateTable(rates)


@cache
def minimum_wage() -> RateTable:
    """Give the rates that come with the product."""
    return read_rates(resource("seed_data") / FILE)
