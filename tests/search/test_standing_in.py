"""While an index is lost the twin answers, as the database is now; an engine in memory is its own twin."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from directory.catalogue.actions import amend, withdraw
from directory.foundation.database import session_maker
from directory.search import standing_in
from directory.search.engine import Question, SearchEngine
from directory.search.engines.memory import MemoryEngine
from directory.search.engines.whoosh import WhooshEngine
from directory.search.indexing import catch_up, status
from directory.search.language import read
from directory.search.standing_in import Attended
from tests.contracts.listings import NOW
from tests.search.conftest import Publish


@pytest.fixture
def sessions(database: Engine) -> sessionmaker[Session]:
    return session_maker(database)


@pytest.fixture(params=["whoosh", "memory"])
def attended(request: pytest.FixtureRequest, sessions: sessionmaker[Session], tmp_path: Path) -> Attended:
    """An engine with no index of its own."""
    engine: SearchEngine = WhooshEngine(tmp_path) if request.param == "whoosh" else MemoryEngine()
    return Attended(engine, sessions)


def total(engine: Attended, text: str = "", now: datetime = NOW) -> int:
    return engine.search(Question(text=read(text)), now).total


def test_it_answers_as_the_database_is_after_every_change(
    publish: Publish, session: Session, attended: Attended
) -> None:
    row = publish("Lab work")
    publish("More lab work")
    session.commit()
    assert (total(attended, "lab"), "more" in attended.words()) == (2, True)
    amend(session, row, {"title": "Clean room"}, NOW)
    session.commit()
    assert (total(attended, "lab"), total(attended, "clean")) == (1, 1)
    withdraw(session, row, NOW)
    session.commit()
    assert total(attended, "clean") == 0
    assert attended.words().get("clean") is None


def test_it_is_filled_once_for_many_who_ask(
    publish: Publish, session: Session, attended: Attended, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("Lab work")
    session.commit()
    fillings: list[object] = []

    for name in ("refill", "rebuild"):
        fill = getattr(standing_in, name)

        def counted(*given: object, fill: Callable[..., object] = fill) -> None:
            fillings.append(given)
            fill(*given)

        monkeypatch.setattr(standing_in, name, counted)
    askers = [threading.Thread(target=total, args=(attended,)) for _ in range(6)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(fillings) == 1


def test_standing_in_pays_nothing_and_keeping_the_only_index_pays(
    publish: Publish, session: Session, attended: Attended
) -> None:
    publish("Lab work")
    session.commit()
    total(attended)
    found = status(session, attended)
    assert found.engine.reads_through
    assert found.engine.stands_in != attended.is_kept_here
    assert found.owed == (0 if attended.is_kept_here else 1)


def test_once_there_is_an_index_it_answers(
    publish: Publish, session: Session, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    publish("Lab work")
    session.commit()
    attended = Attended(WhooshEngine(tmp_path), sessions)
    assert total(attended) == 1
    catch_up(session, WhooshEngine(tmp_path))
    publish("More lab work")
    session.commit()
    assert not attended.status().reads_through
    assert total(attended) == 1, "the twin would know of both"
    assert "more" not in attended.words()
