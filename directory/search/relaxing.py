"""When little is found: the single changes that would find more, each tried, smallest first; else the ways out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directory.places.place import Finding
from directory.search import wording
from directory.search.facets import (
    FACETS_BY_NAME,
    KIND,
    MONTHLY,
    ONLINE,
    ORGANISATION,
    SKILL,
    STAGE,
    STARTS,
    USUALLY,
    WHEN,
    WHERE,
)
from directory.search.moments import CLOSED_OR_PAUSED, CLOSING_WITHIN, MONTH_VALUES, OPEN, OPENS
from directory.search.query import WITHIN_CHOICES, SearchQuery

# From what a person gives up most easily to what they came for.
EASIEST_FIRST = (ORGANISATION, STARTS, USUALLY, WHEN, "delivery", "level", "pay", SKILL, WHERE, STAGE, KIND)
LATER = {OPEN, *CLOSING_WITHIN}


Change = tuple[str, SearchQuery]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change, and how many it finds."""

    label: str
    query: SearchQuery
    count: int


def relax(
    query: SearchQuery, found: int, place: Finding | None, naming: wording.Naming, count: Callable[[SearchQuery], int]
) -> tuple[Relaxation, ...]:
    """Try every single change with ``count`` and give those that find more than ``found``.

    Of steps in one direction only the first that finds more is offered.
    """
    offers = []
    for steps in _changes(query, place, naming):
        tried = (Relaxation(label, changed, count(changed)) for label, changed in steps)
        offers += [step for step in tried if step.count > found][:1]
    return tuple(offers)


def ways_out(query: SearchQuery, count: Callable[[SearchQuery], int]) -> tuple[Relaxation, ...]:
    """Give what is left when no single change finds anything: the words alone, then everything.

    The choices without the words are a single change, which ``relax`` has tried.
    """
    offers = [("See every opportunity", SearchQuery())]
    if query.text and query.only_text() != query:
        offers.insert(0, (f"Look for {wording.quoted(query.text)} without any filters", query.only_text().as_spelt()))
    counted = (Relaxation(label, changed, count(changed)) for label, changed in offers)
    return tuple(offer for offer in counted if offer.count)


def _changes(query: SearchQuery, place: Finding | None, naming: wording.Naming) -> Iterator[list[Change]]:
    """Give the single changes, the smallest first, each as its steps."""
    if place and query.within:
        wider = (miles for miles in WITHIN_CHOICES if miles > query.within)
        yield [(f"Look within {wording.miles(miles)}", query.with_within(miles)) for miles in wider]
    where = query.chosen(WHERE)
    if where and ONLINE not in where:
        yield [("Include online", query.with_choice(WHERE, ONLINE))]
    if LATER.intersection(query.chosen(WHEN)) and OPENS not in query.chosen(WHEN):
        yield [("Include what opens later on a set day", query.with_choice(WHEN, OPENS))]
    for name in MONTHLY:
        if months := query.chosen(name):
            later = [MONTH_VALUES[(MONTH_VALUES.index(months[-1]) + ahead) % 12] for ahead in (1, 2, 3)]
            yield [(f"Include {month.capitalize()}", query.with_choice(name, month)) for month in later]
    if place and query.within:
        yield [(f"Any distance, not just {wording.miles(query.within)}", query.with_within(None))]
    for facet in (FACETS_BY_NAME[name] for name in EASIEST_FIRST):
        if values := query.chosen(facet.name):
            yield [(wording.not_just(facet, values, naming), query.without_facet(facet.name))]
    if CLOSED_OR_PAUSED not in query.chosen(WHEN):
        yield [("See what is closed, paused or ended", query.with_choices(WHEN, (CLOSED_OR_PAUSED,)))]
    if query.text and (query.choices or query.within):
        yield [(f"Look without {wording.quoted(query.text)}", query.with_text(""))]
