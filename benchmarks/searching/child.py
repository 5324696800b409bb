"""A process that does nothing but search: what it needs of memory, and how much it gets done.

``python -m benchmarks.searching.child memory FOLDER QUESTIONS``, or ``… busy`` or ``… idle`` with SECONDS behind; the
questions are pickled, so that this process loads no more than a web process would.
"""

import gc
import json
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.searching.moment import NOW
from directory.search.engine import Question

KIB = 1024


def held() -> dict[str, int]:
    """Give the bytes that this process has for itself, and those of files that others have mapped too."""
    gc.collect()
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name.rstrip(":"): int(size) * KIB for name, size, *_unit in map(str.split, lines)}
    return {"private": sizes["Private_Clean"] + sizes["Private_Dirty"], "shared": sizes["Shared_Clean"]}


def memory(root: Path, questions: list[Question]) -> None:
    """Print what is held before anything of an engine is loaded, after its imports, and after every question."""
    before = held()
    from directory.search.engines.whoosh import WhooshEngine

    imported = held()
    engine = WhooshEngine(root)
    for question in questions:
        engine.search(question, NOW)
    print(json.dumps({"before": before, "imported": imported, "after": held()}))


def busy(root: Path, questions: list[Question], seconds: float) -> None:
    """Search for so long."""
    from directory.search.engines.whoosh import WhooshEngine

    engine = WhooshEngine(root)
    for question in questions:
        engine.search(question, NOW)
    _repeat(lambda number: engine.search(questions[number % len(questions)], NOW), seconds)


def idle(_root: Path, _questions: list[Question], seconds: float) -> None:
    """Do sums for so long: how much two processes get done of those is the most that this machine gives just now."""
    _repeat(lambda _number: sum(range(1000)), seconds)


def _repeat(work: Callable[[int], object], seconds: float) -> None:
    """Say when ready, wait to be told, work for so long, and print how often it was done."""
    print("ready", flush=True)
    sys.stdin.readline()
    done, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        work(done)
        done += 1
    print(done)


def main() -> None:
    """Do what is asked for."""
    what, root, file, *more = sys.argv[1:]
    questions = pickle.loads(Path(file).read_bytes())
    if what == "memory":
        memory(Path(root), questions)
    else:
        {"busy": busy, "idle": idle}[what](Path(root), questions, float(more[0]))


if __name__ == "__main__":
    main()
