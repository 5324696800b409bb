"""Sign in, stay signed in, sign out, hold roles. The caller commits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from directory.accounts.audit import record
from directory.accounts.models import Account, AccountRole, Grant, SignIn, Visit
from directory.foundation.refusals import Refusal
from directory.foundation.sums import is_same, keyed_sum, new_code, new_token, sum_of

WAY_IN_HOLDS_FOR = timedelta(minutes=30)
MOST_TRIES = 5
VISIT_HOLDS_FOR = timedelta(days=30)
POWERFUL_VISIT_HOLDS_FOR = timedelta(hours=12)
POWERFUL = frozenset({AccountRole.MODERATOR, AccountRole.ADMINISTRATOR})
# Seeing somebody is written down no more often than this.
SEEN_EVERY = timedelta(minutes=5)

NOT_VALID = "That link has been used, or is more than 30 minutes old. Ask for a new one."
WRONG_CODE = "That code isn’t right. Check the newest email from us, or ask for a new one."


@dataclass(frozen=True, slots=True)
class WayIn:
    """What is sent to somebody who wants to sign in: a link's token for any device, a code for the one that asked."""

    token: str
    code: str


def offer_way_in(session: Session, key: str, email: str, device: str, onward: str, now: datetime) -> WayIn:
    """Make a link and a code for an address; ``device`` is the secret of the browser that asked."""
    way = WayIn(new_token(), new_code())
    session.add(
        SignIn(
            email=email,
            link_sum=sum_of(way.token),
            code_sum=_code_sum(key, device, way.code),
            device_sum=sum_of(device),
            onward=onward,
            made_at=now,
            ends_at=now + WAY_IN_HOLDS_FOR,
        )
    )
    return way


def sign_in_by_link(session: Session, token: str, now: datetime) -> tuple[Account, str]:
    """Use a link, once, and give whose it is and where to go on; raises Refusal when it won't do."""
    found = session.scalar(select(SignIn).where(SignIn.link_sum == sum_of(token)))
    if found is None or not _use(session, found, now):
        raise Refusal(NOT_VALID)
    return _account(session, found.email, now), found.onward


def link_works(session: Session, token: str, now: datetime) -> bool:
    """Say whether a link could still be used; looking doesn't use it."""
    found = session.scalar(select(SignIn).where(SignIn.link_sum == sum_of(token)))
    return found is not None and _can_be_used(found, now)


def sign_in_by_code(session: Session, key: str, device: str, code: str, now: datetime) -> tuple[Account, str]:
    """Use a code on the device that asked for it; raises Refusal when it isn't right, and soon for good.

    A wrong code is a try at every way in that this device asked for: the caller commits that too.
    """
    rows = session.scalars(select(SignIn).where(SignIn.device_sum == sum_of(device)).order_by(SignIn.id.desc())).all()
    usable = [row for row in rows if _can_be_used(row, now)]
    right = _code_sum(key, device, code)
    for row in usable:
        if is_same(row.code_sum, right) and _use(session, row, now):
            return _account(session, row.email, now), row.onward
    for row in usable:
        row.tries += 1
    raise Refusal(WRONG_CODE)


def _code_sum(key: str, device: str, code: str) -> str:
    return keyed_sum(key, "code", device, code)


def _can_be_used(row: SignIn, now: datetime) -> bool:
    return row.used_at is None and now < row.ends_at and row.tries < MOST_TRIES


def _use(session: Session, row: SignIn, now: datetime) -> bool:
    """Use a way in, and say whether it was there to be used: of two at once, one is."""
    used = session.execute(
        update(SignIn)
        .where(SignIn.id == row.id, SignIn.used_at.is_(None), SignIn.ends_at > now, SignIn.tries < MOST_TRIES)
        .values(used_at=now)
    )
    return bool(used.rowcount)  # type: ignore[attr-defined]


def _account(session: Session, email: str, now: datetime) -> Account:
    found = session.scalar(select(Account).where(Account.email == email))
    if found is None:
        found = Account(email=email, made_at=now, grants=[])
        session.add(found)
        session.flush()
        record(session, "made", "account", found.id, now)
    found.seen_at = now
    return found


def begin_visit(session: Session, account: Account, device: str, now: datetime) -> str:
    """Sign somebody in on a device, called what it is in words, and give the secret for its cookie."""
    token = new_token()
    session.add(
        Visit(
            account_id=account.id,
            token_sum=sum_of(token),
            device=device[:80],
            began_at=now,
            seen_at=now,
            ends_at=now + _holds_for(account),
        )
    )
    record(session, "signed in", "account", account.id, now, by=account)
    return token


def visit_of(session: Session, token: str, now: datetime) -> Visit | None:
    """Get the visit that a cookie speaks of, with its account, while it lasts; one statement."""
    whole = joinedload(Visit.account).joinedload(Account.grants)
    found = session.scalars(select(Visit).where(Visit.token_sum == sum_of(token)).options(whole)).unique().first()
    return found if found and found.ends_at > now and found.account.email else None


def saw(session: Session, visit: Visit, now: datetime) -> bool:
    """Note that somebody is still there, which keeps them signed in; says whether there was anything to note."""
    if now < visit.seen_at + SEEN_EVERY:
        return False
    visit.seen_at = now
    visit.ends_at = now + _holds_for(visit.account)
    return True


def _holds_for(account: Account) -> timedelta:
    return POWERFUL_VISIT_HOLDS_FOR if account.roles & POWERFUL else VISIT_HOLDS_FOR


def end_visit(session: Session, account: Account, visit_id: int, now: datetime) -> None:
    """Sign somebody out on one device of theirs."""
    session.execute(delete(Visit).where(Visit.id == visit_id, Visit.account_id == account.id))
    record(session, "signed out", "account", account.id, now, by=account)


def end_all_visits(session: Session, account: Account, now: datetime) -> None:
    """Sign somebody out everywhere."""
    session.execute(delete(Visit).where(Visit.account_id == account.id))
    record(session, "signed out everywhere", "account", account.id, now, by=account)


def add(session: Session, email: str, name: str, now: datetime) -> Account:
    """Make an account for an address, or get the one there is."""
    account = _account(session, email, now)
    account.seen_at = None if not account.seen_at else account.seen_at
    account.name = name or account.name
    return account


def grant(session: Session, account: Account, role: AccountRole, now: datetime, by: Account | None = None) -> None:
    """Give somebody a role."""
    if role not in account.roles:
        account.grants.append(Grant(role=role, at=now))
        record(session, "granted", "account", account.id, now, by=by, after={"role": role})


def revoke(session: Session, account: Account, role: AccountRole, now: datetime, by: Account | None = None) -> None:
    """Take a role away, and end what it opened; raises Refusal when there would be no administrator left."""
    if role is AccountRole.ADMINISTRATOR and not _is_another_administrator(session, account):
        raise Refusal("Somebody must be an administrator: give the role to another person first.")
    if role in account.roles:
        account.grants = [held for held in account.grants if held.role is not role]
        session.execute(delete(Visit).where(Visit.account_id == account.id))
        record(session, "revoked", "account", account.id, now, by=by, before={"role": role})


def _is_another_administrator(session: Session, account: Account) -> bool:
    others = select(Grant).where(Grant.role == AccountRole.ADMINISTRATOR, Grant.account_id != account.id)
    return session.scalars(others).first() is not None
