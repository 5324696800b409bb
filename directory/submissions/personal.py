"""What submissions keep of a person, how it is given out, erased, and forgotten by itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session, selectinload

from directory.accounts.models import Account
from directory.accounts.personal import Keeping
from directory.catalogue.models import Opportunity
from directory.organisations.models import Membership
from directory.submissions.claiming import CLAIM, words_of
from directory.submissions.fields import QUESTIONS
from directory.submissions.models import Decision, Report, SheetImport, Snapshot, State, Steward, Submission
from directory.submissions.sheets.actions import common_of

DRAFTS_ARE_KEPT = timedelta(days=365)
DISCARDED_ARE_KEPT = timedelta(days=30)
PRIVATE_IS_KEPT = timedelta(days=365)
SHEETS_ARE_KEPT = timedelta(days=90)

PRIVATE = frozenset(name for name, question in QUESTIONS.items() if question.private)


def export(session: Session, email: str) -> Mapping[str, Any]:
    """Give what submissions and reports keep of an address."""
    return {
        "submissions": [
            {"title": row.title, "state": row.state, "answers": row.answers, "made": row.made_at, "said": words_of(row)}
            | {"origins": {name: said for name, said in row.origins.items() if name != CLAIM}}
            | {"sent": [{"at": snapshot.at, "answers": snapshot.answers} for snapshot in row.snapshots]}
            | {"decided": [_told(decision) for decision in row.decisions]}
            for row in _of(session, email)
        ],
        "spreadsheets": [
            {"name": row.name, "at": row.at, "for every row": common_of(row), "rows": row.outcome["sheet"]}
            for row in session.scalars(select(SheetImport).where(_brought_by(email)))
        ],
        "looks after": [*session.scalars(_looked_after(email))],
        "reports": [
            {"about": row.about, "words": row.words, "at": row.at, "answer": row.answer}
            for row in session.scalars(select(Report).where(Report.email == email))
        ],
        "speaks for": [
            {"words": row.words, "asked": row.asked_at, "confirmed": row.confirmed_at}
            for row in session.scalars(_memberships(email))
        ],
    }


def erase(session: Session, email: str, now: datetime) -> None:
    """Erase an address: unpublished submissions go whole, of published ones what is private of a person goes."""
    for row in _of(session, email):
        if row.state is State.APPROVED:
            _forget_private(session, row)
        else:
            session.delete(row)
    for report in session.scalars(select(Report).where(Report.email == email)):
        report.email = None
    _forget_sheets(session, _brought_by(email))
    account = session.scalar(select(Account).where(Account.email == email))
    if account:
        session.execute(delete(Steward).where(Steward.account_id == account.id))
        session.execute(delete(Membership).where(Membership.account_id == account.id))
    session.flush()


SUBMISSIONS = Keeping("submissions", export, erase)


def forget_old(session: Session, now: datetime) -> None:
    """Forget what has been kept long enough: drafts, what was thrown away, private answers, sheets."""
    stale = Submission.state.in_((State.DRAFT, State.UNCONFIRMED, State.RETURNED))
    old_draft = stale & (Submission.saved_at < now - DRAFTS_ARE_KEPT)
    thrown = (Submission.state == State.DISCARDED) & (Submission.saved_at < now - DISCARDED_ARE_KEPT)
    for row in session.scalars(select(Submission).where(or_(old_draft, thrown))):
        session.delete(row)
    decided = (Submission.state == State.APPROVED) & (Submission.sent_at < now - PRIVATE_IS_KEPT)
    for row in session.scalars(select(Submission).where(decided)):
        if PRIVATE & row.answers.keys():
            _forget_private(session, row)
    _forget_sheets(session, SheetImport.at < now - SHEETS_ARE_KEPT)


def _forget_sheets(session: Session, which: ColumnElement[bool]) -> None:
    """Forget spreadsheets; what was made of them stays, and no longer says of which it was."""
    for row in session.scalars(select(Submission).where(Submission.import_id.in_(select(SheetImport.id).where(which)))):
        row.import_id = None
    session.flush()
    session.execute(delete(SheetImport).where(which))


def _of(session: Session, email: str) -> Sequence[Submission]:
    """Get what an address owns, and what was typed with it and is nobody's yet."""
    account = select(Account.id).where(Account.email == email).scalar_subquery()
    typed = _said(Submission.answers["your_email"], email)
    loaded = (selectinload(Submission.snapshots), selectinload(Submission.decisions))
    return session.scalars(
        select(Submission).where(or_(Submission.account_id == account, typed)).options(*loaded)
    ).all()


def _brought_by(email: str) -> ColumnElement[bool]:
    """Find the spreadsheets of an address, also those that were brought without signing in."""
    account = select(Account.id).where(Account.email == email).scalar_subquery()
    return or_(SheetImport.account_id == account, _said(SheetImport.outcome[("common", "your_email")], email))


def _said(typed: ColumnElement[Any], email: str) -> ColumnElement[bool]:
    return func.lower(func.trim(typed.as_string())) == email


def _looked_after(email: str) -> Any:
    account = select(Account.id).where(Account.email == email).scalar_subquery()
    rows = select(Opportunity.title).join(Steward, Steward.opportunity_id == Opportunity.id)
    return rows.where(Steward.account_id == account).order_by(Opportunity.title)


def _told(decision: Decision) -> dict[str, Any]:
    said = {"reasons": decision.reasons, "message": decision.message, "edits": decision.edits}
    return {"at": decision.at, "outcome": decision.outcome, **said}


def _memberships(email: str) -> Any:
    account = select(Account.id).where(Account.email == email).scalar_subquery()
    return select(Membership).where(Membership.account_id == account)


def _forget_private(session: Session, row: Submission) -> None:
    row.answers = _without_private(row.answers)
    row.origins = {}
    for decision in session.scalars(select(Decision).where(Decision.submission_id == row.id)):
        decision.message = ""
    for snapshot in session.scalars(select(Snapshot).where(Snapshot.submission_id == row.id)):
        snapshot.answers = _without_private(snapshot.answers)
        snapshot.checks = [finding for finding in snapshot.checks if finding.get("rule") != CLAIM]


def _without_private(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in answers.items() if name not in PRIVATE}
