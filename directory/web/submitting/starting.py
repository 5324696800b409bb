"""The way in for organisations: what it takes, and the ways to begin."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.request_state import account, session
from directory.submissions import actions
from directory.submissions.fields import Answer, Step
from directory.web.access import ANYONE, open_to
from directory.web.limits import allow_network

pages = Blueprint("starting", __name__)


@pages.get("/organisations/add")
@open_to(ANYONE)
def add() -> str:
    """Say what it takes to add an opportunity, and offer the ways to begin."""
    return render_template("submit/start.html", fetches=False, sheets=True)


@pages.post("/organisations/add")
@open_to(ANYONE)
def start() -> Response:
    """Begin a draft, on its first step or on the long page."""
    allow_network("draft")
    draft = actions.begin(session(), clock.now(), answers=about_me(), account=account())
    session().commit()
    if request.form.get("then") == "all":
        return redirect(url_for("steps.show_all", key=draft.key), 303)
    return redirect(url_for("steps.show", key=draft.key, step=Step.ORGANISATION), 303)


def about_me() -> dict[str, Answer]:
    """Give what is known already of whoever is signed in: nothing is asked twice."""
    me = account()
    return {"your_name": me.name, "your_email": me.email or ""} if me else {}
