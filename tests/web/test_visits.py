"""Staying signed in: a visit goes on while pages are opened, costs one statement, and shows on no page of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from directory.accounts import actions
from directory.accounts.models import AccountRole, Visit
from directory.foundation import clock
from directory.request_state import VISIT_COOKIE
from tests.contracts.listings import NOW
from tests.web.pages import see


class Time:
    """The moment that it is, which a test moves on."""

    def __init__(self) -> None:
        self.now = NOW

    def passes(self, **much: float) -> None:
        self.now += timedelta(**much)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    kept = Time()
    monkeypatch.setattr(clock, "now", lambda: kept.now)
    return kept


@pytest.fixture
def moderator(app: Flask, session: Session, time: Time) -> FlaskClient:
    """A moderator's browser."""
    client = app.test_client()
    account = actions.add(session, "sam@larkfield.example", "", time.now)
    actions.grant(session, account, AccountRole.MODERATOR, time.now)
    client.set_cookie(VISIT_COOKIE, actions.begin_visit(session, account, "Firefox on Linux", time.now))
    session.commit()
    return client


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_any_page_keeps_somebody_signed_in_all_day(moderator: FlaskClient, time: Time) -> None:
    for _ in range(4):
        time.passes(hours=11)
        see(moderator, "/about")
    see(moderator, "/account")
    time.passes(hours=12)
    assert moderator.get("/account").status_code == 303


def test_the_cookie_is_renewed_with_the_visit_and_not_at_every_page(moderator: FlaskClient, time: Time) -> None:
    assert "Set-Cookie" not in moderator.get("/about").headers
    time.passes(minutes=6)
    cookie = moderator.get("/about").headers["Set-Cookie"]
    assert all(mark in cookie for mark in ("visit=", "HttpOnly", "SameSite=Lax", "Max-Age=2592000"))
    assert "Set-Cookie" not in moderator.get("/about").headers


def test_the_cookie_is_sent_over_https_only_where_there_is_https(moderator: FlaskClient, time: Time) -> None:
    time.passes(minutes=6)
    assert "Secure" not in moderator.get("/about").headers["Set-Cookie"]
    time.passes(minutes=6)
    assert "Secure" in moderator.get("/about", base_url="https://localhost").headers["Set-Cookie"]


def test_a_visit_that_is_over_is_not_taken_up_again(moderator: FlaskClient, session: Session, time: Time) -> None:
    time.passes(hours=13)
    assert "Set-Cookie" not in moderator.get("/about").headers
    (visit,) = session.scalars(select(Visit)).all()
    assert visit.seen_at == NOW


@pytest.mark.parametrize("address", ["/about", "/", "/submit", "/no/such/page"])
def test_being_signed_in_costs_one_statement(
    app: Flask, database: Engine, moderator: FlaskClient, address: str
) -> None:
    for client in (app.test_client(), moderator):
        client.get(address)  # whatever is read once
    with statements(database) as alone:
        app.test_client().get(address)
    with statements(database) as signed_in:
        moderator.get(address)
    assert len(signed_in) - len(alone) <= 1, signed_in


def test_a_page_is_the_same_for_everybody_who_is_not_signed_in(app: Flask, time: Time) -> None:
    first, second = app.test_client(), app.test_client()
    second.set_cookie(VISIT_COOKIE, "nobody's")
    pages: list[bytes] = [client.get("/about").data for client in (first, second)]
    assert pages[0] == pages[1]
    assert second.get("/about").headers["Cache-Control"] == "no-store"
