"""A turn: the right to do something, held by one process at a time, for as long as it likes or until another asks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

SECONDS_BETWEEN_TRIES = 0.05
# As long as whoever was asked for the turn keeps from taking it again: many tries of whoever asked.
SECONDS_TO_GIVE_WAY = 1.0


class Turn:
    """The right that goes with a file. The system takes it back from a process that dies, so it is never stale.

    A Turn is for one process and no copy of it; threads may share it.
    """

    def __init__(self, file: Path) -> None:
        self._lock = FileLock(file, thread_local=False)
        self._wish = file.with_name(f"{file.name}.asked")

    def take(self) -> bool:
        """Take it if nobody has it, and say whether it was to be had. The folder of its file must exist."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def hold(self) -> bool:
        """Take it unless this process has it already, and say whether it is held."""
        return self._lock.is_locked or self.take()

    def give_back(self) -> None:
        """Let somebody else have it."""
        self._lock.release()

    def is_taken(self) -> bool:
        """Say whether somebody has it, this Turn included."""
        if self._lock.is_locked:
            return True
        if not self.take():
            return True
        self.give_back()
        return False

    @contextmanager
    def asked_for(self, seconds: float) -> Iterator[bool]:
        """Ask whoever has it to give way, and hold it inside; gives False when it was not to be had in time."""
        end = time.monotonic() + seconds
        while not (taken := self.take()) and time.monotonic() < end:
            self._wish.touch()
            time.sleep(SECONDS_BETWEEN_TRIES)
        self._wish.unlink(missing_ok=True)
        try:
            yield taken
        finally:
            if taken:
                self.give_back()

    def is_wished_for(self) -> bool:
        """Say whether somebody asks for it."""
        return self._wish.exists()

    def give_way(self) -> None:
        """Give it to whoever asks: it is given back, and not to be taken again before they could have it."""
        self._wish.unlink(missing_ok=True)
        self.give_back()
        time.sleep(SECONDS_TO_GIVE_WAY)
