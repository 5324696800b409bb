"""Who holds which role, and that each change of it is written down."""

import pytest
from sqlalchemy.orm import Session

from directory.accounts import actions, queries
from directory.accounts.audit import history
from directory.accounts.models import Account, AccountRole
from directory.foundation.refusals import Refusal
from tests.contracts.listings import NOW

ADMINISTRATOR, MODERATOR = AccountRole.ADMINISTRATOR, AccountRole.MODERATOR


@pytest.fixture
def account(session: Session) -> Account:
    return actions.add(session, "sam@larkfield.example", "Sam", NOW)


def test_a_role_that_is_granted_twice_is_held_once(session: Session, account: Account) -> None:
    for _ in range(2):
        actions.grant(session, account, MODERATOR, NOW, by=account)
    session.flush()
    assert account.roles == {MODERATOR}
    (granted,) = [act for act in history(session, "account", account.id) if act.action == "granted"]
    assert (granted.by_id, granted.after) == (account.id, {"role": "moderator"})
    assert queries.holders_of(session, MODERATOR) == [account]


def test_a_role_that_is_taken_away_ends_what_it_opened(session: Session, account: Account) -> None:
    actions.grant(session, account, MODERATOR, NOW)
    token = actions.begin_visit(session, account, "", NOW)
    for _ in range(2):
        actions.revoke(session, account, MODERATOR, NOW)
    assert account.roles == frozenset()
    assert actions.visit_of(session, token, NOW) is None
    (revoked,) = [act for act in history(session, "account", account.id) if act.action == "revoked"]
    assert revoked.before == {"role": "moderator"}


def test_there_is_always_an_administrator(session: Session, account: Account) -> None:
    actions.grant(session, account, ADMINISTRATOR, NOW)
    with pytest.raises(Refusal, match="Somebody must be an administrator"):
        actions.revoke(session, account, ADMINISTRATOR, NOW)
    other = actions.add(session, "alex@larkfield.example", "", NOW)
    actions.revoke(session, other, ADMINISTRATOR, NOW)  # who isn't one loses nothing
    actions.grant(session, other, ADMINISTRATOR, NOW)
    session.flush()
    actions.revoke(session, account, ADMINISTRATOR, NOW)
    session.flush()
    assert queries.with_roles(session) == [other]


def test_adding_somebody_again_keeps_the_name_they_have(session: Session, account: Account) -> None:
    assert actions.add(session, "sam@larkfield.example", "", NOW) is account
    assert account.called == "Sam"
    assert queries.account_by_email(session, " SAM@Larkfield.Example ") is account
