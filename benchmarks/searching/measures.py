"""What is measured of our engine besides the answers' times: building, memory, changes, several processes."""

import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from json import loads
from pathlib import Path

from benchmarks.peers.ours import literal
from benchmarks.peers.whoosh import build_as_it_comes
from benchmarks.searching import whole
from benchmarks.searching.catalogue import listings
from benchmarks.searching.indexes import Indexes
from benchmarks.searching.interleaved import p50, p95, timed, undisturbed
from benchmarks.searching.moment import NOW
from benchmarks.searching.questions import Asked
from benchmarks.searching.verdicts import Verdict
from directory.search import language
from directory.search.engine import Question
from directory.search.engines.whoosh import WhooshEngine
from directory.search.facets import ORGANISATION
from directory.search.moments import in_time
from directory.search.query import Sort

CHECKOUT = Path(__file__).parents[2]
MIB = 2**20
MOST_BUILT = 10_000
CHANGES = 20
BUSY_SECONDS = 4
REPEATS = 5
LONGEST_WAIT = 600
# Milliseconds from a commit to its being published that are aimed at, by the size of the catalogue.
AIMS = {10_000: 50, 100_000: 150}


def building(indexes: Indexes, _asked: Sequence[Asked]) -> Iterator[Verdict]:
    """Build anew from the same listings; native Whoosh stems the same texts its own way."""
    documents = list(listings(min(indexes.size, MOST_BUILT)))
    with tempfile.TemporaryDirectory(dir=indexes.folder) as scratch:
        ours = timed(lambda: WhooshEngine(Path(scratch)).replace_all(documents))
        native_folder = Path(scratch) / "native"
        native_folder.mkdir()
        native = timed(lambda: build_as_it_comes(native_folder, documents))
    yield Verdict(
        f"build of {len(documents):,} listings",
        f"{len(documents) / ours:,.0f} a second, {native / ours:.2f} × native Whoosh's {len(documents) / native:,.0f}",
        "at least 1.5 × native Whoosh's rate",
        native / ours >= 1.5,
    )


def memory(indexes: Indexes, asked: Sequence[Asked]) -> Iterator[Verdict]:
    """Measure a fresh process that opens the index and answers everything.

    Another process, this one, holds the same files: pages that both have mapped are shared, as between web processes.
    """
    with _questions(indexes, asked) as file:
        told = loads(_run("memory", indexes, file))
    before, imported, after = (told[when]["private"] for when in ("before", "imported", "after"))
    yield Verdict(
        "private memory added to a process",
        f"{(after - before) / MIB:.1f} MB: imports {(imported - before) / MIB:.1f}, "
        f"the index and all questions {(after - imported) / MIB:.1f}; "
        f"beside it {(told['after']['shared'] - told['imported']['shared']) / MIB:.1f} MB of files, shared",
        "at most 35 MB at 100,000",
        (after - before) / MIB <= 35 if indexes.size >= 100_000 else None,
    )


def commit(indexes: Indexes, _asked: Sequence[Asked]) -> Iterator[Verdict]:
    """Change one listing after the other in a copy of the index, each until a search finds it."""
    running = (document for document in listings(indexes.size) if in_time(document.schedule, NOW).running)
    changed = list(islice(running, CHANGES))
    with tempfile.TemporaryDirectory(dir=indexes.folder) as scratch:
        root = Path(scratch) / "copy"
        shutil.copytree(indexes.folder / "ours", root)
        engine = WhooshEngine(root)
        engine.status()
        taken = []
        for number, document in enumerate(changed):
            marker = f"justchanged{number}"
            change = replace(document, texts=(f"{document.texts[0]} {marker}", *document.texts[1:]))
            question = Question(text=language.read(marker), sort=Sort.BEST)
            began = time.perf_counter()
            engine.apply([change], [])
            page = engine.search(question, NOW)
            taken.append(1000 * (time.perf_counter() - began))
            if page.ids != (document.id,):
                raise SystemExit(f"The change of listing {document.id} can't be found.")
    aim = AIMS.get(indexes.size)
    yield Verdict(
        "commit to published, one listing",
        f"median {statistics.median(taken):.0f} ms, most {max(taken):.0f}",
        f"aim: {aim} ms" if aim else "",
        statistics.median(taken) <= aim if aim else None,
    )


