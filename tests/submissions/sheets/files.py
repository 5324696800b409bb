"""Spreadsheets as people bring them, made in the test: CSV of several sorts, Excel, OpenDocument."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

SKILLS = {"quality": ("Quality", "QC"), "analytical": ("Lab testing", "analysis")}

# Everything that one listing needs, under headings that people use.
LISTING = {
    "Organisation": "Larkfield Advanced Therapies",
    "Organisation website": "https://larkfield.example",
    "Organisation type": "employer",
    "Type": "Apprenticeship",
    "Job title": "Quality control apprentice",
    "Summary": "Learn to test cell therapies before they reach patients.",
    "Description": "You test samples and write down what you find.",
    "Delivery": "On site",
    "Location": "Darlington",
    "Level": "Level 4",
    "Skills": "Quality; Lab testing",
    "Closing date": "30/01/2027",
    "Salary": "£22,600 - £24,000 per annum",
    "Who can apply": "16–18; school leavers",
    "URL": "https://larkfield.example/apply",
}
COMMON = {"your_name": "Sam Reed", "your_email": "sam@larkfield.example"}


def listing(**instead: str) -> dict[str, str]:
    """Give that row with some cells otherwise; a heading's spaces are written as underscores."""
    return LISTING | {name.replace("_", " "): cell for name, cell in instead.items()}


def table(*rows: Mapping[str, str]) -> list[list[str]]:
    """Give headings and rows."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return [headings, *([row.get(name, "") for name in headings] for row in rows)]


def as_csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)


def as_workbook(rows: Sequence[Sequence[Any]], name: str = "Listings", **options: Any) -> bytes:
    """Write a workbook; dates, truths and numbers are written as such."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "default_date_format": "dd/mm/yyyy", **options}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return written.getvalue()


def as_open_document(rows: Sequence[Sequence[str]]) -> bytes:
    """Write an OpenDocument sheet, as small as one can be; a cell "2027-04-03" is a date."""

    def cell(text: str) -> str:
        date = len(text) == 10 and text[4] == text[7] == "-"
        kind = f'office:value-type="date" office:date-value="{text}"' if date else 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{escape(text)}</text:p></table:table-cell>"

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return written.getvalue()
