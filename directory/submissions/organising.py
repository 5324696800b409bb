"""What moderators read of organisations, and the details they change. The caller commits.

Listings stand above organisations, so what concerns both is here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue.actions import touch
from directory.catalogue.models import Involvement, Opportunity, Standing
from directory.foundation.refusals import Refusal
from directory.organisations.models import Membership, Organisation, OrganisationKind
from directory.submissions.merging import SUBJECT

DETAILS = ("name", "url", "kind", "description")
LIMITS = {"name": 200, "url": 500, "description": 2_000}


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation as the list shows it."""

    slug: str
    name: str
    kind: OrganisationKind
    listings: int
    waiting: int


def organisations(session: Session, words: str, start: int, size: int) -> Sequence[Row]:
    """Give the organisations whose names hold ``words``: those of whom somebody waits first, then by name.

    One statement. Those found to be another are left out.
    """
    listings = _count(Opportunity.id, Opportunity.organisation_id, Opportunity.standing == Standing.PUBLISHED)
    waiting = _count(
        Membership.id, Membership.organisation_id, Membership.confirmed_at.is_(None), Membership.refused_at.is_(None)
    )
    rows = (
        select(Organisation.slug, Organisation.name, Organisation.kind, listings, waiting)
        .where(Organisation.merged_into_id.is_(None), *_named(words))
        .order_by(waiting.desc(), func.lower(Organisation.name), Organisation.id)
        .offset(start)
        .limit(size)
    )
    return [Row(*row) for row in session.execute(rows)]


def how_many(session: Session, words: str) -> int:
    """Count the organisations whose names hold ``words``."""
    rows = select(func.count()).where(Organisation.merged_into_id.is_(None), *_named(words))
    return session.scalar(rows) or 0


def alike(session: Session, organisation: Organisation, words: str, most: int) -> Sequence[Organisation]:
    """Give other organisations that this one may be: by words of its name, or by ``words``."""
    asked = [words] if words.strip() else [word for word in organisation.name.split() if len(word) > 3] or [""]
    rows = select(Organisation).where(
        Organisation.merged_into_id.is_(None),
        Organisation.id != organisation.id,
        or_(*(and_(true(), *_named(word)) for word in asked)),
    )
    return session.scalars(rows.order_by(func.lower(Organisation.name), Organisation.id).limit(most)).all()


def change_details(
    session: Session, organisation: Organisation, said: Mapping[str, str], by: Account, now: datetime
) -> bool:
    """Say who an organisation is, by a person's hand: seeding leaves it alone from now on; says whether it changed.

    The index is owed every listing that names it. Raises Refusal when the name is another's.
    """
    wanted = {
        "name": " ".join(said["name"].split()),
        "url": said["url"].strip() or None,
        "kind": OrganisationKind(said["kind"]),
        "description": said["description"].strip(),
    }
    before = {name: getattr(organisation, name) for name in DETAILS}
    differs = [name for name in DETAILS if before[name] != wanted[name]]
    if not differs:
        return False
    others = select(Organisation.id).where(
        func.lower(Organisation.name) == str(wanted["name"]).lower(),
        Organisation.id != organisation.id,
        Organisation.merged_into_id.is_(None),
    )
    if "name" in differs and session.scalar(others.limit(1)) is not None:
        raise Refusal("Another organisation has this name already. If they’re one, merge them.")
    for name in differs:
        setattr(organisation, name, wanted[name])
    organisation.edited_at = now
    session.flush()
    touch(session, naming(session, organisation), now)
    record(
        session,
        "changed",
        SUBJECT,
        organisation.id,
        now,
        by=by,
        before={name: before[name] for name in differs},
        after={name: wanted[name] for name in differs},
    )
    return True


def naming(session: Session, organisation: Organisation) -> list[int]:
    """Give the keys of the listings that say an organisation's name."""
    involved = select(Involvement.opportunity_id).where(Involvement.organisation_id == organisation.id)
    theirs = (Opportunity.organisation_id == organisation.id) | Opportunity.id.in_(involved)
    return sorted(session.scalars(select(Opportunity.id).where(theirs)))


def _count(key: Any, whose: Any, *conditions: ColumnElement[bool]) -> Any:
    rows = select(func.count(key)).where(whose == Organisation.id, *conditions)
    return rows.correlate(Organisation).scalar_subquery()


def _named(words: str) -> list[ColumnElement[bool]]:
    return [func.lower(Organisation.name).contains(word.lower(), autoescape=True) for word in words.split()[:8]]
