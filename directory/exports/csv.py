"""CSV that Excel opens right: a byte order mark, ISO dates, and no cell that could run as a formula.

Every row names its source and licence, so that the file stays a table without lines that aren't rows.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

from directory.catalogue.models import Opportunity
from directory.exports.columns import Column, Value, values
from directory.exports.licence import licence, licence_page
from directory.exports.selection import Selection
from directory.foundation.date_words import uk_day
from directory.foundation.settings import Settings

MEDIA_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
SOURCE = ("Source", "Licence", "Taken on")

# What spreadsheets take for the beginning of a formula (OWASP, "CSV injection"), in wide letters too. Where semicolons
# part cells, as in much of Europe, a cell begins after each.
_BEGINS = "=+\\-@＝＋－＠﹦﹢﹣﹫"
_FORMULA = re.compile(rf"""(^|;)([\s"'＂＇“”‘’]*)([{_BEGINS}])""")
# In an address the semicolon is written otherwise instead: an apostrophe would lead elsewhere.
_ADDRESS, _FORMULA_IN_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE), re.compile(f";(?=[\"']*[{_BEGINS}])")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def write(
    selection: Selection, rows: Iterable[Opportunity], columns: Sequence[Column], now: datetime, settings: Settings
) -> Iterator[str]:
    """Write the table, line by line."""
    writer = csv.writer(_Echo())
    source = (selection.page(settings), f"{licence(settings)} {licence_page(settings)}", uk_day(now).isoformat())
    yield BYTE_ORDER_MARK + writer.writerow([*(column.heading for column in columns), *SOURCE])
    for row in rows:
        cells = values(columns, row, now, settings, selection.notes.get(row.id, ""))
        yield writer.writerow([*map(cell, cells), *source])


def cell(value: Value) -> str | int | float:
    """Write a value so that spreadsheets read it as what it is, and text as nothing but text."""
    match value:
        case None:
            return ""
        case str() if _ADDRESS.fullmatch(value):
            return _FORMULA_IN_ADDRESS.sub("%3B", value)
        case str():
            return _FORMULA.sub(r"\1\2'\3", value)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="minutes")
        case float() if value.is_integer():
            return int(value)
    return value
