"""Report a problem: anybody says what is wrong with a listing, and it is tracked to an answer."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.orm import Session, selectinload

from directory.accounts.addresses import email_address
from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.vocabulary import Signal, StageName
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.submissions import keeping, notices
from directory.submissions.models import Report, ReportAbout, ReportState
from directory.submissions.reading import CONTROL, Problem

SUBJECT = "report"
LONGEST_WORDS = 1_000
LONGEST_MESSAGE = 2_000
ADDRESS_KEPT_FOR = timedelta(days=90)
WORDS_KEPT_FOR = timedelta(days=365)
SAME_AGAIN_WITHIN = timedelta(minutes=10)
UNDER_18 = (StageName.FOURTEEN_TO_SIXTEEN, StageName.SIXTEEN_TO_EIGHTEEN)

ABOUT_WORDS: Mapping[ReportAbout, str] = {
    ReportAbout.CLOSED: "It has closed",
    ReportAbout.WRONG: "Something on the page is wrong",
    ReportAbout.UNSAFE: "It doesn’t seem safe",
    ReportAbout.UNPAID_WORK: "It’s work that should be paid",
    ReportAbout.DUPLICATE: "It’s listed twice",
    ReportAbout.OTHER: "Something else",
}


class ReportOutcome(StrEnum):
    """What came of a report."""

    FIXED = "fixed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    NO_CHANGE = "no change"


OUTCOME_WORDS: Mapping[ReportOutcome, str] = {
    ReportOutcome.FIXED: "We put the page right.",
    ReportOutcome.WITHDRAWN: "We took the listing off the site.",
    ReportOutcome.CLOSED: "We marked the listing as closed.",
    ReportOutcome.NO_CHANGE: "We looked, and left the page as it is.",
}
# What those who look after the listing hear; never who reported it, or in which words.
TOLD: Mapping[ReportOutcome, str] = {
    ReportOutcome.WITHDRAWN: "Somebody reported a problem with it, and we took it off the site.",
    ReportOutcome.CLOSED: "Somebody told us that it had closed. We checked, and its page now says so.",
}
WE_FOUND_IT_CLOSED = "Somebody told us it had closed, and we checked"


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed into a report, as it was typed."""

    about: str = ""
    words: str = ""
    email: str = ""

    def problems(self) -> tuple[Problem, ...]:
        """Say what can't be used as it is; each sentence says what to enter."""
        found = []
        if self.about not in list(ReportAbout):
            found.append(Problem("about", "Choose what is wrong"))
        if self.about == ReportAbout.OTHER and not self.words.strip():
            found.append(Problem("words", "Say what is wrong"))
        if len(self.words) > LONGEST_WORDS:
            found.append(
                Problem("words", f"It must be {LONGEST_WORDS:,} characters or fewer. You have {len(self.words):,}")
            )
        if self.email and email_address(self.email) is None:
            found.append(Problem("email", "Enter an email address, like name@example.org, or leave it empty"))
        return tuple(found)


def report(
    session: Session,
    settings: Settings,
    opportunity: Opportunity,
    said: Said,
    now: datetime,
    *,
    may_write: bool = True,
) -> Report:
    """Take a report about a listing; the very same one again, minutes later, is the first. Raises Refusal.

    Whoever left an address gets a letter that it came, when we ``may_write``.
    """
    if problems := said.problems():
        raise Refusal(f"{problems[0].words}.")
    about, email = ReportAbout(said.about), said.email.lower() or None
    words = CONTROL.sub("", said.words.replace("\r\n", "\n")).strip()
    same = select(Report).where(
        Report.opportunity_id == opportunity.id,
        Report.about == about,
        Report.words == words,
        Report.email == email if email else Report.email.is_(None),
        Report.state == ReportState.OPEN,
        Report.at > now - SAME_AGAIN_WITHIN,
    )
    if found := session.scalar(same.limit(1)):
        return found
    made = Report(
        key=secrets.token_urlsafe(16),
        opportunity_id=opportunity.id,
        opportunity=opportunity,
        about=about,
        words=words,
        email=email,
        state=ReportState.OPEN,
        at=now,
        answer="",
    )
    session.add(made)
    session.flush()
    record(session, "reported", SUBJECT, made.id, now, after={"about": str(about), "opportunity": opportunity.id})
    if may_write:
        notices.tell_it_came(session, settings, made, now)
    return made


