"""A companion runs while its process does: started again when it ends, gone when the other is gone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from directory.foundation.companion import Companion

LIVING_ON = [sys.executable, "-c", "import sys; sys.stdin.read()"]
KEEPING = """
import sys, time
from directory.foundation.companion import Companion
with Companion("companion", [sys.executable, "-c", "import sys; sys.stdin.read()"]) as companion:
    while companion.pid is None:
        time.sleep(0.01)
    print(companion.pid, flush=True)
    time.sleep(60)
"""


def comes_true(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def runs(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_runs_inside_and_not_afterwards() -> None:
    with Companion("companion", LIVING_ON) as companion:
        assert comes_true(lambda: companion.pid is not None)
        pid = companion.pid
    assert not runs(pid)


def test_one_that_ends_is_started_again() -> None:
    with Companion("companion", LIVING_ON, first_pause=0.01) as companion:
        assert comes_true(lambda: companion.pid is not None)
        first = companion.pid
        assert first
        os.kill(first, signal.SIGKILL)
        assert comes_true(lambda: companion.pid not in (None, first))


def test_one_that_cannot_be_started_disturbs_nobody() -> None:
    with Companion("companion", ["/no/such/program"], first_pause=0.01) as companion:
        time.sleep(0.1)
        assert companion.pid is None


def test_when_its_process_is_killed_it_ends_by_itself() -> None:
    with subprocess.Popen([sys.executable, "-c", KEEPING], stdout=subprocess.PIPE, text=True) as keeping:
        assert keeping.stdout
        pid = int(keeping.stdout.readline())
        assert runs(pid)
        keeping.kill()
        keeping.wait()
        assert comes_true(lambda: not runs(pid))
