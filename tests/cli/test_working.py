"""The worker beside the pages, in the real processes: started, asked to give way, and gone with the server."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from directory.search.worker import turn_to_index
from tests.cli.test_command_line import WAYIN, environment, run

WHOOSH = {"SEARCH_ENGINE": "whoosh"}


def comes_true(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 40
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


@pytest.fixture
def serving(tmp_path: Path, free_port: str) -> Iterator["subprocess.Popen[str]"]:
    """A server that is open, killed at the end if it wasn't before."""
    command = [WAYIN, "--port", free_port]
    variables = environment(tmp_path, WHOOSH)
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as one:
        assert one.stdout and "is open at" in one.stdout.readline()
        yield one
        one.kill()


def test_a_worker_runs_beside_the_pages_gives_way_and_ends_with_the_server(
    serving: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    turn = turn_to_index(tmp_path)
    assert comes_true(turn.is_taken)
    done = run("index", "rebuild", folder=tmp_path, **WHOOSH)
    indexed = re.fullmatch(r"(\d+) listings indexed\n", done.stdout)
    assert indexed, done.stderr
    assert f"Building the index: {indexed[1]} of {indexed[1]}\n" in done.stderr
    assert comes_true(turn.is_taken)
    told = run("index", "status", folder=tmp_path, **WHOOSH)
    assert told.stdout.splitlines()[0] == f"whoosh holds {indexed[1]} of {indexed[1]} listings"
    assert told.stdout.splitlines()[2] == "a worker keeps it"
    serving.send_signal(signal.SIGKILL)
    assert comes_true(lambda: not turn.is_taken())


def test_a_worker_by_itself_ends_when_told_to(tmp_path: Path) -> None:
    variables = environment(tmp_path, WHOOSH)
    with subprocess.Popen([sys.executable, "-m", "directory", "work"], env=variables, stdin=subprocess.DEVNULL) as one:
        assert comes_true(turn_to_index(tmp_path).is_taken)
        one.send_signal(signal.SIGTERM)
        assert one.wait(timeout=30) == 0
