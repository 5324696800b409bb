"""An Excel workbook: typed cells, a row of headings that stays, and a sheet that says where it all comes from."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import IO, Any

from directory.catalogue.models import Opportunity
from directory.exports.columns import Column, Value, values
from directory.exports.licence import licence, licence_page
from directory.exports.selection import Selection
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.settings import Settings
from directory.foundation.workbooks import as_text, workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTES_AT_A_TIME = 64 * 1024


def write(
    selection: Selection, rows: Iterable[Opportunity], columns: Sequence[Column], now: datetime, settings: Settings
) -> Iterator[bytes]:
    """Write the whole workbook to a temporary file, then give it piece by piece: its directory comes last."""
    with TemporaryFile() as file:
        _write(file, selection, rows, columns, now, settings)
        file.seek(0)
        yield from iter(lambda: file.read(BYTES_AT_A_TIME), b"")


def _write(
    file: IO[bytes],
    selection: Selection,
    rows: Iterable[Opportunity],
    columns: Sequence[Column],
    now: datetime,
    settings: Settings,
) -> None:
    # Rows go to a file as they come.
    with workbook(file, constant_memory=True, default_date_format="d mmm yyyy") as book:
        book.set_properties(
            {"title": selection.title, "author": settings.site_name, "created": now.replace(tzinfo=None)}
        )
        heading, hour = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "hh:mm"})
        sheet = book.add_worksheet("Opportunities")
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, heading)
        number = 0
        for number, row in enumerate(rows, 1):
            cells = values(columns, row, now, settings, selection.notes.get(row.id, ""))
            for place, value in enumerate(cells):
                _write_cell(sheet, number, place, value, hour)
        sheet.autofilter(0, 0, number, len(columns) - 1)
        _tell(book, selection, number, now, settings)


def _write_cell(sheet: Any, number: int, place: int, value: Value, hour: Any) -> None:
    match value:
        case str():
            sheet.write_string(number, place, as_text(value))
        case date():
            sheet.write_datetime(number, place, value)
        case time():
            sheet.write_datetime(number, place, value, hour)
        case int() | float():
            sheet.write_number(number, place, value)


def _tell(book: Any, selection: Selection, number: int, now: datetime, settings: Settings) -> None:
    sheet = book.add_worksheet("About this file")
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 90)
    for place, (label, words) in enumerate(
        (
            ("What", selection.title),
            ("How many", f"{number:,}"),
            ("Taken on", long_day(uk_day(now))),
            ("From", settings.site_name),
            ("Latest", selection.page(settings)),
            ("Licence", licence(settings)),
            ("In full", licence_page(settings)),
            ("Empty cells", "An empty cell means that no source says it."),
        )
    ):
        sheet.write_string(place, 0, label, bold)
        sheet.write_string(place, 1, as_text(words), wrapped)
