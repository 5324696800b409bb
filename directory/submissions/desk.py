"""What moderators read: how much waits, an organisation's past, what was decided lately. Never writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.organisations.actions import named
from directory.organisations.models import Membership, Organisation
from directory.submissions.fields import one
from directory.submissions.models import Decision, Outcome, Purpose, State, Submission

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits, by purpose, and how much of it is late."""

    by_purpose: Mapping[Purpose, int]
    late: int

    @property
    def total(self) -> int:
        """Give how much waits in all."""
        return sum(self.by_purpose.values())


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of an organisation: None when it isn't here yet."""

    organisation: Organisation | None
    is_confirmed: bool
    listings: int
    returned: int


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision, as a list shows it."""

    key: str
    title: str
    purpose: Purpose
    outcome: Outcome
    by: str
    at: datetime
    first_of_two: bool


def counts(session: Session, now: datetime) -> Counts:
    """Count what waits, in one statement."""
    is_late = case((Submission.due_at < now, 1), else_=0)
    rows = session.execute(
        select(Submission.purpose, func.count(), func.sum(is_late))
        .where(Submission.state == State.WAITING)
        .group_by(Submission.purpose)
    ).all()
    return Counts({purpose: count for purpose, count, _late in rows}, sum(late for _purpose, _count, late in rows))


def past(session: Session, submission: Submission, now: datetime) -> Past:
    """Give what is known of a submission's organisation, and of whoever sent it as its voice."""
    organisation = (
        session.get(Organisation, submission.organisation_id)
        if submission.organisation_id
        else named(session, " ".join(one(submission.answers, "organisation_name").split()))
    )
    if organisation is None:
        return Past(None, False, 0, _returned(session, Submission.account_id == submission.account_id, now))
    confirmed = select(Membership.id).where(
        Membership.organisation_id == organisation.id,
        Membership.account_id == submission.account_id,
        Membership.confirmed_at.is_not(None),
    )
    listings = select(func.count()).where(
        Opportunity.organisation_id == organisation.id, Opportunity.standing == Standing.PUBLISHED
    )
    theirs = (Submission.organisation_id == organisation.id) | (Submission.account_id == submission.account_id)
    return Past(
        organisation,
        session.scalar(confirmed) is not None,
        session.scalar(listings) or 0,
        _returned(session, theirs, now),
    )


def decided(session: Session, start: int, size: int) -> list[Decided]:
    """Give the latest decisions, the last one first."""
    rows = session.execute(
        select(Decision, Submission, Account)
        .join(Submission, Submission.id == Decision.submission_id)
        .join(Account, Account.id == Decision.by_id)
        .order_by(Decision.at.desc(), Decision.id.desc())
        .offset(start)
        .limit(size)
    )
    return [
        Decided(
            submission.key,
            submission.title,
            submission.purpose,
            decision.outcome,
            by.called,
            decision.at,
            decision.seat == 1 and submission.state is State.WAITING and decision.outcome is not Outcome.RETURNED,
        )
        for decision, submission, by in rows
    ]


def how_many_decided(session: Session) -> int:
    """Count decisions."""
    return session.scalar(select(func.count()).select_from(Decision)) or 0


def _returned(session: Session, whose: ColumnElement[bool], now: datetime) -> int:
    rows = (
        select(func.count())
        .select_from(Decision)
        .join(Submission, Submission.id == Decision.submission_id)
        .where(whose, Decision.outcome == Outcome.RETURNED, Decision.at > now - A_YEAR)
    )
    return session.scalar(rows) or 0


def called(session: Session, account_id: int) -> str:
    """Give what somebody is called before moderators."""
    return session.get_one(Account, account_id).called


def key_of(session: Session, submission_id: int | None) -> str | None:
    """Give the key of a submission that moderators may see: one that was sent."""
    found = session.get(Submission, submission_id) if submission_id is not None else None
    return found.key if found and found.sent_at and found.state is not State.DISCARDED else None
