"""Read lists: by what they are reached by, whole for editing or showing, and those of one editor."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from directory.catalogue.models import Opportunity
from directory.catalogue.queries import FOR_CARDS
from directory.foundation.sums import sum_of
from directory.lists.codes import class_code
from directory.lists.models import DayOfViews, EditKey, Editor, ListVersion, Pin, SharedList

WHOLE: tuple[ORMOption, ...] = (
    selectinload(SharedList.pins),
    selectinload(SharedList.exclusions),
    selectinload(SharedList.editors),
)


def by_address(session: Session, address: str) -> SharedList | None:
    """Get a list by its short address, whole; also one that was taken down."""
    return session.scalar(select(SharedList).where(SharedList.address == address.lower()).options(*WHOLE))


def by_class_code(session: Session, typed: str) -> SharedList | None:
    """Get a list by its class code as somebody types it, unless it was taken down."""
    code = class_code(typed)
    found = SharedList.class_code == code, SharedList.taken_down_at.is_(None)
    return session.scalar(select(SharedList).where(*found)) if code else None


def by_key(session: Session, key: str) -> tuple[SharedList, Editor | None] | None:
    """Get the list that an edit link opens, whole, and the editor it was sent to; None when it opens nothing."""
    row = session.scalar(select(EditKey).where(EditKey.key_sum == sum_of(key)))
    if row is None:
        return None
    shared_list = session.scalar(select(SharedList).where(SharedList.id == row.list_id).options(*WHOLE))
    assert shared_list is not None
    return shared_list, next((one for one in shared_list.editors if one.id == row.editor_id), None)


def hold(session: Session, shared_list: SharedList) -> SharedList | None:
    """Get a list whole and as it is now, and keep others from changing it until a commit; None once deleted."""
    session.execute(
        update(SharedList).where(SharedList.id == shared_list.id).values(version=SharedList.version),
        execution_options={"synchronize_session": False},
    )
    session.expire(shared_list)
    return session.scalar(select(SharedList).where(SharedList.id == shared_list.id).options(*WHOLE))


def lists_of(session: Session, email: str) -> Sequence[SharedList]:
    """Get the lists whose editor has this address, last changed first."""
    mine = select(Editor.list_id).where(Editor.email == email)
    rows = select(SharedList).where(SharedList.id.in_(mine)).options(*WHOLE)
    return session.scalars(rows.order_by(SharedList.changed_at.desc(), SharedList.id)).all()


def pins_with_listings(session: Session, shared_list: SharedList) -> list[tuple[Pin, Opportunity]]:
    """Get the pins in their order, each with all that a card shows of its listing, public or not. Needs pins loaded."""
    ids = [pin.opportunity_id for pin in shared_list.pins]
    rows = select(Opportunity).where(Opportunity.id.in_(ids)).options(*FOR_CARDS, selectinload(Opportunity.parts))
    listings = {row.id: row for row in session.scalars(rows)}
    return [(pin, listings[pin.opportunity_id]) for pin in shared_list.pins]


def versions(session: Session, shared_list: SharedList) -> Sequence[ListVersion]:
    """Get what is kept of a list's past, newest first."""
    rows = select(ListVersion).where(ListVersion.list_id == shared_list.id)
    return session.scalars(rows.order_by(ListVersion.number.desc())).all()


def views_since(session: Session, shared_list: SharedList, day: date) -> int:
    """Say how often a list was opened on a day and since."""
    since = select(func.sum(DayOfViews.views)).where(DayOfViews.list_id == shared_list.id, DayOfViews.day >= day)
    return session.scalar(since) or 0
