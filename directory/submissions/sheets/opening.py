"""Open a workbook in a process of its own: whatever is in it, only that process can run out of memory or time.

Run as a script with the workbook on standard input; prints JSON: {"sheets": [{"name", "rows", "merged"}]} or
{"trouble": ...}. Cells are strings already, dates as ISO writes them. An error stands as it shows ("#N/A"), and where a
link leads stands behind its words ("Apply (https://…)"): of Excel's workbooks both are read from their parts.
"""

import io
import json
import posixpath
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 1_500_000_000  # bytes of addresses, most of which an interpreter never touches
MOST_SECONDS = 20
MOST_ROWS_READ = 5_000
MOST_COLUMNS_READ = 1_000
LARGEST_PART_SEARCHED = 8_000_000  # bytes, far more than a sheet of 500 rows has
LEADS_OUT = re.compile(r"(https?://\S+)|mailto:([^?\s]+)", re.IGNORECASE)
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def written(value: Any) -> str:
    """Write a cell as a person would type it, with nothing lost."""
    match value:
        case bool():
            return "Yes" if value else "No"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(value)


def opened(content: bytes) -> dict[str, Any]:
    """Give every visible sheet that holds anything."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            unseen = _unseen(content)
            return {
                "sheets": [
                    _sheet(workbook, about.name, unseen.get(about.name, {}))
                    for about in workbook.sheets_metadata
                    if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible
                ]
            }
    except PasswordError:
        return {"trouble": "password"}
    except CalamineError:
        return {"trouble": "damaged"}


def _sheet(workbook: CalamineWorkbook, name: str, unseen: "Unseen") -> dict[str, Any]:
    sheet = workbook.get_sheet_by_name(name)
    too_large = sheet.total_height > MOST_ROWS_READ or sheet.total_width > MOST_COLUMNS_READ
    rows = [] if too_large else [[written(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), (error, link) in unseen.items():
        if row < len(rows) and column < len(rows[row]):
            said = rows[row][column] or error
            rows[row][column] = f"{said} ({link})" if said and link and link not in said else said or link
    try:
        merged = [[list(start), list(end)] for start, end in sheet.merged_cell_ranges or []]
    except CalamineError:
        merged = []
    return {
        "name": name,
        "rows": rows,
        "merged": merged,
        "too_large": too_large,
    }


# By row and column: an error that a cell shows and where its link leads, either of them perhaps empty.
Unseen = dict[tuple[int, int], tuple[str, str]]


def _unseen(content: bytes) -> dict[str, Unseen]:
    """Give, by the names of an Excel workbook's sheets, the errors and links that its reader leaves out."""
    found: dict[str, Unseen] = {}
    trouble = (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, ValueError, NotImplementedError)
    with suppress(*trouble), zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = _led_to(packed, "xl/workbook.xml")
        for _tag, said in _elements(packed, "xl/workbook.xml", "sheet"):
            if part := parts.get(said["id"]):
                found[said["name"]] = _unseen_in(packed, part)
    return found


def _unseen_in(packed: zipfile.ZipFile, part: str) -> Unseen:
    found: Unseen = {}
    leads = _led_to(packed, part)
    for tag, said in _elements(packed, part, "c", "hyperlink"):
        for place in _places(said.get("r") or said.get("ref", "")):
            error, lead = found.get(place, ("", ""))
            if tag == "c" and said.get("t") == "e":
                found[place] = (said.get("v", ""), lead)
            elif tag == "hyperlink" and (link := LEADS_OUT.match(leads.get(said.get("id", ""), ""))):
                found[place] = (error, link[1] or link[2])
    return found


def _places(reference: str) -> Iterator[tuple[int, int]]:
    """Give the row and column, counted from nought, of a cell like "B3", or of the first of several like "B3:B5"."""
    if match := CELL.match(reference):
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        yield int(match[2]) - 1, column - 1


def _led_to(packed: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Give what a part is related to, by the ids it uses: other parts by their whole names, the web by its address."""
    folder, name = posixpath.split(part)
    related = f"{folder}/_rels/{name}.rels"
    if related not in packed.namelist():
        return {}
    return {
        said["Id"]: said["Target"]
        if said.get("TargetMode") == "External"
        else posixpath.normpath(posixpath.join("/", folder, said["Target"])).lstrip("/")
        for _tag, said in _elements(packed, related, "Relationship")
    }


def _elements(packed: zipfile.ZipFile, part: str, *tags: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give what the elements with these names say, without their namespaces; ``v`` is the value of a cell."""
    if packed.getinfo(part).file_size > LARGEST_PART_SEARCHED:
        return
    with packed.open(part) as file:
        for _event, element in ElementTree.iterparse(file):  # noqa: S314 - it is bounded with this process
            tag = _plain(element.tag)
            if tag in tags:
                values = {_plain(child.tag): child.text or "" for child in element}
                yield tag, values | {_plain(name): value for name, value in element.attrib.items()}
            if tag in ("row", *tags):
                element.clear()


def _plain(name: str) -> str:
    return name.rpartition("}")[2]


def _bound() -> None:
    try:
        import resource
    except ImportError:  # not on this machine: the caller's time limit holds all the same
        return
    for limit, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    _bound()
    sys.stdout.buffer.write(json.dumps(opened(sys.stdin.buffer.read())).encode())
