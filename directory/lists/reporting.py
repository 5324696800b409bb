"""Report a list, and take one down: anybody says what is wrong, a moderator answers once. The caller commits."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session, selectinload

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.foundation.letters import post
from directory.foundation.mail_templates import compose
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.lists.actions import SUBJECT
from directory.lists.models import ListReport, ListReportAbout, SharedList
from directory.lists.words import Problem, paragraphs

LONGEST_WORDS = 1_000
SAME_AGAIN_WITHIN = timedelta(minutes=10)

ABOUT_WORDS: Mapping[ListReportAbout, str] = {
    ListReportAbout.UNSAFE: "Something on it doesn’t seem safe",
    ListReportAbout.PERSONAL: "It says something private about somebody",
    ListReportAbout.WRONG: "Something on it is wrong",
    ListReportAbout.OTHER: "Something else",
}


def problems(about: str, words: str) -> tuple[Problem, ...]:
    """Say what can't be used as it was typed; each sentence says what to enter."""
    found = [] if about in list(ListReportAbout) else [Problem("about", "Choose what is wrong")]
    if about == ListReportAbout.OTHER and not words.strip():
        found.append(Problem("words", "Say what is wrong"))
    if len(words) > LONGEST_WORDS:
        found.append(Problem("words", f"It must be {LONGEST_WORDS:,} characters or fewer. You have {len(words):,}"))
    return tuple(found)


def report(session: Session, shared_list: SharedList, about: str, words: str, now: datetime) -> ListReport:
    """Take a report, without asking who it is from; the very same one again, minutes later, is the first.

    Raises Refusal.
    """
    if found := problems(about, words):
        raise Refusal(f"{found[0].words}.")
    said = paragraphs(words)
    same = select(ListReport).where(
        ListReport.list_id == shared_list.id,
        ListReport.about == ListReportAbout(about),
        ListReport.words == said,
        ListReport.answered_at.is_(None),
        ListReport.at > now - SAME_AGAIN_WITHIN,
    )
    if again := session.scalar(same.limit(1)):
        return again
    made = ListReport(
        key=secrets.token_urlsafe(12), list_id=shared_list.id, about=ListReportAbout(about), words=said, at=now
    )
    session.add(made)
    session.flush()
    record(session, "reported", SUBJECT, shared_list.id, now, after={"about": about})
    return made


def answer(
    session: Session, settings: Settings, report: ListReport, by: Account, words: str, now: datetime, *, take_down: bool
) -> None:
    """Answer a report, once: take the list down, or leave it. Raises Refusal when it was answered, or has no words.

    Needs the list loaded, with its editors.
    """
    said = paragraphs(words)
    if not said:
        raise Refusal("Write what you found and why you decided so.")
    if len(said) > LONGEST_WORDS:
        raise Refusal(f"It must be {LONGEST_WORDS:,} characters or fewer. You have {len(said):,}.")
    answered = session.execute(
        update(ListReport)
        .where(ListReport.id == report.id, ListReport.answered_at.is_(None))
        .values(answered_at=now, answered_by_id=by.id, answer=said)
    )
    if answered.rowcount == 0:  # type: ignore[attr-defined]
        raise Refusal("Somebody answered this report already. Open it again to see what they said.")
    if take_down:
        take_off_the_site(session, settings, report.shared_list, by, said, now)
    else:
        record(session, "left as it is", SUBJECT, report.list_id, now, by=by, why=said)


def take_off_the_site(
    session: Session, settings: Settings, shared_list: SharedList, by: Account, why: str, now: datetime
) -> None:
    """Show nothing of a list any more but that it was taken down, and tell its editors why. Raises Refusal."""
    why = paragraphs(why)
    if not why:
        raise Refusal("Say why, for those who edit the list.")
    if shared_list.taken_down_at is not None:
        return
    shared_list.taken_down_at, shared_list.taken_down_words = now, why
    shared_list.version += 1
    record(session, "took down", SUBJECT, shared_list.id, now, by=by, why=why)
    for editor in shared_list.editors:
        post(
            session,
            compose(settings, "list_taken_down", editor.email, title=shared_list.title, why=why),
            now,
            purpose="list taken down",
        )
    session.flush()


def put_back(session: Session, shared_list: SharedList, by: Account, why: str, now: datetime) -> None:
    """Show a list that was taken down again."""
    if shared_list.taken_down_at is not None:
        shared_list.taken_down_at, shared_list.taken_down_words = None, ""
        shared_list.version += 1
        record(session, "put back", SUBJECT, shared_list.id, now, by=by, why=paragraphs(why))
        session.flush()


def report_by_key(session: Session, key: str) -> ListReport | None:
    """Get one report with its list."""
    loaded = selectinload(ListReport.shared_list).selectinload(SharedList.editors)
    return session.scalar(select(ListReport).where(ListReport.key == key).options(loaded))


def reports(session: Session, start: int, size: int) -> tuple[Sequence[ListReport], int]:
    """Get ``size`` reports from ``start`` on and how many are open: open ones first, unsafe and oldest first."""
    is_open = ListReport.answered_at.is_(None)
    order = (
        case((is_open, 0), else_=1),
        case((is_open & (ListReport.about == ListReportAbout.UNSAFE), 0), else_=1),
        case((is_open, ListReport.at), else_=None).asc(),
        ListReport.answered_at.desc(),
        ListReport.id.asc(),
    )
    loaded = selectinload(ListReport.shared_list)
    rows = session.scalars(select(ListReport).order_by(*order).offset(start).limit(size).options(loaded)).all()
    open_ones = session.scalar(select(func.count()).select_from(ListReport).where(is_open)) or 0
    return rows, open_ones
