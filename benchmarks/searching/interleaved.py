"""One run in which every engine answers every question in turn, so that what disturbs one disturbs all."""

import gc
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.peers.engine import Engine, Found
from benchmarks.searching.indexes import Indexes
from benchmarks.searching.questions import Asked, How

SEED = 20261124


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds for each question: of its first execution, and the median of the others."""

    first: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a peer's answer isn't ours, and why that may be; None where nothing excuses it."""

    asked: Asked
    peer: str
    ours: int
    theirs: int
    facets: tuple[str, ...]
    excuse: str | None


def run(indexes: Indexes, asked: Sequence[Asked], repeats: int) -> dict[str, Taken]:
    """Ask everything ``repeats`` times after the first.

    The order of engines is drawn for each question, so that nobody always comes after the one that leaves the
    processor's caches the coldest.
    """
    dice = random.Random(SEED)
    engines = indexes.engines
    searches = {engine.name: [engine.prepare(one, indexes.lexicon) for one in asked] for engine in engines}
    seconds: dict[str, list[list[float]]] = {engine.name: [[] for _ in asked] for engine in engines}
    with undisturbed():
        for _turn in range(repeats + 1):
            for number in range(len(asked)):
                for engine in dice.sample(engines, len(engines)):
                    seconds[engine.name][number].append(timed(searches[engine.name][number]))
            gc.collect()
    return {
        name: Taken([times[0] for times in of], [statistics.median(times[1:]) for times in of])
        for name, of in seconds.items()
    }


def differences(indexes: Indexes, asked: Sequence[Asked]) -> Iterator[Difference]:
    """Compare totals and all counts of every facet with ours."""
    for one in asked:
        ours = _answer(indexes.ours, indexes, one)
        for peer in indexes.peers:
            theirs = _answer(peer, indexes, one)
            facets = tuple(name for name in ours.counts if _known(ours, name) != _known(theirs, name))
            if theirs.total != ours.total or facets or len(theirs.ids) != len(ours.ids):
                yield Difference(one, peer.name, ours.total, theirs.total, facets, _excuse(one))


def by_group(asked: Sequence[Asked], seconds: Sequence[float]) -> dict[str, list[float]]:
    """Sort times by the class of their question."""
    grouped: dict[str, list[float]] = defaultdict(list)
    for one, taken in zip(asked, seconds, strict=True):
        grouped[one.group].append(taken)
    return grouped


def timed(work: Callable[[], Any]) -> float:
    """Give the seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Python from collecting garbage in the middle of somebody's turn."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def p50(values: Sequence[float]) -> float:
    """Give the median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Give the 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _answer(engine: Engine, indexes: Indexes, asked: Asked) -> Found:
    return engine.read(asked, engine.prepare(asked, indexes.lexicon)())


def _known(found: Found, facet: str) -> dict[int, int]:
    return {code: count for code, count in found.counts[facet].items() if count}


def _excuse(asked: Asked) -> str | None:
    if asked.how is How.PHRASE and asked.has_stop_words:
        return "no exact gaps where stop words stood"
    if asked.how is How.NEAR:
        return "another idea of a letter's distance"
    return None
