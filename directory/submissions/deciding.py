"""What a moderator decides of what was sent: approve it, perhaps with edits, or return it. The caller commits.

Each decision is made once: it begins by taking the submission, which nobody else can until the transaction ends, and
the database has one seat for each moderator of each snapshot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue.models import Opportunity
from directory.foundation.clock import UK
from directory.foundation.date_words import hour, long_day
from directory.foundation.letters import post
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.places.gazetteer import Gazetteer
from directory.submissions import deciding_letters as letters
from directory.submissions import notices
from directory.submissions.actions import kept, storable
from directory.submissions.comparing import rows
from directory.submissions.deciding_letters import Complaint, Edit
from directory.submissions.fields import ANSWER_NAMES, QUESTIONS, Answer, Answers, public
from directory.submissions.models import Decision, Outcome, Purpose, Snapshot, State, Submission
from directory.submissions.publishing import opportunity_of, proposal, publish, skills_by_slug
from directory.submissions.queries import WHOLE
from directory.submissions.queueing import take, why_not
from directory.submissions.reading import Problem
from directory.submissions.writing import answers_of

LONGEST_MESSAGE = 4_000
LONGEST_COMPLAINT = 1_000
CAN_BE_EDITED = frozenset({Purpose.NEW, Purpose.CHANGE})
# What the others who look after a listing hear when something that was asked of it is approved.
TOLD = {
    Purpose.CHANGE: "One of us checked the change first.",
    Purpose.REMOVAL: "It was taken off the site, as was asked.",
}
SAID = {
    Outcome.RETURNED: "returned",
    Outcome.APPROVED: "approved",
    Outcome.APPROVED_WITH_EDITS: "approved, with edits,",
}


def sent(submission: Submission) -> Snapshot:
    """Give what was sent last; needs snapshots loaded."""
    return submission.snapshots[-1]


def approvals(submission: Submission) -> list[Decision]:
    """Give who approved what was sent last; needs snapshots and decisions loaded."""
    number = sent(submission).number
    return [one for one in submission.decisions if one.number == number and one.outcome is not Outcome.RETURNED]


def as_it_stands(submission: Submission) -> dict[str, Answer]:
    """Give the answers that are to be decided: those sent last, with a first moderator's edits."""
    answers: dict[str, Answer] = dict(sent(submission).answers)
    for decision in approvals(submission):
        answers |= decision.edits
    return {name: answer for name, answer in answers.items() if answer}


def needs_another(submission: Submission, settings: Settings) -> bool:
    """Say whether an approval now would be the first of two."""
    return settings.second_moderator and submission.needs_second and not approvals(submission)


def waits_for_second(submission: Submission) -> bool:
    """Say whether one moderator approved it and it waits for another; needs snapshots and decisions loaded."""
    return submission.state is State.WAITING and bool(submission.snapshots) and bool(approvals(submission))


def edited(submission: Submission, edits: Answers) -> dict[str, Answer]:
    """Give those edits that change something, in what a database can hold; nothing private can be edited."""
    before = as_it_stands(submission)
    return {
        name: answer
        for name, answer in kept(edits).items()
        if not ANSWER_NAMES[name].private and _told(answer) != _told(before.get(name, ""))
    }


def problems_with(
    session: Session, submission: Submission, edits: Answers, gazetteer: Gazetteer, today: date
) -> tuple[Problem, ...]:
    """Say what of the edited answers can't be used; what couldn't be used before the edits is left alone."""
    before = as_it_stands(submission)
    changes = edited(submission, edits)
    touched = {ANSWER_NAMES[name].name for name in changes}
    there = set(proposal(session, before, gazetteer, today).problems)
    found = proposal(session, {**before, **changes}, gazetteer, today).problems
    return tuple(problem for problem in found if problem.field in touched or problem not in there)


def approve(
    session: Session,
    submission: Submission,
    moderator: Account,
    now: datetime,
    gazetteer: Gazetteer,
    settings: Settings,
    edits: Answers | None = None,
    message: str = "",
    *,
    seen: int | None = None,
) -> Opportunity | None:
    """Approve what was sent, perhaps with edits, publish it and tell the submitter; None while a second has to.

    ``seen`` is the number of the snapshot that the moderator looked at. Raises Refusal when it was decided before, is
    the moderator's own, can't be published, or when the edits change nothing or can't be used.
    """
    message = _cut(message, LONGEST_MESSAGE)
    _sit(session, submission, moderator, now, seen)
    before = approvals(submission)
    if any(decision.by_id == moderator.id for decision in before):
        raise Refusal("You approved this already. A second moderator, who isn’t you, has to approve it too.")
    answers = as_it_stands(submission)
    changes = _edits(session, submission, edits, gazetteer, now) if edits is not None else {}
    outcome = Outcome.APPROVED_WITH_EDITS if changes else Outcome.APPROVED
    is_first = needs_another(submission, settings)
    _decide(session, submission, moderator, now, outcome, message=message, edits=changes)
    after = as_it_stands(submission)
    if is_first:
        why = message or "The first of two approvals."
        _record(session, "approved by a first moderator", submission, moderator, now, answers, after, why)
        if submission.account and submission.account.email:
            letter = letters.approved_once(settings, submission, submission.account.email)
            post(session, letter, now, purpose="approved once", once=f"{_once(submission)}-first")
        return None
    listing = opportunity_of(session, submission)
    live = answers_of(listing, now) if listing else {}
    opportunity = publish(session, submission, after, gazetteer, now, moderator)
    submission.state = State.APPROVED
    submission.due_at = None
    stays = {} if submission.purpose is Purpose.REMOVAL else after
    _record(session, str(outcome), submission, moderator, now, live, stays, message)
    _tell_approved(session, submission, opportunity, settings, now, message)
    if what := TOLD.get(submission.purpose):
        notices.tell_the_others(session, settings, opportunity, submission.account, what, now)
    return opportunity


