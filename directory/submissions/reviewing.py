"""What the product itself sees in a submission: its findings, how soon a person should look, and whether two must."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from directory.foundation.clock import UK
from directory.organisations.actions import named
from directory.organisations.models import Organisation
from directory.submissions.checks import (
    Case,
    Finding,
    LinkResult,
    candidates,
    check,
    from_json,
    needs_second,
    risk,
    to_json,
)
from directory.submissions.checks import link as links
from directory.submissions.checks.checking import worst_first
from directory.submissions.claiming import CLAIM
from directory.submissions.fields import Answers, one
from directory.submissions.models import Submission
from directory.submissions.reading import Proposal


@dataclass(frozen=True, slots=True)
class Overlook:
    """What was seen: the findings, worst first, what they come to, and whether two people must agree."""

    findings: Sequence[Finding]
    risk: int
    needs_second: bool

    def as_kept(self) -> list[dict[str, str]]:
        """Give the findings as they are kept with what was sent."""
        return to_json(self.findings)


def look_over(
    session: Session,
    submission: Submission,
    read: Proposal,
    now: datetime,
    *,
    answers: Answers | None = None,
    live: Answers | None = None,
    link: LinkResult | None = None,
) -> Overlook:
    """Check a submission as it was read, beside its live page, its link if that was opened, and its likely copies.

    ``answers`` are those that were read, where they aren't the submission's own.
    """
    case = Case(
        answers=submission.answers if answers is None else answers,
        values=read.values,
        today=now.astimezone(UK).date(),
        organisation=one(submission.answers, "organisation_name"),
        organisation_url=_own_address(session, submission, read),
        link=link,
        live=live or None,
        candidates=candidates(
            session,
            read.values,
            submission.organisation_id,
            but_opportunity=submission.opportunity_id,
            but_submission=submission.id,
        ),
    )
    findings = check(case)
    return Overlook(findings, risk(findings, case), needs_second(read.values))


def glance(answers: Answers, read: Proposal, now: datetime) -> tuple[Finding, ...]:
    """Check answers by themselves, worst first: beside nothing that is here and nothing on the web."""
    return check(
        Case(
            answers=answers,
            values=read.values,
            today=now.astimezone(UK).date(),
            organisation=one(answers, "organisation_name"),
            organisation_url=str(read.values.get("organisation_url", "")),
        )
    )


def look_again(
    session: Session, submission: Submission, answers: Answers, read: Proposal, now: datetime, *, live: Answers
) -> tuple[Finding, ...]:
    """Check what waits beside what is there now, worst first; ``answers`` are sent ones with a first moderator's edits.

    What is kept isn't asked again: what its link answered, and what was claimed. Needs snapshots loaded.
    """
    then = from_json(submission.snapshots[-1].checks)
    now_found = look_over(session, submission, read, now, answers=answers, live=live).findings
    claimed = [finding for finding in then if finding.rule == CLAIM]
    opened = [finding for finding in then if finding.rule == links.RULE.name]
    renewed = [finding for finding in now_found if finding.rule != links.RULE.name]
    return worst_first((*claimed, *renewed, *opened))


def _own_address(session: Session, submission: Submission, read: Proposal) -> str:
    """Give the web address of its organisation: ours where we know it, since anybody could type one."""
    name = str(read.values.get("organisation_name", ""))
    known = (
        session.get(Organisation, submission.organisation_id) if submission.organisation_id else named(session, name)
    )
    return (known and known.url) or str(read.values.get("organisation_url", ""))
