"""Signing in as a visitor does: by the letter that came last, or at once."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actions import begin_visit
from directory.accounts.models import Account, AccountRole, Grant
from directory.foundation.letters import Letter
from directory.parts import Parts
from directory.request_state import VISIT_COOKIE
from tests.contracts.listings import NOW

LINK = re.compile(r"http://\S+(/sign-in/link/\S+)")
TOKEN = re.compile(r'name="csrf_token" value="(\S+?)"')


def come_back(client: FlaskClient, session: Session) -> str:
    """Open the link of the last letter that has one, press its button, and give the token of this visit's forms."""
    session.expire_all()
    texts = session.scalars(select(Letter.text).order_by(Letter.id.desc()))
    way = next(found for found in (LINK.search(text) for text in texts) if found)
    assert client.post(way[1]).status_code == 303
    return token(client)


def sign_in(
    client: FlaskClient, parts: Parts, session: Session, email: str, *roles: AccountRole, name: str = ""
) -> str:
    """Sign somebody in, with these roles, and give the token of this visit's forms."""
    who = session.scalar(select(Account).where(Account.email == email))
    if who is None:
        who = Account(email=email, name=name, made_at=NOW, grants=[Grant(role=role, at=NOW) for role in roles])
        session.add(who)
        session.flush()
    client.set_cookie(VISIT_COOKIE, begin_visit(session, who, "A browser", NOW))
    session.commit()
    return token(client)


def token(client: FlaskClient) -> str:
    """Give the token that forms carry for whoever is signed in here."""
    found = TOKEN.search(client.get("/sign-in").text)
    assert found
    return found[1]
