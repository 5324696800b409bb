"""Which facts that people filter on are not said?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directory.catalogue.kinds import KindName
from directory.catalogue.vocabulary import Closing, Delivery, Pay, Recurrence
from directory.submissions.checks.case import Case, number, rows, word
from directory.submissions.checks.finding import Finding, Rule

RULE = Rule(
    "missing", "People narrow by these facts. A listing that doesn’t say one isn’t found by whoever asks for it."
)
SPENDING = frozenset({KindName.COURSE, KindName.RESOURCE})
LEVELLED = frozenset({KindName.APPRENTICESHIP, KindName.STUDENTSHIP})
WITHOUT_ROUNDS = frozenset({KindName.RESOURCE})


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: whether it is said, what it does for the reader when it isn't, and the question that asks for it."""

    name: str
    field: str
    is_said: Callable[[Case], bool]
    effect: str
    fix: str
    not_for: frozenset[KindName] = frozenset()


def _pay_is_said(case: Case) -> bool:
    return bool(word(case.values, "pay"))


def _amount_is_said(case: Case) -> bool:
    return word(case.values, "pay") != Pay.WAGE or bool(
        number(case.values, "pay_minimum") or number(case.values, "pay_maximum")
    )


def _place_is_said(case: Case) -> bool:
    return bool(rows(case.values, "locations")) or word(case.values, "delivery") == Delivery.ONLINE


def _closing_is_said(case: Case) -> bool:
    closing = word(case.round, "closing") or str(Closing.UNKNOWN)
    return closing != Closing.UNKNOWN or word(case.values, "recurrence") == Recurrence.ROLLING


def _start_is_said(case: Case) -> bool:
    return case.day("starts") is not None or word(case.values, "recurrence") == Recurrence.ROLLING


def _way_in_is_said(case: Case) -> bool:
    return any(case.said(name) for name in ("apply_url", "how_to_apply", "page_not_live"))


ALL_BUT = frozenset(KindName)
# In the order people ask: a new fact is one entry.
FACTS = (
    Fact(
        "Pay",
        "pay",
        _pay_is_said,
        "It shows ‘Not said’, and leaves every search for paid things.",
        "Say whether it is paid.",
        SPENDING,
    ),
    Fact(
        "The amount of pay",
        "pay_from",
        _amount_is_said,
        "It shows ‘Paid, amount not said’. Many people stop reading there.",
        "Give the amount, or the lowest and the highest.",
        SPENDING,
    ),
    Fact(
        "Cost",
        "cost",
        lambda case: bool(word(case.values, "cost")),
        "It leaves every search for free things.",
        "Say whether there is a fee.",
        ALL_BUT - SPENDING,
    ),
    Fact(
        "Place",
        "places",
        _place_is_said,
        "Nobody who searches near them finds it.",
        "Enter a town or postcode, or choose where people can join from.",
    ),
    Fact(
        "How it happens",
        "delivery",
        lambda case: bool(word(case.values, "delivery")),
        "Nobody who asks for on site, hybrid or online finds it.",
        "Choose on site, hybrid or online.",
    ),
    Fact(
        "Who it is for",
        "stages",
        lambda case: bool(case.stages),
        "Nobody who chooses where they are now finds it.",
        "Choose every stage that it takes.",
    ),
    Fact(
        "Closing date",
        "closing",
        _closing_is_said,
        "It isn’t among what closes soon, and nobody is reminded.",
        "Give the closing date, or say that it has none.",
        WITHOUT_ROUNDS,
    ),
    Fact(
        "Start",
        "starts",
        _start_is_said,
        "Nobody can tell whether it fits after exams or in the summer.",
        "Give the month if the day isn’t settled.",
        WITHOUT_ROUNDS,
    ),
    Fact(
        "Length",
        "length",
        lambda case: number(case.values, "length_weeks") is not None,
        "Nobody who asks for a few days, or a few months, finds it.",
        "Say how long it is.",
        WITHOUT_ROUNDS,
    ),
    Fact(
        "Level",
        "levels",
        lambda case: bool(rows(case.values, "levels")),
        "Nobody who asks for a level finds it.",
        "Choose the level it leads to.",
        ALL_BUT - LEVELLED,
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Name each missing fact, with what its absence does."""
    if not case.kind:
        return
    missing = [fact for fact in FACTS if case.kind not in fact.not_for and not fact.is_said(case)]
    for fact in missing:
        yield RULE.warn(f"{fact.name} isn’t said", fact.effect, fact.fix, fact.field)
    if not _way_in_is_said(case):
        yield RULE.stop(
            "Nobody can apply",
            "There is no link to apply and nothing on how.",
            "Enter where people apply, or say how.",
            "apply_url",
        )
    elif not missing:
        yield RULE.ok("Says all that people filter on", "Pay or cost, place, stages, dates and length are there.")
