"""A way in is used once, in time, and by whoever it was sent to; guessing leads nowhere."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.accounts import actions
from directory.accounts.actions import MOST_GUESSES, MOST_TRIES, WAY_IN_HOLDS_FOR, WayIn
from directory.accounts.audit import history
from directory.accounts.models import Account, SignIn
from directory.foundation.database import session_maker
from directory.foundation.refusals import Refusal
from tests.contracts.listings import NOW

KEY, DEVICE, EMAIL = "a key", "this browser", "sam@larkfield.example"
A_MOMENT = timedelta(seconds=1)


def offer(session: Session, device: str = DEVICE, email: str = EMAIL) -> WayIn:
    return actions.offer_way_in(session, KEY, email, device, "/onward", NOW)


def wrong(way: WayIn) -> str:
    return f"{(int(way.code) + 1) % 1_000_000:06}"


def guess(session: Session, code: str, device: str = DEVICE) -> None:
    with pytest.raises(Refusal):
        actions.sign_in_by_code(session, KEY, device, code, NOW)


def test_the_first_sign_in_makes_the_account_and_later_ones_find_it(session: Session) -> None:
    account, onward = actions.sign_in_by_link(session, offer(session).token, NOW)
    again, _onward = actions.sign_in_by_code(session, KEY, DEVICE, offer(session).code, NOW)
    assert (account.email, onward) == (EMAIL, "/onward")
    assert again is account
    assert [act.action for act in history(session, "account", account.id)] == ["made"]


def test_a_way_in_is_used_once_by_link_or_by_code(session: Session) -> None:
    first, second = offer(session), offer(session)
    actions.sign_in_by_link(session, first.token, NOW)
    guess(session, first.code)
    actions.sign_in_by_code(session, KEY, DEVICE, second.code, NOW)
    for used in (first, second):
        with pytest.raises(Refusal, match="has been used"):
            actions.sign_in_by_link(session, used.token, NOW)


def test_an_older_email_still_works(session: Session) -> None:
    older, _newer = offer(session), offer(session)
    actions.sign_in_by_code(session, KEY, DEVICE, older.code, NOW)


def test_a_way_in_ends_to_the_second(session: Session) -> None:
    way = offer(session)
    assert actions.link_works(session, way.token, NOW + WAY_IN_HOLDS_FOR - A_MOMENT)
    assert not actions.link_works(session, way.token, NOW + WAY_IN_HOLDS_FOR)
    with pytest.raises(Refusal):
        actions.sign_in_by_link(session, way.token, NOW + WAY_IN_HOLDS_FOR)
    with pytest.raises(Refusal):
        actions.sign_in_by_code(session, KEY, DEVICE, way.code, NOW + WAY_IN_HOLDS_FOR)


def test_a_code_is_of_one_device_and_one_key(session: Session) -> None:
    way = offer(session)
    guess(session, way.code, device="another browser")
    with pytest.raises(Refusal):
        actions.sign_in_by_code(session, "another key", DEVICE, way.code, NOW)
    actions.sign_in_by_code(session, KEY, DEVICE, way.code, NOW)


def test_the_fifth_try_may_be_right_and_the_sixth_may_not(session: Session) -> None:
    way = offer(session)
    for _ in range(MOST_TRIES - 1):
        guess(session, wrong(way))
    actions.sign_in_by_code(session, KEY, DEVICE, way.code, NOW)
    way = offer(session, device="another browser")
    for _ in range(MOST_TRIES):
        guess(session, wrong(way), device="another browser")
    guess(session, way.code, device="another browser")


def test_a_day_of_guesses_at_an_address_is_bounded_whoever_guesses_and_its_link_still_works(session: Session) -> None:
    for number in range(MOST_GUESSES // MOST_TRIES):
        way = offer(session, device=f"browser {number}")
        for _ in range(MOST_TRIES):
            guess(session, wrong(way), device=f"browser {number}")
    way, others = offer(session), offer(session, device="theirs", email="alex@larkfield.example")
    guess(session, way.code)
    actions.sign_in_by_code(session, KEY, "theirs", others.code, NOW)
    actions.sign_in_by_link(session, way.token, NOW)


def test_two_first_sign_ins_at_once_make_one_account(database: Engine, session: Session) -> None:
    tokens = [offer(session).token, offer(session, device="another browser").token]
    session.commit()
    both_looked, signed_in = threading.Barrier(len(tokens)), []

    def use(token: str) -> None:
        with session_maker(database)() as own:
            assert own.scalar(select(Account).where(Account.email == EMAIL)) is None
            both_looked.wait(20)
            account, _onward = actions.sign_in_by_link(own, token, NOW)
            actions.begin_visit(own, account, "A browser", NOW)
            own.commit()
            signed_in.append(account.id)

    threads = [threading.Thread(target=use, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    (account,) = session.scalars(select(Account))
    assert signed_in == [account.id, account.id]
    acts = [act.action for act in history(session, "account", account.id)]
    assert acts.count("made") == 1


def test_only_sums_are_kept(session: Session) -> None:
    way = offer(session)
    assert len(way.token) == 43
    row = session.scalars(select(SignIn)).one()
    kept = " ".join((row.link_sum, row.code_sum, row.device_sum))
    assert not any(secret in kept for secret in (way.token, way.code, DEVICE))
    assert session.scalars(select(Account)).all() == []
