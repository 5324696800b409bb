"""What taking everything away costs: ``./run benchmark exports [--size 10000] [--rounds 5]``.

A generated catalogue is taken whole in each format, beside a bare writer that is handed the same cells ready made: the
csv module, xlsxwriter, icalendar. Reading the rows is part of ours and of none of theirs. What is printed: seconds, how
many times the peer's, the bytes, how much memory grew at most, and what asking again with the validator costs.
"""

import argparse
import csv
import io
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table
from xlsxwriter import Workbook

from benchmarks._catalogue import enlarge
from directory.app import assemble, create_app, prepare
from directory.foundation import clock
from directory.foundation.database import transaction
from directory.foundation.logs import write_logs
from directory.foundation.progress import quietly
from directory.foundation.settings import Settings
from directory.parts import Parts
from directory.search.indexing import catch_up

Rows = Sequence[Sequence[str]]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({**os.environ, "WAYIN_DATA_FOLDER": folder, "WAYIN_LOG_LEVEL": "error"})
        write_logs(settings)
        parts = assemble(settings)
        prepare(parts, quietly)
        with console.status(f"Making {chosen.size:,} listings"):
            _grow(parts, chosen.size)
        console.print(_measured(create_app(parts).test_client(), chosen.rounds))


def _grow(parts: Parts, size: int) -> None:
    with transaction(parts.database) as session:
        enlarge(session, size, clock.now())
    with transaction(parts.database) as session:
        catch_up(session, parts.search)


def _measured(client: FlaskClient, rounds: int) -> Table:
    rows = list(csv.reader(io.StringIO(client.get("/search.csv").text.removeprefix("\ufeff"))))
    events = client.get("/search.ics").text.count("BEGIN:VEVENT")
    peers: dict[str, tuple[str, Callable[[], object]]] = {
        "csv": ("csv module", lambda: _bare_csv(rows)),
        "xlsx": ("xlsxwriter", lambda: _bare_xlsx(rows)),
        "ics": ("icalendar", lambda: _bare_ics(events)),
        "atom": ("", lambda: None),
        "json": ("", lambda: None),
    }
    table = Table(width=100, title=f"{len(rows) - 1:,} listings, {events:,} calendar entries; medians of {rounds}")
    for heading in ("format", "seconds", "beside", "its seconds", "ratio", "MB", "grew by MB", "again, ms"):
        table.add_column(heading, justify="left" if heading in ("format", "beside") else "right")
    for ending, (name, peer) in peers.items():
        ours: list[float] = []
        theirs: list[float] = []
        again: list[float] = []
        size, grew, before = 0, 0.0, _memory()
        for _ in range(rounds):
            taken, (size, tag) = _timed(lambda ending=ending: _taken(client, ending))
            ours.append(taken)
            grew = _memory() - before
            again.append(_timed(lambda ending=ending, tag=tag: _asked_again(client, ending, tag))[0])
            theirs.append(_timed(peer)[0])
        beside = statistics.median(theirs)
        table.add_row(
            ending,
            f"{statistics.median(ours):.2f}",
            name,
            f"{beside:.2f}" if name else "",
            f"{statistics.median(ours) / beside:.1f}" if name else "",
            f"{size / 1e6:.2f}",
            f"{grew:.0f}",
            f"{statistics.median(again) * 1000:.1f}",
        )
    return table


def _taken(client: FlaskClient, ending: str) -> tuple[int, str]:
    """Read an answer as a server passes it on, holding none of it."""
    response = client.get(f"/search.{ending}", buffered=False)
    size = sum(len(piece) for piece in response.iter_encoded())
    response.close()
    return size, response.headers["ETag"]


def _asked_again(client: FlaskClient, ending: str, tag: str) -> None:
    status = client.get(f"/search.{ending}", headers={"If-None-Match": tag}).status_code
    if status != 304:
        raise SystemExit(f"asked again for {ending}: {status}")


def _bare_csv(rows: Rows) -> None:
    csv.writer(io.StringIO()).writerows(rows)


def _bare_xlsx(rows: Rows) -> None:
    with tempfile.TemporaryFile() as file, Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)


def _bare_ics(number: int) -> None:
    from icalendar import Calendar, Event

    calendar = Calendar()
    for one in range(number):
        event = Event()
        event.add("uid", f"{one}@wayin.example")
        event.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
        event.add("dtstart", datetime(2027, 1, 1, 12, tzinfo=clock.UK))
        event.add("summary", "Closes: a listing of the usual length (an organisation)")
        event.add("description", "A kind, an organisation. A place.\nCloses on a day. Pay: an amount.\nDetails change.")
        calendar.add_component(event)
    calendar.to_ical()


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result


def _memory() -> float:
    """Give the most memory this process ever took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
