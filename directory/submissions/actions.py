"""What whoever submits does: begin, save, send, take back, throw away. The caller commits."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from directory.accounts.addresses import email_address
from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue.models import Opportunity
from directory.foundation.refusals import Refusal
from directory.submissions import origins as beside
from directory.submissions.fields import ANSWER_NAMES, Answer, Answers, one, public, several
from directory.submissions.models import Purpose, Snapshot, State, Submission
from directory.submissions.queueing import due

LONGEST_TITLE = 200
BESIDE = "beside"  # among the origins: what was sent while its owner was signed out
CAN_BE_WRITTEN = frozenset({State.DRAFT, State.RETURNED, State.UNCONFIRMED})


def begin(
    session: Session,
    now: datetime,
    *,
    answers: Answers | None = None,
    origins: Mapping[str, Any] | None = None,
    purpose: Purpose = Purpose.NEW,
    opportunity: Opportunity | None = None,
    account: Account | None = None,
) -> Submission:
    """Begin a draft, perhaps with answers, about a listing, or of somebody who is signed in."""
    submission = Submission(
        key=secrets.token_urlsafe(16),
        purpose=purpose,
        state=State.DRAFT,
        answers={},
        origins=dict(origins or {}),
        opportunity_id=opportunity.id if opportunity else None,
        organisation_id=opportunity.organisation_id if opportunity else None,
        account_id=account.id if account else None,
        made_at=now,
        saved_at=now,
        snapshots=[],
        decisions=[],
    )
    _take(submission, dict(answers or {}), now)
    session.add(submission)
    session.flush()
    return submission


def save(submission: Submission, said: Answers, now: datetime) -> None:
    """Keep what was typed, whether or not it can be read; answers that aren't among ``said`` stay.

    Raises Refusal when it was sent already: it is taken back first.
    """
    if submission.state not in CAN_BE_WRITTEN:
        raise Refusal("This was sent for review already. Take it back to change it.")
    before = submission.answers
    _take(submission, {**before, **said}, now)
    # By its lines: a browser ends them in its own way.
    changed = {name for name in said if several(before, name) != several(submission.answers, name)}
    submission.origins = beside.without(submission.origins, changed)


def keep_beside(submission: Submission, said: Answers, now: datetime) -> None:
    """Keep what was sent while the owner was signed out beside the draft, until they say whether to put it in."""
    kept = {name: _kept(name, answer) for name, answer in said.items() if name in ANSWER_NAMES}
    if kept and submission.state in CAN_BE_WRITTEN:
        submission.origins = {**submission.origins, BESIDE: {"answers": kept, "at": now.isoformat()}}


def take_beside(submission: Submission) -> Answers:
    """Give what was kept beside the draft, and keep it there no longer."""
    beside = submission.origins.get(BESIDE) or {}
    submission.origins = {name: said for name, said in submission.origins.items() if name != BESIDE}
    answers: Answers = beside.get("answers", {})
    return answers


def _take(submission: Submission, answers: dict[str, Answer], now: datetime) -> None:
    submission.answers = {name: answer for name, answer in kept(answers).items() if answer}
    submission.title = " ".join(one(submission.answers, "title").split())[:LONGEST_TITLE]
    submission.saved_at = now


def kept(answers: Answers) -> dict[str, Answer]:
    """Give answers as they can be kept: those that are asked for, in what a database can hold; empty ones stay."""
    return {name: _kept(name, answer) for name, answer in answers.items() if name in ANSWER_NAMES}


def _kept(name: str, answer: Answer) -> Answer:
    """Keep an answer as it was typed; what no database can hold is left out, and far too much is cut."""
    most = 2 * ANSWER_NAMES[name].most + 1_000
    if isinstance(answer, list):
        return [storable(part)[:200] for part in answer[:100]]
    return storable(answer)[:most]


def storable(text: str) -> str:
    """Give text without what no database can hold."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def own(session: Session, submission: Submission, account: Account) -> bool:
    """Give a draft to whoever its email address belongs to, and say whether it is theirs now."""
    if submission.account_id is None and email_address(one(submission.answers, "your_email")) == account.email:
        submission.account_id = account.id
        if not account.name:
            account.name = one(submission.answers, "your_name")[:120]
    return submission.account_id == account.id


def send(submission: Submission, now: datetime) -> None:
    """Send a draft whose email address is still to be confirmed: it waits for that."""
    if submission.state not in CAN_BE_WRITTEN:
        raise Refusal("This was sent already.")
    submission.state = State.UNCONFIRMED
    submission.sent_at = now


def enter_queue(
    session: Session,
    submission: Submission,
    now: datetime,
    *,
    live: Answers | None = None,
    checks: Sequence[Mapping[str, Any]] = (),
    risk: int = 0,
    needs_second: bool = False,
) -> Snapshot:
    """Put what was written before the moderators; needs snapshots loaded. ``live`` is the page's answers now."""
    if submission.account_id is None:
        raise Refusal("Confirm your email address first.")
    if submission.state not in CAN_BE_WRITTEN:
        raise Refusal("This was sent already.")
    snapshot = Snapshot(
        number=len(submission.snapshots) + 1,
        answers=dict(submission.answers),
        live=dict(live or {}),
        checks=[dict(finding) for finding in checks],
        at=now,
    )
    submission.snapshots.append(snapshot)
    submission.state = State.WAITING
    submission.sent_at = now
    submission.due_at = due(now)
    submission.risk = risk
    submission.needs_second = needs_second
    submission.claimed_by_id = submission.claimed_at = None
    session.flush()
    record(session, "sent", "submission", submission.id, now, by=submission.account, after=public(submission.answers))
    return snapshot


def take_back(session: Session, submission: Submission, now: datetime) -> None:
    """Take something out of the queue to change it."""
    if submission.state is not State.WAITING:
        raise Refusal("Only what waits for review can be taken back.")
    submission.state = State.DRAFT
    submission.due_at = submission.claimed_by_id = submission.claimed_at = None
    record(session, "taken back", "submission", submission.id, now, by=submission.account)


def discard(session: Session, submission: Submission, now: datetime) -> None:
    """Throw a draft away: what was typed is forgotten."""
    if submission.state is State.APPROVED:
        raise Refusal("This is published already. Withdraw the listing instead.")
    submission.state = State.DISCARDED
    submission.answers, submission.origins, submission.title = {}, {}, ""
    submission.due_at = None
    record(session, "discarded", "submission", submission.id, now, by=submission.account)
