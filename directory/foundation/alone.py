"""One process at a time: for work that two starting at once must not both do."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock
from sqlalchemy import Engine, text

LOCK_NUMBER = 0x5741_5949_4E  # "WAYIN": PostgreSQL's advisory locks are named by numbers


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
