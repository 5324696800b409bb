"""Whoever looks after a listing is asked whether it is still open; silence is warned about, then hides it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.outbox import owed
from directory.catalogue.queries import opportunities_by_id, public_count
from directory.catalogue.timing import State, timing
from directory.catalogue.vocabulary import Recurrence
from directory.foundation.letters import Letter
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.places.gazetteer import Gazetteer
from directory.submissions import asking, keeping
from directory.submissions.asking import AT, BEFORE, ask_whether_open, hide_the_silent
from directory.submissions.models import Answer, Asked, Steward
from tests.contracts.listings import DAY, NOW
from tests.search.rows import row as seeded
from tests.submissions.kept import ALL_YEAR, acts, again, kept, somebody

SETTINGS = Settings.from_environment(
    {
        "WAYIN_SECRET_KEY": "a secret long enough for tests, and only for tests",
        "WAYIN_SITE_ADDRESS": "https://wayin.example",
    }
)
CLOSES = datetime(2027, 1, 30, 17, tzinfo=NOW.tzinfo)


@pytest.fixture
def account(session: Session) -> Account:
    return somebody(session)


@pytest.fixture
def listing(session: Session, gazetteer: Gazetteer, account: Account) -> Opportunity:
    """Open, and closing on 30 January 2027 at five."""
    return kept(session, gazetteer, account)


@pytest.fixture
def all_year(session: Session, gazetteer: Gazetteer, account: Account) -> Opportunity:
    return kept(session, gazetteer, account, **ALL_YEAR)


def run(session: Session, now: datetime) -> None:
    """Run both jobs as the worker does daily."""
    ask_whether_open(session, SETTINGS, now)
    hide_the_silent(session, SETTINGS, now)
    session.commit()


def questions(session: Session) -> list[tuple[date, str]]:
    return [(row.about, row.step) for row in session.scalars(select(Asked).order_by(Asked.id))]


def letters(session: Session) -> list[str]:
    return [letter.subject for letter in session.scalars(select(Letter).order_by(Letter.id))]


def link(session: Session) -> str:
    """Give the token in the latest letter."""
    last = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert last is not None
    return last.text.partition("https://wayin.example/still-open/")[2].split()[0]


def reply(session: Session, said: Answer, now: datetime, closes_on: date | None = None) -> None:
    question = asking.question(session, SETTINGS, link(session), now)
    assert question is not None
    asking.answer(session, question, said, now, closes_on)
    session.commit()


def test_a_week_before_the_deadline_and_at_it_each_is_asked_once(session: Session, listing: Opportunity) -> None:
    for days in range(80):
        run(session, NOW + days * DAY)
        run(session, NOW + days * DAY)
    assert questions(session) == [(date(2027, 1, 30), BEFORE), (date(2027, 1, 30), AT)]
    assert letters(session) == [
        "Does ‘Quality control apprentice’ close on 30 January 2027?",
        "Is ‘Quality control apprentice’ still open?",
    ]


def test_a_job_that_was_killed_does_the_rest_the_next_time(
    session: Session, listing: Opportunity, all_year: Opportunity
) -> None:
    at = NOW + 63 * DAY
    ask_whether_open(session, SETTINGS, at)
    session.rollback()
    assert (questions(session), letters(session)) == ([], [])
    run(session, at)
    assert len(questions(session)) == len(letters(session)) == 2


def test_everybody_who_looks_after_it_is_asked_by_a_link_of_their_own(
    session: Session, gazetteer: Gazetteer, listing: Opportunity
) -> None:
    other = somebody(session, "kim@larkfield.example")
    session.add(Steward(opportunity_id=listing.id, account_id=other.id, at=NOW))
    session.commit()
    run(session, CLOSES - DAY)
    sent = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [letter.to for letter in sent] == ["sam@larkfield.example", "kim@larkfield.example"]
    assert sent[0].text != sent[1].text


@pytest.mark.parametrize("closing", ["rolling", "until-filled"])
def test_what_has_no_closing_date_is_asked_about_every_sixty_days(
    session: Session, gazetteer: Gazetteer, account: Account, closing: str
) -> None:
    kept(session, gazetteer, account, **{**ALL_YEAR, "closing": closing})
    run(session, NOW + 59 * DAY)
    assert questions(session) == []
    run(session, NOW + 60 * DAY)
    reply(session, Answer.OPEN, NOW + 62 * DAY)
    run(session, NOW + 121 * DAY)
    assert len(questions(session)) == 1
    run(session, NOW + 122 * DAY)
    assert questions(session) == [((NOW + days * DAY).date(), AT) for days in (60, 122)]


def test_what_comes_each_year_is_asked_about_when_it_usually_opens(
    session: Session, listing: Opportunity, account: Account
) -> None:
    listing.usually_opens = 11
    session.commit()
    keeping.confirm_right(session, listing, account, CLOSES + DAY)
    session.commit()
    october, november = datetime(2027, 10, 31, 9, tzinfo=NOW.tzinfo), datetime(2027, 11, 1, 9, tzinfo=NOW.tzinfo)
    run(session, october)
    assert questions(session) == []
    run(session, november)
    run(session, november + 20 * DAY)
    assert questions(session) == [(date(2027, 11, 1), AT)]


def test_what_was_closed_early_is_not_asked_about(session: Session, listing: Opportunity, account: Account) -> None:
    keeping.close_early(session, listing, account, "All places are taken", NOW)
    session.commit()
    run(session, NOW + DAY)
    assert questions(session) == []


def test_silence_after_the_deadline_is_warned_about_and_then_hides(session: Session, listing: Opportunity) -> None:
    asked_at = CLOSES + timedelta(hours=1)
    run(session, asked_at)
    run(session, asked_at + 22 * DAY)
    assert len(letters(session)) == 1
    run(session, asked_at + 23 * DAY)
    assert letters(session)[-1] == "We’ll hide ‘Quality control apprentice’ on 1 March 2027"
    run(session, asked_at + 29 * DAY)
    assert again(session, listing.slug).standing is Standing.PUBLISHED
    before = len(owed(session))
    run(session, asked_at + 30 * DAY)
    run(session, asked_at + 31 * DAY)
    assert again(session, listing.slug).standing is Standing.HIDDEN
    assert len(owed(session)) == before + 1
    assert acts(session, listing) == ["hidden"]
    assert len(letters(session)) == 2
    assert (public_count(session), opportunities_by_id(session, [listing.id])) == (0, [])


def test_nothing_is_hidden_without_a_week_s_warning(session: Session, all_year: Opportunity) -> None:
    """Though the worker slept for a year."""
    run(session, NOW + 60 * DAY)
    run(session, NOW + 400 * DAY)
    assert again(session, all_year.slug).standing is Standing.PUBLISHED
    run(session, NOW + 406 * DAY)
    assert again(session, all_year.slug).standing is Standing.PUBLISHED
    run(session, NOW + 407 * DAY)
    assert again(session, all_year.slug).standing is Standing.HIDDEN


def test_a_year_of_silence_hides_what_is_open_for_long(
    session: Session, gazetteer: Gazetteer, account: Account
) -> None:
    row = kept(session, gazetteer, account, closes_year="2028")
    for days in range(121):
        run(session, NOW + days * DAY)
    assert again(session, row.slug).standing is Standing.HIDDEN
    assert letters(session) == [
        "Is ‘Quality control apprentice’ still open?",
        "We’ll hide ‘Quality control apprentice’ on 24 March 2027",
    ]


def test_an_answer_keeps_it(session: Session, all_year: Opportunity, account: Account) -> None:
    run(session, NOW + 60 * DAY)
    keeping.confirm_right(session, again(session, all_year.slug), account, NOW + 70 * DAY)
    session.commit()
    run(session, NOW + 91 * DAY)
    run(session, NOW + 100 * DAY)
    assert again(session, all_year.slug).standing is Standing.PUBLISHED
    assert len(letters(session)) == 1


def test_what_nobody_looks_after_is_neither_asked_about_nor_hidden(session: Session) -> None:
    session.add(seeded("A placement", slug="a-placement", recurrence=Recurrence.ROLLING))
    session.commit()
    for days in (61, 100, 121, 400, 800):
        run(session, NOW + days * DAY)
    assert (questions(session), letters(session)) == ([], [])
    assert again(session, "a-placement").standing is Standing.PUBLISHED


def test_an_account_without_an_address_looks_after_nothing(
    session: Session, all_year: Opportunity, account: Account
) -> None:
    account.email = None
    session.commit()
    for days in (61, 100, 400):
        run(session, NOW + days * DAY)
    assert (questions(session), again(session, all_year.slug).standing) == ([], Standing.PUBLISHED)


def test_to_answer_twice_is_to_answer_once(session: Session, all_year: Opportunity) -> None:
    at = NOW + 61 * DAY
    run(session, at)
    for hours in range(3):
        reply(session, Answer.OPEN, at + timedelta(hours=hours))
    assert acts(session, all_year) == ["confirmed"]
    reply(session, Answer.CLOSED, at + DAY)
    reply(session, Answer.CLOSED, at + 2 * DAY)
    assert acts(session, all_year) == ["confirmed", "closed early"]
    assert timing(again(session, all_year.slug).schedule, at + 2 * DAY).state is State.CLOSED


def test_a_passed_deadline_is_still_open_only_with_a_new_one(session: Session, listing: Opportunity) -> None:
    at = CLOSES + DAY
    run(session, at)
    with pytest.raises(Refusal, match="new closing date"):
        reply(session, Answer.OPEN, at)
    session.rollback()
    for _ in range(2):
        reply(session, Answer.OPEN, at, date(2027, 3, 1))
    assert again(session, listing.slug).intakes[0].closes_on == date(2027, 3, 1)
    assert acts(session, listing) == ["extended"]


def test_a_hidden_listing_comes_back_when_somebody_answers(session: Session, all_year: Opportunity) -> None:
    for days in (61, 84, 91):
        run(session, NOW + days * DAY)
    assert again(session, all_year.slug).standing is Standing.HIDDEN
    reply(session, Answer.OPEN, NOW + 95 * DAY)
    row = again(session, all_year.slug)
    assert (row.standing, timing(row.schedule, NOW + 95 * DAY).state) == (Standing.PUBLISHED, State.OPEN)


def test_that_it_closed_when_it_said_it_would_is_an_answer_too(session: Session, listing: Opportunity) -> None:
    run(session, CLOSES + DAY)
    reply(session, Answer.CLOSED, CLOSES + DAY)
    run(session, CLOSES + 40 * DAY)
    assert again(session, listing.slug).standing is Standing.PUBLISHED
    assert acts(session, listing) == ["said closed"]


def test_a_link_works_for_sixty_days_and_for_those_who_look_after_it(
    session: Session, all_year: Opportunity, account: Account
) -> None:
    at = NOW + 61 * DAY
    run(session, at)
    token = link(session)
    assert asking.question(session, SETTINGS, token, at + 59 * DAY) is not None
    assert asking.question(session, SETTINGS, token, at + 60 * DAY) is None
    assert asking.question(session, SETTINGS, f"{token}x", at) is None
    session.delete(session.get(Steward, (all_year.id, account.id)))
    session.commit()
    assert asking.question(session, SETTINGS, token, at) is None
