"""A published listing and whoever looks after it, for tests of what happens to it afterwards."""

from datetime import datetime

from sqlalchemy.orm import Session

from directory.accounts.models import Account, AuditRecord
from directory.catalogue.models import Opportunity
from directory.catalogue.queries import opportunity_by_slug
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions
from directory.submissions.fields import Answer
from directory.submissions.models import State
from directory.submissions.publishing import publish
from tests.contracts.listings import NOW
from tests.submissions.answers import saying

NO_OPENING: dict[str, Answer] = {"opens_day": "", "opens_month": "", "opens_year": ""}
NO_CLOSING: dict[str, Answer] = {"closes_day": "", "closes_month": "", "closes_year": "", "closes_hour": ""}
ALL_YEAR: dict[str, Answer] = {**NO_OPENING, **NO_CLOSING, "closing": "rolling", "recurrence": "rolling"}


def somebody(session: Session, email: str = "sam@larkfield.example", name: str = "Sam Reed") -> Account:
    """Give somebody with an account."""
    account = Account(email=email, name=name, made_at=NOW)
    session.add(account)
    session.flush()
    return account


def kept(
    session: Session, gazetteer: Gazetteer, account: Account, now: datetime = NOW, **instead: Answer
) -> Opportunity:
    """Give a published listing, open now and closing on 30 January 2027, that ``account`` looks after."""
    submission = actions.begin(session, now, answers=saying(**(NO_OPENING | instead)), account=account)
    made = publish(session, submission, submission.answers, gazetteer, now, None)
    submission.state = State.APPROVED
    session.commit()
    return again(session, made.slug)


def again(session: Session, slug: str) -> Opportunity:
    """Read a listing afresh."""
    session.flush()
    session.expire_all()
    row = opportunity_by_slug(session, slug)
    assert row is not None
    return row


def acts(session: Session, row: Opportunity) -> list[str]:
    """Give what the record says was done to a listing."""
    found = session.query(AuditRecord).filter_by(subject="opportunity", subject_id=row.id)
    return [record.action for record in found.order_by(AuditRecord.id)]
