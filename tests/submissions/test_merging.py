"""Two organisations are found to be one, and parted again exactly as they were."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.audit import history
from directory.catalogue.models import Involvement, Opportunity, Owed, Role
from directory.foundation.refusals import Refusal
from directory.organisations.actions import named
from directory.organisations.memberships import ask
from directory.organisations.models import Membership, Organisation
from directory.submissions import actions
from directory.submissions.merging import merge, moving, part
from directory.submissions.models import Submission
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.submissions.kept import somebody


def everything(session: Session) -> dict[str, object]:
    """Whose everything is."""
    session.flush()
    session.expire_all()
    return {
        "merged": dict(session.execute(select(Organisation.slug, Organisation.merged_into_id)).all()),  # type: ignore[arg-type]
        "listings": dict(session.execute(select(Opportunity.slug, Opportunity.organisation_id)).all()),  # type: ignore[arg-type]
        "involved": sorted(map(tuple, session.execute(select(Involvement.id, Involvement.organisation_id)))),
        "people": sorted(map(tuple, session.execute(select(Membership.id, Membership.organisation_id)))),
        "submissions": sorted(map(tuple, session.execute(select(Submission.id, Submission.organisation_id)))),
    }


@pytest.fixture
def two(session: Session) -> tuple[Organisation, Organisation]:
    old, new = organisation("Cell Catapult"), organisation("Cell and Gene Catapult")
    theirs, ours = row("Theirs", slug="theirs", organisation=old), row("Ours", slug="ours", organisation=new)
    ours.involvements = [Involvement(position=0, role=Role.PARTNER, organisation=old)]
    session.add_all([theirs, ours])
    session.flush()
    both, one = somebody(session, "both@x.example"), somebody(session, "one@x.example")
    for who, whose in ((both, old), (both, new), (one, old)):
        ask(session, who, whose, "I work there.", NOW)
    actions.begin(session, NOW, opportunity=theirs, account=one)
    session.flush()
    return old, new


def test_merging_moves_everything_and_parting_restores_it_exactly(
    session: Session, two: tuple[Organisation, Organisation]
) -> None:
    old, new = two
    me = somebody(session, "ana@wayin.example")
    before = everything(session)
    assert moving(session, old).listings == 1
    merge(session, old, new, me, NOW)
    after = everything(session)
    assert set(after["listings"].values()) == {new.id}  # type: ignore[attr-defined]
    assert [whose for _id, whose in after["involved"]] == [new.id]  # type: ignore[attr-defined]
    assert sorted(whose for _id, whose in after["people"]) == sorted([old.id, new.id, new.id])  # type: ignore[attr-defined]
    assert {whose for _id, whose in after["submissions"]} == {new.id}  # type: ignore[attr-defined]
    assert named(session, "cell catapult") is new
    part(session, old, me, NOW)
    assert everything(session) == before
    part(session, old, me, NOW)
    assert everything(session) == before
    assert [act.action for act in history(session, "organisation", old.id)] == ["merged", "parted"]
    assert [act.action for act in history(session, "organisation", new.id)] == ["took in", "gave back"]
    assert session.scalar(select(Owed).limit(1)) is not None


def test_nothing_is_merged_with_itself_or_twice_or_into_what_is_gone(
    session: Session, two: tuple[Organisation, Organisation]
) -> None:
    old, new = two
    me, third = somebody(session, "ana@wayin.example"), organisation("A third")
    session.add(third)
    session.flush()
    with pytest.raises(Refusal, match="itself already"):
        merge(session, old, old, me, NOW)
    merge(session, old, new, me, NOW)
    with pytest.raises(Refusal, match="already"):
        merge(session, old, third, me, NOW)
    with pytest.raises(Refusal, match="Choose that one"):
        merge(session, third, old, me, NOW)
    with pytest.raises(Refusal, match="Choose that one"):
        merge(session, new, old, me, NOW)


def test_those_merged_in_turn_are_parted_in_turn(session: Session, two: tuple[Organisation, Organisation]) -> None:
    old, new = two
    me, third = somebody(session, "ana@wayin.example"), organisation("A third")
    session.add(third)
    session.flush()
    before = everything(session)
    merge(session, old, new, me, NOW)
    merge(session, new, third, me, NOW)
    assert named(session, "cell catapult") is third
    with pytest.raises(Refusal, match="Part those two first"):
        part(session, old, me, NOW)
    part(session, new, me, NOW)
    part(session, old, me, NOW)
    assert everything(session) == before


def test_whoever_asks_of_the_merged_one_asks_of_the_other(
    session: Session, two: tuple[Organisation, Organisation]
) -> None:
    old, new = two
    merge(session, old, new, somebody(session, "ana@wayin.example"), NOW)
    assert ask(session, somebody(session, "new@x.example"), old, "Me.", NOW).organisation_id == new.id
