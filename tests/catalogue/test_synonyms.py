"""Synonyms that people change, and what loading the file then does."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts import audit
from directory.catalogue.models import SeedLoad, Synonym
from directory.catalogue.seeding import BadSeedData, seed
from directory.catalogue.synonyms import SynonymChange, SynonymSaid, change_synonym, said, undoing
from directory.foundation.refusals import Refusal
from tests.catalogue.seed_folders import GAZETTEER, SEED_DATA, listing, write_seed_data

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CGT = {"same": ["CGT", "cell and gene therapy"]}
PHARMA = {"typed": ["pharma"], "finds": ["pharmaceutical", "biopharma"]}


def load(session: Session, folder: Path, *synonyms: dict[str, list[str]]) -> None:
    seed(session, write_seed_data(folder, listing(), synonyms=synonyms), GAZETTEER, NOW)
    session.commit()


def in_force(session: Session) -> list[SynonymSaid]:
    return [words for row in session.scalars(select(Synonym).order_by(Synonym.id)) if (words := said(row))]


def only(session: Session) -> Synonym:
    return session.scalars(select(Synonym)).one()


def change(session: Session, id: int | None, to: SynonymSaid | None, why: str = "") -> Synonym:
    return change_synonym(session, SynonymChange(id, to), NOW, by=None, why=why)


def test_every_entry_of_the_file_becomes_a_row(session: Session) -> None:
    seed(session, SEED_DATA, GAZETTEER, NOW)
    rows = in_force(session)
    assert len(rows) >= 120
    assert rows[0] == SynonymSaid(("CGT", "cell and gene therapy", "gene and cell therapy", "cell gene therapy"))
    assert any(row.finds for row in rows)


def test_rows_that_nobody_touched_follow_their_file(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path, CGT, PHARMA)
    first = in_force(session)
    load(session, tmp_path, {"same": [*CGT["same"], "gene therapy"]})
    assert len(first) == 2
    assert in_force(session) == [SynonymSaid(("CGT", "cell and gene therapy", "gene therapy"))]


def test_a_changed_file_of_synonyms_is_noticed(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path, CGT)
    load(session, tmp_path, CGT)
    assert len(session.scalars(select(SeedLoad)).all()) == 1
    load(session, tmp_path, CGT, PHARMA)
    assert len(session.scalars(select(SeedLoad)).all()) == 2


def test_a_row_that_a_person_edited_is_left_alone(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path, CGT)
    change(session, only(session).id, SynonymSaid(("CGT", "our field")))
    for file in (CGT, {"same": ["CGT", "something else"]}, PHARMA):
        load(session, tmp_path, file)
        assert SynonymSaid(("CGT", "our field")) in in_force(session)
        assert len([row for row in in_force(session) if "CGT" in row.words]) == 1


def test_a_row_that_a_person_removed_stays_away(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path, CGT)
    change(session, only(session).id, None)
    load(session, tmp_path, {"same": [*CGT["same"], "gene therapy"]})
    assert in_force(session) == []


def test_what_a_person_added_is_nothing_to_the_file(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path, CGT)
    change(session, None, SynonymSaid(("lab", "bench")))
    load(session, tmp_path, PHARMA)
    assert {row.words for row in in_force(session)} == {("lab", "bench"), ("pharma",)}


def test_an_entry_that_cannot_be_told_from_another_is_refused(session: Session, tmp_path: Path) -> None:
    with pytest.raises(BadSeedData, match="begins as another entry does"):
        load(session, tmp_path, CGT, {"same": ["cgt", "gene therapy"]})
    with pytest.raises(BadSeedData, match="stands alone"):
        load(session, tmp_path, {**CGT, **PHARMA})


def test_a_change_leaves_a_record_and_can_be_undone(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path, CGT)
    was, row = said(only(session)), only(session)
    change(session, row.id, SynonymSaid(("CGT",), ("gene therapy",)), why="One way only.")
    (edited,) = audit.history(session, "synonym", row.id)
    assert (edited.action, edited.why) == ("edited", "One way only.")
    assert edited.before == {"words": CGT["same"], "finds": []}
    assert edited.after == {"words": ["CGT"], "finds": ["gene therapy"]}

    change_synonym(session, undoing(edited), NOW, by=None)
    assert said(row) == was
    load(session, tmp_path, {"same": [*CGT["same"], "gene therapy"]})
    assert len(only(session).words) == 3, "what was put back follows its file again"


def test_adding_and_removing_undo_each_other(session: Session) -> None:
    row = change(session, None, SynonymSaid(("lab", "bench")))
    (added,) = audit.history(session, "synonym", row.id)
    change_synonym(session, undoing(added), NOW, by=None)
    assert said(row) is None
    removed = audit.history(session, "synonym", row.id)[-1]
    change_synonym(session, undoing(removed), NOW, by=None)
    assert said(row) == SynonymSaid(("lab", "bench"))
    assert [one.action for one in audit.history(session, "synonym", row.id)] == ["added", "removed", "restored"]


def test_what_is_not_there_or_changes_nothing_is_refused(session: Session) -> None:
    row = change(session, None, SynonymSaid(("lab", "bench")))
    with pytest.raises(Refusal, match="changes nothing"):
        change(session, row.id, SynonymSaid(("lab", "bench")))
    with pytest.raises(Refusal, match="aren't there"):
        change(session, row.id + 1, None)
    change(session, row.id, None)
    with pytest.raises(Refusal, match="aren't there"):
        change(session, row.id, None)
