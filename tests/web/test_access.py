"""Every way in is guarded: who isn't let in finds nothing, wherever they look and whoever they are."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from directory.accounts import actions
from directory.accounts.models import AccountRole
from directory.foundation import clock
from directory.request_state import VISIT_COOKIE
from directory.submissions import actions as submissions
from directory.submissions.models import State
from directory.web.access import ANYONE, ENOUGH, SIGNED_IN, Audience, audience_of
from tests.submissions.answers import saying

Visitor = Callable[..., FlaskClient]
PEOPLE = (None, *AccountRole)


@pytest.fixture
def visitor_as(app: Flask, session: Session) -> Visitor:
    """Open the site as nobody, or as somebody with a role."""

    def open_as(role: AccountRole | None, email: str = "") -> FlaskClient:
        client = app.test_client()
        if role is not None:
            account = actions.add(session, email or f"{role}@example.org", "", clock.now())
            actions.grant(session, account, role, clock.now())
            client.set_cookie(VISIT_COOKIE, actions.begin_visit(session, account, "", clock.now()))
            session.commit()
        return client

    return open_as


def guarded(app: Flask) -> Iterator[tuple[Rule, Audience]]:
    for rule in app.url_map.iter_rules():
        audience = audience_of(app.view_functions[rule.endpoint])
        assert audience is not None, rule
        if audience is not ANYONE:
            yield rule, audience


def address(rule: Rule) -> str:
    """Give an address that the rule answers, about nothing that exists."""
    return re.sub(r"<(?:(\w+)(\(.*?\))?:)?\w+>", lambda found: fitting(found[1], found[2]), rule.rule)


def fitting(kind: str | None, choices: str | None) -> str:
    if kind == "int":
        return "1"
    return (choices or "").strip("()").split(",")[0] or "nothing"


def may(audience: Audience, role: AccountRole | None) -> bool:
    return role is not None and (audience is SIGNED_IN or role in ENOUGH[audience])


@pytest.mark.parametrize("role", PEOPLE)
def test_nobody_passes_a_guard_that_is_not_for_them(app: Flask, visitor_as: Visitor, role: AccountRole | None) -> None:
    client = visitor_as(role)
    for rule, audience in guarded(app):
        methods = rule.methods or set()
        response = client.open(address(rule), method="GET" if "GET" in methods else "POST")
        if may(audience, role):
            assert response.status_code != 403 or "POST" in methods, rule
        elif role is None and "GET" in methods:
            assert response.status_code == 303, rule
            assert response.headers["Location"].startswith("/sign-in?onward="), rule
        else:
            assert response.status_code in (400, 403), rule


def test_a_draft_is_nobody_elses_by_any_of_its_addresses(app: Flask, session: Session, visitor_as: Visitor) -> None:
    owner = actions.add(session, "sam@larkfield.example", "", clock.now())
    draft = submissions.begin(session, clock.now(), answers=saying(), account=owner)
    session.commit()
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/submit/<key>")]
    assert len(rules) > 10
    for role in (None, AccountRole.MEMBER, AccountRole.ADVISER):
        client = visitor_as(role)
        for rule in rules:
            path = address(rule).replace("/submit/nothing", f"/submit/{draft.key}", 1)
            response = client.open(path, method="GET" if "GET" in (rule.methods or ()) else "POST")
            assert response.status_code in (303, 400, 404, 405), (role, path)
            if response.status_code == 303:
                assert response.headers["Location"].startswith("/sign-in"), (role, path)
            assert "Quality control apprentice" not in response.text
    session.refresh(draft)
    assert draft.state is State.DRAFT
    assert draft.answers["title"] == "Quality control apprentice"
