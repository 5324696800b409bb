"""Five listings that lists can hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from directory.accounts.models import AccountRole
from directory.catalogue.outbox import owe
from directory.parts import Parts
from tests.search.rows import organisation, row
from tests.web.signed import sign_in


@pytest.fixture
def ids(session: Session) -> Sequence[int]:
    """Publish five listings, of which the first three are about labs, and give their ids."""
    by = organisation("LifeArc")
    titles = ("Lab week", "Lab month", "Lab year", "Desk week", "Desk <b>month</b>")
    rows = [row(title, organisation=by, slug=f"listing-{number}") for number, title in enumerate(titles)]
    session.add_all(rows)
    session.flush()
    owe(session, [one.id for one in rows])
    session.commit()
    return [one.id for one in rows]


@dataclass(frozen=True, slots=True)
class Moderator:
    """A moderator's browser, and the token that its forms carry."""

    client: FlaskClient
    token: str

    def get(self, path: str, **query: str) -> str:
        """Open a page."""
        return self.client.get(path, query_string=query).text

    def post(self, path: str, **said: str) -> TestResponse:
        """Send a form of one."""
        return self.client.post(path, data={"csrf_token": self.token, **said})


@pytest.fixture
def moderator(app: Flask, parts: Parts, session: Session, now: datetime) -> Moderator:
    """Somebody who moderates, signed in beside whoever else there is."""
    client = app.test_client()
    return Moderator(client, sign_in(client, parts, session, "moderator@example.org", AccountRole.MODERATOR))
