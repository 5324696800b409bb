"""Moderators who are signed in, and the decision's form as their browser sends it, for tests of their pages."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from directory.accounts import actions
from directory.accounts.models import Account
from directory.request_state import VISIT_COOKIE
from directory.submissions.models import Submission
from tests.contracts.listings import NOW

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def signed_in(app: Flask, session: Session, account: Account) -> FlaskClient:
    """A browser in which somebody is signed in."""
    token = actions.begin_visit(session, account, "Firefox on Linux", NOW)
    session.commit()
    client = app.test_client()
    client.set_cookie(VISIT_COOKIE, token)
    return client


def token_in(client: FlaskClient, address: str) -> str:
    """The token of a form on a page."""
    found = TOKEN.search(client.get(address).text)
    assert found is not None, address
    return found[1]


def post(client: FlaskClient, address: str, **said: Any) -> TestResponse:
    """Send a form with its token, which the bank of reasons always has."""
    return client.post(address, data={"csrf_token": token_in(client, "/moderation/reasons"), **said})


def decide(client: FlaskClient, submission: Submission, decision: str, **said: Any) -> TestResponse:
    """Send the decision's form."""
    number = len(submission.snapshots)
    form = {"decision": decision, "number": number, "end": "yes", **said}
    return post(client, f"/moderation/{submission.key}/decide", **form)
