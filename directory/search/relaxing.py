"""When little is found: the single changes that would find more, each tried, smallest first; else the ways out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directory.places.place import Finding
from directory.search import wording
from directory.search.facets import FACETS_BY_NAME, KIND, ONLINE, ORGANISATION, SKILL, STAGE, WHEN, WHERE
from directory.search.moments import CLOSED_OR_PAUSED
from directory.search.query import WITHIN_CHOICES, SearchQuery

MOST = 4

# From what a person gives up most easily to what they came for.
EASIEST_FIRST = (ORGANISATION, "usually", WHEN, "delivery", "level", "pay", SKILL, WHERE, STAGE, KIND)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change, and how many it finds."""

    label: str
    query: SearchQuery
    count: int


def relax(
    query: SearchQuery, found: int, place: Finding | None, naming: wording.Naming, count: Callable[[SearchQuery], int]
) -> tuple[Relaxation, ...]:
    """Try single changes with ``count`` and give those that find more than ``found``, at most four."""
    offers: list[Relaxation] = []
    for label, changed in _changes(query, place, naming):
        if len(offers) < MOST and (number := count(changed)) > found:
            offers.append(Relaxation(label, changed, number))
    return tuple(offers)


def ways_out(query: SearchQuery, count: Callable[[SearchQuery], int]) -> tuple[Relaxation, ...]:
    """Give what is left when no single change finds anything: the words alone, then everything.

    The choices without the words are a single change, which ``relax`` has tried.
    """
    offers = [("See every opportunity", SearchQuery())]
    if query.text and query.only_text() != query:
        offers.insert(0, (f"Look for {wording.quoted(query.text)} without any filters", query.only_text()))
    counted = (Relaxation(label, changed, count(changed)) for label, changed in offers)
    return tuple(offer for offer in counted if offer.count)


def _changes(query: SearchQuery, place: Finding | None, naming: wording.Naming) -> Iterator[tuple[str, SearchQuery]]:
    if place and query.within:
        wider = next((miles for miles in WITHIN_CHOICES if miles > query.within), None)
        if wider:
            yield f"Look within {wording.miles(wider)}", query.with_within(wider)
    where = query.chosen(WHERE)
    if where and ONLINE not in where:
        yield "Include online", query.with_choice(WHERE, ONLINE)
    if place and query.within:
        yield f"Any distance, not just {wording.miles(query.within)}", query.with_within(None)
    for facet in (FACETS_BY_NAME[name] for name in EASIEST_FIRST):
        if values := query.chosen(facet.name):
            yield wording.not_just(facet, values, naming), query.without_facet(facet.name)
    if CLOSED_OR_PAUSED not in query.chosen(WHEN):
        yield "See what is closed, paused or ended", query.with_choices(WHEN, (CLOSED_OR_PAUSED,))
    if query.text and (query.choices or query.within):
        yield f"Look without {wording.quoted(query.text)}", query.with_text("")
