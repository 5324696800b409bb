"""Your account: who you are here, where you are signed in, and how to leave."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts import actions
from directory.accounts.audit import history
from directory.accounts.models import Account, AccountRole, Visit
from directory.foundation import clock
from directory.foundation.letters import Letter
from directory.request_state import VISIT_COOKIE
from tests.web.pages import see

EMAIL = "sam@larkfield.example"
TOKEN = re.compile(r'name="csrf_token" value="(\S+)"')


@pytest.fixture
def account(session: Session) -> Account:
    return actions.add(session, EMAIL, "", clock.now())


def sign_in(app: Flask, session: Session, account: Account, device: str = "Firefox on Linux") -> FlaskClient:
    client = app.test_client()
    client.set_cookie(VISIT_COOKIE, actions.begin_visit(session, account, device, clock.now()))
    session.commit()
    return client


def press(client: FlaskClient, address: str, **fields: str) -> int:
    found = TOKEN.search(client.get("/account").text)
    assert found
    return client.post(address, data={"csrf_token": found[1], **fields}).status_code


def test_the_page_tells_who_and_where_and_what_they_may(app: Flask, session: Session, account: Account) -> None:
    actions.grant(session, account, AccountRole.MODERATOR, clock.now())
    sign_in(app, session, account, "Safari on iPhone")
    page = see(sign_in(app, session, account), "/account")
    for words in (EMAIL, "moderator", "Firefox on Linux, this one", "Safari on iPhone", "What we keep about you"):
        assert words in page.text


def test_a_name_is_changed_to_one_line(app: Flask, session: Session, account: Account) -> None:
    client = sign_in(app, session, account)
    assert press(client, "/account/name", name="  Sam \n <b>Reed</b>\x00 " + "x" * 500) == 303
    session.refresh(account)
    assert account.name.startswith("Sam <b>Reed</b> xxx")
    assert len(account.name) == 120
    see(client, "/account")


def test_one_device_is_signed_out_and_nobody_elses(app: Flask, session: Session, account: Account) -> None:
    client, phone = sign_in(app, session, account), sign_in(app, session, account)
    other = sign_in(app, session, actions.add(session, "alex@larkfield.example", "", clock.now()))
    for visit in session.scalars(select(Visit).order_by(Visit.id.desc()).limit(2)).all():  # the other's and the phone's
        assert press(client, f"/account/visits/{visit.id}/end") == 303
    assert [one.get("/account").status_code for one in (client, phone, other)] == [200, 303, 200]


def test_signing_out_ends_the_visit_itself(app: Flask, session: Session, account: Account) -> None:
    client = sign_in(app, session, account)
    cookie = client.get_cookie(VISIT_COOKIE)
    assert cookie
    assert press(client, "/sign-out") == 303
    client.set_cookie(VISIT_COOKIE, cookie.value)
    assert client.get("/account").status_code == 303
    assert client.post("/sign-out").status_code == 303


def test_somebody_asks_to_be_erased_once(app: Flask, session: Session, account: Account) -> None:
    boss = actions.add(session, "boss@larkfield.example", "", clock.now())
    actions.grant(session, boss, AccountRole.ADMINISTRATOR, clock.now())
    client = sign_in(app, session, account)
    assert see(client, "/account/leave").heading == "Erase your account"
    assert session.scalars(select(Letter)).all() == []
    for _ in range(2):
        assert press(client, "/account/leave") == 303
    assert see(client, "/account/leave").heading == "We have your request"
    assert "You asked us on" in see(client, "/account").text
    letters = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [letter.to for letter in letters] == ["boss@larkfield.example", EMAIL]
    assert f"./run people erase {EMAIL}" in letters[0].text
    assert EMAIL not in letters[0].subject
    assert [act.action for act in history(session, "account", account.id)].count("asked to be erased") == 1
