"""A visit lasts while somebody is there, less long for who can do more, and ends when they say so."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts import actions, queries
from directory.accounts.actions import SEEN_EVERY
from directory.accounts.audit import history
from directory.accounts.models import Account, AccountRole, Visit
from tests.contracts.listings import NOW

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def account(session: Session) -> Account:
    return actions.add(session, "sam@larkfield.example", "Sam", NOW)


def begin(session: Session, account: Account) -> tuple[str, Visit]:
    token = actions.begin_visit(session, account, "Firefox on Linux", NOW)
    session.flush()
    found = actions.visit_of(session, token, NOW)
    assert found is not None
    return token, found


def test_a_visit_lasts_thirty_days_from_when_somebody_was_last_there(session: Session, account: Account) -> None:
    token, visit = begin(session, account)
    assert actions.visit_of(session, token, NOW + 29 * A_DAY)
    assert actions.visit_of(session, token, NOW + 30 * A_DAY) is None
    assert actions.saw(session, visit, NOW + 20 * A_DAY)
    assert actions.visit_of(session, token, NOW + 49 * A_DAY)


@pytest.mark.parametrize("role", [AccountRole.MODERATOR, AccountRole.ADMINISTRATOR])
def test_who_can_do_more_is_signed_out_after_twelve_hours_of_nothing(
    session: Session, account: Account, role: AccountRole
) -> None:
    actions.grant(session, account, role, NOW)
    token, visit = begin(session, account)
    assert actions.saw(session, visit, NOW + 11 * AN_HOUR)
    assert actions.visit_of(session, token, NOW + 22 * AN_HOUR)
    assert actions.visit_of(session, token, NOW + 23 * AN_HOUR) is None


def test_a_role_shortens_the_visits_that_are_going_on(session: Session, account: Account) -> None:
    token, _visit = begin(session, account)
    actions.grant(session, account, AccountRole.MODERATOR, NOW)
    assert actions.visit_of(session, token, NOW + 13 * AN_HOUR) is None


def test_being_there_is_written_down_once_in_a_while(session: Session, account: Account) -> None:
    _token, visit = begin(session, account)
    assert not actions.saw(session, visit, NOW + SEEN_EVERY - timedelta(seconds=1))
    assert actions.saw(session, visit, NOW + SEEN_EVERY)
    assert not actions.saw(session, visit, NOW + SEEN_EVERY)


def test_a_visit_ends_for_its_own_account_only(session: Session, account: Account) -> None:
    token, visit = begin(session, account)
    other = actions.add(session, "alex@larkfield.example", "", NOW)
    actions.end_visit(session, other, visit.id, NOW)
    assert actions.visit_of(session, token, NOW)
    actions.end_visit(session, account, visit.id, NOW)
    actions.end_visit(session, account, visit.id, NOW)
    assert actions.visit_of(session, token, NOW) is None
    assert [act.action for act in history(session, "account", other.id)] == ["made"]
    assert [act.action for act in history(session, "account", account.id)] == ["made", "signed in", "signed out"]


def test_signing_out_everywhere_leaves_others_signed_in(session: Session, account: Account) -> None:
    mine = [begin(session, account)[0] for _ in range(3)]
    other, _visit = begin(session, actions.add(session, "alex@larkfield.example", "", NOW))
    actions.end_all_visits(session, account, NOW)
    assert not any(actions.visit_of(session, token, NOW) for token in mine)
    assert actions.visit_of(session, other, NOW)


def test_where_somebody_is_signed_in_is_told_while_it_lasts(session: Session, account: Account) -> None:
    _token, visit = begin(session, account)
    assert queries.visits_of(session, account, NOW) == [visit]
    assert queries.visits_of(session, account, visit.ends_at) == []


def test_the_secret_of_a_visit_is_not_kept(session: Session, account: Account) -> None:
    token, visit = begin(session, account)
    assert token not in visit.token_sum
    assert len(session.scalars(select(Visit)).all()) == 1
