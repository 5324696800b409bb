"""What every measured engine does, and what the answers must agree in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from benchmarks.searching.lexicon import Lexicon
from benchmarks.searching.questions import Asked
from benchmarks.searching.rows import Row

SIZE = 20
TITLE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Found:
    """An answer that can be compared: counts hold the numbers of values, and none that is zero."""

    total: int
    ids: tuple[int, ...]
    counts: Mapping[str, Mapping[int, int]]


class Engine(Protocol):
    """The work is the same for all: the first 20, how many match, and all facets' counts."""

    name: str

    def open(self) -> None:
        """Get ready to answer, as if nobody had asked before."""
        ...

    def prepare(self, asked: Asked, lexicon: Lexicon) -> Callable[[], Any]:
        """Make what is timed. Whatever can be worked out before the clock runs is."""
        ...

    def read(self, asked: Asked, answer: Any) -> Found:
        """Make an answer comparable, after the clock has stopped."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class Peer(Engine, Protocol):
    """One that isn't ours: it is given rows."""

    def add(self, rows: Sequence[Row]) -> None:
        """Take in some."""
        ...

    def finish(self) -> None:
        """Make the index as quick as it gets, now that all is there."""
        ...


def without(asked: Asked, facet: str) -> tuple[str, ...]:
    """Name the filters that a facet's counts hang on: all but its own."""
    return tuple(name for name in asked.filters if name != facet)
