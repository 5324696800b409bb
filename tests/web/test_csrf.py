"""A form of somebody who is signed in is believed with their token only, at every address that takes one."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from directory.accounts import actions
from directory.accounts.models import AccountRole, Visit
from directory.foundation import clock
from directory.foundation.letters import Letter
from directory.request_state import VISIT_COOKIE
from directory.schema import metadata
from directory.submissions.models import Submission
from directory.web.access import ENOUGH, audience_of
from tests.strict_html import read
from tests.web.pages import Page
from tests.web.test_access import address

TOKEN = re.compile(r'name="csrf_token" value="(\S+)"')
EMAIL = "sam@larkfield.example"


def signed_in(app: Flask, session: Session, role: AccountRole, email: str = EMAIL) -> FlaskClient:
    client = app.test_client()
    account = actions.add(session, email, "", clock.now())
    actions.grant(session, account, role, clock.now())
    client.set_cookie(VISIT_COOKIE, actions.begin_visit(session, account, "", clock.now()))
    session.commit()
    return client


def token(client: FlaskClient) -> str:
    found = TOKEN.search(client.get("/account").text)
    assert found
    return found[1]


def posting(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            yield rule


def rows(session: Session) -> dict[str, int]:
    """Count what the database holds, but for the attempts that limits count."""
    session.rollback()
    tables = [table for table in metadata.sorted_tables if table.name != "attempt"]
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@pytest.mark.parametrize("sent", [{}, {"csrf_token": ""}, {"csrf_token": "wrong"}, {"csrf_token": "ö\x00"}])
def test_a_form_without_its_token_changes_nothing_anywhere(app: Flask, session: Session, sent: dict[str, str]) -> None:
    client = signed_in(app, session, AccountRole.ADMINISTRATOR)
    before = rows(session)
    for rule in posting(app):
        response = client.post(address(rule), data=sent)
        assert response.status_code in (400, 404, 409, 410, 422), (rule, response.status_code)
        assert "Set-Cookie" not in response.headers, rule
    assert rows(session) == before


def test_a_token_is_of_one_visit(app: Flask, session: Session) -> None:
    mine, other = (signed_in(app, session, AccountRole.MEMBER, email) for email in (EMAIL, "alex@larkfield.example"))
    assert token(mine) == token(mine)
    assert mine.post("/sign-out/everywhere", data={"csrf_token": token(other)}).status_code == 400
    assert mine.post("/sign-out/everywhere", data={"csrf_token": token(mine)}).status_code == 303


def test_a_token_opens_no_page_that_is_for_others(app: Flask, session: Session) -> None:
    for role in (AccountRole.MEMBER, AccountRole.ADVISER, AccountRole.MODERATOR):
        client = signed_in(app, session, role, f"{role}@example.org")
        mine = {"csrf_token": token(client)}
        for rule in posting(app):
            audience = audience_of(app.view_functions[rule.endpoint])
            if audience in ENOUGH and role not in ENOUGH[audience]:
                response = client.post(address(rule), data=mine)
                assert (response.status_code, Page(response).heading) == (403, "That page isn’t open to you"), rule


def test_every_form_that_posts_carries_the_token(app: Flask, session: Session) -> None:
    client = signed_in(app, session, AccountRole.ADMINISTRATOR)
    looked_at = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        response = client.get(address(rule))
        if response.mimetype != "text/html":
            continue
        for form in read(response.text).iter("form"):
            if form.attrib.get("method") == "post":
                names = [field.attrib.get("name") for field in form.iter("input")]
                assert names.count("csrf_token") == 1, (rule, form.attrib)
                looked_at += 1
    assert looked_at > 20


def test_somebody_who_is_signed_in_chooses_their_appearance(app: Flask, session: Session) -> None:
    client = signed_in(app, session, AccountRole.MEMBER)
    sent = {"appearance": "dark", "csrf_token": token(client)}
    assert "dark" in client.post("/appearance", data=sent).headers["Set-Cookie"]


def test_a_sign_in_form_that_is_old_is_shown_again_with_what_was_typed(app: Flask, session: Session) -> None:
    client = signed_in(app, session, AccountRole.MEMBER)
    page = Page(client.post("/sign-in", data={"email": "alex@larkfield.example"}))
    assert page.status == 400
    assert "You’ve been away a while. Press the button again" in page.text
    assert 'value="alex@larkfield.example"' in page.response.text
    assert 'value="123456"' in client.post("/sign-in/code", data={"code": "123456"}).text
    assert session.scalars(select(Letter)).all() == []


def test_a_link_that_is_opened_in_an_old_tab_is_not_used_up(app: Flask, session: Session) -> None:
    client = signed_in(app, session, AccountRole.MEMBER)
    way = actions.offer_way_in(session, "a key", "alex@larkfield.example", "a device", "/", clock.now())
    session.commit()
    page = Page(client.post(f"/sign-in/link/{way.token}"))
    assert (page.status, page.heading) == (400, "Go on")
    again = {"csrf_token": token(client)}
    assert client.post(f"/sign-in/link/{way.token}", data=again).status_code == 303
    assert len(session.scalars(select(Visit)).all()) == 1


def test_visitors_get_no_token_and_need_none(client: FlaskClient, session: Session) -> None:
    assert "csrf_token" not in client.get("/sign-in").text
    assert client.post("/appearance", data={"appearance": "dark"}).status_code == 303
    assert session.scalars(select(Submission)).all() == []