def throughput(indexes: Indexes, asked: Sequence[Asked]) -> Iterator[Verdict]:
    """Answer all the time, in one process and then in two."""
    with _questions(indexes, asked) as file:
        one, two, two_of_sums, one_of_sums = (
            _busy(what, processes, indexes, file)
            for what, processes in (("busy", 1), ("busy", 2), ("idle", 2), ("idle", 1))
        )
    yield Verdict(
        "answers a second",
        f"{one:,.0f} with one process, {two:,.0f} with two: {two / one:.2f} ×; "
        f"of bare sums this machine gives {two_of_sums / one_of_sums:.2f} × just now",
        "at least 1.6 ×",
        two / one >= 1.6,
    )


def counts_spelled_out(indexes: Indexes, asked: Sequence[Asked]) -> Iterator[Verdict]:
    """Measure what our answers put off: organisations' counts are in an array until somebody asks, peers' are not."""
    with undisturbed():
        pages = [indexes.ours.prepare(one, indexes.lexicon)() for one in asked]
        seconds = [
            statistics.median(timed(partial(dict, page.counts[ORGANISATION])) for _ in range(REPEATS)) for page in pages
        ]
    yield Verdict("reading out every organisation's count", f"p50 {1000 * p50(seconds):.2f} ms more, which pages don't")


def whole_request(indexes: Indexes, asked: Sequence[Asked]) -> Iterator[Verdict]:
    """Answer what has words as pages do, with the reading of them and with snippets."""
    engine = indexes.ours.engine
    with_words = [one for one in asked if one.words and one.sort is Sort.BEST]
    shown = {id for one in with_words for id in whole.search(engine, whole.read(one.words), one).ids}
    at_hand = {document.id: document for document in listings(max(shown, default=0)) if document.id in shown}
    with undisturbed():
        seconds = [
            statistics.median(timed(partial(whole.answer, engine, one, at_hand)) for _ in range(REPEATS))
            for one in with_words
        ]
    made = "and snippets" if whole.answer(engine, with_words[0], at_hand) else "(no snippets yet)"
    yield Verdict(
        f"full request with language {made}", f"p50 {1000 * p50(seconds):.2f} ms, p95 {1000 * p95(seconds):.2f} ms"
    )


MEASURES = {
    measure.__name__.replace("_", "-"): measure
    for measure in (building, memory, commit, throughput, counts_spelled_out, whole_request)
}


@contextmanager
def _questions(indexes: Indexes, asked: Sequence[Asked]) -> Iterator[Path]:
    """Write the questions down for processes that load nothing else of this."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "questions"
        file.write_bytes(pickle.dumps([literal(one, indexes.lexicon) for one in asked]))
        yield file


def _command(what: str, indexes: Indexes, file: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.searching.child", what, str(indexes.folder / "ours"), str(file), *more]


def _run(what: str, indexes: Indexes, file: Path) -> str:
    return subprocess.run(
        _command(what, indexes, file), cwd=CHECKOUT, check=True, stdout=subprocess.PIPE, text=True, timeout=LONGEST_WAIT
    ).stdout


def _busy(what: str, processes: int, indexes: Indexes, file: Path) -> float:
    """Give the answers a second of so many processes that begin together."""
    with ExitStack() as running:
        children = [
            running.enter_context(
                subprocess.Popen(
                    _command(what, indexes, file, str(BUSY_SECONDS)),
                    cwd=CHECKOUT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(processes)
        ]
        pipes = [(child.stdin, child.stdout) for child in children]
        for _told, said in pipes:
            assert said
            said.readline()
        for told, _said in pipes:
            assert told
            told.write("go\n")
            told.flush()
        answered = [int(said.readline()) for _told, said in pipes if said]
    return sum(answered) / BUSY_SECONDS
