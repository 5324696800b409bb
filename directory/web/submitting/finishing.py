"""Finish later: a link to the draft by email. And throwing a draft away."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.request_state import account, session
from directory.submissions import actions
from directory.submissions.fields import one
from directory.submissions.models import Submission
from directory.submissions.reading import EMAIL
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.security import csrf_failed
from directory.web.signing_in import send_way_in
from directory.web.submitting.drafts import draft

pages = Blueprint("finishing", __name__, url_prefix="/submit")

NO_EMAIL = "Enter an email address, like name@example.org"


@pages.get("/<key>/later")
@open_to(ANYONE)
def later(key: str) -> Response:
    """Say that all is saved, and offer to send a link by which to go on."""
    return _page(draft(key), None)


@pages.post("/<key>/later")
@keeps_what_was_typed
@open_to(ANYONE)
def send_link(key: str) -> Response:
    """Send a link to the draft."""
    found = draft(key)
    email = request.form.get("your_email", "").replace("\x00", "").strip().lower()
    if csrf_failed() or not EMAIL.fullmatch(email) or len(email) > 254:
        return _page(found, NO_EMAIL, email, status=422)
    if found.state in actions.CAN_BE_WRITTEN:
        actions.save(found, {"your_email": email}, clock.now())
    send_way_in(email, url_for("steps.whole", key=key), purpose="draft", title=found.title)
    session().commit()
    return redirect(url_for("finishing.sent", key=key), 303)


@pages.get("/<key>/later/sent")
@open_to(ANYONE)
def sent(key: str) -> Response:
    """Say that the link is on its way."""
    return private(render_template("submit/later_sent.html", submission=draft(key)))


@pages.get("/<key>/discard")
@open_to(ANYONE)
def discard(key: str) -> Response:
    """Ask whether it is really to be thrown away."""
    return private(render_template("submit/discard.html", submission=draft(key)))


@pages.post("/<key>/discard")
@open_to(ANYONE)
def do_discard(key: str) -> Response:
    """Throw a draft away."""
    actions.discard(session(), draft(key), clock.now())
    session().commit()
    return redirect(url_for("starting.add"), 303)


def _page(found: Submission, problem: str | None, typed: str = "", status: int = 200) -> Response:
    email = typed or one(found.answers, "your_email")
    page = render_template(
        "submit/later.html", submission=found, email=email, problem=problem, is_mine=account() is not None
    )
    response = private(page)
    response.status_code = status
    return response
