"""How fast search is, beside its peers: ``./run benchmark search --size N [--size M …]``.

A seeded catalogue of made-up listings, 48 questions in 11 classes, and one interleaved run in one process: question
after question, engine after engine. The work is the same for all: the first 20, the exact total, and every facet's
counts, each without its own choice, filters included. What is shown for each engine are the p50 and the p95 over the
questions of each question's median.

What is fair, and what isn't:

* Peers are given the product's own tokens and places, so all find the same listings; totals and all counts are
  compared, and what differs is shown. They match words in two columns, of which the title counts three times.
* What peers get ready made isn't in their time: facets as numbers, and the facets that hang on time ("when",
  "usually") and the soonest order worked out for the moment of the run, which the product works out itself. Statements
  and query objects are made before the clock runs, answers are brought into one form after it has stopped.
* The order of equal scores and moments is ours alone to settle: by title.
* PostgreSQL and FTS5 know no misspellings and are told the words that one may stand for; we look ours up in the run.
* Our counts of organisations stay in an array until somebody asks; what reading out all would take has its own line.
* Times are wall time. On a machine with other work compare ratios, not milliseconds.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from benchmarks.peers import PEERS
from benchmarks.searching import tables
from benchmarks.searching.indexes import indexes
from benchmarks.searching.interleaved import differences, run
from benchmarks.searching.measures import MEASURES
from benchmarks.searching.questions import questions
from benchmarks.searching.verdicts import beside_peers, first_time

SIZE = 10_000
REPEATS = 9
SLOW, MOST_FOR_SLOW = "whoosh", 10_000


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, action="append", help=f"Listings, {SIZE:,} unless told; may be repeated.")
    options.add_argument(
        "--repeats", type=int, default=REPEATS, help="How often each question is asked after the first."
    )
    options.add_argument(
        "--peers", nargs="*", choices=PEERS, help=f"All, but {SLOW} only up to {MOST_FOR_SLOW:,}, unless told."
    )
    options.add_argument("--also", nargs="*", choices=MEASURES, default=list(MEASURES), help="What else to measure.")
    options.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="Keep built indexes here, and use those there are."
    )
    options.add_argument("--questions", action="store_true", help="Show the time of every question too.")
    chosen = options.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 120)
    with _folder(chosen.keep) as folder:
        for size in chosen.size or [SIZE]:
            _measure(console, folder, size, chosen)


def _measure(console: Console, folder: Path, size: int, chosen: argparse.Namespace) -> None:
    usual = [name for name in PEERS if name != SLOW or size <= MOST_FOR_SLOW]
    names = usual if chosen.peers is None else chosen.peers
    asked = questions()
    with console.status(f"Building {size:,} listings") as status, indexes(folder, size, names) as built:
        status.update(f"Asking {len(asked)} questions of {len(built.engines)} engines, {chosen.repeats + 1} times")
        taken = run(built, asked, chosen.repeats)
        differing = list(differences(built, asked))
        totals = [built.ours.prepare(one, built.lexicon)().total for one in asked]
        lines = [*beside_peers(size, taken), first_time(taken[built.ours.name])]
        for name in chosen.also:
            status.update(f"Measuring {name}")
            lines += MEASURES[name](built, asked)
    console.print(f"{os.cpu_count()} processors, load {' '.join(f'{load:.1f}' for load in os.getloadavg())}")
    console.print(tables.mix(size, taken), tables.classes(asked, taken))
    if chosen.questions:
        console.print(tables.questions(asked, taken, totals))
    if differing:
        console.print(tables.disagreements(differing))
    elif names:
        console.print("All engines found the same listings and counted the same.")
    console.print(tables.verdicts(lines))


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="wayin-benchmark-") as folder:
            yield Path(folder)


if __name__ == "__main__":
    main()
