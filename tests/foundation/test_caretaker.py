"""The caretaker runs every job when it is due, in one process at a time, and no job stops another."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from directory.foundation import caretaker as caretaking
from directory.foundation import clock
from directory.foundation.alone import JOBS_NUMBER, ServerTurn, turn_to_jobs
from directory.foundation.caretaker import Caretaker, Job, in_session
from directory.foundation.database import connect, session_maker, transaction
from directory.foundation.letters import JobRun, Letter, post
from directory.foundation.mail import Message

OFTEN, DAILY = timedelta(milliseconds=10), timedelta(days=1)
PRIVATE = "sam@school.example"
Caring = Callable[..., AbstractContextManager[None]]


def comes_true(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


class Count:
    """A job that counts its runs, and fails the first few times."""

    def __init__(self, failures: int = 0) -> None:
        self.runs = 0
        self.failures = failures

    def __call__(self, _now: datetime) -> None:
        self.runs += 1
        if self.failures:
            self.failures -= 1
            raise RuntimeError(PRIVATE)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caretaking, "SECONDS_BETWEEN_LOOKS", 0.02)
    monkeypatch.setattr(caretaking, "FIRST_PAUSE", timedelta(milliseconds=20))


@pytest.fixture
def caring(database: Engine, tmp_path: Path) -> Caring:
    """A caretaker in a thread, which ends with the ``with``."""

    @contextmanager
    def caring(*jobs: Job) -> Iterator[None]:
        stop = threading.Event()
        caretaker = Caretaker(database, jobs, turn_to_jobs(database, tmp_path), stop)
        thread = threading.Thread(target=caretaker.run)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    return caring


def ran(database: Engine) -> dict[str, datetime]:
    with session_maker(database)() as session:
        return {run.name: run.at for run in session.scalars(select(JobRun))}


def test_a_job_that_never_ran_runs_at_once_and_then_when_it_is_due(caring: Caring, database: Engine) -> None:
    often, daily = Count(), Count()
    with caring(Job("often", OFTEN, often), Job("daily", DAILY, daily)):
        assert comes_true(lambda: often.runs > 3)
    assert daily.runs == 1
    assert set(ran(database)) == {"daily"}, "what runs all the time is not worth a row"


def test_a_job_that_ran_today_does_not_run_again_after_a_restart(caring: Caring) -> None:
    often, daily = Count(), Count()
    for _ in range(3):
        seen = often.runs
        with caring(Job("daily", DAILY, daily), Job("often", OFTEN, often)):
            assert comes_true(lambda seen=seen: often.runs > seen)  # type: ignore[misc]
    assert daily.runs == 1


def test_a_job_that_was_missed_runs_when_there_is_a_worker_again(caring: Caring, database: Engine) -> None:
    with transaction(database) as session:
        session.add(JobRun(name="daily", at=clock.now() - 3 * DAILY))
    daily = Count()
    with caring(Job("daily", DAILY, daily)):
        assert comes_true(lambda: daily.runs == 1)
        assert comes_true(lambda: clock.now() - ran(database)["daily"] < DAILY)


def test_a_clock_that_was_put_back_does_not_put_a_job_off_for_ever(caring: Caring, database: Engine) -> None:
    with transaction(database) as session:
        session.add(JobRun(name="soon", at=clock.now() + 300 * DAILY))
    soon = Count()
    with caring(Job("soon", OFTEN, soon)):
        assert comes_true(lambda: soon.runs > 0)


def test_a_job_that_fails_stops_no_other_and_is_tried_again(
    caring: Caring, database: Engine, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    failing, daily, often = Count(failures=3), Count(), Count()
    with caring(Job("failing", DAILY, failing), Job("daily", DAILY, daily), Job("often", OFTEN, often)):
        assert comes_true(lambda: daily.runs == 1 and often.runs > 3)
        assert comes_true(lambda: "failing" in ran(database))
    assert failing.runs == 4
    told = capsys.readouterr().out + caplog.text  # wherever this process writes its logs by now
    assert "a job failed and will be tried again" in told
    assert "test_caretaker.py" in told, "where it failed is told"
    assert PRIVATE not in told, "its words are not"


def test_an_action_is_committed_whole_or_not_at_all(caring: Caring, database: Engine) -> None:
    failures = iter([True])

    def greet(session: Session, now: datetime) -> None:
        post(session, Message("sam@school.example", "Hello", "Text"), now, purpose="greeting")
        session.flush()
        if next(failures, False):
            raise RuntimeError

    with caring(Job("greet", DAILY, in_session(database, greet))):
        assert comes_true(lambda: "greet" in ran(database))
    with session_maker(database)() as session:
        assert len(session.scalars(select(Letter)).all()) == 1


def test_one_caretaker_at_a_time_and_the_other_takes_over(caring: Caring) -> None:
    first, second = Count(), Count()
    with caring(Job("often", OFTEN, first)):
        assert comes_true(lambda: first.runs > 0)
        with caring(Job("often", OFTEN, second)):
            seen = first.runs
            assert comes_true(lambda: first.runs > seen + 3)
            assert second.runs == 0
    with caring(Job("often", OFTEN, second)):
        assert comes_true(lambda: second.runs > 0)


def test_a_duty_that_cannot_be_asked_for_is_asked_for_again(database: Engine) -> None:
    class Shy:
        asked = 0

        def hold(self) -> bool:
            self.asked += 1
            if self.asked < 3:
                raise OSError
            return True

        def give_back(self) -> None:
            self.asked = 0

    often, stop = Count(), threading.Event()
    thread = threading.Thread(target=Caretaker(database, [Job("often", OFTEN, often)], Shy(), stop).run)
    thread.start()
    assert comes_true(lambda: often.runs > 0)
    stop.set()
    thread.join()


def test_a_turn_is_held_by_one_and_freed_when_it_is_given_back(database: Engine, tmp_path: Path) -> None:
    one, other = (turn_to_jobs(database, tmp_path) for _ in range(2))
    assert one.hold()
    assert one.hold()
    assert not other.hold()
    one.give_back()
    one.give_back()
    assert other.hold()
    assert not one.hold()
    other.give_back()


def test_a_server_frees_the_turn_of_a_connection_that_is_lost(postgresql_address: str) -> None:
    engine = connect(postgresql_address)
    one, other = ServerTurn(engine, JOBS_NUMBER), ServerTurn(engine, JOBS_NUMBER)
    assert one.hold()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lost = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        connection.execute(text(lost))
    assert comes_true(other.hold)
    with pytest.raises(OperationalError):
        one.hold()
    assert not one.hold()
    other.give_back()
    assert comes_true(one.hold)
    one.give_back()
    engine.dispose()
