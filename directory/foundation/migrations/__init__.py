"""The database's shape: bring it up to date, compare it with the models, write the next revision."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, MetaData

from directory.foundation.alone import alone
from directory.foundation.refusals import Misconfigured

HERE = Path(__file__).parent


def migrate(engine: Engine) -> None:
    """Bring the database to the newest revision, or leave it as it was; of several processes, one does the work.

    Raises Misconfigured when the database is of a revision this code doesn't know: a newer product has used it.
    """
    if at_head(engine):
        return
    with alone(engine), _connection_for_migrating(engine) as connection:
        try:
            command.upgrade(_config(connection), "head")
        except CommandError as problem:
            raise Misconfigured(f"The database was last used by another version of this product: {problem}.") from None


def at_head(engine: Engine) -> bool:
    """Say whether the database is of the newest revision."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    return set(present) == set(_scripts().get_heads())


def drift(engine: Engine, metadata: MetaData) -> Sequence[Any]:
    """List what would have to change in the database for it to match ``metadata``; empty when they agree."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def write_revision(engine: Engine, metadata: MetaData, message: str) -> Path:
    """Write the next revision from what ``metadata`` has and the database (at head) has not."""
    number = len(list(_scripts().walk_revisions())) + 1
    with engine.connect() as connection:
        config = _config(connection)
        config.attributes["metadata"] = metadata
        script = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
    if script is None or isinstance(script, list):
        raise Misconfigured("No revision was written.")
    return Path(script.path)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(HERE)


@contextmanager
def _connection_for_migrating(engine: Engine) -> Iterator[Connection]:
    """Open one transaction for all revisions.

    On SQLite a table is changed by copying it and dropping the old one, which would cascade through foreign keys,
    and they can be let go of only outside a transaction. They are all checked at the end.
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            driver.execute("BEGIN IMMEDIATE")
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise Misconfigured(
                        f"Migrating would leave {len(broken)} rows pointing at nothing; nothing changed."
                    )
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
