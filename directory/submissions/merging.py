"""Two organisations found to be one: all of the first becomes the other's, and can be given back.

The caller commits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue.actions import touch
from directory.catalogue.models import Intake, Involvement, Opportunity
from directory.foundation.refusals import Refusal
from directory.organisations.models import Membership, Merge, Organisation
from directory.organisations.queries import merge_of
from directory.submissions.models import Submission

SUBJECT = "organisation"
READ_BEFORE = (Organisation, Opportunity, Involvement, Intake, Membership, Submission)
QUIETLY = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Moving:
    """What a merge would move, counted."""

    listings: int
    involvements: int
    people: int
    submissions: int


def moving(session: Session, organisation: Organisation) -> Moving:
    """Count what is an organisation's."""

    def count(column: Any) -> int:
        return session.scalar(select(func.count()).where(column == organisation.id)) or 0

    return Moving(
        count(Opportunity.organisation_id),
        count(Involvement.organisation_id) + count(Intake.host_id),
        count(Membership.organisation_id),
        count(Submission.organisation_id),
    )


def merge(session: Session, merged: Organisation, into: Organisation, by: Account, now: datetime) -> Merge:
    """Find ``merged`` to be ``into``: its listings, parts in others, people and submissions become the other's.

    Of somebody who is with both, only what ``into`` knows of them counts. Raises Refusal when either was found to be
    another before.
    """
    if merged.id == into.id:
        raise Refusal("Choose another organisation: this one is itself already.")
    _hold(session, into, "That one was itself found to be another organisation meanwhile. Choose that one instead.")
    claimed = session.execute(
        update(Organisation)
        .where(Organisation.id == merged.id, Organisation.merged_into_id.is_(None))
        .values(merged_into_id=into.id)
        .returning(Organisation.id),
        execution_options=QUIETLY,
    )
    if claimed.scalar() is None:
        raise Refusal("This was found to be another organisation already. Part them first.")
    moved = _all_of(session, merged, into)
    _point(session, moved, into.id)
    made = Merge(merged_id=merged.id, into_id=into.id, moved=moved, at=now)
    session.add(made)
    _settle(session, moved, now)
    counted = {name: len(rows) for name, rows in moved.items()}
    record(session, "merged", SUBJECT, merged.id, now, by=by, after={"into": into.slug, **counted})
    record(session, "took in", SUBJECT, into.id, now, by=by, after={"from": merged.slug, **counted})
    return made


def part(session: Session, merged: Organisation, by: Account, now: datetime) -> None:
    """Undo a merge: everything that it moved, and that is still there, goes back. Parting twice changes nothing.

    Raises Refusal while the other one is itself found to be a third.
    """
    made = merge_of(session, merged)
    into = session.get(Organisation, made.into_id) if made else None
    if made is None or into is None:
        return
    _hold(session, into, f"{into.name} was found to be another organisation itself. Part those two first.")
    parted = session.execute(
        update(Merge).where(Merge.id == made.id, Merge.parted_at.is_(None)).values(parted_at=now).returning(Merge.id),
        execution_options=QUIETLY,
    )
    if parted.scalar() is None:
        return
    _point(session, _still_there(session, made.moved, into), merged.id)
    session.execute(
        update(Organisation).where(Organisation.id == merged.id).values(merged_into_id=None), execution_options=QUIETLY
    )
    _settle(session, made.moved, now)
    record(session, "parted", SUBJECT, merged.id, now, by=by, before={"into": into.slug})
    record(session, "gave back", SUBJECT, into.id, now, by=by, after={"to": merged.slug})


def _hold(session: Session, organisation: Organisation, otherwise: str) -> None:
    """Keep others from merging an organisation away until the caller commits; refuse when they did."""
    held = session.execute(
        update(Organisation)
        .where(Organisation.id == organisation.id, Organisation.merged_into_id.is_(None))
        .values(name=Organisation.name)
        .returning(Organisation.id),
        execution_options=QUIETLY,
    )
    if held.scalar() is None:
        raise Refusal(otherwise)


