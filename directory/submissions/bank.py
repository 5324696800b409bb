"""The bank of reasons for returning something: what moderators choose from, and change. The caller commits."""

from datetime import datetime
from pathlib import Path

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.foundation.refusals import Refusal
from directory.submissions.actions import storable
from directory.submissions.fields import QUESTIONS
from directory.submissions.models import Reason

LONGEST_LABEL = 120
LONGEST_WORDS = 1_000


def fill(session: Session, file: Path) -> None:
    """Fill the bank from ``file`` when nobody has put anything into it yet."""
    if not session.scalar(select(func.count()).select_from(Reason)):
        entries = yaml.safe_load(file.read_text("utf-8"))
        session.add_all(Reason(label=said["label"], words=said["words"], field=said["field"]) for said in entries)


def add(session: Session, label: str, words: str, field: str, by: Account, now: datetime) -> Reason:
    """Put a reason into the bank; raises Refusal when it says nothing."""
    reason = Reason()
    _say(reason, label, words, field)
    session.add(reason)
    session.flush()
    record(session, "added", "reason", reason.id, now, by=by, after=_told(reason))
    return reason


def change(session: Session, reason: Reason, label: str, words: str, field: str, by: Account, now: datetime) -> None:
    """Say a reason otherwise from now on; what was returned with it before stays as it was."""
    before = _told(reason)
    _say(reason, label, words, field)
    if _told(reason) != before:
        record(session, "changed", "reason", reason.id, now, by=by, before=before, after=_told(reason))


def retire(session: Session, reason: Reason, by: Account, now: datetime) -> None:
    """Stop offering a reason."""
    if reason.retired_at is None:
        reason.retired_at = now
        record(session, "retired", "reason", reason.id, now, by=by, before=_told(reason))


def reason_of(session: Session, id: int) -> Reason | None:
    """Get one that is offered."""
    return session.scalar(select(Reason).where(Reason.id == id, Reason.retired_at.is_(None)))


def _say(reason: Reason, label: str, words: str, field: str) -> None:
    label, words = " ".join(storable(label).split()), storable(words).strip()
    if not label or not words:
        raise Refusal("Enter a short name for the reason, and what the submitter reads.")
    if len(label) > LONGEST_LABEL or len(words) > LONGEST_WORDS:
        raise Refusal(f"Its name must be {LONGEST_LABEL} characters or fewer, and its words {LONGEST_WORDS:,}.")
    if field and field not in QUESTIONS:
        raise Refusal("Choose a question from the list, or none.")
    reason.label, reason.words, reason.field = label, words, field


def _told(reason: Reason) -> dict[str, str]:
    return {"label": reason.label, "words": reason.words, "field": reason.field}
