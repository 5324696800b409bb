"""What an entry of the seed data may say, and what must hold inside one entry."""

from datetime import time
from itertools import pairwise
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from directory.catalogue.kinds import KindName
from directory.catalogue.seeding.words import (
    NATION_OF,
    WORD,
    Amount,
    Day,
    Hour,
    Line,
    Month,
    Nation,
    NationOrUk,
    Prose,
    RegionName,
    Slug,
    SourceDate,
    Url,
    Words,
    Zone,
)
from directory.catalogue.timing import moment
from directory.catalogue.vocabulary import (
    LIKE,
    SCQF_TO_RQF,
    Applicant,
    Closing,
    Confidence,
    Cost,
    Delivery,
    EligibilityAbout,
    Framework,
    Hours,
    Need,
    Pay,
    PayPeriod,
    Reach,
    Recurrence,
    Relevance,
    Running,
    StageName,
)
from directory.foundation.clock import UK
from directory.organisations.models import OrganisationKind

NUMBERS = {Framework.RQF: tuple(LIKE), Framework.CQFW: tuple(LIKE), Framework.SCQF: tuple(SCQF_TO_RQF)}
AWARDED_IN = {
    Framework.RQF: ("England", "Northern Ireland"),
    Framework.CQFW: ("Wales",),
    Framework.SCQF: ("Scotland",),
}

# What a location of each reach must say, and what else it may.
SAYS: dict[Reach, tuple[set[str], set[str]]] = {
    Reach.SITE: ({"place", "region", "nation"}, {"postcode"}),
    Reach.REGION: ({"region", "nation"}, set()),
    Reach.NATION: ({"nation"}, set()),
    Reach.UK_WIDE: (set(), set()),
    Reach.ONLINE: (set(), {"nation"}),
}


def _wrong(field: str, words: str) -> PydanticCustomError:
    """Make an error of one field that only shows beside others; ``words`` follow the field's name."""
    return PydanticCustomError("wrong", "{words}", {"field": field, "words": words})


