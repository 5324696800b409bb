"""What is known of signing in is forgotten when it is of no more use, and not before."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, Attempt, SignIn, Visit
from directory.accounts.retention import ATTEMPTS_KEPT, SIGN_INS_KEPT, VISITS_KEPT, forget_sign_ins

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
A_MOMENT = timedelta(seconds=1)


def test_what_ended_long_ago_is_forgotten(session: Session) -> None:
    account = Account(email="sam@school.example", made_at=NOW)
    session.add(account)
    session.flush()
    for name, moment in (("old", -A_MOMENT), ("new", A_MOMENT)):
        ended = NOW - SIGN_INS_KEPT + moment
        signing = {"email": name, "code_sum": "", "device_sum": "", "made_at": NOW}
        session.add(SignIn(link_sum=name, ends_at=ended, **signing))
        ended = NOW - VISITS_KEPT + moment
        session.add(Visit(account_id=account.id, token_sum=name, began_at=NOW, seen_at=NOW, ends_at=ended))
        session.add(Attempt(what="sign in", who_sum=name, at=NOW - ATTEMPTS_KEPT + moment))
    session.flush()
    forget_sign_ins(session, NOW)
    for column in (SignIn.link_sum, Visit.token_sum, Attempt.who_sum):
        assert session.scalars(select(column)).all() == ["new"]
    assert session.scalars(select(Account)).all() == [account]
