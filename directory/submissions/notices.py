"""Letters about a published listing: to those who look after it, and to who reported something."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.foundation import addresses
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.letters import letters_to, post
from directory.foundation.mail_templates import compose
from directory.foundation.settings import Settings
from directory.foundation.signing import sign
from directory.submissions.models import Asked, Report
from directory.submissions.queries import stewards

STILL_OPEN = "still open"
# Letters a day to one person about what their colleagues changed: its page says the rest.
CHANGED_LIVE = "changed_live"
MOST_NEWS, A_DAY = 10, timedelta(days=1)


def ask(session: Session, settings: Settings, asked: Asked, opportunity: Opportunity, now: datetime) -> None:
    """Write to each of those who look after a listing whether it is still open. Needs its organisation loaded."""
    for account in stewards(session, opportunity):
        said = {"step": asked.step, "day": long_day(asked.about)}
        answer = _answer_address(settings, asked, account, now)
        once = f"still-open-{asked.id}-{account.id}"
        _write(session, settings, "still_open", account, opportunity, now, once=once, answer_address=answer, **said)


def warn(
    session: Session, settings: Settings, asked: Asked, opportunity: Opportunity, hides_on: datetime, now: datetime
) -> None:
    """Write to those who look after a listing that it will be hidden unless somebody answers."""
    for account in stewards(session, opportunity):
        said = {"asked_on": long_day(uk_day(asked.asked_at)), "hides_on": long_day(uk_day(hides_on))}
        answer = _answer_address(settings, asked, account, now)
        once = f"hidden-soon-{asked.id}-{account.id}"
        _write(session, settings, "hidden_soon", account, opportunity, now, once=once, answer_address=answer, **said)


def tell_the_others(
    session: Session, settings: Settings, opportunity: Opportunity, by: Account | None, what: str, now: datetime
) -> None:
    """Write to whoever else looks after a listing ``what`` was changed, as a sentence. Needs its organisation.

    Somebody who got ``MOST_NEWS`` such letters in a day gets no more: nobody can fill a colleague's mailbox.
    """
    who = (by and by.name) or "Somebody who looks after it"
    others = [one for one in stewards(session, opportunity) if by is None or one.id != by.id]
    for account in others:
        if letters_to(session, account.email or "", CHANGED_LIVE.replace("_", " "), now - A_DAY) < MOST_NEWS:
            mine = addresses.at(settings, f"/mine/{opportunity.slug}")
            _write(session, settings, CHANGED_LIVE, account, opportunity, now, who=who, what=what, mine_address=mine)


def tell_its_people(session: Session, settings: Settings, opportunity: Opportunity, what: str, now: datetime) -> None:
    """Write to those who look after a listing ``what`` a moderator did to it, as a sentence. Needs its organisation."""
    for account in stewards(session, opportunity):
        mine = addresses.at(settings, f"/mine/{opportunity.slug}")
        _write(session, settings, "moderated", account, opportunity, now, what=what, mine_address=mine)


def _write(
    session: Session,
    settings: Settings,
    name: str,
    to: Account,
    opportunity: Opportunity,
    now: datetime,
    *,
    once: str | None = None,
    **said: str,
) -> None:
    """Owe somebody who looks after a listing the letter with this template."""
    message = compose(settings, name, to.email or "", **_about(settings, opportunity), **said)
    post(session, message, now, purpose=name.replace("_", " "), once=once)


def tell_it_came(session: Session, settings: Settings, report: Report, now: datetime) -> None:
    """Write to who reported something where its answer will be, if they left an address; never what they typed."""
    if report.email:
        message = compose(settings, "report_received", report.email, **_reported(settings, report))
        post(session, message, now, purpose="report", once=f"report-received-{report.id}")


def tell_the_answer(session: Session, settings: Settings, report: Report, now: datetime) -> None:
    """Write the answer to who reported something, if they left an address."""
    if report.email:
        message = compose(
            settings, "report_answered", report.email, **_reported(settings, report), answer=report.answer
        )
        post(session, message, now, purpose="report", once=f"report-answered-{report.id}")


def _about(settings: Settings, opportunity: Opportunity) -> dict[str, Any]:
    return {
        "is_public": opportunity.standing is Standing.PUBLISHED,
        "title": opportunity.title,
        "organisation": opportunity.organisation.name,
        "address": addresses.opportunity(settings, opportunity.slug),
    }


def _reported(settings: Settings, report: Report) -> dict[str, str]:
    return {
        "title": report.opportunity.title,
        "report_address": addresses.at(settings, f"/reports/{report.key}"),
    }


def _answer_address(settings: Settings, asked: Asked, account: Account, now: datetime) -> str:
    return addresses.at(settings, f"/still-open/{sign(settings, STILL_OPEN, [asked.id, account.id], now)}")
