"""What programs make of an export: the listings in it, as a real reader of its format finds them."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import feedparser
import python_calamine
from flask.testing import FlaskClient
from icalendar import Calendar, Event

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Pairs = Sequence[tuple[str, str]]


def address(ending: str, asked: Pairs = ()) -> str:
    """Give the address of a search in a format."""
    return f"/search.{ending}?{urlencode(asked, errors='surrogatepass')}"


def got(client: FlaskClient, at: str) -> bytes:
    """Give what stands at an address."""
    response = client.get(at)
    assert response.status_code == 200, at
    return response.data


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """Read a CSV file by its headings; each row must have them all and no more."""
    assert data.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def xlsx_rows(data: bytes, sheet: int = 0) -> list[dict[str, Any]]:
    """Read a sheet of a workbook by its headings; empty cells are ""."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    headings, *rows = book.get_sheet_by_index(sheet).to_python()
    return [dict(zip(headings, row, strict=True)) for row in rows]


def events(data: bytes) -> list[Event]:
    """Read a calendar."""
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    found = calendar.events
    assert not [event.errors for event in found if event.errors]
    return list(found)


def feed(data: bytes) -> Any:
    """Read an Atom feed."""
    found = feedparser.parse(data)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def atom_pages(client: FlaskClient, start: str) -> list[str]:
    """Follow an Atom feed from page to page and give where its entries lead."""
    found, following = [], start
    while following:
        page = feed(got(client, following))
        found += [entry.link for entry in page.entries]
        following = _local(next((link.href for link in page.feed.links if link.rel == "next"), ""))
    return found


def json_pages(client: FlaskClient, start: str) -> list[str]:
    """Follow a JSON Feed from page to page and give where its items lead."""
    found, following = [], start
    while following:
        page = json.loads(got(client, following))
        found += [item["url"] for item in page["items"]]
        following = _local(page.get("next_url", ""))
    return found


def _local(public: str) -> str:
    return f"/{public.split('/', 3)[3]}" if public else ""


# How each format at an address says which listings it holds, by where they lead; a calendar holds only dated ones.
HOLDING: dict[str, Callable[[FlaskClient, str], list[str]]] = {
    "csv": lambda client, at: [row["Its page"] for row in csv_rows(got(client, at))],
    "xlsx": lambda client, at: [row["Its page"] for row in xlsx_rows(got(client, at))],
    "atom": lambda client, at: atom_pages(client, at),
    "json": lambda client, at: json_pages(client, at),
}


def in_calendar(client: FlaskClient, at: str) -> set[str]:
    """Give the paths of the listings that a calendar has entries of."""
    return {urlsplit(str(one["URL"])).path for one in events(got(client, at)) if "URL" in one}
