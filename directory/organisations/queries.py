"""Read organisations, and who speaks for them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.organisations.models import Membership, Merge, Organisation


def organisation_by_slug(session: Session, slug: str) -> Organisation | None:
    """Get one organisation."""
    return session.scalar(select(Organisation).where(Organisation.slug == slug))


def found_to_be(session: Session, organisation: Organisation) -> Organisation:
    """Give the organisation that this one was found to be; itself when it wasn't."""
    while organisation.merged_into_id is not None:
        other = session.get(Organisation, organisation.merged_into_id)
        assert other is not None
        organisation = other
    return organisation


def membership_by_id(session: Session, organisation: Organisation, id: int) -> Membership | None:
    """Get one membership of an organisation, with whose it is."""
    rows = select(Membership).where(Membership.id == id, Membership.organisation_id == organisation.id)
    return session.scalar(rows.options(selectinload(Membership.account), selectinload(Membership.organisation)))


def memberships_of(session: Session, organisation: Organisation) -> Sequence[Membership]:
    """Get those who say they speak for an organisation: those who wait first, then the latest."""
    rows = select(Membership).where(Membership.organisation_id == organisation.id)
    waits = Membership.confirmed_at.is_(None) & Membership.refused_at.is_(None)
    ordered = rows.order_by(waits.desc(), Membership.asked_at.desc(), Membership.id.desc())
    return session.scalars(ordered.options(selectinload(Membership.account))).all()


def standing_merges(session: Session, organisation: Organisation) -> Sequence[tuple[Merge, Organisation]]:
    """Get the organisations that were found to be this one, each with the merge, the last first."""
    rows = session.execute(
        select(Merge, Organisation)
        .join(Organisation, Organisation.id == Merge.merged_id)
        .where(Merge.into_id == organisation.id, Merge.parted_at.is_(None))
        .order_by(Merge.id.desc())
    )
    return [(first, second) for first, second in rows]


def merge_of(session: Session, organisation: Organisation) -> Merge | None:
    """Get the merge by which this organisation was found to be another, while it stands."""
    rows = select(Merge).where(Merge.merged_id == organisation.id, Merge.parted_at.is_(None))
    return session.scalar(rows.order_by(Merge.id.desc()).limit(1))
