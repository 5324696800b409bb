"""Limits count what was done by whom without keeping who they are."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.limits import allow, network_of
from directory.accounts.models import Attempt
from tests.contracts.listings import NOW

AN_HOUR = timedelta(hours=1)


def attempt(session: Session, what: str = "mail", who: str = "sam@x.example", after: timedelta = timedelta(0)) -> bool:
    return allow(session, "a key", what, who, NOW + after, most=2, within=AN_HOUR)


def test_what_is_past_the_limit_waits_until_the_first_is_old_enough(session: Session) -> None:
    assert [attempt(session) for _ in range(4)] == [True, True, False, False]
    assert not attempt(session, after=AN_HOUR - timedelta(seconds=1))
    assert attempt(session, after=AN_HOUR)


def test_each_deed_and_each_person_has_a_limit_of_its_own(session: Session) -> None:
    for _ in range(3):
        attempt(session)
    assert attempt(session, who="alex@x.example")
    assert attempt(session, what="report")


def test_who_it_was_is_not_kept(session: Session) -> None:
    attempt(session)
    assert "sam" not in session.scalars(select(Attempt.who_sum)).one()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_what_a_household_shares(address: str | None, network: str) -> None:
    assert network_of(address) == network
