"""The database is brought to the newest revision, once, whoever starts, and then matches the models."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, String, Table, text
from sqlalchemy.engine import make_url

from directory.foundation import migrations
from directory.foundation.database import CONSTRAINT_NAMES, Base, connect
from directory.foundation.refusals import Misconfigured
from directory.schema import metadata
from tests import postgresql

MIGRATING = """
import sys
from directory.foundation.database import connect
from directory.foundation import migrations
migrations.migrate(connect(sys.argv[1]))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            address = f"sqlite:///{tmp_path / 'new.sqlite3'}"
        else:
            server = request.getfixturevalue("postgresql_address")
            address = stack.enter_context(postgresql.database(server, f"{make_url(server).database}_new"))
        engine = connect(address)
        yield engine
        engine.dispose()


@pytest.fixture
def no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations with no revisions yet, so that a test can write some."""
    here = tmp_path / "migrations"
    shutil.copytree(migrations.HERE, here, ignore=shutil.ignore_patterns("0*.py", "__pycache__"))
    monkeypatch.setattr(migrations, "HERE", here)
    return here


def test_the_revisions_make_what_the_models_say(new_database: Engine) -> None:
    if not migrations.at_head(new_database):
        migrations.migrate(new_database)
        assert migrations.drift(new_database, metadata) == []
    assert migrations.at_head(new_database)


def test_two_processes_starting_at_once_migrate_once(new_database: Engine) -> None:
    address = new_database.url.render_as_string(hide_password=False)
    started = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", MIGRATING, address], stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in started:
        _, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, complaint
    assert migrations.at_head(new_database)


def test_a_revision_is_written_from_the_models_and_leaves_nothing_to_do(
    new_database: Engine, no_revisions: Path
) -> None:
    migrations.migrate(new_database)
    assert migrations.at_head(new_database)
    assert migrations.drift(new_database, metadata)
    written = migrations.write_revision(new_database, metadata, "Everything")
    assert written.name == "0001_everything.py"
    assert "directory." not in written.read_text().split("def upgrade")[1]
    migrations.migrate(new_database)
    assert migrations.drift(new_database, metadata) == []


def test_changing_a_table_keeps_the_rows_that_point_at_it(new_database: Engine, no_revisions: Path) -> None:
    first = MetaData(naming_convention=CONSTRAINT_NAMES)
    Table("dish", first, Column("id", Integer, primary_key=True), Column("name", String(20)))
    Table(
        "colony",
        first,
        Column("id", Integer, primary_key=True),
        Column("dish_id", ForeignKey("dish.id", ondelete="CASCADE")),
    )
    migrations.write_revision(new_database, first, "Dishes")
    migrations.migrate(new_database)
    with new_database.begin() as connection:
        connection.execute(text("INSERT INTO dish (id, name) VALUES (1, 'agar')"))
        connection.execute(text("INSERT INTO colony (id, dish_id) VALUES (7, 1)"))
    (no_revisions / "versions" / "0002_names.py").write_text(
        "from alembic import op\n"
        "import sqlalchemy as sa\n"
        "revision, down_revision = '0002', '0001'\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('dish') as table:\n"
        "        table.alter_column('name', existing_type=sa.String(20), type_=sa.String(80), nullable=False)\n"
    )
    migrations.migrate(new_database)
    with new_database.connect() as connection:
        assert connection.execute(text("SELECT dish_id FROM colony")).scalars().all() == [1]


def test_a_revision_that_fails_leaves_the_database_as_it_was(new_database: Engine, no_revisions: Path) -> None:
    (no_revisions / "versions" / "0001_half.py").write_text(
        "from alembic import op\n"
        "import sqlalchemy as sa\n"
        "revision, down_revision = '0001', None\n"
        "def upgrade():\n"
        "    op.create_table('half', sa.Column('id', sa.Integer, primary_key=True))\n"
        "    raise RuntimeError('half way')\n"
    )
    with pytest.raises(RuntimeError, match="half way"):
        migrations.migrate(new_database)
    with new_database.connect() as connection:
        assert not new_database.dialect.has_table(connection, "half")


def test_a_database_from_a_newer_product_is_refused_plainly(new_database: Engine, no_revisions: Path) -> None:
    with new_database.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    with pytest.raises(Misconfigured, match="another version of this product"):
        migrations.migrate(new_database)


def test_every_rooms_models_are_in_the_schema() -> None:
    rooms = Path(migrations.__file__).parent.parent.parent
    for models in rooms.glob("*/models.py"):
        assert f"directory.{models.parent.name}.models" in sys.modules, "directory/schema.py should import it"
    assert metadata is Base.metadata
