"""The database fixture and the promise that a database which doesn't answer is one clear sentence."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from directory.foundation.database import connect, make_sure_it_answers
from directory.foundation.refusals import Misconfigured
from directory.schema import metadata


def test_every_table_exists_on_both_databases(database: Engine) -> None:
    with database.connect() as connection:
        for table in metadata.sorted_tables:
            assert connection.execute(table.select().limit(1)).all() == []


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_committed_is_gone_in_the_next(database: Engine, turn: int) -> None:
    with database.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM skill")).scalar() == 0
        connection.execute(text("INSERT INTO skill (slug, name, also) VALUES ('cells', 'Cells', '[]')"))


def test_a_folder_that_is_a_file_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Misconfigured, match=r"The database at sqlite:///.* doesn't answer: unable to open"):
        make_sure_it_answers(connect(f"sqlite:///{tmp_path}/file/wayin.sqlite3"))


def test_a_server_that_is_not_there_is_said_without_its_password() -> None:
    with pytest.raises(Misconfigured, match="doesn't answer") as refusal:
        make_sure_it_answers(connect("postgresql+psycopg://someone:sesame@127.0.0.1:1/wayin"))
    assert "sesame" not in str(refusal.value)


def test_a_missing_driver_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Misconfigured, match="PostgreSQL needs a driver"):
        connect("postgresql+psycopg://someone@127.0.0.1/wayin")