def return_(
    session: Session,
    submission: Submission,
    moderator: Account,
    now: datetime,
    settings: Settings,
    reasons: Sequence[Complaint],
    message: str = "",
    *,
    seen: int | None = None,
) -> None:
    """Return what was sent, with reasons, and tell the submitter, who keeps everything and may send it again.

    What the public sees stays as it was. Raises Refusal as ``approve`` does, and when no reason is given.
    """
    if not reasons:
        raise Refusal("Give at least one reason, so that they know what to change.")
    if unknown := next((one.field for one in reasons if one.field and one.field not in QUESTIONS), None):
        raise Refusal(f"There is no question called ‘{unknown}’.")
    _sit(session, submission, moderator, now, seen)
    message = _cut(message, LONGEST_MESSAGE)
    said = [Complaint(one.field, _cut(one.words, LONGEST_COMPLAINT), one.label) for one in reasons]
    complaints = [{name: str(words) for name, words in asdict(one).items()} for one in said]
    _decide(session, submission, moderator, now, Outcome.RETURNED, message=message, reasons=complaints)
    submission.state = State.RETURNED
    submission.due_at = None
    why = "\n".join(filter(None, (*(one.words for one in said), message)))
    stands = as_it_stands(submission)
    _record(session, "returned", submission, moderator, now, stands, stands, why)
    if submission.account and submission.account.email:
        letter = letters.returned(settings, submission, submission.account.email, said, message)
        post(session, letter, now, purpose="returned", once=_once(submission))


def _sit(session: Session, submission: Submission, moderator: Account, now: datetime, seen: int | None) -> None:
    """Take a submission so that nobody else can decide it, and see it as it is now."""
    if submission.account_id == moderator.id:
        raise Refusal("You sent this yourself, so somebody else has to decide it.")
    taken = take(session, submission, moderator, now)
    fresh = select(Submission).where(Submission.id == submission.id).options(*WHOLE)
    session.scalars(fresh.execution_options(populate_existing=True)).one()
    if not taken:
        raise Refusal(_why_not(session, submission))
    if seen is not None and seen != sent(submission).number:
        raise Refusal("It was changed and sent again while you were looking. See what it says now, then decide.")


def _why_not(session: Session, submission: Submission) -> str:
    """Say who decided it and when, or why it can't be decided."""
    last = submission.decisions[-1] if submission.decisions else None
    if submission.state not in (State.APPROVED, State.RETURNED) or last is None:
        return why_not(submission)
    by = session.get(Account, last.by_id)
    at = last.at.astimezone(UK)
    when = f"on {long_day(at.date())} at {hour(at.time().replace(second=0, microsecond=0))}"
    return f"{by.called if by else 'Somebody'} {SAID[last.outcome]} this {when}. It’s decided once."


def _edits(
    session: Session, submission: Submission, edits: Answers, gazetteer: Gazetteer, now: datetime
) -> dict[str, Answer]:
    if submission.purpose not in CAN_BE_EDITED:
        raise Refusal("There is nothing to edit in this: approve it or return it.")
    changes = edited(submission, edits)
    if not changes:
        raise Refusal("You changed nothing. Change an answer, or approve it as it is.")
    if problems := problems_with(session, submission, changes, gazetteer, now.date()):
        raise Refusal(problems[0].words)
    return changes


def _decide(
    session: Session,
    submission: Submission,
    moderator: Account,
    now: datetime,
    outcome: Outcome,
    *,
    message: str,
    reasons: Sequence[Mapping[str, str]] = (),
    edits: Answers | None = None,
) -> None:
    decision = Decision(
        number=sent(submission).number,
        seat=len(approvals(submission)) + 1,
        by_id=moderator.id,
        outcome=outcome,
        reasons=[dict(reason) for reason in reasons],
        message=message,
        edits=dict(edits or {}),
        at=now,
    )
    submission.decisions.append(decision)
    submission.claimed_by_id = submission.claimed_at = None
    session.flush()


def _record(
    session: Session,
    action: str,
    submission: Submission,
    moderator: Account,
    now: datetime,
    before: Answers,
    after: Answers,
    why: str,
) -> None:
    record(
        session,
        action,
        "submission",
        submission.id,
        now,
        by=moderator,
        before=public(before),
        after=public(after),
        why=why,
    )


def _tell_approved(
    session: Session,
    submission: Submission,
    opportunity: Opportunity,
    settings: Settings,
    now: datetime,
    message: str,
) -> None:
    if not (submission.account and submission.account.email):
        return
    skills = {slug: skill.name for slug, skill in skills_by_slug(session).items()}
    edits = [
        Edit(row.question.label, "".join(part.text for part in row.before), "".join(part.text for part in row.after))
        for row in rows(sent(submission).answers, as_it_stands(submission), skills)
        if row.is_changed
    ]
    messages = dict.fromkeys(filter(None, (decision.message for decision in approvals(submission))))
    letter = letters.approved(
        settings,
        submission,
        submission.account.email,
        opportunity,
        edits,
        "\n\n".join(messages),
    )
    post(session, letter, now, purpose="approved", once=_once(submission))


def _cut(text: str, most: int) -> str:
    return storable(text).strip()[:most]


def _once(submission: Submission) -> str:
    return f"decision-{submission.id}-{sent(submission).number}"


def _told(answer: Answer) -> object:
    return sorted(answer) or "" if isinstance(answer, list) else answer.replace("\r\n", "\n").strip()
