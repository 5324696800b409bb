"""Facets as columns of one table, for peers that speak SQL: one value as its number, several as the bits of a mask."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.searching.questions import Asked
from benchmarks.searching.rows import Row
from directory.search.facets import FACETS, ORGANISATION
from directory.search.query import Sort

SINGLE = ("kind", "pay", "delivery", "usually")
MASKS = tuple(facet.name for facet in FACETS if facet.name not in (*SINGLE, ORGANISATION))
# The columns in which each facet is counted. Organisations are too many for a mask, and at most two in a listing.
GROUPED = {
    **{name: (f"its_{name}",) for name in (*SINGLE, *MASKS)},
    ORGANISATION: ("its_organisation", "other_organisation"),
}
COUNTED = tuple(column for columns in GROUPED.values() for column in columns)
COLUMNS = (*COUNTED, "running", "newest", "soonest")
ORDERS = {Sort.NEWEST: "newest DESC", Sort.SOONEST: "soonest"}
# What stands for "total" and "the first" among counted columns in one answer.
TOTAL, FIRST = -1, -2

Counted = tuple[int, int | None, int]


def columns_of(row: Row) -> Iterator[int | None]:
    """Give a listing's columns in their order."""
    for name in SINGLE:
        yield next(iter(row.codes[name]), None)
    for name in MASKS:
        yield mask_of(row.codes[name])
    yield from (*row.codes[ORGANISATION], None)[:2]
    yield from (int(row.running), row.newest, row.soonest)


def mask_of(codes: Iterable[int]) -> int:
    """Set a bit for each code."""
    return sum(1 << code for code in codes)


def where(facet: str, asked: Asked) -> str:
    """Say in SQL that a listing meets the choice in a facet, or is running when "when" has none."""
    codes = asked.codes.get(facet)
    if codes is None:
        return "running = 1"
    if facet in MASKS:
        return f"(its_{facet} & {mask_of(codes)}) <> 0"
    listed = ", ".join(map(str, codes))
    return f"({' OR '.join(f'{column} IN ({listed})' for column in GROUPED[facet])})"


def others(asked: Asked, facet: str | None = None) -> str:
    """Say in SQL that a listing meets all choices but the facet's own."""
    return " AND ".join(where(name, asked) for name in asked.filters if name != facet) or "true"


def counts_of(counted: Sequence[Counted]) -> dict[str, Counter[int]]:
    """Give each facet's counts by code, from the positions of columns, their values and how often they stand there."""
    counts: dict[str, Counter[int]] = {facet: Counter() for facet in GROUPED}
    facet_of = [facet for facet, columns in GROUPED.items() for _column in columns]
    for position, value, number in counted:
        if value is not None and position >= 0:
            for code in _codes(facet_of[position], value):
                counts[facet_of[position]][code] += number
    return counts


def _codes(facet: str, value: int) -> Iterator[int]:
    if facet not in MASKS:
        yield value
        return
    yield from (code for code in range(value.bit_length()) if value >> code & 1)
