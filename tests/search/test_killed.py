"""The index when its writer is killed at any moment: what was published stays, and the next writer goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from directory.search.engine import IndexMissing, Question
from directory.search.engines.whoosh import WhooshEngine
from tests.contracts.listings import NOW, listing

KILLS = int(os.environ.get("KILLS", "6"))
PUBLISHING = """
import itertools, sys
from pathlib import Path
from directory.search.engine import IndexMissing
from directory.search.engines.whoosh import WhooshEngine
from tests.contracts.listings import listing
engine, first = WhooshEngine(Path(sys.argv[1])), int(sys.argv[2])
for id in itertools.count(first):
    try:
        engine.apply([listing(id, f"Lab {id}")], [])
    except IndexMissing:
        engine.replace_all(listing(known, f"Lab {known}") for known in range(1, id + 1))
    print(id, flush=True)
"""


def test_killing_the_writer_loses_nothing_that_was_published(tmp_path: Path) -> None:
    WhooshEngine(tmp_path).replace_all([listing(1, "Lab 1")])
    dice = random.Random(9)
    published = 1
    for _ in range(KILLS):
        command = [sys.executable, "-c", PUBLISHING, str(tmp_path), str(published + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            published = int(writer.stdout.readline())  # it writes by now
            time.sleep(dice.random() / 5)
            writer.send_signal(signal.SIGKILL)
            published = max([published, *map(int, writer.stdout.read().split())])
        found = set(WhooshEngine(tmp_path).search(Question(size=100_000), NOW).ids)
        assert found >= set(range(1, published + 1))
        assert len(found) - published in (0, 1)  # one more may have been published and not yet told
    engine = WhooshEngine(tmp_path)
    try:
        engine.apply([], [1])
    except IndexMissing:  # stopped between Whoosh's commit and ours: the next writer builds anew
        engine.replace_all(listing(id, f"Lab {id}") for id in range(2, published + 1))
    assert 1 not in engine.search(Question(size=100_000), NOW).ids
