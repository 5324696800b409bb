"""The worker keeps the index true: what is saved is soon found, whatever becomes of the worker or the index."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.catalogue import outbox
from directory.catalogue.actions import amend
from directory.catalogue.models import Opportunity
from directory.foundation import clock
from directory.foundation.database import session_maker
from directory.search import indexing, worker
from directory.search.document import SearchDocument, document_of
from directory.search.engine import Question
from directory.search.engines.whoosh import WhooshEngine
from directory.search.indexing import status, wait_until_searchable
from directory.search.language import read
from directory.search.worker import Worker, turn_to_index
from tests.contracts.listings import NOW, listing
from tests.search.conftest import Publish

Working = Callable[[], AbstractContextManager[None]]


def comes_true(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def found(engine: WhooshEngine, text: str = "") -> int:
    return engine.search(Question(text=read(text)), NOW).total


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """The engine of a process that only answers."""
    return WhooshEngine(tmp_path)


@pytest.fixture
def working(database: Engine, tmp_path: Path) -> Working:
    """A worker in a thread, which ends with the ``with``."""

    @contextmanager
    def working() -> Iterator[None]:
        stop = threading.Event()
        running = Worker(database, WhooshEngine(tmp_path), turn_to_index(tmp_path), stop)
        thread = threading.Thread(target=running.run)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    return working


def test_a_saved_change_is_taken_in_and_paid(
    publish: Publish, session: Session, database: Engine, engine: WhooshEngine, working: Working
) -> None:
    row = publish("Lab work")
    session.commit()
    with working():
        assert comes_true(lambda: engine.status().ready)
        amend(session, row, {"title": "Clean room"}, NOW)
        session.flush()
        sequence = outbox.newest(session)
        session.commit()
        assert wait_until_searchable(session_maker(database), engine, sequence, seconds=20)
        assert (found(engine, "lab"), found(engine, "clean")) == (0, 1)
        assert outbox.debt(session) == 0
        assert engine.status().sequence == sequence


def test_what_nobody_takes_in_is_waited_for_no_longer_than_allowed(
    publish: Publish, session: Session, database: Engine, engine: WhooshEngine
) -> None:
    indexing.catch_up(session, engine)
    publish("Lab work")
    sequence = outbox.newest(session)
    session.commit()
    began = time.monotonic()
    assert not wait_until_searchable(session_maker(database), engine, sequence, seconds=0.2)
    assert 0.2 <= time.monotonic() - began < 5


def test_a_change_committed_after_later_ones_is_not_lost(
    publish: Publish, session: Session, engine: WhooshEngine
) -> None:
    """On PostgreSQL a number is given out before it is known which transaction commits first."""
    publish("Early")
    publish("Late")
    owing = outbox.owed(session)
    outbox.paid(session, [sequence for sequence, _id in owing[1:]])
    assert outbox.owed(session) == owing[:1]
    assert outbox.is_owed(session, owing[0][0])


def test_a_lost_index_is_built_anew(publish: Publish, session: Session, engine: WhooshEngine, working: Working) -> None:
    publish("Lab work")
    session.commit()
    with working():
        assert comes_true(lambda: engine.status().ready)
        for file in engine._folder.iterdir():
            if file.name == "CURRENT":
                file.unlink()
        assert comes_true(lambda: WhooshEngine(engine._root).status().ready)


def test_damage_is_noticed_though_nobody_asked(
    publish: Publish, session: Session, engine: WhooshEngine, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_CHECKS", 0.2)
    publish("Lab work")
    session.commit()
    with working():
        assert comes_true(lambda: engine.status().ready)
        before = engine.status().generation
        (arrays,) = engine._folder.rglob("*.arrays")
        damaged = arrays.with_suffix(".damaged")
        damaged.write_bytes(arrays.read_bytes()[:-1] + b"?")
        damaged.rename(arrays)
        assert comes_true(lambda: engine.status().generation > before)
        assert found(WhooshEngine(engine._root)) == 1


def test_one_listing_that_cannot_be_read_keeps_no_other_out(
    publish: Publish, session: Session, engine: WhooshEngine, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reads(row: Opportunity) -> SearchDocument:
        if row.title == "Bad":
            raise ValueError
        return document_of(row)

    monkeypatch.setattr(indexing, "document_of", reads)
    publish("Bad")
    publish("Good")
    session.commit()
    with working():
        assert comes_true(lambda: engine.status().ready and found(engine) == 1)
        publish("Better")
        session.commit()
        assert comes_true(lambda: found(engine) == 2)
        generation = engine.status().generation
        time.sleep(0.5)
        assert engine.status().generation == generation, "it isn't tried over and over"
    assert status(session, engine).owed == 1
    monkeypatch.setattr(indexing, "document_of", document_of)
    with working():
        assert comes_true(lambda: found(engine) == 3)


def test_a_failure_is_no_end(
    publish: Publish, session: Session, engine: WhooshEngine, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([RuntimeError(), OSError()])
    catch_up = worker.catch_up

    def fails_at_first(*given: object) -> int:
        if problem := next(failures, None):
            raise problem
        return catch_up(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "catch_up", fails_at_first)
    monkeypatch.setattr(worker, "rebuild", fails_at_first)
    monkeypatch.setattr(worker, "FIRST_PAUSE", 0.01)
    publish("Lab work")
    session.commit()
    with working():
        assert comes_true(lambda: engine.status().ready and found(engine) == 1)


def test_it_gives_way_to_whoever_asks_and_goes_on(
    publish: Publish, session: Session, engine: WhooshEngine, working: Working, tmp_path: Path
) -> None:
    with working():
        assert comes_true(lambda: engine.status().ready)
        with turn_to_index(tmp_path).asked_for(seconds=20) as taken:
            assert taken
            publish("Lab work")
            session.commit()
            time.sleep(0.5)
            assert found(engine) == 0
        assert comes_true(lambda: found(engine) == 1)


def test_the_index_is_held_against_the_database_every_night(
    publish: Publish, session: Session, engine: WhooshEngine, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("Lab work")
    session.commit()
    moments = [datetime(2026, 11, 24, 22, 0, tzinfo=clock.UK)]
    monkeypatch.setattr(clock, "now", lambda: moments[-1])
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_CHECKS", 1000)
    with working():
        assert comes_true(lambda: engine.status().ready)
        engine.apply([listing(999, "Nobody knows it")], [])
        moments.append(moments[-1] + timedelta(hours=4))
        time.sleep(0.5)
        assert found(engine) == 2
        moments.append(moments[-1] + timedelta(hours=2))
        assert comes_true(lambda: found(engine) == 1)
