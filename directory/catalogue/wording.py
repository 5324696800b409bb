"""A listing's facts in words: pay, length, start, place, level and who it is open to.

Every function gives None for what is not known; a page then says "Not said".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from directory.catalogue.kinds import KINDS
from directory.catalogue.models import Intake, Level, Location, Opportunity
from directory.catalogue.timing import State, timing
from directory.catalogue.vocabulary import (
    LADDER,
    STAGES,
    Cost,
    Delivery,
    Framework,
    Pay,
    PayPeriod,
    Reach,
    Stage,
    StageName,
)
from directory.foundation.date_words import month_name

PERIOD_WORDS = {
    PayPeriod.HOUR: " an hour",
    PayPeriod.WEEK: " a week",
    PayPeriod.YEAR: " a year",
    PayPeriod.AWARD: " in all",
}
WITHOUT_AMOUNT = {
    Pay.WAGE: "Paid, amount not said",
    Pay.BURSARY: "Stipend, amount not said",
    Pay.FUNDED: "Funded",
    Pay.UNPAID: "Unpaid",
}
LONGEST_ON_A_CARD = 32
NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
NUMBER_WORD = re.compile(r"\b(" + "|".join(NUMBER_WORDS) + r")\b", re.IGNORECASE)
CLAUSE_END = re.compile(r"[,;:]|\.(?!\d)")
WEEKS_IN_A_YEAR = 52
DAYS_IN_A_WORKING_WEEK = 5


def pay(opportunity: Opportunity) -> str | None:
    """Say what a person receives: an amount with its period, or as much as is known."""
    low, high = opportunity.pay_minimum, opportunity.pay_maximum
    if low is None and high is None:
        return WITHOUT_AMOUNT.get(opportunity.pay) if opportunity.pay else None
    period = PERIOD_WORDS[opportunity.pay_period] if opportunity.pay_period else ""
    if low is None or high is None:
        amount = f"Up to {pounds(high)}" if high is not None else f"From {pounds(low or 0)}"
    else:
        amount = pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"
    return amount + period


def pounds(amount: float) -> str:
    """Say an amount of money: "£22,600", "£12.80"."""
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"


def money(opportunity: Opportunity) -> tuple[str, str | None]:
    """Give the first fact of a card: its label and words, "Pay" or, for what a person uses or studies, "Cost"."""
    if KINDS[opportunity.kind].spends_rather_than_earns and opportunity.pay is None:
        return "Cost", {Cost.FREE: "Free", Cost.FEE: "You pay a fee"}.get(
            opportunity.cost
        ) if opportunity.cost else None
    return "Pay", pay(opportunity)


def length(opportunity: Opportunity) -> str | None:
    """Say how long it takes in a few words: the source's first clause when it is short, else about how long."""
    if opportunity.length_words:
        clause, _rest = _first_clause(opportunity.length_words)
        if len(clause) <= LONGEST_ON_A_CARD:
            return _with_digits(clause)
    if opportunity.length_weeks:
        return f"About {_about(opportunity.length_weeks)}"
    return "Varies" if opportunity.length_words else None


def more_on_length(opportunity: Opportunity) -> str | None:
    """Give what the source says of the length beyond ``length``."""
    if not opportunity.length_words:
        return None
    clause, rest = _first_clause(opportunity.length_words)
    if len(clause) > LONGEST_ON_A_CARD:
        return opportunity.length_words
    return rest[0].upper() + rest[1:] if rest else None


def starts(opportunity: Opportunity) -> str | None:
    """Say the month in which it usually starts."""
    month = opportunity.usually_starts
    return f"Usually {month_name(month)}" if month else None


def level(levels: Sequence[Level]) -> str | None:
    """Say the level as its nation counts: "Level 3", "SCQF level 6", "Levels 3 to 7"."""
    if not levels:
        return None
    scottish = [row.number for row in levels if row.framework is Framework.SCQF]
    others = [row.number for row in levels if row.framework is not Framework.SCQF]
    return _listed([*_levels("Level", others), *_levels("SCQF level", scottish)])


def _levels(prefix: str, numbers: Iterable[int]) -> Iterator[str]:
    match sorted(set(numbers)):
        case [only]:
            yield f"{prefix} {only}"
        case [first, second]:
            yield f"{prefix}s {first} and {second}"
        case [first, *_, last]:
            yield f"{prefix}s {first} to {last}"


def place(locations: Sequence[Location]) -> str | None:
    """Say where in a few words: "Glasgow, Scotland", "Leicester and London", "Online, UK-wide"."""
    sites = _distinct(row.place for row in locations if row.reach is Reach.SITE)
    around = {area for row in locations if row.reach is Reach.SITE for area in (row.region, row.nation)}
    areas = _distinct(row.region or row.nation for row in locations if row.reach in (Reach.REGION, Reach.NATION))
    areas = [area for area in areas if area not in around]
    everywhere = [
        words
        for reach, words in ((Reach.ONLINE, "Online"), (Reach.UK_WIDE, "UK-wide"))
        if any(row.reach is reach for row in locations)
    ]
    if len(sites) == 1 and not areas and not everywhere:
        site = next(row for row in locations if row.reach is Reach.SITE)
        within = site.region or site.nation
        return f"{site.place}, {within}" if within and within != site.place else site.place
    if len(sites) > 2:
        sites = [*sites[:2], f"{len(sites) - 2} more"]
    return _listed([*sites, *areas, *everywhere]) or None


