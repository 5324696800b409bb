"""What was done is written down once and stays."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from directory.accounts.audit import history, record
from tests.contracts.listings import NOW


def test_what_was_done_is_told_in_order(session: Session) -> None:
    for action in ("made", "changed"):
        record(
            session, action, "organisation", 3, NOW, before={"name": "A"}, after={"name": "B"}, why="a typing mistake"
        )
    record(session, "made", "organisation", 4, NOW)
    assert [(row.action, row.after["name"]) for row in history(session, "organisation", 3)] == [
        ("made", "B"),
        ("changed", "B"),
    ]


def test_the_database_refuses_to_change_what_was_written_down(session: Session) -> None:
    record(session, "made", "organisation", 3, NOW)
    session.flush()
    with pytest.raises(DBAPIError, match="stays written down"):
        session.execute(text("UPDATE audit_record SET why = 'another reason'"))
