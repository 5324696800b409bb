"""A report about a listing is taken, put in order, answered once, and its address forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.audit import history
from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.vocabulary import StageName
from directory.foundation.letters import Letter
from directory.foundation.refusals import Refusal
from directory.submissions.models import Report, ReportState, Steward
from directory.submissions.reporting import (
    ReportOutcome,
    Said,
    answer,
    forget_old,
    is_urgent,
    report,
    report_by_key,
    reports,
)
from tests.contracts.listings import DAY, NOW
from tests.search.rows import organisation, row
from tests.submissions.kept import acts, again, somebody
from tests.submissions.test_asking import SETTINGS


@pytest.fixture
def listing(session: Session) -> Opportunity:
    return listed(session, "a-placement", StageName.GRADUATE)


@pytest.fixture
def moderator(session: Session) -> Account:
    return somebody(session, "mo@wayin.example", "Mo")


def listed(session: Session, slug: str, *stages: StageName) -> Opportunity:
    name = f"Organisation of {slug}"
    session.add(row("A placement", slug=slug, stages=[str(one) for one in stages], organisation=organisation(name)))
    session.commit()
    return again(session, slug)


def reported(session: Session, listing: Opportunity, about: str = "closed", hours: int = 0, **said: str) -> Report:
    made = report(session, SETTINGS, listing, Said(about=about, **said), NOW + timedelta(hours=hours))
    session.commit()
    found = report_by_key(session, made.key)
    assert found is not None
    return found


def letters(session: Session) -> list[tuple[str, str]]:
    return [(letter.to, letter.subject) for letter in session.scalars(select(Letter).order_by(Letter.id))]


def test_a_report_is_kept_and_who_left_an_address_is_told(session: Session, listing: Opportunity) -> None:
    made = reported(session, listing, words="It closed\x00 on\r\nFriday.", email="Ada@School.example")
    assert (made.words, made.email, made.state) == ("It closed on\nFriday.", "ada@school.example", ReportState.OPEN)
    assert len(made.key) >= 20
    assert letters(session) == [("ada@school.example", "We have your report")]
    sent = session.scalar(select(Letter.text))
    assert sent and f"/reports/{made.key}" in sent and "Friday" not in sent
    (entry,) = history(session, "report", made.id)
    assert "ada" not in str(entry.after)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(), "about"),
        (Said(about="rubbish"), "about"),
        (Said(about="other", words="  "), "words"),
        (Said(about="wrong", words="x" * 1001), "words"),
        (Said(about="wrong", email="not an address"), "email"),
        (Said(about="wrong", email=f"{'a' * 250}@b.example"), "email"),
    ],
)
def test_what_cannot_be_used_is_said(session: Session, listing: Opportunity, said: Said, field: str) -> None:
    assert [problem.field for problem in said.problems()] == [field]
    with pytest.raises(Refusal):
        report(session, SETTINGS, listing, said, NOW)


def test_the_same_report_again_is_the_first(session: Session, listing: Opportunity) -> None:
    first = reported(session, listing, words="It closed.")
    assert reported(session, listing, words="It closed.").key == first.key
    assert reported(session, listing, words="It closed.", hours=1).key != first.key


def test_open_ones_come_first_and_unsafe_ones_before_them(
    session: Session, listing: Opportunity, moderator: Account
) -> None:
    young = listed(session, "for-the-young", StageName.SIXTEEN_TO_EIGHTEEN)
    answered = reported(session, listing, "wrong")
    answer(session, SETTINGS, answered, moderator, ReportOutcome.NO_CHANGE, "It is right.", NOW)
    closed = reported(session, listing, "closed", 1)
    unsafe = reported(session, listing, "unsafe", 2)
    urgent = reported(session, young, "unsafe", 3)
    session.commit()
    rows, open_ones = reports(session, 0, 10)
    assert [one.key for one in rows] == [urgent.key, unsafe.key, closed.key, answered.key]
    assert [is_urgent(one) for one in rows] == [True, False, False, False]
    assert open_ones == 3


def test_an_answer_is_written_once_recorded_and_sent(
    session: Session, listing: Opportunity, moderator: Account
) -> None:
    made = reported(session, listing, email="ada@school.example")
    answer(session, SETTINGS, made, moderator, ReportOutcome.FIXED, "The date was wrong.", NOW + DAY)
    session.commit()
    assert made.answer == "We put the page right.\n\nThe date was wrong."
    assert letters(session)[-1] == ("ada@school.example", "The answer to your report")
    last = history(session, "report", made.id)[-1]
    assert (last.action, last.by_id, last.after["outcome"]) == ("answered", moderator.id, "fixed")
    with pytest.raises(Refusal, match="already"):
        answer(session, SETTINGS, made, moderator, ReportOutcome.WITHDRAWN, "Again.", NOW + DAY)
    session.rollback()
    assert again(session, listing.slug).standing is Standing.PUBLISHED


@pytest.mark.parametrize("message", ["", " \n", "x" * 2001])
def test_an_answer_says_something_and_not_too_much(
    session: Session, listing: Opportunity, moderator: Account, message: str
) -> None:
    with pytest.raises(Refusal):
        answer(session, SETTINGS, reported(session, listing), moderator, ReportOutcome.FIXED, message, NOW)


@pytest.mark.parametrize(
    ("outcome", "standing", "act"),
    [
        (ReportOutcome.WITHDRAWN, Standing.WITHDRAWN, ["withdrawn"]),
        (ReportOutcome.CLOSED, Standing.PUBLISHED, ["closed early"]),
        (ReportOutcome.FIXED, Standing.PUBLISHED, []),
        (ReportOutcome.NO_CHANGE, Standing.PUBLISHED, []),
    ],
)
def test_the_outcome_is_done_to_the_listing(
    session: Session,
    listing: Opportunity,
    moderator: Account,
    outcome: ReportOutcome,
    standing: Standing,
    act: list[str],
) -> None:
    answer(session, SETTINGS, reported(session, listing), moderator, outcome, "Thank you.", NOW + DAY)
    session.commit()
    assert again(session, listing.slug).standing is standing
    assert acts(session, listing) == act


@pytest.mark.parametrize(
    ("outcome", "told"),
    [(ReportOutcome.WITHDRAWN, "we took it off the site"), (ReportOutcome.CLOSED, "its page now says so")],
)
def test_those_who_look_after_it_hear_what_came_of_it_and_not_who_reported(
    session: Session, listing: Opportunity, moderator: Account, outcome: ReportOutcome, told: str
) -> None:
    kim = somebody(session, "kim@larkfield.example")
    session.add(Steward(opportunity_id=listing.id, account_id=kim.id, at=NOW))
    made = reported(session, listing, words="My teacher Jo says so", email="pupil@school.example")
    answer(session, SETTINGS, made, moderator, outcome, "Thank you.", NOW + DAY)
    (letter,) = session.scalars(select(Letter).where(Letter.to == "kim@larkfield.example"))
    assert letter.subject == "We changed ‘A placement’" and told in letter.text and told in letter.html
    assert "pupil@" not in letter.text and "Jo" not in letter.text


def test_an_address_is_forgotten_ninety_days_after_the_answer(
    session: Session, listing: Opportunity, moderator: Account
) -> None:
    made = reported(session, listing, email="ada@school.example")
    waiting = reported(session, listing, "wrong", email="bo@school.example")
    answer(session, SETTINGS, made, moderator, ReportOutcome.FIXED, "Done.", NOW)
    session.commit()
    assert forget_old(session, NOW + 90 * DAY) == 0
    assert forget_old(session, NOW + 91 * DAY) == 1
    assert forget_old(session, NOW + 91 * DAY) == 0
    session.commit()
    session.refresh(made)
    session.refresh(waiting)
    assert (made.email, waiting.email) == (None, "bo@school.example")


def test_what_was_typed_is_forgotten_a_year_after_the_answer(
    session: Session, listing: Opportunity, moderator: Account
) -> None:
    made = reported(session, listing, words="Mr Reed told my son not to come.")
    waiting = reported(session, listing, "wrong", words="The date is wrong.")
    answer(session, SETTINGS, made, moderator, ReportOutcome.FIXED, "Done.", NOW)
    session.commit()
    assert forget_old(session, NOW + 365 * DAY) == 0
    assert forget_old(session, NOW + 366 * DAY) == 1
    session.commit()
    session.refresh(made)
    session.refresh(waiting)
    assert (made.words, waiting.words) == ("", "The date is wrong.")
    assert "Done." in made.answer
