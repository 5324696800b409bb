"""One process at a time: for work that two starting at once must not both do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from directory.foundation.turn import Turn

LOCK_NUMBER = 0x5741_5949_4E  # "WAYIN": PostgreSQL's advisory locks are named by numbers
JOBS_NUMBER = LOCK_NUMBER + 1


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Wait until no other process holds this database's lock, then hold it. Not to be nested."""
    if engine.dialect.name == "sqlite":
        file = engine.url.database
        if not file or file == ":memory:":
            yield
            return
        with FileLock(f"{file}.lock"):
            yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": LOCK_NUMBER})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": LOCK_NUMBER})


class ServerTurn:
    """A turn that a PostgreSQL server gives: to one process of all its machines, for as long as that is connected."""

    def __init__(self, engine: Engine, number: int) -> None:
        self._engine = engine
        self._number = number
        self._connection: Connection | None = None

    def hold(self) -> bool:
        """Take it, or make sure that it is still held, and say whether it is; raises SQLAlchemyError like any query."""
        if self._connection is not None:
            try:
                self._connection.execute(text("SELECT 1"))
            except SQLAlchemyError:
                self._let_go()
                raise
            return True
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            taken = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": self._number}))
        except BaseException:
            connection.close()
            raise
        if taken:
            self._connection = connection
        else:
            connection.close()
        return taken

    def give_back(self) -> None:
        """Let another process have it."""
        self._let_go()

    def _let_go(self) -> None:
        """End the connection, which the lock lives and dies with, rather than leave it to the pool."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def turn_to_jobs(engine: Engine, data_folder: Path) -> Turn | ServerTurn:
    """Give the right to run this database's scheduled jobs."""
    if engine.dialect.name == "sqlite":
        file = engine.url.database
        return Turn(Path(f"{file}.jobs.lock") if file and file != ":memory:" else data_folder / "jobs.lock")
    return ServerTurn(engine, JOBS_NUMBER)
