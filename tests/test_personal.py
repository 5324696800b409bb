"""What is kept of somebody is given out whole and erased whole, whichever room keeps it."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts import actions
from directory.accounts.audit import history
from directory.accounts.models import Account, AccountRole, AuditRecord, SignIn, Visit
from directory.accounts.personal import erase_all, export_all
from directory.app import PERSONAL
from directory.foundation.database import Base
from directory.foundation.letters import Letter, post
from directory.foundation.mail import Message
from directory.submissions import actions as submissions
from directory.submissions.models import Decision, Outcome, SheetImport, Snapshot, State, Submission
from directory.submissions.sheets.actions import bring
from tests.contracts.listings import NOW
from tests.submissions.answers import saying

EMAIL = "sam@larkfield.example"
SHEET = b"Title,Summary\nCell growing,Learn to grow cells.\n"


@pytest.fixture
def account(session: Session) -> Account:
    """Somebody of whom every room keeps something."""
    account = actions.add(session, EMAIL, "Sam Reed", NOW)
    actions.grant(session, account, AccountRole.MEMBER, NOW)
    actions.begin_visit(session, account, "Firefox on Linux", NOW)
    actions.offer_way_in(session, "a key", EMAIL, "a device", "/", NOW)
    post(session, Message(EMAIL, "Hello", "Hello, Sam."), NOW, purpose="greeting")
    sheet = bring(session, "ours.csv", SHEET, {}, NOW, account)
    bring(session, "theirs.csv", SHEET, {"your_name": "Sam Reed", "your_email": " Sam@Larkfield.Example"}, NOW)
    owned = submissions.begin(session, NOW, answers=saying(your_email="another@larkfield.example"), account=account)
    typed = submissions.begin(session, NOW, answers=saying(your_email=" Sam@Larkfield.Example"))
    published = submissions.begin(session, NOW, answers=saying(title="Published"), account=account)
    returned = submissions.begin(session, NOW, answers=saying(title="Returned"), account=account)
    session.flush()
    for row in (owned, typed, published, returned):
        row.import_id = sheet.id
        session.add(Snapshot(submission_id=row.id, number=1, at=NOW, answers=row.answers))
    for row, outcome in ((returned, Outcome.RETURNED), (published, Outcome.APPROVED)):
        decision = Decision(submission_id=row.id, number=1, by_id=account.id, outcome=outcome, at=NOW)
        decision.message = "Thank you, Sam Reed."
        session.add(decision)
    published.state, returned.state = State.APPROVED, State.RETURNED
    session.commit()
    session.expire_all()
    return account


def export(session: Session) -> Mapping[str, Mapping[str, Any]]:
    return export_all(session, EMAIL, PERSONAL)


def everything_with(session: Session, word: str) -> list[str]:
    """Look through every column of every table for a word."""
    return [
        f"{table.name}.{name}: {value}"
        for table in Base.metadata.sorted_tables
        for row in session.execute(select(table)).mappings()
        for name, value in row.items()
        if word in str(value).lower()
    ]


def test_everything_is_given_out(session: Session, account: Account) -> None:
    told = export(session)
    assert told["accounts"]["name"] == account.name
    assert [visit["device"] for visit in told["accounts"]["signed in"]] == ["Firefox on Linux"]
    assert [letter["subject"] for letter in told["accounts"]["letters"]] == ["Hello"]
    assert len(told["accounts"]["asked to sign in"]) == 1
    assert len(told["submissions"]["submissions"]) == 4
    assert [sheet["name"] for sheet in told["submissions"]["spreadsheets"]] == ["ours.csv", "theirs.csv"]
    assert told["submissions"]["spreadsheets"][1]["for every row"]["your_name"] == "Sam Reed"
    decided = [each for row in told["submissions"]["submissions"] for each in row["decided"]]
    assert [each["message"] for each in decided] == ["Thank you, Sam Reed."] * 2


def test_everything_is_erased_but_what_is_published_and_the_record(session: Session, account: Account) -> None:
    erase_all(session, EMAIL, PERSONAL, NOW)
    session.commit()
    session.expire_all()
    assert (account.email, account.name, account.roles, account.erased_at) == (None, "", frozenset(), NOW)
    for kept in (Visit, SignIn, Letter, SheetImport):
        assert session.scalars(select(kept)).all() == []
    (published,) = session.scalars(select(Submission)).all()
    assert published.answers["title"] == "Published"
    assert "your_name" not in published.answers
    (snapshot,) = session.scalars(select(Snapshot)).all()
    assert "your_email" not in snapshot.answers
    assert history(session, "account", account.id)[-1].action == "erased"
    told = export(session)
    assert not any(any(room.values()) for room in told.values()), told
    assert everything_with(session, "sam reed") + everything_with(session, EMAIL) == []


def test_erasing_an_address_that_has_no_account_is_recorded_without_it(session: Session) -> None:
    submissions.begin(session, NOW, answers=saying())
    erase_all(session, EMAIL, PERSONAL, NOW)
    session.flush()
    assert session.scalars(select(Submission)).all() == []
    (record,) = session.scalars(select(AuditRecord).where(AuditRecord.subject == "account")).all()
    assert (record.action, record.subject_id) == ("erased", None)
    assert EMAIL not in str(vars(record))


def test_whoever_comes_back_after_being_erased_is_somebody_new(session: Session, account: Account) -> None:
    erase_all(session, EMAIL, PERSONAL, NOW)
    session.flush()
    assert actions.add(session, EMAIL, "", NOW).id != account.id
