"""The database: the base of every table, the column types we share, and how to connect."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker
from sqlalchemy.types import TypeDecorator

from directory.foundation.refusals import Misconfigured

CONSTRAINT_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SECONDS_TO_WAIT_FOR_A_LOCK = 15
SECONDS_TO_WAIT_FOR_A_SERVER = 5


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite has no zones of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model. Constraints are named so that migrations can speak of them."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    type_annotation_map = {
        datetime: Moment,
        StrEnum: Enum(
            StrEnum, native_enum=False, length=40, values_callable=lambda words: [str(word) for word in words]
        ),
    }


Key = Annotated[int, mapped_column(primary_key=True)]


def connect(url: str) -> Engine:
    """Open the database at ``url`` (``sqlite:///…`` or ``postgresql+psycopg://…``).

    Parameters stay out of error messages, and so out of the logs: they can hold what people typed.
    """
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": SECONDS_TO_WAIT_FOR_A_LOCK}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    try:
        patience = {"connect_timeout": SECONDS_TO_WAIT_FOR_A_SERVER}
        return create_engine(url, connect_args=patience, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError:
        raise Misconfigured(
            "PostgreSQL needs a driver that isn't installed: pip install 'wayin[postgres]', or use ./run."
        ) from None


def make_sure_it_answers(engine: Engine) -> None:
    """Raise Misconfigured, naming the database, when it can't be reached or read."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as problem:
        address = engine.url.render_as_string(hide_password=True)
        reason = str(problem.orig).strip().splitlines()[0].rstrip(".")
        raise Misconfigured(f"The database at {address} doesn't answer: {reason}.") from None


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Let readers and the writer pass each other, keep what was acknowledged, hold foreign keys."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def session_maker(engine: Engine) -> sessionmaker[Session]:
    """Make sessions whose rows stay readable after a commit."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a session that commits at the end, or not at all."""
    with session_maker(engine)() as session, session.begin():
        yield session
