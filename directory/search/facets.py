"""Every way to narrow results, declared once: read by addresses, forms, the index, the counts and the sentences.

Choices within a facet widen (OR); facets narrow each other (AND). A new facet is one entry here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from directory.catalogue.kinds import KINDS
from directory.catalogue.vocabulary import (
    DELIVERY_WORDS,
    PAY_WORDS,
    SCQF_TO_RQF,
    STAGES,
    Delivery,
    Pay,
    Reach,
    rqf_number,
)
from directory.foundation.date_words import MONTHS
from directory.places.regions import REGIONS
from directory.search.moments import ANY_TIME, CLOSED_OR_PAUSED, MONTH_VALUES, OPEN, OPENS, InTime

if TYPE_CHECKING:
    from directory.catalogue.models import Opportunity

NOT_SAID = "not-said"
ENGLAND = "england"
UK_WIDE = str(Reach.UK_WIDE)
ONLINE = str(Reach.ONLINE)
KIND, STAGE, WHERE, SKILL, ORGANISATION = "kind", "stage", "where", "skill", "organisation"
WHEN, USUALLY, STARTS = "when", "usually", "starts"
MONTHLY = (USUALLY, STARTS)  # the same months in both: by itself a month says too little


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: as addresses write it, as a row shows it, and as a sentence says it."""

    value: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow.

    With no ``options`` it is open: its values are slugs that listings bring, and someone else knows their names. Its
    values come ``of`` the listing itself, or else from its time, asked ``at`` each search. ``anything`` is what nothing
    chosen means, and ``said`` holds what is chosen in a sentence. Long facets fold: the rows that stay are the first
    ones, or with ``most_first`` those with the most listings.
    """

    name: str
    title: str
    anything: str
    said: str
    options: tuple[Option, ...] = ()
    of: "Callable[[Opportunity], Iterable[str]] | None" = None
    at: Callable[[InTime], tuple[str, ...]] | None = None
    most_first: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether any slug may be chosen."""
        return not self.options


def _wheres(opportunity: "Opportunity") -> Iterator[str]:
    if opportunity.delivery is Delivery.ONLINE:
        yield ONLINE
    for location in opportunity.locations:
        if location.reach in (Reach.ONLINE, Reach.UK_WIDE):
            yield str(location.reach)
        elif location.nation == "England":
            yield ENGLAND
        for area in (location.region, location.nation):
            if area in REGION_SLUGS:
                yield REGION_SLUGS[area]


def _organisations(opportunity: "Opportunity") -> Iterator[str]:
    yield opportunity.organisation.slug
    yield from (involvement.organisation.slug for involvement in opportunity.involvements)


def _levels(opportunity: "Opportunity") -> Iterator[str]:
    return (f"level-{rqf_number(level.framework, level.number)}" for level in opportunity.levels)


def _starts(opportunity: "Opportunity") -> Iterator[str]:
    """Give the months in which it usually starts, and those of every round whose start is dated."""
    usual = [opportunity.usually_starts] if opportunity.usually_starts else []
    dated = (intake.starts_on.month for intake in opportunity.intakes if intake.starts_on)
    return (MONTH_VALUES[month - 1] for month in (*usual, *dated))


def _level_options() -> Iterator[Option]:
    scottish = defaultdict(list)
    for scqf, rqf in SCQF_TO_RQF.items():
        scottish[rqf].append(str(scqf))
    for rqf in range(2, 9):
        numbers = " and ".join(scottish[rqf])
        yield Option(f"level-{rqf}", f"Level {rqf}, SCQF {numbers}", f"level {rqf} (SCQF {numbers})")


def inside(label: str) -> str:
    """Lower the first letter of a label inside a sentence, but not of PhD."""
    return label if label[1:2].isupper() or label[2:3].isupper() else label[0].lower() + label[1:]


REGION_SLUGS = {region.name: region.slug for region in REGIONS}
_WITHOUT_ARTICLE = frozenset(("London", "Yorkshire and The Humber", "East of England"))
_PAY_SAID = {
    Pay.WAGE: "paid",
    Pay.BURSARY: "with a stipend or bursary",
    Pay.FUNDED: "funded",
    Pay.UNPAID: "unpaid",
}
_WHERE_OPTIONS = (
    *(
        Option(
            region.slug,
            region.name,
            region.name if region.is_nation or region.name in _WITHOUT_ARTICLE else f"the {region.name}",
        )
        for region in sorted(REGIONS, key=lambda region: not region.is_nation)
    ),
    Option(ENGLAND, "Anywhere in England", "England"),
    Option(UK_WIDE, "UK-wide", "UK-wide"),
    Option(ONLINE, "Online", "online"),
)

FACETS: tuple[Facet, ...] = (
    Facet(
        KIND,
        "Kind",
        "Any kind",
        "{}",
        tuple(Option(str(kind.name), kind.singular, kind.plural.lower()) for kind in KINDS.values()),
        of=lambda opportunity: (opportunity.kind,),
    ),
    Facet(
        STAGE,
        "Open to",
        "Any stage",
        "open to {}",
        tuple(Option(str(stage.name), stage.label, inside(stage.label)) for stage in STAGES.values()),
        of=lambda opportunity: opportunity.stages,
    ),
    Facet(WHERE, "Where", "Anywhere", "in {}", _WHERE_OPTIONS, of=_wheres, most_first=True),
    Facet(
        SKILL,
        "Skill area",
        "Any skill area",
        "about {}",
        of=lambda opportunity: (skill.slug for skill in opportunity.skills),
    ),
    Facet(
        "pay",
        "Pay",
        "Any pay",
        "{}",
        (
            *(Option(str(pay), words, _PAY_SAID[pay]) for pay, words in PAY_WORDS.items()),
            Option(NOT_SAID, "Not said", "with pay not said"),
        ),
        of=lambda opportunity: (opportunity.pay or NOT_SAID,),
    ),
    Facet("level", "Level", "Any level", "at {}", tuple(_level_options()), of=_levels),
    Facet(
        "delivery",
        "How you take part",
        "Any way of taking part",
        "{}",
        tuple(Option(str(delivery), words, words.lower()) for delivery, words in DELIVERY_WORDS.items()),
        of=lambda opportunity: (opportunity.delivery,) if opportunity.delivery else (),
    ),
    Facet(
        WHEN,
        "When",
        "Any time",
        "{}",
        (
            Option(OPEN, "Open now", "open now"),
            Option("closing-2-weeks", "Closing within 2 weeks", "closing within 2 weeks"),
            Option("closing-6-weeks", "Closing within 6 weeks", "closing within 6 weeks"),
            Option(OPENS, "Opens on a set day", "opening on a set day"),
            Option(ANY_TIME, "All year, not confirmed", "usually open all year"),
            Option(CLOSED_OR_PAUSED, "Closed, paused or ended", "closed, paused or ended"),
        ),
        at=lambda time: time.when,
    ),
    Facet(
        USUALLY,
        "Usually opens in",
        "Any month",
        "usually opening in {}",
        tuple(Option(value, month, month) for value, month in zip(MONTH_VALUES, MONTHS, strict=True)),
        at=lambda time: time.usually,
    ),
    Facet(
        STARTS,
        "Starts in",
        "Any month",
        "starting in {}",
        tuple(Option(value, month, month) for value, month in zip(MONTH_VALUES, MONTHS, strict=True)),
        of=_starts,
    ),
    Facet(ORGANISATION, "Organisation", "Any organisation", "from {}", of=_organisations, most_first=True),
)
FACETS_BY_NAME = {facet.name: facet for facet in FACETS}
