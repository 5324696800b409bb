"""A companion: a process beside this one, started again when it ends, and gone when this one is."""

import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import structlog

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
# A companion that ran this long was well: the next time it ends, the pause is short again.
SECONDS_OF_HEALTH = 60.0
SECONDS_TO_END = 10.0

log = structlog.get_logger()


class Companion:
    """Keeps ``command`` running while the ``with`` lasts.

    Its standard input is a pipe that nothing is written to. When this process ends, in whatever way, the pipe does too:
    that is how the companion knows.
    """

    def __init__(self, name: str, command: Sequence[str], first_pause: float = FIRST_PAUSE) -> None:
        self._name = name
        self._command = command
        self._first_pause = first_pause
        self._ending = threading.Event()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True, name=f"keeper of the {name}")

    def __enter__(self) -> Self:
        self._keeper.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._starting:
            self._ending.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
        self._keeper.join()

    @property
    def pid(self) -> int | None:
        """Give the number of the process that runs now."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def _keep(self) -> None:
        pause = self._first_pause
        while not self._ending.is_set():
            began = time.monotonic()
            code = self._run()
            if time.monotonic() - began > SECONDS_OF_HEALTH:
                pause = self._first_pause
            if self._ending.is_set():
                return
            log.warning(f"the {self._name} ended and will be started again", code=code, seconds=pause)
            self._ending.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _run(self) -> int | None:
        """Run it once, to its end; gives its exit code, or None when it couldn't be started or needn't."""
        with self._starting:
            if self._ending.is_set():
                return None
            try:
                # In a group of its own, or Ctrl+C would end it before this process could say that it may.
                self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, process_group=0)  # noqa: S603
            except OSError:
                log.exception(f"the {self._name} can't be started")
                return None
        process = self._process
        code = process.wait()
        if process.stdin:
            with suppress(OSError):
                process.stdin.close()
        return code
