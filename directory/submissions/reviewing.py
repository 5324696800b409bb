"""What the product itself sees in a submission: its findings, how soon a person should look, and whether two must."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from directory.foundation.clock import UK
from directory.organisations.actions import named
from directory.organisations.models import Organisation
from directory.submissions.checks import Case, Finding, LinkResult, candidates, check, needs_second, risk, to_json
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
    live: Answers | None = None,
    link: LinkResult | None = None,
) -> Overlook:
    """Check a submission as it was read, beside its live page, its link if that was opened, and its likely copies."""
    case = Case(
        answers=submission.answers,
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


def _own_address(session: Session, submission: Submission, read: Proposal) -> str:
    """Give the web address of its organisation: ours where we know it, since anybody could type one."""
    name = str(read.values.get("organisation_name", ""))
    known = (
        session.get(Organisation, submission.organisation_id) if submission.organisation_id else named(session, name)
    )
    return (known and known.url) or str(read.values.get("organisation_url", ""))
