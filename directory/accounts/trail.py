"""The record of what was done, read: newest first, with who did it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AuditRecord


@dataclass(frozen=True, slots=True)
class Act:
    """One act; ``by`` is empty for the product itself."""

    record: AuditRecord
    by: str


def acts(
    session: Session, start: int, size: int, subject: str | None = None, subject_id: int | None = None
) -> list[Act]:
    """Give what was done, the last first: all of it, or of one sort of thing, or of one thing."""
    rows = session.execute(
        select(AuditRecord, Account)
        .outerjoin(Account, Account.id == AuditRecord.by_id)
        .where(*_of(subject, subject_id))
        .order_by(AuditRecord.id.desc())
        .offset(start)
        .limit(size)
    )
    return [_act(record, account) for record, account in rows]


def act(session: Session, id: int) -> Act | None:
    """Get one act."""
    found = session.get(AuditRecord, id)
    if found is None:
        return None
    return _act(found, session.get(Account, found.by_id) if found.by_id else None)


def _act(found: AuditRecord, by: Account | None) -> Act:
    return Act(found, by.called if by else "")


def how_many(session: Session, subject: str | None = None, subject_id: int | None = None) -> int:
    """Count them."""
    return session.scalar(select(func.count()).select_from(AuditRecord).where(*_of(subject, subject_id))) or 0


def subjects(session: Session) -> list[str]:
    """List the sorts of thing that anything was done to."""
    return list(session.scalars(select(AuditRecord.subject).distinct().order_by(AuditRecord.subject)))


def _of(subject: str | None, subject_id: int | None) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if subject:
        asked.append(AuditRecord.subject == subject)
    if subject_id is not None:
        asked.append(AuditRecord.subject_id == subject_id)
    return asked


def differences(record: AuditRecord) -> list[tuple[str, Any, Any]]:
    """Give what differs between before and after, by name."""
    names = dict.fromkeys([*record.before, *record.after])
    return [
        (name, record.before.get(name), record.after.get(name))
        for name in names
        if record.before.get(name) != record.after.get(name)
    ]
