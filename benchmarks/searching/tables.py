"""What was measured, as tables."""

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table

from benchmarks.searching.interleaved import Difference, Taken, by_group, p50, p95
from benchmarks.searching.questions import Asked
from benchmarks.searching.verdicts import Verdict


def mix(size: int, taken: Mapping[str, Taken]) -> Table:
    """Show the whole mix: each engine, and how many times as long as ours it takes."""
    table = Table(
        title=f"All questions at {size:,} listings: medians of each, and over all of them", title_justify="left"
    )
    for heading in ("engine", "p50 ms", "p95 ms", "p50 ÷ ours", "p95 ÷ ours", "first p50 ms"):
        table.add_column(heading, justify="left" if heading == "engine" else "right")
    ours = next(iter(taken.values()))
    for name, times in taken.items():
        middle, slow = p50(times.warm), p95(times.warm)
        table.add_row(
            name,
            _milliseconds(middle),
            _milliseconds(slow),
            f"{middle / p50(ours.warm):.1f}",
            f"{slow / p95(ours.warm):.1f}",
            _milliseconds(p50(times.first)),
        )
    return table


def classes(asked: Sequence[Asked], taken: Mapping[str, Taken]) -> Table:
    """Show the median of each class of questions."""
    table = Table(title="p50 in ms by class", title_justify="left")
    for heading in ("class", "questions", *taken):
        table.add_column(heading, justify="left" if heading == "class" else "right")
    grouped = {name: by_group(asked, times.warm) for name, times in taken.items()}
    for group, seconds in by_group(asked, next(iter(taken.values())).warm).items():
        table.add_row(group, str(len(seconds)), *(_milliseconds(p50(of[group])) for of in grouped.values()))
    return table


def questions(asked: Sequence[Asked], taken: Mapping[str, Taken], totals: Sequence[int]) -> Table:
    """Show every question."""
    table = Table(title="Median in ms by question", title_justify="left")
    for heading in ("question", "found", *taken):
        table.add_column(heading, justify="left" if heading == "question" else "right")
    for number, (one, total) in enumerate(zip(asked, totals, strict=True)):
        table.add_row(str(one), f"{total:,}", *(_milliseconds(times.warm[number]) for times in taken.values()))
    return table


def disagreements(found: Sequence[Difference]) -> Table:
    """Show where peers found something else than we did."""
    table = Table(title="Answers that differ", title_justify="left")
    for heading in ("question", "peer", "ours", "theirs", "facets that differ", "excused because"):
        table.add_column(heading)
    for one in found:
        table.add_row(
            str(one.asked),
            one.peer,
            f"{one.ours:,}",
            f"{one.theirs:,}",
            str(len(one.facets)),
            one.excuse or "NOT EXCUSED",
        )
    return table


def verdicts(lines: Iterable[Verdict]) -> Table:
    """Show what was measured beside what was promised."""
    table = Table(title="Measured beside the target", title_justify="left")
    for heading in ("what", "measured", "target", ""):
        table.add_column(heading)
    for line in lines:
        met = {True: "[green]met[/]", False: "[red]not met[/]", None: ""}[line.met]
        table.add_row(line.what, line.measured, line.target, met)
    return table


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:,.2f}"
