"""What the search index is owed: written in the transaction that changed a listing, paid when the index has it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.catalogue.models import Owed


def owe(session: Session, opportunity_ids: Iterable[int]) -> None:
    """Note that these listings changed. Their rows must have ids: flush first."""
    session.add_all(Owed(opportunity_id=id) for id in opportunity_ids)


def owed(session: Session) -> Sequence[tuple[int, int]]:
    """List what is owed as (sequence, opportunity id), oldest first."""
    rows = session.execute(select(Owed.sequence, Owed.opportunity_id).order_by(Owed.sequence))
    return [(sequence, id) for sequence, id in rows]


def debt(session: Session) -> int:
    """Count what is owed."""
    return session.scalar(select(func.count()).select_from(Owed)) or 0


def paid(session: Session, up_to: int) -> None:
    """Forget what is owed up to and with this sequence: the index has it."""
    session.execute(delete(Owed).where(Owed.sequence <= up_to))
