"""How fast pages are, and where the time goes: ``./run benchmark pages [--sizes 200 10000] [--rounds 60]``.

Every page is asked for in turn, again and again, in one process without a network, with the real catalogue and then
with a generated one. What is printed for each: requests a second, the median and the 95th percentile, and the shares of
the search engine, the database and the template; the rest is Flask, Python between them and compression.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import Flask, before_render_template, template_rendered
from rich.console import Console
from rich.table import Table
from sqlalchemy import event

from benchmarks._catalogue import enlarge
from directory.app import assemble, create_app, prepare
from directory.foundation import clock
from directory.foundation.database import transaction
from directory.foundation.logs import write_logs
from directory.foundation.progress import quietly
from directory.foundation.settings import Settings
from directory.parts import Parts
from directory.search.engine import Question, SearchEngine, SearchPage
from directory.search.indexing import catch_up

REAL = 200
PAGES = {
    "home": ["/"],
    "results": [
        "/search",
        "/search?q=cell+therapy+apprenticeship&where=scotland",
        "/search?q=lab&stage=16-18&where=online",
        "/search?near=Leeds&within=50",
        "/search?kind=placement&kind=internship&pay=paid",
    ],
    "detail": [
        "/opportunities/atac-advanced-therapies-apprenticeships",
        "/opportunities/nhs-scientist-training-programme",
        "/opportunities/lifearc-virtual-work-experience",
    ],
}


@dataclass
class Stopwatch:
    """Seconds spent in each part of one request."""

    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _began: dict[str, float] = field(default_factory=dict)

    def begin(self, part: str) -> None:
        self._began[part] = time.perf_counter()

    def end(self, part: str) -> None:
        self.spent[part] += time.perf_counter() - self._began.pop(part)

    @contextmanager
    def timing(self, part: str) -> Iterator[None]:
        self.begin(part)
        try:
            yield
        finally:
            self.end(part)


class TimedEngine:
    """A search engine whose searches are timed; everything else is the engine's own."""

    def __init__(self, engine: SearchEngine, watch: Stopwatch) -> None:
        self._engine = engine
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def search(self, question: Question, now: datetime) -> SearchPage:
        """Search, and note how long it took."""
        with self._watch.timing("search"):
            return self._engine.search(question, now)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[REAL, 10_000])
    options.add_argument("--rounds", type=int, default=60)
    chosen = options.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({**os.environ, "WAYIN_DATA_FOLDER": folder, "WAYIN_LOG_LEVEL": "error"})
        write_logs(settings)
        parts = assemble(settings)
        prepare(parts, quietly)
        for size in chosen.sizes:
            if size > REAL:
                with console.status(f"Making {size:,} listings"):
                    _grow(parts, size)
            console.print(_measured(parts, size, chosen.rounds))


def _grow(parts: Parts, size: int) -> None:
    with transaction(parts.database) as session:
        enlarge(session, size, clock.now())
    with transaction(parts.database) as session:
        catch_up(session, parts.search)


def _measured(parts: Parts, size: int, rounds: int) -> Table:
    watch = Stopwatch()
    app = create_app(replace(parts, search=TimedEngine(parts.search, watch)))
    _time_database(parts, watch)
    _time_templates(app, watch)
    taken: dict[str, list[float]] = defaultdict(list)
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    client = app.test_client()
    for turn in range(rounds + 1):
        for page, addresses in PAGES.items():
            for address in addresses:
                watch.spent.clear()
                began = time.perf_counter()
                status = client.get(address, headers={"Accept-Encoding": "br"}).status_code
                whole = time.perf_counter() - began
                if status != 200:
                    raise SystemExit(f"{address} answered {status}")
                if turn:  # the first time warms up
                    taken[page].append(whole)
                    for part, seconds in watch.spent.items():
                        shares[page][part] += seconds
    return _table(size, taken, shares)


def _time_database(parts: Parts, watch: Stopwatch) -> None:
    def before(*_: object) -> None:
        watch.begin("database")

    def after(*_: object) -> None:
        watch.end("database")

    event.listen(parts.database, "before_cursor_execute", before)
    event.listen(parts.database, "after_cursor_execute", after)


def _time_templates(app: Flask, watch: Stopwatch) -> None:
    before_render_template.connect(lambda *_, **__: watch.begin("template"), app, weak=False)
    template_rendered.connect(lambda *_, **__: watch.end("template"), app, weak=False)


def _table(size: int, taken: dict[str, list[float]], shares: dict[str, dict[str, float]]) -> Table:
    table = Table(title=f"{size:,} listings")
    for heading in ("page", "requests/s", "p50 ms", "p95 ms", "search", "database", "template", "rest"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for page, seconds in taken.items():
        whole = sum(seconds)
        part = {name: shares[page][name] / whole for name in ("search", "database", "template")}
        table.add_row(
            page,
            f"{len(seconds) / whole:.0f}",
            f"{statistics.median(seconds) * 1000:.1f}",
            f"{statistics.quantiles(seconds, n=20)[-1] * 1000:.1f}",
            *(f"{share:.0%}" for share in part.values()),
            f"{1 - sum(part.values()):.0%}",
        )
    return table


if __name__ == "__main__":
    main()
