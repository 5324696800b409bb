"""Read accounts: by address, everybody with a role, where somebody is signed in."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AccountRole, Grant, Visit


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


def visits_of(session: Session, account: Account) -> Sequence[Visit]:
    """Get where somebody is signed in, the latest first."""
    return session.scalars(select(Visit).where(Visit.account_id == account.id).order_by(Visit.seen_at.desc())).all()
