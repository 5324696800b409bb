"""The gazetteer's tables, as they lie in its folder."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from directory.foundation.refusals import Misconfigured
from directory.places.entries import Area, Entry

T = TypeVar("T")


class OutcodeRow(NamedTuple):
    """A line of ``outcodes.csv``."""

    outcode: str
    region: str
    nation: str
    latitude: float
    longitude: float


def settlements(folder: Path) -> list[Entry]:
    """Read the towns, villages and city districts, those of the source and those added by hand."""

    def row(cells: list[str]) -> Entry:
        name, latitude, longitude, county, region, nation, population = cells
        return Entry(name, county, region, nation, float(latitude), float(longitude), int(population))

    return [*_read(folder / "places.csv", row), *_read(folder / "places_by_hand.csv", row)]


def settlement_aliases(folder: Path) -> list[tuple[str, str, str]]:
    """Read the other names of settlements, each with the name and county of the settlement it stands for."""

    def row(cells: list[str]) -> tuple[str, str, str]:
        alias, name, county = cells
        return alias, name, county

    return list(_read(folder / "place_aliases.csv", row))


def areas(folder: Path) -> dict[str, Area]:
    """Read the counties that take in more than one authority, the old counties, and the parts of the country."""

    def row(cells: list[str]) -> tuple[str, str, bool]:
        area, county, part = cells
        return area, county, {"core": True, "edge": False}[part]

    found: dict[str, Area] = {}
    for name, county, is_core in _read(folder / "areas.csv", row):
        known = found.get(name, Area(frozenset(), frozenset()))
        found[name] = Area(known.core | {county} if is_core else known.core, known.reach | {county})
    return found


def area_aliases(folder: Path) -> list[tuple[str, str]]:
    """Read the other names of counties and areas."""
    return list(_read(folder / "area_aliases.csv", _pair))


def outcodes(folder: Path) -> list[OutcodeRow]:
    """Read the first halves of postcodes."""

    def row(cells: list[str]) -> OutcodeRow:
        outcode, latitude, longitude, _, region, nation = cells
        return OutcodeRow(outcode, region, nation, float(latitude), float(longitude))

    return list(_read(folder / "outcodes.csv", row))


def _pair(cells: list[str]) -> tuple[str, str]:
    first, second = cells
    return first, second


def _read(path: Path, row: Callable[[list[str]], T]) -> Iterator[T]:
    """Read a table below its heading, naming the file and the line of anything that does not fit."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            next(lines, None)
            for cells in lines:
                try:
                    yield row(cells)
                except (KeyError, ValueError) as fault:
                    raise Misconfigured(f"Line {lines.line_num} of {path} is not a line of this table.") from fault
    except OSError as fault:
        raise Misconfigured(f"The gazetteer needs {path}, which cannot be read.") from fault
