"""A spreadsheet as a person sees it: its headings, its rows by their numbers, and what was passed over and why."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from directory.foundation.refusals import Refusal
from directory.submissions.sheets import columns
from directory.submissions.sheets.tables import LONGEST_CELL, ROWS_ABOVE, Table, tables
from directory.submissions.sheets.text import folded, short

MOST_ROWS = 500
MOST_COLUMNS = 60
NOT_LISTINGS = "(not read)"  # ends the names of the template's own sheets
HINT = "Hint: "  # begins the template's row of hints


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and a cell for each heading."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file; ``notes`` say what was passed over, and what to check."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def kept(self) -> dict[str, Any]:
        """Give what a database keeps of it."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Sheet":
        """Give the sheet that was kept."""
        rows = tuple(Row(row["number"], tuple(row["cells"])) for row in kept["rows"])
        return cls(tuple(kept["headers"]), rows, tuple(kept["notes"]))


def read_sheet(content: bytes) -> Sheet:
    """Read a CSV file, or an Excel or OpenDocument workbook; raises Refusal with what to do."""
    with_rows = [table for table in tables(content) if _filled_rows(table)]
    listings = [table for table in with_rows if not table.name.endswith(NOT_LISTINGS)]
    if not listings:
        raise Refusal("There are no rows in this file. Fill in a row for each listing, then choose it again.")
    table = max(listings, key=lambda table: _heading_row(table)[1])
    others = [f"‘{other.name}’" for other in listings if other is not table]
    notes = [*table.notes]
    if others:
        notes.append(f"We read the sheet ‘{table.name}’ and not {' or '.join(others)}.")
    return _sheet(table, notes)


def _sheet(table: Table, notes: list[str]) -> Sheet:
    place, known = _heading_row(table)
    filled = _filled_rows(table)
    if not known:
        notes.append(
            f"We took row {place + 1} as the headings, and know none of them. "
            "If it is a listing, put a row of headings above it and choose the file again."
        )
    above = [number for number in filled if number < place]
    if above:
        words = "; ".join(short(" ".join(filter(None, table.rows[number])), 100) for number in above)
        notes.append(f"We took row {place + 1} as the headings. Above it, and not read: {words}")
    below = [number for number in filled if number > place]
    hints = [number for number in below if _is_hints(table.rows[number])]
    below = [number for number in below if number not in hints]
    headings = [number for number in below if _same(table.rows[number], table.rows[place])]
    if headings:
        notes.append(f"The headings stand again in row {_numbers(headings)}, which we passed over.")
        below = [number for number in below if number not in headings]
    if not below:
        raise Refusal("There are headings in this file, and no rows below them. Fill in a row for each listing.")
    if len(below) > MOST_ROWS:
        raise Refusal(f"This file has {len(below):,} rows. Split it into files of {MOST_ROWS} rows or fewer.")
    used = _used_columns(table, [place, *below])
    if len(used) > MOST_COLUMNS:
        raise Refusal(f"This file has {len(used)} columns. Take some out: we read up to {MOST_COLUMNS}.")
    headers = tuple(" ".join(_cell(table.rows[place], column).split()) for column in used)
    rows = tuple(Row(number + 1, tuple(_cell(table.rows[number], column) for column in used)) for number in below)
    for row in rows:
        for header, cell in zip(headers, row.cells, strict=True):
            if len(cell) > LONGEST_CELL:
                raise Refusal(f"Row {row.number}, ‘{short(header)}’, is longer than 30,000 characters. Shorten it.")
    return Sheet(headers, rows, tuple(notes))


def _heading_row(table: Table) -> tuple[int, int]:
    """Find the row of headings, and how many of them are known: the most known, else the first with several."""
    filled = _filled_rows(table)
    near = filled[:ROWS_ABOVE]
    best = max(near, key=lambda number: (columns.recognised(table.rows[number]), -number))
    known = columns.recognised(table.rows[best])
    if known >= 2 or len(near) == 1:
        return best, known
    several = [number for number in near if sum(1 for cell in table.rows[number] if cell.strip()) > 1]
    return (several or near)[0], known


def _filled_rows(table: Table) -> list[int]:
    return [number for number, row in enumerate(table.rows) if any(cell.strip() for cell in row)]


def _used_columns(table: Table, numbers: Sequence[int]) -> list[int]:
    width = max(len(table.rows[number]) for number in numbers)
    return [column for column in range(width) if any(_cell(table.rows[number], column).strip() for number in numbers)]


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _is_hints(row: Sequence[str]) -> bool:
    said = [cell for cell in row if cell.strip()]
    return sum(1 for cell in said if cell.startswith(HINT)) * 2 > len(said)


def _same(row: Sequence[str], other: Sequence[str]) -> bool:
    return [folded(cell) for cell in row if cell] == [folded(cell) for cell in other if cell]


def _numbers(rows: Sequence[int]) -> str:
    return ", ".join(str(number + 1) for number in rows)