class _Shape(BaseModel):
    """What every entry has in common: no field we don't know, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Phrases = Annotated[list[Annotated[Line, Field(max_length=80)]], Field(min_length=1)]


class OrganisationShape(_Shape):
    """One organisation. The nation "UK" is for one that works in several; one based abroad has none."""

    slug: Annotated[Slug, Field(max_length=120)]
    name: Annotated[Line, Field(max_length=200)]
    kind: Annotated[OrganisationKind, WORD]
    description: Prose
    url: Url | None = None
    place: Annotated[Line, Field(max_length=120)] | None = None
    region: RegionName | None = None
    nation: NationOrUk | None = None


class SkillShape(_Shape):
    """One skill area."""

    slug: Annotated[Slug, Field(max_length=60)]
    name: Annotated[Line, Field(max_length=80)]
    also: list[Line] = []


class SynonymShape(_Shape):
    """Words of which each finds the others (``same``), or words that, ``typed``, also find others."""

    same: Phrases | None = None
    typed: Phrases | None = None
    finds: Phrases | None = None

    @model_validator(mode="after")
    def _one_way_or_both(self) -> Self:
        both_ways, one_way = bool(self.same), (bool(self.typed), bool(self.finds))
        if one_way != (not both_ways, not both_ways):
            raise _wrong("same", "stands alone, and so do typed and finds together")
        return self

    @property
    def words(self) -> list[str]:
        """Give the words that are typed."""
        return self.same or self.typed or []


class TermShape(_Shape):
    """One word and its meaning."""

    slug: Annotated[Slug, Field(max_length=80)]
    term: Annotated[Line, Field(max_length=80)]
    also: list[Line] = []
    meaning: Prose


class EligibilityShape(_Shape):
    """One line of who may apply."""

    need: Annotated[Need, WORD]
    about: Annotated[EligibilityAbout, WORD] = EligibilityAbout.ENTRY
    text: Line


class LocationShape(_Shape):
    """One place where it happens, as exactly as is known."""

    reach: Annotated[Reach, WORD]
    place: Annotated[Line, Field(max_length=120)] | None = None
    region: RegionName | None = None
    nation: Nation | None = None
    postcode: Annotated[Line, Field(max_length=10)] | None = None

    @model_validator(mode="after")
    def _says_what_its_reach_needs(self) -> Self:
        must, may = SAYS[self.reach]
        for field in ("place", "region", "nation", "postcode"):
            if getattr(self, field) is None and field in must:
                raise _wrong(field, f"is missing, and the reach is {self.reach}")
            if getattr(self, field) is not None and field not in must | may:
                raise _wrong(field, f"can't be said, because the reach is {self.reach}")
        if self.region and NATION_OF[self.region] != self.nation:
            raise _wrong("region", f"is not in {self.nation}")
        return self


class LevelShape(_Shape):
    """One level it leads to."""

    framework: Annotated[Framework, WORD]
    number: int
    nation: Nation
    local_name: Annotated[Line, Field(max_length=120)] | None = None

    @model_validator(mode="after")
    def _is_a_level_of_its_framework(self) -> Self:
        numbers = NUMBERS[self.framework]
        if self.number not in numbers:
            raise _wrong("number", f"must be between {min(numbers)} and {max(numbers)} in {self.framework}")
        if self.nation not in AWARDED_IN[self.framework]:
            raise _wrong("nation", f"is not one where {self.framework} counts")
        return self


class RoundShape(_Shape):
    """One round, past or to come."""

    host: Slug | None = None
    opens_on: Day | None = None
    opens_at: Hour | None = None
    closing: Annotated[Closing, WORD] = Closing.UNKNOWN
    closes_on: Day | None = None
    closes_at: Hour | None = None
    zone: Zone = "Europe/London"
    starts_on: Day | None = None
    starts_words: Annotated[Line, Field(max_length=120)] | None = None
    places: Annotated[int, Field(ge=1, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        for day, hour in (("opens_on", "opens_at"), ("closes_on", "closes_at")):
            if getattr(self, hour) and not getattr(self, day):
                raise _wrong(hour, f"is given without {day}")
        has_only_a_day = (self.opens_on and not self.opens_at) or (self.closes_on and not self.closes_at)
        if self.zone != UK.key and has_only_a_day:
            raise _wrong("zone", "is given for a day without an hour, which is a day in the UK")
        if (self.closing is Closing.FIXED) != (self.closes_on is not None):
            raise _wrong("closing", "must be fixed when there is a closes_on, and only then")
        if self.opens_on and self.closes_on:
            opens = moment(self.opens_on, self.opens_at, self.zone, otherwise=time.min)
            if moment(self.closes_on, self.closes_at, self.zone, otherwise=time.max) <= opens:
                raise _wrong("closes_on", "is before opens_on")
        if self.opens_on and self.starts_on and self.starts_on < self.opens_on:
            raise _wrong("starts_on", "is before opens_on")
        return self


class SourceShape(_Shape):
    """One page that says so."""

    url: Url
    dated: SourceDate | None = None


class OpportunityShape(_Shape):
    """One listing. What is not said is left out."""

    slug: Annotated[Slug, Field(max_length=160)]
    title: Annotated[Line, Field(max_length=200)]
    kind: Annotated[KindName, WORD]
    organisation: Slug
    partners: list[Slug] = []
    hosts: list[Slug] = []
    parent: Slug | None = None
    running: Annotated[Running, WORD] = Running.UNKNOWN

    summary: Line
    description: Prose
    stages: Annotated[list[Annotated[StageName, WORD]], Field(min_length=1)]
    applicant: Annotated[Applicant, WORD] = Applicant.LEARNER
    eligibility_words: Line | None = None
    eligibility: list[EligibilityShape] = []

    delivery: Annotated[Delivery, WORD] | None = None
    locations: list[LocationShape] = []
    levels: list[LevelShape] = []
    length_words: Line | None = None
    length_weeks: Annotated[float, Field(gt=0, lt=10_000)] | None = None
    hours: Annotated[Hours, WORD] | None = None

    pay: Annotated[Pay, WORD] | None = None
    pay_words: Line | None = None
    pay_minimum: Amount | None = None
    pay_maximum: Amount | None = None
    pay_period: Annotated[PayPeriod, WORD] | None = None
    cost: Annotated[Cost, WORD] | None = None
    cost_words: Line | None = None

    recurrence: Annotated[Recurrence, WORD] | None = None
    usually_opens: Month | None = None
    usually_closes: Month | None = None
    usually_starts: Month | None = None
    usual_words: Line | None = None
    rounds: list[RoundShape] = []
    how_to_apply: Line | None = None
    group_words: Line | None = None
    apply_url: Url | None = None
    info_url: Url | None = None

    skills: Annotated[list[Slug], Field(min_length=1)]
    subjects: list[Line] = []
    relevance: Annotated[Relevance, WORD]
    glossary: list[Slug] = []

    confidence: Annotated[Confidence, WORD] | None = None
    newest_source_words: Annotated[Line, Field(max_length=200)] | None = None
    newest_source_year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    without_source: list[Line] = []
    sources: Annotated[list[SourceShape], Field(min_length=1)]
    notes: Words | None = None
    added: Day

    @model_validator(mode="after")
    def _names_each_thing_once(self) -> Self:
        for field, values in (
            ("stages", self.stages),
            ("skills", self.skills),
            ("glossary", self.glossary),
            ("partners", [self.organisation, *self.partners]),
            ("hosts", [self.organisation, *self.partners, *self.hosts]),
            ("sources", [source.url for source in self.sources]),
        ):
            for first, second in pairwise(sorted(values)):
                if first == second:
                    raise _wrong(field, f"names {first} again")
        return self

    @model_validator(mode="after")
    def _knows_its_own_fields_and_hosts(self) -> Self:
        for name in self.without_source:
            if name not in type(self).model_fields:
                raise _wrong("without_source", f"names {name}, which is no field")
        for a_round in self.rounds:
            if a_round.host and a_round.host not in self.hosts:
                raise _wrong("rounds", f"are held at {a_round.host}, which is not one of the hosts")
        return self

    @model_validator(mode="after")
    def _says_pay_whole(self) -> Self:
        low, high = self.pay_minimum, self.pay_maximum
        amount = low is not None or high is not None
        if low is not None and high is not None and low > high:
            raise _wrong("pay_minimum", "is above pay_maximum")
        if amount != (self.pay_period is not None):
            raise _wrong("pay_period", "must be given with an amount of pay, and only then")
        if amount and self.pay in (None, Pay.UNPAID):
            raise _wrong("pay", "must be paid, bursary or funded when there is an amount")
        return self
