"""A visitor who is signed in: a client with a visit of its own, whose posts carry their token."""

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from directory.accounts.actions import begin_visit
from directory.accounts.models import Account, AccountRole, Grant
from directory.foundation import clock
from directory.request_state import VISIT_COOKIE

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class SignedIn:
    """Somebody at a browser. ``post`` sends the token of the page that was opened last, unless told otherwise."""

    def __init__(self, client: FlaskClient, session: Session, account: Account) -> None:
        self.client = client.application.test_client()
        self.account = account
        secret = begin_visit(session, account, "A browser", clock.now())
        session.commit()
        self.client.set_cookie(VISIT_COOKIE, secret)
        found = TOKEN.search(self.client.get("/organisations/add").text)
        assert found is not None
        self.token = found[1]

    def post(self, address: str, *, token: str | None = None, **said: Any) -> TestResponse:
        """Send a form."""
        return self.client.post(address, data={"csrf_token": self.token if token is None else token, **said})


def with_role(session: Session, account: Account, role: AccountRole) -> Account:
    """Give somebody a role."""
    account.grants.append(Grant(role=role, at=clock.now()))
    session.commit()
    return account
