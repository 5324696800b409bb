"""Skill areas that people change: what the index is owed, what loading then does, and the way back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import AuditRecord
from directory.catalogue.models import Opportunity, Owed, Skill
from directory.catalogue.outbox import owed, paid
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.seeding import seed
from directory.catalogue.skills import SkillChange, SkillSaid, change_skill, filed_under, undoing
from directory.foundation.refusals import Refusal
from tests.catalogue.seed_folders import GAZETTEER, SKILL, listing, write_seed_data

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
QUALITY = {"slug": "quality", "name": "Quality", "also": ["QC"]}
LISTINGS = (listing("one"), listing("both", skills=["research", "quality"]), listing("other", skills=["quality"]))


def load(session: Session, folder: Path, *listings: object, skills: tuple[object, ...] = (SKILL, QUALITY)) -> None:
    asked = listings or LISTINGS
    seed(session, write_seed_data(folder, *asked, skills=skills), GAZETTEER, NOW)  # type: ignore[arg-type]
    paid(session, [sequence for sequence, _ in owed(session)])
    session.commit()
    session.expunge_all()


@pytest.fixture(autouse=True)
def loaded(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path)


def change(session: Session, slug: str, to: SkillSaid | None, *, into: str = "") -> str:
    return change_skill(session, SkillChange(slug, to, into), NOW, by=None)


def last(session: Session) -> AuditRecord:
    return session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc())).first()  # type: ignore[return-value]


def undo(session: Session) -> None:
    change_skill(session, undoing(last(session)), NOW, by=None)


def slugs_owed(session: Session) -> set[str]:
    return set(session.scalars(select(Opportunity.slug).join(Owed, Owed.opportunity_id == Opportunity.id)))


def skills(session: Session) -> dict[str, str]:
    return {row.slug: row.name for row in session.scalars(select(Skill).order_by(Skill.id))}


def under(session: Session) -> dict[str, list[str]]:
    found = {}
    session.expire_all()
    for slug in ("one", "both", "other"):
        row = opportunity_by_slug(session, slug)
        assert row is not None
        found[slug] = sorted(skill.slug for skill in row.skills)
    return found


def test_an_edit_is_owed_to_the_index_and_loading_leaves_it_alone(session: Session, tmp_path: Path) -> None:
    change(session, "research", SkillSaid("Lab work", ("bench",)))
    assert slugs_owed(session) == {"one", "both"}
    load(session, tmp_path, skills=({**SKILL, "name": "Research"}, {**QUALITY, "name": "Checking"}))
    assert skills(session) == {"research": "Lab work", "quality": "Checking"}


def test_an_added_skill_survives_though_no_listing_is_filed_under_it(session: Session, tmp_path: Path) -> None:
    assert change(session, "", SkillSaid("Très spécial – data!")) == "tres-special-data"
    assert change(session, "", SkillSaid("Très spécial: data")) == "tres-special-data-2"
    load(session, tmp_path, listing("one"))
    assert {"tres-special-data", "tres-special-data-2"} <= skills(session).keys()


@pytest.mark.parametrize("name", ["再生医療", "x" * 80])
def test_any_name_makes_an_address(session: Session, name: str) -> None:
    slugs = [change(session, "", SkillSaid(name)) for _ in range(3)]
    assert len(set(slugs)) == 3
    assert max(map(len, slugs)) <= 60


def test_merging_files_the_listings_under_the_other(session: Session, tmp_path: Path) -> None:
    change(session, "research", None, into="quality")
    assert slugs_owed(session) == {"one", "both"}
    assert skills(session).keys() == {"quality"}
    assert under(session) == {"one": ["quality"], "both": ["quality"], "other": ["quality"]}
    load(session, tmp_path, *LISTINGS[1:], listing("one", summary="Changed in its file."))
    assert skills(session).keys() == {"quality"}
    assert under(session) == {"one": ["quality"], "both": ["quality"], "other": ["quality"]}


def test_a_merge_can_be_undone_and_so_can_the_undoing(session: Session) -> None:
    before = under(session)
    change(session, "research", None, into="quality")
    session.commit()
    undo(session)
    assert under(session) == before
    assert skills(session)["research"] == SKILL["name"]
    assert slugs_owed(session) == {"one", "both"}
    undo(session)
    assert under(session) == {"one": ["quality"], "both": ["quality"], "other": ["quality"]}
    assert [row.action for row in session.scalars(select(AuditRecord).order_by(AuditRecord.id))] == [
        "merged",
        "restored",
        "merged",
    ]


def test_a_skill_merged_twice_over_leads_to_the_last(session: Session, tmp_path: Path) -> None:
    change(session, "", SkillSaid("Everything"))
    change(session, "research", None, into="quality")
    change(session, "quality", None, into="everything")
    load(session, tmp_path, listing("one", summary="Changed."), *LISTINGS[1:])
    assert set(map(tuple, under(session).values())) == {("everything",)}
    assert skills(session).keys() == {"everything"}


def test_only_an_unused_skill_is_retired_and_it_stays_away(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="merge it"):
        change(session, "research", None)
    unused = ({"slug": "unused", "name": "Unused"}, SKILL, QUALITY)
    load(session, tmp_path, skills=unused)
    change(session, "unused", None)
    load(session, tmp_path, *LISTINGS[1:], listing("one", summary="Changed."), skills=unused)
    assert "unused" not in skills(session)
    load(session, tmp_path, listing("one", skills=["unused"]), skills=unused)
    assert "unused" in skills(session), "a listing needs it"


def test_edits_and_additions_are_undone(session: Session) -> None:
    change(session, "research", SkillSaid("Lab work"))
    undo(session)
    assert skills(session)["research"] == SKILL["name"]
    change(session, "", SkillSaid("Data"))
    undo(session)
    assert "data" not in skills(session)
    undo(session)
    assert "data" in skills(session)


def test_what_is_not_there_or_changes_nothing_is_refused(session: Session) -> None:
    for slug, to, into in (
        ("nowhere", SkillSaid("Back by itself"), ""),
        ("nowhere", None, ""),
        ("research", None, "nowhere"),
        ("research", None, "research"),
    ):
        with pytest.raises(Refusal, match="isn't there"):
            change(session, slug, to, into=into)
    with pytest.raises(Refusal, match="changes nothing"):
        change(session, "quality", SkillSaid("Quality", ("QC",)))
    assert filed_under(session, "nowhere") == ()
