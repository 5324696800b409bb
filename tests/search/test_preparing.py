"""Making the product ready leaves a whole index behind, whoever writes it."""

import dataclasses
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from directory import app
from directory.app import prepare
from directory.foundation.clock import now
from directory.foundation.progress import quietly
from directory.foundation.settings import EngineName
from directory.parts import Parts
from directory.search.engine import Question
from directory.search.engines.whoosh import WhooshEngine
from directory.search.indexing import status
from directory.search.standing_in import Attended
from directory.search.worker import Worker, turn_to_index


@pytest.fixture
def parts(parts: Parts, tmp_path: Path) -> Parts:
    """The product's parts with an engine that keeps its index on disk."""
    settings = dataclasses.replace(parts.settings, search_engine=EngineName.WHOOSH)
    engine = WhooshEngine(tmp_path / "index")
    return dataclasses.replace(parts, settings=settings, search=Attended(engine, parts.sessions))


def test_without_a_worker_preparing_builds_the_index_and_with_one_waits_for_it(parts: Parts, tmp_path: Path) -> None:
    prepare(parts, quietly)
    with parts.sessions() as session:
        assert status(session, parts.search).is_whole
    shutil.rmtree(tmp_path / "index")
    stop = threading.Event()
    worker = Worker(parts.database, WhooshEngine(tmp_path / "index"), turn_to_index(tmp_path), stop)
    running = threading.Thread(target=worker.run)
    running.start()
    prepare(parts, quietly)
    with parts.sessions() as session:
        assert status(session, parts.search).is_whole
    stop.set()
    running.join()


def test_a_worker_that_does_not_come_to_it_keeps_nobody_from_serving(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "SECONDS_FOR_THE_WORKER", 0.2)
    turn = turn_to_index(tmp_path)
    assert turn.take()
    prepare(parts, quietly)
    turn.give_back()
    assert parts.search.status().stands_in
    assert parts.search.search(Question(), now()).total > 0


SERVING = """
import sys
from directory.app import assemble, create_app, prepare
from directory.foundation.progress import quietly
from directory.foundation.settings import Settings

parts = assemble(Settings.from_environment({"WAYIN_DATA_FOLDER": sys.argv[1], "WAYIN_LOG_LEVEL": "error"}))
prepare(parts, quietly, serving=True)
assert create_app(parts).test_client().get("/search?q=lab").status_code == 200
assert not parts.search.status().ready
assert "whoosh" not in sys.modules
"""


def test_a_process_that_serves_leaves_the_index_to_the_worker_and_never_loads_whoosh(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SERVING, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