def where_in_full(location: Location) -> str:
    """Say one location with all that is known of it."""
    match location.reach:
        case Reach.ONLINE:
            return "Online"
        case Reach.UK_WIDE:
            return "Across the UK"
        case Reach.SITE:
            parts = [location.place, location.region or location.nation]
            named = ", ".join(_distinct(parts))
            return f"{named} ({location.postcode})" if location.postcode else named
        case _:
            return f"{location.region or location.nation}, place not said"


def mode(opportunity: Opportunity) -> str | None:
    """Say on site or hybrid; a place that is online already says so itself."""
    words = {Delivery.ON_SITE: "On site", Delivery.HYBRID: "Hybrid"}
    return words.get(opportunity.delivery) if opportunity.delivery else None


def ages(opportunity: Opportunity) -> str | None:
    """Say how old somebody must be: "16 or over", "18 or under", "16 to 18"."""
    match opportunity.minimum_age, opportunity.maximum_age:
        case int(least), int(most):
            return f"{least} to {most}" if least != most else str(least)
        case int(least), None:
            return f"{least} or over"
        case None, int(most):
            return f"{most} or under"
    return None


def round_of(opportunity: Opportunity, now: datetime) -> Intake | None:
    """Give the round that what is said of time rests on."""
    current = timing(opportunity.schedule, now).round
    return next((intake for intake in opportunity.intakes if intake.round == current), None) if current else None


def places(intake: Intake | None) -> str | None:
    """Say how many places a round has and how many of them are left: "4", "4, 2 left", "2 left"."""
    if intake is None:
        return None
    left = {None: None, 0: "none left"}.get(intake.places_left, f"{intake.places_left or 0:,} left")
    there = f"{intake.places:,}" if intake.places else None
    said = ", ".join(filter(None, (there, left)))
    return f"{said[0].upper()}{said[1:]}" if said else None


def closed_early(opportunity: Opportunity, now: datetime) -> str | None:
    """Say why it closed before its day, while that is so."""
    if timing(opportunity.schedule, now).state is not State.CLOSED:
        return None
    intake = round_of(opportunity, now)
    return intake.closed_words if intake else None


def wells(stages: Sequence[str]) -> tuple[bool, ...]:
    """Fill the six wells of the ladder that are open."""
    return tuple(stage.name in stages for stage in LADDER)


def open_to(stages: Sequence[str]) -> str | None:
    """Say who it is open to, shortly: "14–18", "16–18 and over", "Undergrad to PhD", "Graduate and 3 more"."""
    on_ladder = [stage for stage in LADDER if stage.name in stages]
    others = [STAGES[name] for name in StageName if name in stages and STAGES[name].well is None]
    names = [_ladder_words(on_ladder)] if _is_a_run(on_ladder) else [stage.label for stage in on_ladder]
    names += [stage.label for stage in others]
    if len(names) > 1 and len(on_ladder) == 2 and _is_a_run(on_ladder):  # "PhD and postdoc" holds an "and" already
        names = [*(stage.label for stage in on_ladder), *names[1:]]
    if len(names) > 2:
        names = [names[0], f"{len(names) - 1} more"]
    return _listed([names[0], *(_inside(name) for name in names[1:])]) if names else None


def open_to_in_full(stages: Sequence[str]) -> str | None:
    """Say every stage it is open to."""
    labels = [STAGES[name].label for name in StageName if name in stages]
    return _listed([labels[0], *(_inside(label) for label in labels[1:])]) if labels else None


def _ladder_words(run: Sequence[Stage]) -> str:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return first.label
    if last is LADDER[-1]:
        return f"{first.label} and over" if len(run) > 2 else f"{first.label} and {_inside(last.label)}"
    if last is LADDER[1]:
        return "14–18"
    return f"{first.label} {'and' if len(run) == 2 else 'to'} {_inside(last.label)}"


def _is_a_run(stages: Sequence[Stage]) -> bool:
    positions = [LADDER.index(stage) for stage in stages]
    return bool(positions) and positions == list(range(positions[0], positions[0] + len(positions)))


def _inside(label: str) -> str:
    """Lower the first letter of a label that stands inside a sentence, but not of PhD."""
    return label if label == "PhD" else label[0].lower() + label[1:]


def _first_clause(words: str) -> tuple[str, str]:
    clause, *rest = CLAUSE_END.split(words, maxsplit=1)
    return clause.strip(), rest[0].strip() if rest else ""


def _about(weeks: float) -> str:
    if weeks < 1:
        days = round(weeks * DAYS_IN_A_WORKING_WEEK)
        return "half a day" if days < 1 else _counted(days, "day")
    if weeks < WEEKS_IN_A_YEAR:
        return _counted(round(weeks), "week")
    months = round(weeks * 12 / WEEKS_IN_A_YEAR)
    years, rest = divmod(months, 12)
    return _counted(years, "year") + (f" {_counted(rest, 'month')}" if rest else "")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _with_digits(words: str) -> str:
    return NUMBER_WORD.sub(lambda match: str(NUMBER_WORDS.index(match[0].lower())), words)


def _distinct(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
