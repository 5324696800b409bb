"""Read accounts: by address, everybody with a role, where somebody is signed in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AccountRole, AuditRecord, Grant, Visit

ASKED_TO_BE_ERASED = "asked to be erased"


def account_by_email(session: Session, email: str) -> Account | None:
    """Get the account of an address, in any letters."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def with_roles(session: Session) -> Sequence[Account]:
    """Get everybody who holds a role."""
    holders = select(Grant.account_id)
    return session.scalars(select(Account).where(Account.id.in_(holders)).order_by(Account.email)).all()


def holders_of(session: Session, role: AccountRole) -> Sequence[Account]:
    """Get everybody who holds this role and can be written to."""
    held = select(Grant.account_id).where(Grant.role == role)
    return session.scalars(select(Account).where(Account.id.in_(held), Account.email.is_not(None))).all()


def visits_of(session: Session, account: Account, now: datetime) -> Sequence[Visit]:
    """Get where somebody is signed in, the latest first."""
    going_on = select(Visit).where(Visit.account_id == account.id, Visit.ends_at > now)
    return session.scalars(going_on.order_by(Visit.seen_at.desc())).all()


def asked_to_be_erased(session: Session, account: Account) -> datetime | None:
    """Say when somebody asked to be erased, if they did."""
    asked = select(AuditRecord.at).where(AuditRecord.by_id == account.id, AuditRecord.action == ASKED_TO_BE_ERASED)
    return session.scalars(asked.order_by(AuditRecord.id.desc())).first()
