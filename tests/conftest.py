"""What every test may ask for: a database of each kind, the product's parts, a client that reads pages strictly."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from directory.app import assemble, create_app, prepare, vocabulary
from directory.foundation.database import connect, session_maker
from directory.foundation.migrations import migrate
from directory.foundation.progress import quietly
from directory.foundation.resources import resource
from directory.foundation.settings import Settings
from directory.parts import Parts
from directory.places.gazetteer import Gazetteer
from directory.schema import metadata
from directory.search.engines import choose
from directory.search.living import LivingVocabulary
from directory.search.reading import Vocabulary
from directory.search.standing_in import Attended
from tests import postgresql
from tests.strict_html import StrictClient

# The machines that run this share their cores: a slow example is no failure.
hypothesis.settings.register_profile("wayin", deadline=None)
hypothesis.settings.load_profile("wayin")

SECRET = "a secret long enough for tests, and only for tests"


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """An empty PostgreSQL database of this process's own; skips where no server can be had."""
    with postgresql.server() as address:
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def standing_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database of each kind with every table, for the whole run: tests take ``database``, which is emptied."""
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.sqlite3'}")
        event.listen(engine, "connect", _careless_sqlite)
    else:
        engine = connect(request.getfixturevalue("postgresql_address"))
    migrate(engine)
    metadata.create_all(engine)
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:  # PostgreSQL can empty a table without deleting its rows
            connection.execute(text("DROP TRIGGER audit_record_is_kept_delete"))
    yield engine
    engine.dispose()


@pytest.fixture
def database(standing_database: Engine) -> Iterator[Engine]:
    """An empty database with every table; the test runs once for each kind."""
    written = False

    def note(_connection: object) -> None:
        nonlocal written
        written = True

    event.listen(standing_database, "commit", note)
    yield standing_database
    event.remove(standing_database, "commit", note)
    if written:
        _empty(standing_database)


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """A session on the empty database; what isn't committed is undone."""
    with session_maker(database)() as opened:
        yield opened


def _empty(engine: Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        else:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())


def _careless_sqlite(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The real gazetteer, read once."""
    return Gazetteer.load(resource("seed_data") / "gazetteer")


@pytest.fixture(scope="session")
def known_words() -> Vocabulary:
    """What words come to by the files, read once."""
    return vocabulary()


@pytest.fixture
def parts(database: Engine, gazetteer: Gazetteer, known_words: Vocabulary, tmp_path: Path) -> Parts:
    """The product's parts on the empty database, with the exact engine in memory."""
    settings = Settings.from_environment(
        {"WAYIN_DATA_FOLDER": str(tmp_path), "WAYIN_SEARCH_ENGINE": "memory", "WAYIN_SECRET_KEY": SECRET}
    )
    sessions = session_maker(database)
    words = LivingVocabulary(sessions, known_words)
    return Parts(settings, database, sessions, Attended(choose(settings), sessions), gazetteer, words)


@pytest.fixture
def app(parts: Parts) -> Flask:
    """The application on the empty database."""
    return strict(create_app(parts))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor to the application on the empty database."""
    return app.test_client()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The product as it starts, on each database: the real catalogue, the usual engine. For reading only."""
    variables = {"WAYIN_DATA_FOLDER": str(tmp_path_factory.mktemp("site")), "WAYIN_SECRET_KEY": SECRET}
    with ExitStack() as stack:
        if request.param == "postgresql":
            server = request.getfixturevalue("postgresql_address")
            new = postgresql.database(server, f"{make_url(server).database}_site")
            variables["WAYIN_DATABASE_URL"] = stack.enter_context(new)
        whole = assemble(Settings.from_environment(variables))
        prepare(whole, quietly)
        yield whole
        whole.database.dispose()


@pytest.fixture
def visitor(site: Parts) -> FlaskClient:
    """A visitor to the product with the real catalogue."""
    return strict(create_app(site)).test_client()


def strict(app: Flask) -> Flask:
    """Let mistakes through to the test, and read every page strictly."""
    app.testing = True
    app.test_client_class = StrictClient
    return app
