"""Find one's way back: lost edit links, ending the digest, and what is said once a list is deleted."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts.addresses import email_address
from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.lists import editing
from directory.lists.models import Editor
from directory.request_state import parts, session
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.limits import allow_network, may_write_to
from directory.web.lists.edit_page import secret
from directory.web.lists.typed import AWAY
from directory.web.security import csrf_failed

pages = Blueprint("list_finding", __name__, url_prefix="/lists")


@pages.get("/find")
@open_to(ANYONE)
def ask() -> Response:
    """Ask where to send edit links that were lost."""
    return _page()


@pages.post("/find")
@keeps_what_was_typed
@open_to(ANYONE)
def send() -> Response:
    """Send them; the answer is the same whether or not the address has any."""
    typed = request.form.get("email", "").replace("\x00", "").strip()[:320]
    if csrf_failed():
        return _page(typed, AWAY)
    email = email_address(typed)
    if email is None:
        return _page(typed, editing.NO_EMAIL)
    allow_network("mail")
    if may_write_to(email):
        try:
            editing.send_all_keys(session(), parts().settings, email, clock.now())
        except Refusal as refusal:
            session().rollback()
            return _page(typed, str(refusal).rstrip("."))
    session().commit()
    return redirect(url_for("list_finding.sent"), 303)


@pages.get("/find/sent")
@open_to(ANYONE)
def sent() -> Response:
    """Say what happens now, and what can't be done for who gave no address."""
    return private(render_template("lists/sent.html"))


@pages.get("/deleted")
@open_to(ANYONE)
def deleted() -> Response:
    """Say that a list is gone."""
    return private(render_template("lists/deleted.html"))


@pages.get("/stop/<token>")
@open_to(ANYONE)
def ask_to_stop(token: str) -> Response:
    """Show the button that ends a digest: what opens links in email must not end it."""
    return secret(render_template("lists/stop.html", editor=_editor(token), done=False))


@pages.post("/stop/<token>")
@open_to(ANYONE)
def stop(token: str) -> Response:
    """End a digest."""
    editor = _editor(token)
    editing.want_digest(editor, clock.now(), wanted=False)
    session().commit()
    return secret(render_template("lists/stop.html", editor=editor, done=True))


def _editor(token: str) -> Editor:
    editor = editing.to_stop(session(), parts().settings, token[:300], clock.now())
    if editor is None:
        abort(404)
    return editor


def _page(typed: str = "", problem: str | None = None) -> Response:
    response = private(render_template("lists/find.html", email=typed, problem=problem))
    response.status_code = 422 if problem else 200
    return response
