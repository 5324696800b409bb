"""The index follows the catalogue."""

import pytest
from sqlalchemy.orm import Session

from directory.catalogue import outbox
from directory.catalogue.actions import amend, restore, withdraw
from directory.search import indexing
from directory.search.engine import IndexMissing, Question, SearchEngine
from directory.search.indexing import ask, catch_up, rebuild, status
from directory.search.language import read
from tests.contracts.listings import NOW, listing
from tests.search.conftest import Publish


def titles_found(engine: SearchEngine, text: str) -> int:
    return engine.search(Question(text=read(text)), NOW).total


def test_catching_up_builds_what_is_not_there(publish: Publish, session: Session, engine: SearchEngine) -> None:
    publish("Lab work")
    assert catch_up(session, engine) == 1
    assert status(session, engine).is_whole
    assert catch_up(session, engine) == 0


def test_what_changed_is_found_as_it_is_now(publish: Publish, session: Session, engine: SearchEngine) -> None:
    row = publish("Lab work")
    catch_up(session, engine)
    amend(session, row, {"title": "Clean room"}, NOW)
    assert status(session, engine).owed == 1
    assert catch_up(session, engine) == 1
    assert (titles_found(engine, "lab"), titles_found(engine, "clean")) == (0, 1)
    assert outbox.debt(session) == 0


def test_what_is_withdrawn_leaves_and_what_is_restored_comes_back(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    row = publish("Lab work")
    catch_up(session, engine)
    withdraw(session, row, NOW)
    catch_up(session, engine)
    assert engine.count() == 0
    restore(session, row, NOW)
    catch_up(session, engine)
    assert engine.count() == 1


def test_a_new_title_reaches_the_listings_above_and_below(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    above = publish("Umbrella")
    publish("Programme", parent=above)
    catch_up(session, engine)
    amend(session, above, {"title": "Parasol"}, NOW)
    catch_up(session, engine)
    assert (titles_found(engine, "umbrella"), titles_found(engine, "parasol")) == (0, 2)


def test_an_index_of_another_catalogue_is_built_anew(publish: Publish, session: Session, engine: SearchEngine) -> None:
    publish("Lab work")
    catch_up(session, engine)
    engine.apply([listing(998), listing(999)], [])
    assert catch_up(session, engine) == 0
    assert engine.count() == 1


def test_many_changes_are_a_new_index(
    publish: Publish, session: Session, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("Lab work")
    catch_up(session, engine)
    monkeypatch.setattr(indexing, "MANY", 2)
    for number in range(4):
        publish(f"Lab {number}")
    assert catch_up(session, engine) == 4
    assert engine.count() == 5


def test_a_rebuild_shows_its_progress_and_pays_what_was_owed(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    for number in range(3):
        publish(f"Lab {number}")
    shown: list[tuple[int, int]] = []
    rebuild(session, engine, lambda done, total: shown.append((done, total)))
    assert shown == [(1, 3), (2, 3), (3, 3)]
    assert status(session, engine).is_whole


def test_a_search_without_an_index_fills_it_and_leaves_the_database_alone(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    publish("Lab work")
    with pytest.raises(IndexMissing):
        engine.search(Question(), NOW)
    assert ask(session, engine, Question(), NOW).total == 1
    assert outbox.debt(session) == 1
