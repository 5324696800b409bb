"""Claiming a listing that is here already: somebody says it is theirs, and that it is right, or to be taken down.

To correct it is a change like any other. What they say of themselves stands among the submission's origins until they
have signed in: then they are asked to be found to speak for the organisation. The caller commits.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.foundation.refusals import Refusal
from directory.organisations import memberships
from directory.organisations.models import Membership, Organisation
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions, keeping
from directory.submissions.checks.finding import Finding, Verdict, to_json
from directory.submissions.fields import Answer
from directory.submissions.models import Answer as Heard
from directory.submissions.models import Purpose, State, Submission
from directory.submissions.publishing import publish
from directory.submissions.queries import may_change
from directory.submissions.writing import answers_of

CLAIM = "claim"  # among the origins: that it is one, and what was said with it
WITHOUT_STEPS = frozenset({Purpose.CONFIRMATION, Purpose.REMOVAL})
UNDECIDED = (State.DRAFT, State.RETURNED, State.UNCONFIRMED, State.WAITING)
LONGEST_WORDS = 1_000


def claim(
    session: Session,
    opportunity: Opportunity,
    purpose: Purpose,
    said: Mapping[str, str],
    account: Account | None,
    now: datetime,
) -> Submission:
    """Begin what somebody says of a listing of theirs.

    ``said`` holds your_name, your_email, words (how they speak for it) and, for a removal, reason. Whoever is signed
    in has one claim to a listing at a time: theirs that isn't decided yet is given instead. Raises Refusal for a
    listing that was taken down.
    """
    if opportunity.standing is Standing.WITHDRAWN:
        raise Refusal("This listing was taken down already.")
    if account and (open_one := open_claim(session, opportunity, account)):
        return open_one
    about_them: dict[str, Answer] = {"your_name": said["your_name"], "your_email": said["your_email"].lower()}
    submission = actions.begin(
        session,
        now,
        answers={**answers_of(opportunity, now), **about_them},
        origins={CLAIM: _words(said)},
        purpose=purpose,
        opportunity=opportunity,
        account=account,
    )
    if account:
        introduce(session, submission, account, now)
    return submission


def say_again(submission: Submission, said: Mapping[str, str], now: datetime) -> None:
    """Change what was said with a claim that isn't with the moderators."""
    actions.save(submission, {"your_name": said["your_name"]}, now)
    submission.origins = {**submission.origins, CLAIM: _words(said)}


def words_of(submission: Submission) -> dict[str, str]:
    """Give what was said with a claim: words and reason; nothing for what isn't one."""
    kept: Any = submission.origins.get(CLAIM)
    return {name: str(kept.get(name, "")) for name in ("words", "reason")} if isinstance(kept, dict) else {}


def open_claim(session: Session, opportunity: Opportunity, account: Account) -> Submission | None:
    """Get this account's claim to a listing that isn't decided."""
    rows = select(Submission).where(
        Submission.opportunity_id == opportunity.id,
        Submission.account_id == account.id,
        Submission.state.in_(UNDECIDED),
    )
    loaded = rows.options(selectinload(Submission.snapshots), selectinload(Submission.decisions))
    found = session.scalars(loaded.order_by(Submission.id.desc()))
    return next((row for row in found if CLAIM in row.origins), None)


def introduce(session: Session, submission: Submission, account: Account, now: datetime) -> Membership | None:
    """Ask that whoever claims a listing, and is signed in now, be found to speak for its organisation.

    What else of theirs about the same listing isn't decided gives way to this.
    """
    if CLAIM not in submission.origins or submission.organisation_id is None or submission.account_id != account.id:
        return None
    organisation = session.get(Organisation, submission.organisation_id)
    assert organisation is not None
    _give_way(session, submission, account, now)
    return memberships.ask(session, account, organisation, words_of(submission).get("words", ""), now)


def confirm_at_once(
    session: Session, submission: Submission, account: Account, gazetteer: Gazetteer, now: datetime
) -> bool:
    """Take a confirmed member's word that a page is right, or that of whoever looks after it; says whether it was."""
    row = session.get(Opportunity, submission.opportunity_id)
    if submission.purpose is not Purpose.CONFIRMATION or row is None or not may_change(session, row, account):
        return False
    opportunity = keeping.hold(session, row)
    if opportunity.standing is Standing.WITHDRAWN:
        return False
    publish(session, submission, submission.answers, gazetteer, now, None)
    keeping.heard(session, opportunity, Heard.OPEN, now)
    record(session, "confirmed", keeping.SUBJECT, opportunity.id, now, by=account)
    submission.state, submission.sent_at, submission.due_at = State.APPROVED, now, None
    return True


def as_finding(session: Session, submission: Submission, account: Account) -> list[dict[str, str]]:
    """Say to the moderators what a claim asks for, as a check says what it sees; nothing for what isn't one."""
    if CLAIM not in submission.origins:
        return []
    row = session.get(Opportunity, submission.opportunity_id)
    known = row is not None and may_change(session, row, account)
    asked = {
        Purpose.CONFIRMATION: "They say that the page is right as it is",
        Purpose.REMOVAL: "They ask us to take it down",
    }.get(submission.purpose, "They say that it’s theirs")
    reason = words_of(submission)["reason"]
    who = "They’re confirmed to speak for it." if known else "Nobody has confirmed yet that they speak for it."
    return to_json(
        [
            Finding(
                rule=CLAIM,
                verdict=Verdict.OK if known else Verdict.WARN,
                title=asked,
                evidence=f"{f'‘{reason}’ ' if reason else ''}{who}",
                rule_words="Only who speaks for an organisation may answer for its listings.",
                source_url="",
                fix="" if known else "Look at who they say they are on the organisation’s page for moderators.",
                field="",
            )
        ]
    )


def _give_way(session: Session, submission: Submission, account: Account, now: datetime) -> None:
    """Throw away this account's other claims to the same listing that nobody has decided."""
    rows = select(Submission).where(
        Submission.opportunity_id == submission.opportunity_id,
        Submission.account_id == account.id,
        Submission.id != submission.id,
        Submission.state.in_(UNDECIDED),
    )
    for other in [row for row in session.scalars(rows) if CLAIM in row.origins]:
        thrown = session.execute(
            update(Submission)
            .where(Submission.id == other.id, Submission.state.in_(UNDECIDED))
            .values(state=State.DISCARDED, answers={}, origins={}, title="", due_at=None)
            .returning(Submission.id),
            execution_options={"synchronize_session": False},
        )
        if thrown.scalar() is not None:
            session.expire(other, ["state", "answers", "origins", "title", "due_at"])
            record(session, "gave way", "submission", other.id, now, by=account, after={"to": submission.id})


def _words(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said.get(name, "").replace("\x00", "").strip()[:LONGEST_WORDS] for name in ("words", "reason")}
