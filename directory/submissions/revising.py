"""Changing a published listing: a draft that begins with what its page says, and what of it goes live at once."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.foundation.date_words import uk_day
from directory.foundation.refusals import Refusal
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions
from directory.submissions.fields import QUESTIONS, Answer, Answers, one
from directory.submissions.going_live import DATES, Rulings, day_of, goes_live_at_once
from directory.submissions.keeping import SUBJECT, Act, hold, vouch
from directory.submissions.models import Purpose, State, Submission
from directory.submissions.publishing import change, proposal
from directory.submissions.queries import may_change
from directory.submissions.writing import NOT_OF_A_LISTING, answers_of

OPEN_STATES = (State.DRAFT, State.RETURNED, State.UNCONFIRMED, State.WAITING)
CHANGED_AT_ONCE = "changed at once"
NOT_ALONE = "It can’t stand with the rest of the page until that has been checked."


def edit(session: Session, opportunity: Opportunity, account: Account, now: datetime) -> Submission:
    """Give the change that this account is writing to a listing, else begin one with what its page says."""
    return open_change(session, opportunity, account) or actions.begin(
        session,
        now,
        answers=_answers(session, opportunity, account, now),
        purpose=Purpose.CHANGE,
        opportunity=opportunity,
        account=account,
    )


def reuse(session: Session, opportunity: Opportunity, account: Account, now: datetime) -> Submission:
    """Give a change in which every date is a year on, or as many as it takes to be ahead of us."""
    submission = edit(session, opportunity, account, now)
    if submission.state is State.WAITING:
        raise Refusal("A change to this is waiting for review. Take it back first to use it for next year.")
    said = answers_of(opportunity, now)
    actions.save(submission, a_year_on(said, uk_day(now)), now)
    return submission


def open_change(session: Session, opportunity: Opportunity, account: Account) -> Submission | None:
    """Get the change to a listing that this account has begun and that isn't decided."""
    rows = select(Submission).where(
        Submission.opportunity_id == opportunity.id,
        Submission.account_id == account.id,
        Submission.purpose == Purpose.CHANGE,
        Submission.state.in_(OPEN_STATES),
    )
    loaded = rows.options(selectinload(Submission.snapshots), selectinload(Submission.decisions))
    return session.scalar(loaded.order_by(Submission.id.desc()).limit(1))


def a_year_on(answers: Answers, today: date) -> dict[str, Answer]:
    """Give the dates among ``answers`` moved on by whole years, until the closing date is today or later."""
    known = {name: day for name in DATES if (day := day_of(answers, name))}
    if not known:
        return {}
    last = known.get("closes") or max(known.values())
    years = 1
    while _years_on(last, years) < today:
        years += 1
    return {part: said for name, day in known.items() for part, said in _boxes(name, _years_on(day, years)).items()}


def put_live(session: Session, submission: Submission, gazetteer: Gazetteer, now: datetime) -> Rulings:
    """Make the listing that a change is about say at once what it may; gives the rulings.

    A change of which nothing is left for a moderator is approved with that; any other is still to enter the queue.
    """
    row = session.get(Opportunity, submission.opportunity_id)
    account = session.get(Account, submission.account_id)
    if row is None or account is None or not may_change(session, row, account):
        return Rulings()
    opportunity = hold(session, row)
    before = answers_of(opportunity, now)
    rulings = goes_live_at_once(before, submission.answers, uk_day(now))
    parts = {part for name in rulings.at_once for part in QUESTIONS[name].names}
    if not parts or opportunity.standing is Standing.WITHDRAWN:
        return rulings
    merged = {name: said for name, said in before.items() if name not in parts}
    merged |= {name: said for name, said in submission.answers.items() if name in parts}
    wrong = {problem.field for problem in proposal(session, merged, gazetteer, uk_day(now)).problems}
    if wrong & {*DATES, "intake_places", "closes_hour"}:
        return Rulings(tuple(replace(ruling, at_once=False, why=NOT_ALONE) for ruling in rulings.each))
    change(session, opportunity, merged, gazetteer, now)
    vouch(session, opportunity, Act(CHANGED_AT_ONCE, account), now)
    names = sorted(parts)
    record(
        session,
        CHANGED_AT_ONCE,
        SUBJECT,
        opportunity.id,
        now,
        by=account,
        before={name: one(before, name) for name in names},
        after={name: one(merged, name) for name in names},
    )
    if rulings:
        submission.state = State.APPROVED
        submission.sent_at = now
        submission.due_at = None
    return rulings


def _answers(session: Session, opportunity: Opportunity, account: Account, now: datetime) -> Mapping[str, Answer]:
    """Give a page's answers, with what this account said last that no page shows."""
    asked = select(Submission).where(
        Submission.opportunity_id == opportunity.id,
        Submission.account_id == account.id,
        Submission.state == State.APPROVED,
    )
    last = session.scalar(asked.order_by(Submission.id.desc()).limit(1))
    unseen = {name: said for name, said in (last.answers if last else {}).items() if name in NOT_OF_A_LISTING}
    return {
        "your_name": account.name,
        **unseen,
        **answers_of(opportunity, now),
        "your_email": account.email or "",
    }


def _years_on(day: date, years: int) -> date:
    year = day.year + years
    return (
        day.replace(year=year, day=28)
        if (day.month, day.day) == (2, 29) and not isleap(year)
        else day.replace(year=year)
    )


def _boxes(name: str, day: date) -> dict[str, Answer]:
    return dict(zip(QUESTIONS[name].names, (str(day.day), str(day.month), str(day.year)), strict=True))
