"""The caretaker: runs the jobs that nobody asks for, in the worker, one process at a time.

Adding a job is one entry in ``app.jobs``: what it is called, how often it runs, and a function of the moment.

    Job("remind organisations", timedelta(hours=1), in_session(database, submissions.actions.remind))

``in_session`` makes one of an action, which takes the session first, then the moment, and never commits. A job

- may be run again after it was cut short at any point, by a kill or a failure, so it looks for what is still to do;
- finds out by itself what is due, since ``every`` only says how often it looks: it may run later, or twice;
- does a little and comes back, since the others wait for it: email goes out in the same thread;
- is remembered by its name, so a new name is a new job.

One that raises is written down, without its words since they can hold what people typed, and tried again; the others
run as if nothing had been.
"""

import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.foundation import clock
from directory.foundation.database import transaction
from directory.foundation.letters import JobRun

SECONDS_BETWEEN_LOOKS = 0.5
# A job that runs more often than this isn't worth a row each time: it runs when the worker starts.
WORTH_REMEMBERING = timedelta(minutes=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(hours=1)
# What runs often is tried again soon, whatever it costs.
SHORT_PAUSE = timedelta(seconds=30)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do ``every`` so often, given the moment."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


class Duty(Protocol):
    """The right to run the jobs, which one process has at a time."""

    def hold(self) -> bool:
        """Take the right or go on having it, and say whether it is held."""

    def give_back(self) -> None:
        """Let another process have it."""


def in_session(database: Engine, action: Callable[[Session, datetime], object]) -> Callable[[datetime], object]:
    """Make what a job runs of an action: in one transaction, which is committed if it doesn't raise."""

    def run(now: datetime) -> None:
        with transaction(database) as session:
            action(session, now)

    return run


class Caretaker:
    """Runs ``jobs`` until ``stop`` is set, while this process has the duty."""

    def __init__(self, database: Engine, jobs: Sequence[Job], duty: Duty, stop: threading.Event) -> None:
        self._database = database
        self._jobs = jobs
        self._duty = duty
        self._stop = stop
        self._next: dict[str, datetime] = {}  # when each is to run; empty while another process has the duty
        self._failures: dict[str, int] = {}
        self._failures_to_look = 0

    def run(self) -> None:
        """Look what is due, again and again."""
        while not self._stop.is_set():
            self._stop.wait(self._look())
        self._duty.give_back()

    def _look(self) -> float:
        """Run what is due, and give the seconds until it is worth looking again."""
        try:
            if not self._duty.hold():
                self._next = {}
            else:
                self._next = self._next or self._remembered()
                for job in self._jobs:
                    if not self._stop.is_set() and self._next[job.name] <= clock.now():
                        self._do(job)
        except Exception as problem:
            self._next = {}
            pause = min(SECONDS_BETWEEN_LOOKS * float(2**self._failures_to_look), SHORT_PAUSE.total_seconds())
            self._failures_to_look = min(self._failures_to_look + 1, 10)
            log.warning("the jobs can't be looked after", problem=type(problem).__name__, seconds=pause)
            return pause
        self._failures_to_look = 0
        return SECONDS_BETWEEN_LOOKS

    def _remembered(self) -> dict[str, datetime]:
        """Give when each job is to run next: at once if it never ran."""
        now = clock.now()
        with transaction(self._database) as session:
            ran = {run.name: run.at for run in session.scalars(select(JobRun))}
        # A clock that was put back doesn't put a job off for longer than usual.
        return {job.name: min(ran[job.name], now) + job.every if job.name in ran else now for job in self._jobs}

    def _do(self, job: Job) -> None:
        began, now = time.monotonic(), clock.now()
        try:
            job.run(now)
            if job.every >= WORTH_REMEMBERING:
                with transaction(self._database) as session:
                    session.merge(JobRun(name=job.name, at=now))
        except Exception as problem:
            self._next[job.name] = clock.now() + self._pause(job, problem)
            return
        self._failures.pop(job.name, None)
        self._next[job.name] = now + job.every
        if job.every >= WORTH_REMEMBERING:
            log.info("a job was done", job=job.name, seconds=round(time.monotonic() - began, 2))

    def _pause(self, job: Job, problem: Exception) -> timedelta:
        failures = self._failures.get(job.name, 0)
        self._failures[job.name] = failures + 1
        longest = min(max(job.every, SHORT_PAUSE), LONGEST_PAUSE)
        pause = min(FIRST_PAUSE * float(2 ** min(failures, 20)), longest)
        log.error(
            "a job failed and will be tried again",
            job=job.name,
            problem=type(problem).__name__,
            where="".join(traceback.format_tb(problem.__traceback__)),
            seconds=pause.total_seconds(),
        )
        return pause
