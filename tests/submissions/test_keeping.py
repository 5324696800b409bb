"""After publishing, whoever looks after a listing keeps it true, and nobody else can."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm import Session

from directory.accounts.audit import history
from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.outbox import owed
from directory.catalogue.timing import State, timing
from directory.catalogue.vocabulary import Signal
from directory.catalogue.wording import closed_early
from directory.foundation.refusals import Refusal
from directory.organisations.models import Membership
from directory.places.gazetteer import Gazetteer
from directory.submissions import keeping
from directory.submissions.fields import Answer
from directory.submissions.models import Purpose
from directory.submissions.models import State as Written
from directory.submissions.revising import a_year_on, edit, reuse
from tests.contracts.listings import DAY, NOW
from tests.submissions.kept import ALL_YEAR, acts, again, kept, somebody

LATER = NOW + timedelta(hours=5)
REASON = "All places are taken"


@pytest.fixture
def account(session: Session) -> Account:
    return somebody(session)


@pytest.fixture
def listing(session: Session, gazetteer: Gazetteer, account: Account) -> Opportunity:
    return kept(session, gazetteer, account)


Act = Callable[[Session, Opportunity, Account], None]
ACTS: dict[str, Act] = {
    "extended": lambda session, row, by: keeping.extend(session, row, by, date(2027, 2, 28), LATER),
    "said places left": lambda session, row, by: keeping.say_places_left(session, row, by, 2, LATER),
    "closed early": lambda session, row, by: keeping.close_early(session, row, by, REASON, LATER),
    "withdrawn": lambda session, row, by: keeping.withdraw(session, row, by, LATER),
    "confirmed": lambda session, row, by: keeping.confirm_right(session, row, by, LATER),
}


@pytest.mark.parametrize(("action", "act"), ACTS.items(), ids=ACTS)
def test_every_act_is_recorded_with_who_did_it_and_owed(
    session: Session, listing: Opportunity, account: Account, action: str, act: Act
) -> None:
    before = len(owed(session))
    act(session, listing, account)
    session.commit()
    assert acts(session, listing) == [action]
    assert history(session, "opportunity", listing.id)[0].by_id == account.id
    assert len(owed(session)) > before


@pytest.mark.parametrize("name", ["extended", "said places left", "closed early", "withdrawn"])
def test_an_act_that_comes_twice_is_done_once(
    session: Session, listing: Opportunity, account: Account, name: str
) -> None:
    ACTS[name](session, listing, account)
    session.commit()
    ACTS[name](session, again(session, listing.slug), account)
    assert acts(session, listing) == [name]


@pytest.mark.parametrize("name", ["extended", "said places left", "closed early", "confirmed"])
def test_every_act_counts_as_the_organisations_word(
    session: Session, listing: Opportunity, account: Account, name: str
) -> None:
    ACTS[name](session, listing, account)
    last = again(session, listing.slug).confirmations[-1]
    assert (last.signal, last.at) == (Signal.ORGANISATION, LATER)


def test_only_who_looks_after_a_listing_can_take_it(session: Session, listing: Opportunity, account: Account) -> None:
    stranger = somebody(session, "pat@elsewhere.example")
    assert keeping.take(session, listing.slug, stranger) is None
    assert keeping.take(session, "no-such-listing", account) is None
    taken = keeping.take(session, listing.slug, account)
    assert taken is not None and taken.id == listing.id
    speaks = Membership(
        account_id=stranger.id, organisation_id=listing.organisation_id, asked_at=NOW, confirmed_at=None
    )
    session.add(speaks)
    session.flush()
    assert keeping.take(session, listing.slug, stranger) is None
    speaks.confirmed_at = NOW
    session.flush()
    assert keeping.take(session, listing.slug, stranger) is not None


def test_a_date_is_moved_on(session: Session, listing: Opportunity, account: Account) -> None:
    keeping.extend(session, listing, account, date(2027, 2, 28), LATER)
    (intake,) = again(session, listing.slug).intakes
    assert (intake.closes_on, intake.closes_at) == (date(2027, 2, 28), time(17))


def test_what_has_closed_opens_again_when_its_date_is_moved_on(
    session: Session, listing: Opportunity, account: Account
) -> None:
    after = NOW + 100 * DAY
    assert timing(listing.schedule, after).state is State.CLOSED
    keeping.extend(session, listing, account, date(2027, 4, 1), after)
    assert timing(again(session, listing.slug).schedule, after).state is State.OPEN
    assert len(listing.intakes) == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 1), "today or later"),
        (date(2027, 1, 1), "earlier date is checked"),
        (date(2099, 1, 1), "2031 or sooner"),
    ],
)
def test_a_date_is_moved_on_only_and_not_for_ever(
    session: Session, listing: Opportunity, account: Account, day: date, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        keeping.extend(session, listing, account, day, LATER)
    assert acts(session, listing) == []


def test_what_has_no_closing_date_has_none_to_move(session: Session, gazetteer: Gazetteer, account: Account) -> None:
    row = kept(session, gazetteer, account, **ALL_YEAR)
    with pytest.raises(Refusal, match="no closing date"):
        keeping.extend(session, row, account, date(2027, 4, 1), LATER)


@pytest.mark.parametrize("left", [-1, 5, 10**9])
def test_places_left_are_no_more_than_there_are(
    session: Session, listing: Opportunity, account: Account, left: int
) -> None:
    with pytest.raises(Refusal, match="from 0 to 4"):
        keeping.say_places_left(session, listing, account, left, LATER)


@pytest.mark.parametrize("instead", [{}, ALL_YEAR, {**ALL_YEAR, "closing": "until-filled", "recurrence": "annual"}])
def test_closing_early_closes_now_and_says_why(
    session: Session, gazetteer: Gazetteer, account: Account, instead: dict[str, Answer]
) -> None:
    row = kept(session, gazetteer, account, **instead)
    assert timing(row.schedule, LATER).state is State.OPEN
    keeping.close_early(session, row, account, f" {REASON} ", LATER)
    session.commit()
    row = again(session, row.slug)
    assert timing(row.schedule, LATER).state is State.CLOSED
    assert timing(row.schedule, LATER + 60 * DAY).state is State.CLOSED
    assert closed_early(row, LATER) == REASON
    keeping.reopen(session, row, account, LATER + DAY)
    session.commit()
    row = again(session, row.slug)
    assert timing(row.schedule, LATER + DAY).state is State.OPEN
    assert closed_early(row, LATER + DAY) is None


def test_what_has_not_opened_yet_can_close(session: Session, gazetteer: Gazetteer, account: Account) -> None:
    row = kept(session, gazetteer, account, opens_day="7", opens_month="12", opens_year="2026")
    keeping.close_early(session, row, account, REASON, LATER)
    assert timing(again(session, row.slug).schedule, LATER).state is State.CLOSED


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 201])
def test_closing_early_wants_a_reason(session: Session, listing: Opportunity, account: Account, reason: str) -> None:
    with pytest.raises(Refusal, match=r"reason|why"):
        keeping.close_early(session, listing, account, reason, LATER)


def test_an_early_close_is_undone_only_while_its_date_is_ahead(
    session: Session, listing: Opportunity, account: Account
) -> None:
    keeping.close_early(session, listing, account, REASON, LATER)
    session.commit()
    with pytest.raises(Refusal, match="passed meanwhile"):
        keeping.reopen(session, again(session, listing.slug), account, NOW + 90 * DAY)
    keeping.extend(session, again(session, listing.slug), account, date(2027, 5, 1), NOW + 90 * DAY)
    (intake,) = again(session, listing.slug).intakes
    assert (intake.closed_words, intake.closes_at) == (None, None)


def test_what_a_moderator_took_away_only_a_moderator_puts_back(
    session: Session, listing: Opportunity, account: Account
) -> None:
    moderator = somebody(session, "mo@wayin.example")
    keeping.withdraw(session, listing, moderator, LATER, "unsafe")
    session.commit()
    with pytest.raises(Refusal, match="One of us took"):
        keeping.reopen(session, again(session, listing.slug), account, LATER)
    with pytest.raises(Refusal, match="off the site"):
        keeping.confirm_right(session, again(session, listing.slug), account, LATER)


def test_what_a_moderator_closed_only_a_moderator_opens(
    session: Session, listing: Opportunity, account: Account
) -> None:
    moderator = somebody(session, "mo@wayin.example")
    keeping.close_early(session, listing, moderator, "It says so on its page", LATER, Signal.PERSON)
    session.commit()
    with pytest.raises(Refusal, match="One of us closed"):
        keeping.reopen(session, again(session, listing.slug), account, LATER)


def test_what_its_own_people_withdrew_they_put_back(session: Session, listing: Opportunity, account: Account) -> None:
    keeping.withdraw(session, listing, account, LATER)
    session.commit()
    assert again(session, listing.slug).standing is Standing.WITHDRAWN
    keeping.reopen(session, again(session, listing.slug), account, LATER)
    assert again(session, listing.slug).standing is Standing.PUBLISHED
    assert acts(session, listing) == ["withdrawn", "put back"]


def test_one_change_is_open_for_each_listing_and_account(
    session: Session, listing: Opportunity, account: Account
) -> None:
    draft = edit(session, listing, account, NOW)
    assert draft.purpose is Purpose.CHANGE
    assert draft.answers["title"] == "Quality control apprentice"
    assert (draft.answers["your_name"], draft.answers["weekly_hours"]) == ("Sam Reed", "37.5")
    assert edit(session, listing, account, LATER) is draft
    draft.state = Written.APPROVED
    session.flush()
    assert edit(session, listing, account, LATER) is not draft


def test_a_listing_is_used_again_a_year_on(session: Session, listing: Opportunity, account: Account) -> None:
    draft = reuse(session, listing, account, NOW)
    assert [draft.answers[f"closes_{part}"] for part in ("day", "month", "year")] == ["30", "1", "2028"]
    assert draft.answers["starts_year"] == "2028"
    assert reuse(session, listing, account, NOW).answers == draft.answers
    draft.state = Written.WAITING
    session.flush()
    with pytest.raises(Refusal, match="waiting for review"):
        reuse(session, listing, account, NOW)


def test_an_old_date_is_moved_on_until_it_is_ahead() -> None:
    leap: dict[str, Answer] = {"closes_day": "29", "closes_month": "2", "closes_year": "2024"}
    assert a_year_on(leap, date(2026, 11, 26)) == {"closes_day": "28", "closes_month": "2", "closes_year": "2027"}
    assert a_year_on({"closes_day": "29", "closes_month": "2"}, date(2026, 11, 26)) == {}
