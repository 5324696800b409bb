"""The record of what was done: one row an act, in the transaction that did it, never changed afterwards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AuditRecord


def record(
    session: Session,
    action: str,
    subject: str,
    subject_id: int | None,
    now: datetime,
    *,
    by: Account | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """Write down an act: ``by`` is None for the product itself; nothing private of a person belongs in it."""
    session.add(
        AuditRecord(
            at=now,
            by_id=by.id if by else None,
            action=action,
            subject=subject,
            subject_id=subject_id,
            before=dict(before or {}),
            after=dict(after or {}),
            why=why,
        )
    )


def history(session: Session, subject: str, subject_id: int) -> Sequence[AuditRecord]:
    """Give what was done to one thing, oldest first."""
    rows = select(AuditRecord).where(AuditRecord.subject == subject, AuditRecord.subject_id == subject_id)
    return session.scalars(rows.order_by(AuditRecord.id)).all()