def _all_of(session: Session, merged: Organisation, into: Organisation) -> dict[str, Any]:
    """List what is an organisation's by its keys; what belongs to a listing beside that listing's, and what it is."""
    with_both = select(Membership.account_id).where(Membership.organisation_id == into.id)
    members = select(Membership.id).where(
        Membership.organisation_id == merged.id, Membership.account_id.not_in(with_both)
    )
    involved = select(Involvement.id, Involvement.opportunity_id, Involvement.role, Involvement.position)
    hosted = select(Intake.id, Intake.opportunity_id, Intake.position)
    return {
        "listings": _keys(session, select(Opportunity.id).where(Opportunity.organisation_id == merged.id)),
        "involvements": [
            [id, listing, str(role), position]
            for id, listing, role, position in session.execute(
                involved.where(Involvement.organisation_id == merged.id).order_by(Involvement.id)
            )
        ],
        "rounds": [
            [id, listing, position]
            for id, listing, position in session.execute(hosted.where(Intake.host_id == merged.id).order_by(Intake.id))
        ],
        "people": _keys(session, members),
        "submissions": _keys(session, select(Submission.id).where(Submission.organisation_id == merged.id)),
    }


def _keys(session: Session, rows: Any) -> list[int]:
    return sorted(session.scalars(rows))


def _still_there(session: Session, moved: Mapping[str, Any], into: Organisation) -> dict[str, Any]:
    """Give what was moved, without what has become somebody else's since; parts that were written anew are found."""

    def ours(model: Any, column: Any, keys: Iterable[int]) -> list[int]:
        return _keys(session, select(model.id).where(model.id.in_(list(keys)), column == into.id))

    involvements = select(Involvement.id, Involvement.opportunity_id, Involvement.role, Involvement.position).where(
        Involvement.organisation_id == into.id
    )
    rounds = select(Intake.id, Intake.opportunity_id, Intake.position).where(Intake.host_id == into.id)
    return {
        "listings": ours(Opportunity, Opportunity.organisation_id, moved["listings"]),
        "involvements": _again(session.execute(involvements), moved["involvements"]),
        "rounds": _again(session.execute(rounds), moved["rounds"]),
        "people": ours(Membership, Membership.organisation_id, moved["people"]),
        "submissions": ours(Submission, Submission.organisation_id, moved["submissions"]),
    }


def _again(now: Iterable[Any], then: Iterable[list[Any]]) -> list[list[int]]:
    """Find what was moved among what there is now: by its key, else by its place in its listing."""
    places = {tuple(place) for _id, *place in then}
    keys = {id for id, *_place in then}
    rows = [[id, *(str(part) if isinstance(part, str) else part for part in place)] for id, *place in now]
    return [row for row in rows if row[0] in keys or tuple(row[1:]) in places]


def _point(session: Session, moved: Mapping[str, Any], organisation_id: int) -> None:
    for model, column, keys in (
        (Opportunity, "organisation_id", moved["listings"]),
        (Involvement, "organisation_id", [row[0] for row in moved["involvements"]]),
        (Intake, "host_id", [row[0] for row in moved["rounds"]]),
        (Membership, "organisation_id", moved["people"]),
        (Submission, "organisation_id", moved["submissions"]),
    ):
        if keys:
            session.execute(
                update(model).where(model.id.in_(keys)).values({column: organisation_id}), execution_options=QUIETLY
            )


def _settle(session: Session, moved: Mapping[str, Any], now: datetime) -> None:
    """Owe the index every listing that names either, and forget what the session read before."""
    listings = {*moved["listings"], *(row[1] for row in (*moved["involvements"], *moved["rounds"]))}
    touch(session, sorted(listings), now)
    session.flush()
    for row in [row for row in session if isinstance(row, READ_BEFORE)]:
        session.expire(row)
