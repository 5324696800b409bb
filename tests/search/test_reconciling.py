"""The index held against the database: what differs is found, told and mended."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from directory.catalogue.actions import amend
from directory.catalogue.models import Opportunity
from directory.catalogue.seeding import seed
from directory.places.gazetteer import Gazetteer
from directory.search.document import SearchDocument, document_of
from directory.search.engine import SearchEngine
from directory.search.engines.whoosh import WhooshEngine
from directory.search.indexing import catch_up
from directory.search.reconciling import differences, reconcile
from tests.contracts.listings import NOW, listing
from tests.search.conftest import SEED_DATA, Publish


def test_an_index_that_is_true_has_no_differences(publish: Publish, session: Session, engine: SearchEngine) -> None:
    publish("Lab work")
    catch_up(session, engine)
    shown: list[tuple[int, int]] = []
    found = reconcile(session, engine, lambda done, total: shown.append((done, total)))
    assert not found
    assert str(found) == "The index says what the database says."
    assert shown == [(1, 1)]


def test_what_is_missing_stale_or_unwanted_is_told_and_mended(
    publish: Publish, session: Session, tmp_path: Path
) -> None:
    rows = [publish(f"Lab {number}") for number in range(3)]
    engine = WhooshEngine(tmp_path)
    catch_up(session, engine)
    before = engine.status()
    engine.apply([listing(rows[1].id, "Something else"), listing(999)], [rows[0].id])
    found = reconcile(session, engine)
    assert (found.missing, found.stale, found.unwanted) == ({rows[0].id}, {rows[1].id}, {999})
    assert str(found) == "The index differed: 1 missing, 1 out of date, 1 no longer public."
    assert not differences(session, engine)
    assert (engine.count(), engine.status().sequence) == (3, before.sequence)


def test_what_is_still_owed_is_no_difference(publish: Publish, session: Session, engine: SearchEngine) -> None:
    row = publish("Lab work")
    catch_up(session, engine)
    amend(session, row, {"title": "Clean room"}, NOW)
    publish("More lab work")
    assert not differences(session, engine)


def test_a_lost_index_is_built_anew(publish: Publish, session: Session, tmp_path: Path) -> None:
    publish("Lab work")
    engine = WhooshEngine(tmp_path)
    found = reconcile(session, engine)
    assert str(found) == "There was no index to compare (no index)."
    assert engine.count() == 1


def test_the_real_catalogue_reads_the_same_every_time(session: Session, gazetteer: Gazetteer, tmp_path: Path) -> None:
    seed(session, SEED_DATA, gazetteer, NOW)
    engine = WhooshEngine(tmp_path)
    catch_up(session, engine)
    session.expunge_all()
    assert str(differences(session, engine)) == "The index says what the database says."


def test_a_listing_that_cannot_be_read_is_left_as_it_is(
    publish: Publish, session: Session, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = publish("Bad"), publish("Good")
    catch_up(session, engine)
    engine.apply([], [bad.id, good.id])

    def reads(row: Opportunity) -> SearchDocument:
        if row.title == "Bad":
            raise ValueError
        return document_of(row)

    monkeypatch.setattr("directory.search.indexing.document_of", reads)
    assert reconcile(session, engine).missing == {good.id}
    assert engine.count() == 1
