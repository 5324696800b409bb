"""Somebody who is signed in and sends forms as a page shows them."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.accounts.actions import add, begin_visit, grant
from directory.accounts.models import Account, AccountRole
from directory.foundation import clock
from directory.request_state import VISIT_COOKIE
from tests.web.pages import Page, within


def sign_in(
    client: FlaskClient, session: Session, role: AccountRole | None = None, email: str = "sam@wayin.example"
) -> Account:
    """Sign somebody in with a role."""
    account = add(session, email, "Sam", clock.now())
    session.flush()
    if role:
        grant(session, account, role, clock.now())
    token = begin_visit(session, account, "Firefox", clock.now())
    session.commit()
    client.set_cookie(VISIT_COOKIE, token)
    return account


def form_with(page: Page, action: str, holding: str = "") -> Element:
    """Give the first form of a page that goes to an address and has a field of this name."""
    forms = [one for one in within(page.main, "form") if one.attrib.get("action") == action]
    return next(one for one in forms if not holding or holding in fields_of(one))


def fields_of(form: Element) -> dict[str, str]:
    """Give what a form sends if nothing in it is changed."""
    found = {}
    for element in form.iter():
        name = element.attrib.get("name", "")
        if name and element.tag == "textarea":
            found[name] = (element.text or "").removeprefix("\n")
        elif name and element.tag == "input":
            found[name] = element.attrib.get("value", "")
        elif name and element.tag == "select":
            chosen = [one.attrib["value"] for one in element.iter("option") if "selected" in one.attrib]
            found[name] = chosen[0] if chosen else ""
    return found


def send(
    client: FlaskClient, page: Page, action: str, changes: Mapping[str, str] | None = None, *, holding: str = ""
) -> Page:
    """Send a form of a page, changed so, and follow where it leads."""
    fields = {**fields_of(form_with(page, action, holding)), **(changes or {})}
    response = client.post(action, data=fields)
    if response.status_code == 303:
        return Page(client.get(response.headers["Location"]))
    return Page(response)
