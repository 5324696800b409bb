"""The queue that moderators work through: what is due first, and of that what is riskiest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, case, false, func, or_, select, update
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.foundation.clock import UK
from directory.foundation.refusals import Refusal
from directory.submissions.models import Decision, Outcome, Purpose, Snapshot, State, Submission

WORKING_DAYS_TO_DECIDE = 2
CLOSING_HOUR = time(17)
CLAIM_HOLDS_FOR = timedelta(minutes=30)

ORDER: tuple[ColumnElement[object], ...] = (
    Submission.due_at.asc(),  # type: ignore[assignment]
    Submission.risk.desc(),
    Submission.id.asc(),
)
LAST_SENT = (
    select(func.max(Snapshot.number))
    .where(Snapshot.submission_id == Submission.id)
    .correlate(Submission)
    .scalar_subquery()
)
APPROVED = (
    Decision.submission_id == Submission.id,
    Decision.outcome != Outcome.RETURNED,
    Decision.number == LAST_SENT,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue: as little as it shows."""

    key: str
    title: str
    organisation: str
    kind: str
    purpose: str
    sent_at: datetime
    due_at: datetime
    risk: int
    claimed_by_id: int | None
    claimed_by: str | None
    approvals: int
    is_for_others: bool
    needs_second: bool


def due(sent_at: datetime) -> datetime:
    """Say by when something sent now is decided: five o'clock two working days on."""
    day = sent_at.astimezone(UK).date()
    working = 0
    while working < WORKING_DAYS_TO_DECIDE:
        day += timedelta(days=1)
        working += day.weekday() < 5
    return datetime.combine(day, CLOSING_HOUR, UK)


def how_many_wait(session: Session) -> int:
    """Count what waits."""
    return session.scalar(select(func.count()).select_from(Submission).where(Submission.state == State.WAITING)) or 0


def waiting(
    session: Session,
    start: int,
    size: int,
    now: datetime,
    purpose: Purpose | None = None,
    *,
    reader: Account | None = None,
) -> list[Waiting]:
    """Give ``size`` rows of the queue from ``start`` on, in one statement, however many wait.

    What only others can decide, since the ``reader`` approved or sent it, comes last.
    """
    approvals = select(func.count()).select_from(Decision).where(*APPROVED).correlate(Submission).scalar_subquery()
    is_for_others = _is_for_others(reader)
    rows = session.execute(
        select(
            Submission.key,
            Submission.title,
            Submission.answers["organisation_name"].as_string(),
            Submission.answers["kind"].as_string(),
            Submission.purpose,
            Submission.sent_at,
            Submission.due_at,
            Submission.risk,
            Submission.claimed_by_id,
            Account.name,
            Account.email,
            Submission.claimed_at,
            approvals,
            is_for_others,
            Submission.needs_second,
        )
        .outerjoin(Account, Account.id == Submission.claimed_by_id)
        .where(Submission.state == State.WAITING, *([Submission.purpose == purpose] if purpose else []))
        .order_by(is_for_others, *ORDER)
        .offset(start)
        .limit(size)
    )
    return [
        Waiting(
            key=key,
            title=title,
            organisation=organisation or "",
            kind=kind or "",
            purpose=str(purpose),
            sent_at=sent_at,
            due_at=due_at,
            risk=risk,
            claimed_by_id=claimed_by_id if _holds(claimed_at, now) else None,
            claimed_by=(name or email) if _holds(claimed_at, now) else None,
            approvals=count,
            is_for_others=bool(for_others),
            needs_second=needs_second,
        )
        for (
            key,
            title,
            organisation,
            kind,
            purpose,
            sent_at,
            due_at,
            risk,
            claimed_by_id,
            name,
            email,
            claimed_at,
            count,
            for_others,
            needs_second,
        ) in rows
    ]


def neighbours(
    session: Session, submission: Submission, reader: Account | None = None
) -> tuple[int, str | None, str | None]:
    """Give a submission's place in the ``reader``'s queue from 1 on, and the keys before and after it."""
    keys: Sequence[str] = session.scalars(
        select(Submission.key).where(Submission.state == State.WAITING).order_by(_is_for_others(reader), *ORDER)
    ).all()
    if submission.key not in keys:
        return 0, None, keys[0] if keys else None
    place = keys.index(submission.key)
    before = keys[place - 1] if place else None
    return place + 1, before, keys[place + 1] if place + 1 < len(keys) else None


def claim(session: Session, submission: Submission, account: Account, now: datetime) -> None:
    """Take a submission, so that no two people decide it at once; it comes free by itself after half an hour.

    Raises Refusal, saying who has it, when somebody else does.
    """
    if not take(session, submission, account, now):
        session.refresh(submission, ["state", "claimed_by"])
        raise Refusal(why_not(submission))
    session.refresh(submission, ["claimed_by_id", "claimed_at", "claimed_by"])
    record(session, "claimed", "submission", submission.id, now, by=account)


def take(session: Session, submission: Submission, account: Account, now: datetime) -> bool:
    """Take what waits and nobody else has, and say whether one has it: nobody else can until the transaction ends."""
    free = Submission.claimed_by_id.is_(None) | (Submission.claimed_by_id == account.id)
    taken = session.execute(
        update(Submission)
        .where(Submission.id == submission.id, Submission.state == State.WAITING)
        .where(free | (Submission.claimed_at <= now - CLAIM_HOLDS_FOR))
        .values(claimed_by_id=account.id, claimed_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def why_not(submission: Submission) -> str:
    """Say why a submission can't be taken; needs who claimed it loaded."""
    if submission.state is not State.WAITING:
        return "This isn’t waiting any more: it was decided, or taken back by whoever sent it."
    whose = submission.claimed_by.called if submission.claimed_by else "Somebody else"
    return f"{whose} is looking at this one. Take another, or come back in half an hour."


def held_by_another(submission: Submission, account: Account, now: datetime) -> bool:
    """Say whether somebody else is looking at it."""
    return submission.claimed_by_id not in (None, account.id) and _holds(submission.claimed_at, now)


def release(session: Session, submission: Submission, account: Account, now: datetime) -> None:
    """Let a submission go that one had taken."""
    if submission.claimed_by_id == account.id:
        submission.claimed_by_id = submission.claimed_at = None
        record(session, "released", "submission", submission.id, now, by=account)


def _is_for_others(reader: Account | None) -> ColumnElement[int]:
    """Say, as 1 or 0, whether the reader approved or sent something, so that somebody else has to decide it."""
    if reader is None:
        return case((false(), 1), else_=0)
    approved = select(Decision.id).where(*APPROVED, Decision.by_id == reader.id).correlate(Submission).exists()
    return case((or_(approved, Submission.account_id == reader.id), 1), else_=0)


def _holds(claimed_at: datetime | None, now: datetime) -> bool:
    return claimed_at is not None and now < claimed_at + CLAIM_HOLDS_FOR
