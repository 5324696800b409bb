"""What was measured beside what was promised."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.peers import NAMES
from benchmarks.searching.interleaved import Taken, p50, p95


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line; ``met`` is None where nothing was promised."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class _Bound:
    """The most that our time may be of a peer's; None where nothing was promised."""

    p50: float | None
    p95: float | None
    sizes: tuple[int, ...] = ()  # at which it was promised; empty for all
    strictly: bool = False


BOUNDS = {
    NAMES["tantivy"]: _Bound(0.5, 0.6),
    NAMES["whoosh"]: _Bound(1 / 50, None, (10_000,)),
    NAMES["fts5"]: _Bound(1, 1, strictly=True),
    NAMES["postgresql"]: _Bound(1, 1, strictly=True),
}


def beside_peers(size: int, taken: Mapping[str, Taken]) -> Iterator[Verdict]:
    """Judge the whole mix against each peer."""
    ours, *peers = taken
    for peer in peers:
        bound = BOUNDS[peer]
        promised = not bound.sizes or size in bound.sizes
        for name, percentile, most in (("p50", p50, bound.p50), ("p95", p95, bound.p95)):
            ratio = percentile(taken[ours].warm) / percentile(taken[peer].warm)
            what, measured = f"{name} as a share of {peer}'s", f"{ratio:.3f}"
            if most is None or not promised:
                yield Verdict(what, measured)
            elif bound.strictly:
                yield Verdict(what, measured, f"below {most:g}", ratio < most)
            else:
                yield Verdict(what, measured, f"at most {most:g}", ratio <= most)


def first_time(taken: Taken) -> Verdict:
    """Judge what the first execution of a question takes: p50 of the firsts beside p50 of the medians."""
    ratio = p50(taken.first) / p50(taken.warm)
    return Verdict(
        "first-ever execution at p50",
        f"{1000 * p50(taken.first):.2f} ms, {ratio:.2f} × warm",
        "at most 2 × warm",
        ratio <= 2,
    )