def answer(
    session: Session,
    settings: Settings,
    report: Report,
    by: Account,
    outcome: ReportOutcome,
    message: str,
    now: datetime,
) -> None:
    """Answer a report, once, and do what the outcome says to the listing. Raises Refusal when it was answered."""
    message = CONTROL.sub("", message.replace("\r\n", "\n")).strip()
    if not message:
        raise Refusal("Write what you found, for whoever reported it.")
    if len(message) > LONGEST_MESSAGE:
        raise Refusal(f"The message must be {LONGEST_MESSAGE:,} characters or fewer. You have {len(message):,}.")
    answered = session.execute(
        update(Report)
        .where(Report.id == report.id, Report.state == ReportState.OPEN)
        .values(
            state=ReportState.ANSWERED,
            answer=f"{OUTCOME_WORDS[outcome]}\n\n{message}",
            answered_at=now,
            answered_by_id=by.id,
        )
    )
    session.refresh(report)
    if answered.rowcount == 0:  # type: ignore[attr-defined]
        raise Refusal("Somebody answered this report already. Open it again to see what they said.")
    _do(session, settings, report, by, outcome, now)
    after = {"outcome": str(outcome), "opportunity": report.opportunity_id}
    record(session, "answered", SUBJECT, report.id, now, by=by, after=after, why=message)
    notices.tell_the_answer(session, settings, report, now)


def _do(
    session: Session, settings: Settings, report: Report, by: Account, outcome: ReportOutcome, now: datetime
) -> None:
    row = session.get(Opportunity, report.opportunity_id)
    if row is None or outcome not in (ReportOutcome.WITHDRAWN, ReportOutcome.CLOSED):
        return
    opportunity = keeping.hold(session, row)
    if opportunity.standing is Standing.WITHDRAWN:
        return
    if outcome is ReportOutcome.WITHDRAWN:
        is_news = keeping.withdraw(session, opportunity, by, now, f"Report {report.id}: {ABOUT_WORDS[report.about]}.")
    else:
        is_news = keeping.close_early(session, opportunity, by, WE_FOUND_IT_CLOSED, now, Signal.PERSON)
    if is_news:
        notices.tell_its_people(session, settings, opportunity, TOLD[outcome], now)


def report_by_key(session: Session, key: str) -> Report | None:
    """Get one report with its listing."""
    loaded = selectinload(Report.opportunity).selectinload(Opportunity.organisation)
    return session.scalar(select(Report).where(Report.key == key).options(loaded))


def reports(session: Session, start: int, size: int) -> tuple[Sequence[Report], int]:
    """Get ``size`` reports from ``start`` on, and how many are open: open before answered, unsafe first, oldest first.

    Of answered ones the latest come first.
    """
    is_open = Report.state == ReportState.OPEN
    order: tuple[ColumnElement[object], ...] = (
        case((is_open, 0), else_=1),
        case((is_open & (Report.about == ReportAbout.UNSAFE), 0), else_=1),
        case((is_open, Report.at), else_=None).asc(),
        Report.answered_at.desc(),
        Report.id.asc(),  # type: ignore[assignment]
    )
    loaded = selectinload(Report.opportunity).selectinload(Opportunity.organisation)
    rows = session.scalars(select(Report).order_by(*order).offset(start).limit(size).options(loaded)).all()
    open_ones = session.scalar(select(func.count()).select_from(Report).where(is_open)) or 0
    return sorted(rows, key=lambda row: not is_urgent(row)), open_ones


def is_urgent(report: Report) -> bool:
    """Say whether somebody under 18 may not be safe. Needs the listing loaded."""
    is_unsafe = report.state is ReportState.OPEN and report.about is ReportAbout.UNSAFE
    return is_unsafe and any(stage in report.opportunity.stages for stage in UNDER_18)


def forget_old(session: Session, now: datetime) -> int:
    """Forget the addresses, then the words, of reports answered long enough ago; gives of how many. Run daily.

    Words may name people, whoever typed them. What a report was about, and our answer, stay.
    """
    answered = Report.answered_at
    gone = session.execute(
        update(Report).where(Report.email.is_not(None), answered < now - ADDRESS_KEPT_FOR).values(email=None)
    )
    wordless = session.execute(
        update(Report).where(Report.words != "", answered < now - WORDS_KEPT_FOR).values(words="")
    )
    return int(gone.rowcount) + int(wordless.rowcount)  # type: ignore[attr-defined]
