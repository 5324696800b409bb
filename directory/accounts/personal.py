"""What is kept of a person, room by room: given to them when they ask, and erased when they ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account, AuditRecord, SignIn, Visit
from directory.foundation.letters import Letter

Export = Callable[[Session, str], Mapping[str, Any]]
Erase = Callable[[Session, str, datetime], None]


@dataclass(frozen=True, slots=True)
class Keeping:
    """What one room keeps of people: how it is given out and how it is erased, by email address."""

    room: str
    export: Export
    erase: Erase


def export(session: Session, email: str) -> Mapping[str, Any]:
    """Give what the accounts keep of an address."""
    account = session.scalar(select(Account).where(Account.email == email))
    letters = session.scalars(select(Letter).where(Letter.to == email).order_by(Letter.id))
    ways_in = session.scalars(select(SignIn).where(SignIn.email == email).order_by(SignIn.id))
    told: dict[str, Any] = {
        "letters": [{"purpose": row.purpose, "subject": row.subject, "at": row.made_at} for row in letters],
        "asked to sign in": [{"at": row.made_at, "used": row.used_at} for row in ways_in],
    }
    if account is None:
        return told
    visits = session.scalars(select(Visit).where(Visit.account_id == account.id))
    acts = session.scalars(select(AuditRecord).where(AuditRecord.by_id == account.id).order_by(AuditRecord.id))
    return {
        "email": account.email,
        "name": account.name,
        "made": account.made_at,
        "roles": sorted(map(str, account.roles)),
        "signed in": [{"device": visit.device, "since": visit.began_at, "seen": visit.seen_at} for visit in visits],
        "done": [{"at": act.at, "action": act.action, "subject": act.subject} for act in acts],
        **told,
    }


def erase(session: Session, email: str, now: datetime) -> None:
    """Erase who an account is: its key stays in the record of what was done, which names nobody then."""
    session.execute(delete(SignIn).where(SignIn.email == email))
    session.execute(delete(Letter).where(Letter.to == email))
    account = session.scalar(select(Account).where(Account.email == email))
    if account is None:
        record(session, "erased", "account", None, now)
        return
    session.execute(delete(Visit).where(Visit.account_id == account.id))
    account.grants = []
    account.email, account.name, account.erased_at = None, "", now
    record(session, "erased", "account", account.id, now)


ACCOUNTS = Keeping("accounts", export, erase)


def export_all(session: Session, email: str, rooms: Sequence[Keeping]) -> Mapping[str, Mapping[str, Any]]:
    """Give what every room keeps of an address."""
    return {room.room: room.export(session, email) for room in rooms}


def erase_all(session: Session, email: str, rooms: Sequence[Keeping], now: datetime) -> None:
    """Erase an address from every room; the caller commits all of it or nothing.

    The accounts, lowest and so named first, come last: the rooms above find what is a person's by their address.
    """
    for room in reversed(rooms):
        room.erase(session, email, now)
