"""What the search index is owed: written in the transaction that changed a listing, paid when the index has it.

Each debt has a sequence, a number that never comes again. On PostgreSQL a transaction may commit after one with a
higher number, so that the highest number seen says nothing of those below it: what was read is what is paid.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, exists, func, select, text
from sqlalchemy.orm import Session

from directory.catalogue.models import Owed

AT_A_TIME = 500

# Only the databases themselves remember a number whose row is gone.
LATEST = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = 'search_outbox'",
    "postgresql": "SELECT last_value FROM search_outbox_sequence_seq WHERE is_called",
}


def owe(session: Session, opportunity_ids: Iterable[int]) -> None:
    """Note that these listings changed. Their rows must have ids: flush first."""
    session.add_all(Owed(opportunity_id=id) for id in opportunity_ids)


def owed(session: Session) -> Sequence[tuple[int, int]]:
    """List what is owed as (sequence, opportunity id), oldest first."""
    rows = session.execute(select(Owed.sequence, Owed.opportunity_id).order_by(Owed.sequence))
    return [(sequence, id) for sequence, id in rows]


def is_owed(session: Session, sequence: int) -> bool:
    """Say whether this very change is still owed."""
    return bool(session.scalar(select(exists().where(Owed.sequence == sequence))))


def debt(session: Session) -> int:
    """Count what is owed."""
    return session.scalar(select(func.count()).select_from(Owed)) or 0


def oldest(session: Session) -> int | None:
    """Give the first sequence that is owed."""
    return session.scalar(select(func.min(Owed.sequence)))


def newest(session: Session) -> int:
    """Give the last sequence that is owed, 0 when nothing is: asked before a commit, the one to wait for after it."""
    return session.scalar(select(func.max(Owed.sequence))) or 0


def latest(session: Session) -> int:
    """Give the last sequence that was ever given out, paid or not, and whether or not it is committed yet."""
    return session.scalar(text(LATEST[session.get_bind().dialect.name])) or 0


def paid(session: Session, sequences: Iterable[int]) -> None:
    """Forget what is owed under these sequences: the index has it."""
    known = list(sequences)
    for start in range(0, len(known), AT_A_TIME):
        session.execute(delete(Owed).where(Owed.sequence.in_(known[start : start + AT_A_TIME])))
