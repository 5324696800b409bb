"""Sign in, stay signed in, sign out, hold roles. The caller commits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from directory.accounts.audit import record
from directory.accounts.limits import allow
from directory.accounts.models import Account, AccountRole, Grant, SignIn, Visit
from directory.accounts.queries import ASKED_TO_BE_ERASED, asked_to_be_erased
from directory.foundation.refusals import Refusal
from directory.foundation.sums import is_same, keyed_sum, new_code, new_token, sum_of

WAY_IN_HOLDS_FOR = timedelta(minutes=30)
MOST_TRIES = 5
# However many codes are asked for: with a million codes, one guess in twenty thousand days would be right.
MOST_GUESSES, GUESSES_COUNT_FOR = 50, timedelta(days=1)
VISIT_HOLDS_FOR = timedelta(days=30)
POWERFUL_VISIT_HOLDS_FOR = timedelta(hours=12)
POWERFUL = frozenset({AccountRole.MODERATOR, AccountRole.ADMINISTRATOR})
# Seeing somebody is written down no more often than this.
SEEN_EVERY = timedelta(minutes=5)
# Only their own words for it let each database pass over a row that is there already.
INSERTS: Mapping[str, Callable[[type[Account]], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}

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
    if found is None or not _can_be_used(found, now) or not _use(session, found.id, now):
        raise Refusal(NOT_VALID)
    return _account(session, found.email, now), found.onward


def link_works(session: Session, token: str, now: datetime) -> bool:
    """Say whether a link could still be used; looking doesn't use it."""
    found = session.scalar(select(SignIn).where(SignIn.link_sum == sum_of(token)))
    return found is not None and _can_be_used(found, now)


def sign_in_by_code(session: Session, key: str, device: str, code: str, now: datetime) -> tuple[Account, str]:
    """Use a code on the device that asked for it; raises Refusal when it isn't right, and soon for good.

    Every code is a try at every way in that this device asked for: the caller commits a wrong one too.
    """
    tried = session.execute(
        update(SignIn)
        .where(
            SignIn.device_sum == sum_of(device),
            SignIn.used_at.is_(None),
            SignIn.ends_at > now,
            SignIn.tries < MOST_TRIES,
        )
        # Counted before anything is compared, in one statement: guesses that come at once are counted one by one.
        .values(tries=SignIn.tries + 1)
        .returning(SignIn.id, SignIn.email, SignIn.onward, SignIn.code_sum)
    ).all()
    right = _code_sum(key, device, code)
    for row in tried:
        may = allow(session, key, "guess", row.email, now, most=MOST_GUESSES, within=GUESSES_COUNT_FOR)
        if may and is_same(row.code_sum, right) and _use(session, row.id, now):
            return _account(session, row.email, now), row.onward
    raise Refusal(WRONG_CODE)


def _code_sum(key: str, device: str, code: str) -> str:
    return keyed_sum(key, "code", device, code)


def _can_be_used(row: SignIn, now: datetime) -> bool:
    return row.used_at is None and now < row.ends_at and row.tries < MOST_TRIES


def _use(session: Session, key: int, now: datetime) -> bool:
    """Use a way in, and say whether it was there to be used: of two at once, one is."""
    unused = update(SignIn).where(SignIn.id == key, SignIn.used_at.is_(None))
    return bool(session.execute(unused.values(used_at=now)).rowcount)  # type: ignore[attr-defined]


def _account(session: Session, email: str, now: datetime) -> Account:
    of_email = select(Account).where(Account.email == email)
    found = session.scalar(of_email)
    if found is None:
        made = _make(session, email, now)
        found = session.scalars(of_email).one()
        if made:
            record(session, "made", "account", found.id, now)
    found.seen_at = now
    return found


def _make(session: Session, email: str, now: datetime) -> bool:
    """Make an account, and say whether there was none: of two first sign-ins at once, one makes it for both."""
    insert = INSERTS[session.get_bind().dialect.name](Account).values(email=email, name="", made_at=now)
    made = insert.on_conflict_do_nothing(index_elements=[Account.email]).returning(Account.id)
    return session.scalar(made) is not None


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
    return found if found and lasts(found, found.account, now) else None


def lasts(visit: Visit, account: Account, now: datetime) -> bool:
    """Say whether a visit is still going on; a role granted meanwhile shortens how long nothing may happen in it."""
    return visit.ends_at > now and visit.seen_at + _holds_for(account) > now and bool(account.email)


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
    """Sign somebody out on one device of theirs; another's, or one that is over, is left as it is."""
    ended = session.execute(delete(Visit).where(Visit.id == visit_id, Visit.account_id == account.id))
    if ended.rowcount:  # type: ignore[attr-defined]
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
    if role not in account.roles:
        return
    if role is AccountRole.ADMINISTRATOR and not _is_another_administrator(session, account):
        raise Refusal("Somebody must be an administrator: give the role to another person first.")
    account.grants = [held for held in account.grants if held.role is not role]
    session.execute(delete(Visit).where(Visit.account_id == account.id))
    record(session, "revoked", "account", account.id, now, by=by, before={"role": role})


def ask_to_be_erased(session: Session, account: Account, now: datetime) -> bool:
    """Note that somebody wants to be erased; says whether that is news, since asking twice asks for nothing more."""
    if asked_to_be_erased(session, account):
        return False
    record(session, ASKED_TO_BE_ERASED, "account", account.id, now, by=account)
    return True


def _is_another_administrator(session: Session, account: Account) -> bool:
    others = select(Grant).where(Grant.role == AccountRole.ADMINISTRATOR, Grant.account_id != account.id)
    return session.scalars(others).first() is not None
