"""Letters about a published listing: to those who look after it, and to who reported something."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.foundation import addresses
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.letters import post
from directory.foundation.mail_templates import compose
from directory.foundation.settings import Settings
from directory.foundation.signing import sign
from directory.submissions.models import Asked, Report
from directory.submissions.queries import stewards

STILL_OPEN = "still open"


def ask(session: Session, settings: Settings, asked: Asked, opportunity: Opportunity, now: datetime) -> None:
    """Write to each of those who look after a listing whether it is still open. Needs its organisation loaded."""
    for account in stewards(session, opportunity):
        message = compose(
            settings,
            "still_open",
            account.email or "",
            **_about(settings, opportunity),
            step=asked.step,
            day=long_day(asked.about),
            answer_address=_answer_address(settings, asked, account, now),
        )
        post(session, message, now, purpose="still open", once=f"still-open-{asked.id}-{account.id}")


def warn(
    session: Session, settings: Settings, asked: Asked, opportunity: Opportunity, hides_on: datetime, now: datetime
) -> None:
    """Write to those who look after a listing that it will be hidden unless somebody answers."""
    for account in stewards(session, opportunity):
        message = compose(
            settings,
            "hidden_soon",
            account.email or "",
            **_about(settings, opportunity),
            asked_on=long_day(uk_day(asked.asked_at)),
            hides_on=long_day(uk_day(hides_on)),
            answer_address=_answer_address(settings, asked, account, now),
        )
        post(session, message, now, purpose="hidden soon", once=f"hidden-soon-{asked.id}-{account.id}")


def tell_the_others(
    session: Session, settings: Settings, opportunity: Opportunity, by: Account | None, what: str, now: datetime
) -> None:
    """Write to whoever else looks after a listing ``what`` was changed, as a sentence. Needs its organisation."""
    for account in stewards(session, opportunity):
        if by is None or account.id != by.id:
            message = compose(
                settings,
                "changed_live",
                account.email or "",
                **_about(settings, opportunity),
                who=(by and by.name) or "Somebody who looks after it",
                what=what,
                mine_address=addresses.at(settings, f"/mine/{opportunity.slug}"),
            )
            post(session, message, now, purpose="changed live")


def tell_its_people(session: Session, settings: Settings, opportunity: Opportunity, what: str, now: datetime) -> None:
    """Write to those who look after a listing ``what`` a moderator did to it, as a sentence. Needs its organisation."""
    for account in stewards(session, opportunity):
        message = compose(
            settings,
            "moderated",
            account.email or "",
            **_about(settings, opportunity),
            what=what,
            mine_address=addresses.at(settings, f"/mine/{opportunity.slug}"),
        )
        post(session, message, now, purpose="moderated")


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
