"""Count how often lists are opened: by day, never by person; in memory first, a few seconds later in the database.

A class that opens a list at once costs one write. Who opened it is never asked, so there is nothing to keep of them.
"""

import atexit
import time
from collections import Counter
from datetime import date
from threading import Lock

import structlog
from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from directory.lists.models import DayOfViews, SharedList

SECONDS_BETWEEN_WRITES = 5.0

log = structlog.get_logger()


class Views:
    """What one process has counted and not written yet. Threads share it."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions
        self._counted: Counter[tuple[int, date]] = Counter()
        self._counting = Lock()
        self._writing = Lock()
        self._written_at = float("-inf")
        self._writes_at_exit = False

    def count(self, list_id: int, day: date) -> None:
        """Count that a list was opened on a day."""
        with self._counting:
            self._counted[list_id, day] += 1
            if not self._writes_at_exit:
                self._writes_at_exit = True
                atexit.register(self.write)

    def write_in_time(self) -> None:
        """Write what was counted, unless that was done a moment ago or is being done."""
        if time.monotonic() - self._written_at >= SECONDS_BETWEEN_WRITES and self._writing.acquire(blocking=False):
            try:
                self._write()
            finally:
                self._writing.release()

    def write(self) -> None:
        """Write all that was counted."""
        with self._writing:
            self._write()

    def _write(self) -> None:
        self._written_at = time.monotonic()
        with self._counting:
            counted, self._counted = self._counted, Counter()
        if not counted:
            return
        try:
            with self._sessions() as session:
                for (list_id, day), views in sorted(counted.items()):
                    add_views(session, list_id, day, views)
                session.commit()
        except SQLAlchemyError:  # a number that is a little low matters less than the page that was asked for
            log.warning("views of lists could not be written", lists=len(counted))
            with self._counting:
                self._counted.update(counted)


def add_views(session: Session, list_id: int, day: date, views: int) -> None:
    """Add to what is counted of a list on a day; one that was deleted meanwhile is passed over. The caller commits."""
    for _ in range(2):
        counted = update(DayOfViews).where(DayOfViews.list_id == list_id, DayOfViews.day == day)
        more = session.execute(counted.values(views=DayOfViews.views + views))
        is_there = more.rowcount > 0  # type: ignore[attr-defined]
        if is_there or not session.scalar(select(exists().where(SharedList.id == list_id))):
            return
        try:
            with session.begin_nested():
                session.add(DayOfViews(list_id=list_id, day=day, views=views))
        except IntegrityError:  # another process was first, or the list went
            continue
        return
