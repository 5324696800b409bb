"""Workers in processes of their own: soon done, one at a time, and killed at any moment without loss."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.catalogue import outbox
from directory.catalogue.actions import amend
from directory.foundation.database import session_maker
from directory.search.engine import Question
from directory.search.engines.whoosh import WhooshEngine
from directory.search.indexing import status, wait_until_searchable
from directory.search.language import read
from directory.search.standing_in import Attended
from tests.contracts.listings import NOW
from tests.search.conftest import Publish

KILLS = int(os.environ.get("KILLS", "2"))
# Ours is one second; the machines that run this share their cores.
SECONDS_FROM_SAVED_TO_FOUND = 5

WORKING = """
import sys, threading
from pathlib import Path
import directory.schema
from directory.foundation.database import connect
from directory.search.engines.whoosh import WhooshEngine
from directory.search.worker import Worker, turn_to_index
folder = Path(sys.argv[1])
Worker(connect(sys.argv[2]), WhooshEngine(folder), turn_to_index(folder), threading.Event()).run()
"""

Start = Callable[[], "subprocess.Popen[str]"]


def comes_true(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def found(engine: WhooshEngine | Attended, text: str = "") -> int:
    return engine.search(Question(text=read(text)), NOW).total


@pytest.fixture
def start(database: Engine, tmp_path: Path) -> Iterator[Start]:
    """Starts workers, which are killed at the end."""
    address = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-u", "-c", WORKING, str(tmp_path), address]
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for running in started:
        with running:
            running.kill()


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """The engine of a process that only answers."""
    return WhooshEngine(tmp_path)


def test_what_is_saved_is_soon_found_by_a_process_that_only_reads(
    publish: Publish, session: Session, database: Engine, engine: WhooshEngine, start: Start
) -> None:
    rows = [publish(f"Lab work {number}") for number in range(30)]
    session.commit()
    serving = Attended(engine, session_maker(database))
    assert (found(serving, "lab"), serving.status().stands_in) == (30, True)
    start()
    assert comes_true(lambda: not serving.status().stands_in)
    assert found(serving, "lab") == 30
    amend(session, rows[7], {"title": "Clean room"}, NOW)
    session.flush()
    sequence = outbox.newest(session)
    session.commit()
    began = time.monotonic()
    assert comes_true(lambda: found(serving, "clean") == 1)
    assert time.monotonic() - began < SECONDS_FROM_SAVED_TO_FOUND
    assert wait_until_searchable(session_maker(database), serving, sequence, seconds=10)


def test_a_worker_killed_at_any_moment_loses_nothing_and_one_that_stood_by_goes_on(
    publish: Publish, session: Session, engine: WhooshEngine, start: Start
) -> None:
    dice = random.Random(9)
    published = 0
    running = start()
    for _ in range(KILLS):
        assert comes_true(lambda: engine.status().ready and status(session, engine).is_whole)
        standing_by = start()
        assert standing_by.stdout and "stands by" in standing_by.stdout.readline()
        for _ in range(dice.randrange(2, 8)):
            publish("Lab work")
            published += 1
            session.commit()
            time.sleep(dice.random() / 10)
        running.kill()
        assert any("takes over" in line for line in standing_by.stdout)
        running = standing_by
    assert comes_true(lambda: status(session, engine).is_whole)
    assert found(engine, "lab") == published
