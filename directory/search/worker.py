"""The worker: the one process that writes the index, for as long as it lives.

It looks at the outbox several times a second, takes in what is owed and only then pays for it. Whatever kills it, the
next one finds the debt still there and takes it in again.
"""

import threading
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from directory.catalogue import outbox
from directory.foundation import clock
from directory.foundation.database import session_maker, transaction
from directory.foundation.refusals import Refusal
from directory.foundation.settings import EngineName, Settings
from directory.foundation.turn import Turn
from directory.search.engine import IndexMissing, SearchEngine
from directory.search.indexing import catch_up, rebuild
from directory.search.reconciling import reconcile

SECONDS_BETWEEN_LOOKS = 0.2
# After taking something in it rests as many times longer: a stream of changes goes in together, and others can work.
REST = 4
LONGEST_REST = 1.0
# How often what lies on the disk is read through, and what nobody could read is tried again.
SECONDS_BETWEEN_CHECKS = 30.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# The hour of the day, in the UK, at which the index is held against the database.
RECONCILES_AT = timedelta(hours=3)

log = structlog.get_logger()


def turn_to_index(data_folder: Path) -> Turn:
    """Give the right to write the index in this folder: the worker's, and for a moment that of a command."""
    return Turn(data_folder / "indexer.lock")


def has_worker(settings: Settings) -> bool:
    """Say whether the index is one that a worker can keep for other processes: not one in memory."""
    return settings.search_engine is not EngineName.MEMORY


class Worker:
    """Keeps an index true until ``stop`` is set."""

    def __init__(self, database: Engine, engine: SearchEngine, turn: Turn, stop: threading.Event) -> None:
        self._database = database
        self._sessions = session_maker(database)
        self._engine = engine
        self._turn = turn
        self._stop = stop
        self._check_at = 0.0
        self._failures = 0
        self._is_damaged = False
        self._unreadable: set[int] = set()  # sequences that were tried and are still owed
        self._reconciled = _night(clock.now())

    def run(self) -> None:
        """Wait for the turn, then keep the index true; give way for a moment to whoever asks."""
        stood_by = False
        while not self._stop.is_set():
            if self._turn.take():
                if stood_by:
                    log.info("the worker that stood by takes over")
                self._keep_true()
                stood_by = False
                if self._stop.is_set():
                    self._turn.give_back()
                else:
                    self._turn.give_way()
            elif not stood_by and not self._turn.is_wished_for():
                stood_by = True
                log.info("another worker keeps the index; this one stands by")
            self._stop.wait(SECONDS_BETWEEN_LOOKS)

    def _keep_true(self) -> None:
        while not self._stop.is_set() and not self._turn.is_wished_for():
            began = time.monotonic()
            try:
                did = self._look()
            except Exception as problem:
                self._stop.wait(self._pause(problem))
                continue
            self._failures = 0
            took = time.monotonic() - began
            self._stop.wait(
                min(max(REST * took, SECONDS_BETWEEN_LOOKS), LONGEST_REST) if did else SECONDS_BETWEEN_LOOKS
            )

    def _look(self) -> bool:
        """Do what there is to do, and say whether there was anything."""
        is_time_to_check = time.monotonic() >= self._check_at
        if is_time_to_check:
            self._check()
        owing = self._owed()
        if is_time_to_check or self._is_damaged or not self._engine.status().ready or owing - self._unreadable:
            self._take_in(owing)
            return True
        if (night := _night(clock.now())) != self._reconciled:
            self._reconcile()
            self._reconciled = night
            return True
        return False

    def _owed(self) -> set[int]:
        with self._sessions() as session:
            return {sequence for sequence, _id in outbox.owed(session)}

    def _take_in(self, owing: set[int]) -> None:
        with transaction(self._database) as session:
            changes = (rebuild if self._is_damaged else catch_up)(session, self._engine)
        self._is_damaged = False
        self._unreadable = owing & self._owed() if owing else set()
        log.debug("the index took in changes", changes=changes)

    def _check(self) -> None:
        """Read through what is kept, so that damage is mended before a process that starts comes upon it."""
        self._check_at = time.monotonic() + SECONDS_BETWEEN_CHECKS
        try:
            self._engine.fingerprints()
        except IndexMissing as damage:
            log.warning("the index is built anew", problem=str(damage))
            self._is_damaged = True

    def _reconcile(self) -> None:
        with transaction(self._database) as session:
            if found := reconcile(session, self._engine):
                log.warning("the index was mended", found=str(found))

    def _pause(self, problem: Exception) -> float:
        """Say what went wrong and how long to wait; if it was neither the database nor a rule, the index is suspect."""
        pause = min(FIRST_PAUSE * 2.0**self._failures, LONGEST_PAUSE)
        self._failures += 1
        if isinstance(problem, SQLAlchemyError):
            log.warning("the worker can't read the database", problem=type(problem).__name__, seconds=pause)
        elif isinstance(problem, Refusal):
            log.warning("the worker can't write the index", problem=str(problem), seconds=pause)
        else:
            log.exception("the worker failed and tries again", seconds=pause)
            self._is_damaged = True
        return pause


def _night(now: datetime) -> date:
    """Give the day to which this night belongs: it changes at the hour of reconciling."""
    return (now.astimezone(clock.UK) - RECONCILES_AT).date()
