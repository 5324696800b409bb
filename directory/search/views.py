"""What a results page loops over: chips, facets with their counts, orders, distances, pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from directory.places.place import Finding
from directory.search import wording
from directory.search.facets import FACETS, MONTHLY, Facet
from directory.search.interpreting import Interpretation
from directory.search.language import stems_of
from directory.search.query import WITHIN_CHOICES, SearchQuery, Sort
from directory.search.wording import Naming

FIRST_OPTIONS = 6
MOST_OPTIONS = 150  # of an open facet; past it only those with most listings, for a page must stay light
PAGES_EITHER_SIDE = 2


@dataclass(frozen=True, slots=True)
class Link:
    """The same search with one thing changed: without a choice, in another order, on another page."""

    label: str
    query: SearchQuery
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Words that were typed, and the choice that they are read as."""

    words: str
    choice: str


@dataclass(frozen=True, slots=True)
class Within:
    """One distance to choose, in miles; None is any. It may be chosen together with a place that isn't typed yet."""

    miles: int | None
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OptionView:
    """One row of a facet. ``count`` is what choosing it alone in its facet finds; ``first`` rows show unfolded."""

    value: str
    label: str
    count: int
    chosen: bool
    first: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet, its rows in their lasting order. ``summary`` is what is chosen, or the words for nothing chosen."""

    name: str
    title: str
    summary: str
    is_on: bool
    options: tuple[OptionView, ...]

    @property
    def folded(self) -> int:
        """Count the rows that show only when unfolded."""
        return sum(not option.first for option in self.options)


def chips(query: SearchQuery, place: Finding | None, naming: Naming) -> Iterator[Link]:
    """Give each thing that is on with the search without it: the place and its radius, then the choices."""
    if place:
        yield Link(f"Near {place.place.label}", query.with_near(""))
    if place and query.within:
        yield Link(f"Within {wording.miles(query.within)}", query.with_within(None))
    for facet in FACETS:
        for value in query.chosen(facet.name):
            if option := naming.option(facet, value):
                label = f"{facet.title} {option.label}" if facet.name in MONTHLY else option.label
                yield Link(label, query.without_choice(facet.name, value))


def readings(meant: Interpretation, naming: Naming) -> Iterator[ReadAs]:
    """Give the words that are choices in this answer, but not those that say the choice as we say it."""
    for reading in meant.in_force:
        choice = wording.read_as(reading, meant.place, naming)
        if stems_of(choice) != stems_of(reading.words):
            yield ReadAs(reading.words, choice)


def facets(query: SearchQuery, counts: Mapping[str, Mapping[str, int]], naming: Naming) -> Iterator[FacetView]:
    """Give every facet with its counts."""
    for facet in FACETS:
        chosen = query.chosen(facet.name)
        labels = [option.label for option in naming.options(facet) if option.value in chosen]
        yield FacetView(
            name=facet.name,
            title=facet.title,
            summary=", ".join(labels) or "Any",
            is_on=bool(chosen),
            options=tuple(_options(facet, chosen, counts[facet.name], naming)),
        )


def _options(facet: Facet, chosen: tuple[str, ...], counts: Mapping[str, int], naming: Naming) -> Iterator[OptionView]:
    known = [option for option in naming.options(facet) if option.value in counts]
    by_count = sorted(known, key=lambda option: -counts[option.value])
    if len(known) > MOST_OPTIONS:
        shown = {option.value for option in by_count[:MOST_OPTIONS]} | set(chosen)
        known = [option for option in known if option.value in shown]
    unfolded = FIRST_OPTIONS + (len(known) == FIRST_OPTIONS + 1)  # one more row takes no more room than saying so
    first = {option.value for option in (by_count if facet.most_first else known)[:unfolded]}
    for option in known:
        is_chosen = option.value in chosen
        yield OptionView(
            option.value, option.label, counts[option.value], is_chosen, is_chosen or option.value in first
        )


def sorts(query: SearchQuery, sort: Sort, *, has_words: bool, place: Finding | None) -> Iterator[Link]:
    """Give the orders that this search can stand in."""
    possible = {Sort.BEST: has_words, Sort.NEAREST: place is not None}
    for other, label in wording.SORT_WORDS.items():
        if possible.get(other, True):
            yield Link(label, query.with_sort(other), other is sort)


def withins(query: SearchQuery) -> Iterator[Within]:
    """Give the distances to choose from, any distance first; one that was written by hand stands among them."""
    yield Within(None, "Any", query.within is None)
    for miles in sorted({*WITHIN_CHOICES, *filter(None, [query.within])}):
        yield Within(miles, wording.miles(miles), miles == query.within)


def pages(query: SearchQuery, number: int, last: int) -> Iterator[Link | None]:
    """Give the first page, the last and those around this one; None where some are passed over."""
    for page in pages_around(number, last):
        yield Link(str(page), query.with_page(page), page == number) if page else None


def pages_around(number: int, last: int) -> Iterator[int | None]:
    """Give the numbers of the first page, the last and those around one; None where some are passed over."""
    shown = {1, last, *range(max(1, number - PAGES_EITHER_SIDE), min(last, number + PAGES_EITHER_SIDE) + 1)}
    previous = 0
    for page in sorted(shown):
        if page > previous + 1:
            yield None
        yield page
        previous = page
