"""Somebody signs in by email: a link on any device, or a code on their own; nobody else does."""

import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, SignIn, Visit
from directory.foundation import clock
from directory.foundation.letters import Letter
from tests.web.pages import Page, see

LINK = re.compile(r"http://\S+(/sign-in/link/\S+)")
CODE = re.compile(r": (\d{6})")
EMAIL = "sam@larkfield.example"


def ask(client: FlaskClient, session: Session, email: str = EMAIL, onward: str = "/account") -> tuple[str, str]:
    """Ask to sign in and give the link and the code that were sent."""
    assert client.post("/sign-in", data={"email": email, "onward": onward}).status_code == 303
    session.expire_all()
    letter = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter is not None
    link, code = LINK.search(letter.text), CODE.search(letter.text)
    assert link and code
    return link[1], code[1]


def test_a_code_signs_in_the_device_that_asked(client: FlaskClient, session: Session) -> None:
    _link, code = ask(client, session)
    other = client.application.test_client()
    assert Page(other.post("/sign-in/code", data={"code": code})).status == 422
    assert client.post("/sign-in/code", data={"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == "/account"
    page = see(client, "/account")
    assert EMAIL in page.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_a_link_signs_in_whatever_device_opens_it_and_only_by_its_button(client: FlaskClient, session: Session) -> None:
    link, _code = ask(client, session)
    scanner, phone = client.application.test_client(), client.application.test_client()
    for _ in range(3):
        assert see(scanner, link).heading == "Go on"
    assert session.scalars(select(Visit)).all() == []
    assert phone.post(link).headers["Location"] == "/account"
    see(phone, "/account")
    assert see(client, link, 410).heading == "That link is used up"
    assert Page(client.post(link)).status == 410


def test_a_wrong_code_may_be_tried_five_times(client: FlaskClient, session: Session) -> None:
    _link, code = ask(client, session)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert Page(client.post("/sign-in/code", data={"code": wrong})).status == 422
    assert Page(client.post("/sign-in/code", data={"code": code})).status == 422


def test_a_way_in_ends_after_half_an_hour(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, code = ask(client, session)
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert see(client, link, 410)
    assert Page(client.post("/sign-in/code", data={"code": code})).status == 422


def test_nothing_that_is_kept_would_let_anybody_in(client: FlaskClient, session: Session) -> None:
    link, code = ask(client, session)
    row = session.scalars(select(SignIn)).one()
    kept = f"{row.link_sum} {row.code_sum} {row.device_sum}"
    assert link.rsplit("/", 1)[1] not in kept
    assert code not in kept


def test_the_answer_is_the_same_whoever_is_known(client: FlaskClient, session: Session) -> None:
    session.add(Account(email=EMAIL, made_at=clock.now()))
    session.commit()
    answers = [client.post("/sign-in", data={"email": email}) for email in (EMAIL, "nobody@example.org")]
    assert {(answer.status_code, answer.text, answer.headers["Location"]) for answer in answers} == {
        (303, answers[0].text, "/sign-in/code")
    }


def test_an_address_gets_five_emails_an_hour(client: FlaskClient, session: Session) -> None:
    for _ in range(8):
        client.post("/sign-in", data={"email": EMAIL})
    session.expire_all()
    assert len(session.scalars(select(Letter)).all()) == 5


def test_a_network_is_asked_to_wait(client: FlaskClient) -> None:
    answers = [client.post("/sign-in", data={"email": f"{number}@example.org"}).status_code for number in range(32)]
    assert answers[-1] == 429
    assert answers.count(303) == 30


@pytest.mark.parametrize(
    "typed", ["", "sam", "sam@", "a@b", "x" * 300 + "@example.org", "a b@example.org", "\x00@x.org"]
)
def test_what_is_no_address_is_said_and_kept(client: FlaskClient, typed: str) -> None:
    page = Page(client.post("/sign-in", data={"email": typed}))
    assert page.status == 422
    assert "Enter your email address, like name@example.org" in page.text


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example", "/\tx", "x" * 9000])
def test_signing_in_leads_nowhere_else(client: FlaskClient, session: Session, onward: str) -> None:
    link, _code = ask(client, session, onward=onward)
    assert client.post(link).headers["Location"] == "/account"


def test_signing_out_everywhere_ends_every_visit(client: FlaskClient, session: Session) -> None:
    phone = client.application.test_client()
    phone.post(ask(client, session)[0])
    client.post(ask(client, session)[0])
    token = re.search(r'name="csrf_token" value="(\S+)"', client.get("/account").text)
    assert token
    assert client.post("/sign-out/everywhere", data={"csrf_token": "wrong"}).status_code == 400
    see(phone, "/account")
    client.post("/sign-out/everywhere", data={"csrf_token": token[1]})
    for device in (client, phone):
        assert device.get("/account").status_code == 303


def test_a_visit_of_a_moderator_ends_after_half_a_day(session: Session) -> None:
    from directory.accounts import actions
    from directory.accounts.models import AccountRole

    now: datetime = clock.now()
    account = actions.add(session, EMAIL, "", now)
    actions.grant(session, account, AccountRole.MODERATOR, now)
    token = actions.begin_visit(session, account, "", now)
    session.flush()
    assert actions.visit_of(session, token, now + timedelta(hours=11))
    assert actions.visit_of(session, token, now + timedelta(hours=13)) is None


def test_a_public_page_is_not_kept_by_others_for_somebody_signed_in(client: FlaskClient, session: Session) -> None:
    assert "public" in client.get("/about").headers["Cache-Control"]
    client.post(ask(client, session)[0])
    assert client.get("/about").headers["Cache-Control"] == "no-store"


def test_the_link_stays_out_of_other_sites_logs_and_its_form_says_where_it_comes_from(client: FlaskClient) -> None:
    answer = client.get("/sign-in/link/a-token-that-nobody-knows")
    assert answer.headers["Referrer-Policy"] == "same-origin"
