"""The way in for organisations: what it takes, and the ways to begin."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.request_state import account, parts, session
from directory.submissions import actions
from directory.submissions.fields import Answer, Step
from directory.submissions.linking import draft_from_link, wait_a_moment
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until
from directory.web.limits import allow_network

pages = Blueprint("starting", __name__)


@pages.get("/organisations/add")
@open_to(ANYONE)
def add() -> str:
    """Say what it takes to add an opportunity, and offer the ways to begin."""
    return render_template("submit/start.html", fetches=parts().settings.fetch_links)


@pages.post("/organisations/add")
@open_to(ANYONE)
def start() -> Response:
    """Begin a draft, on its first step or on the long page."""
    allow_network("draft")
    draft = actions.begin(session(), clock.now(), answers=_about_me(), account=account())
    session().commit()
    if request.form.get("then") == "all":
        return redirect(url_for("steps.show_all", key=draft.key), 303)
    return redirect(url_for("steps.show", key=draft.key, step=Step.ORGANISATION), 303)


@pages.post("/organisations/add/link")
@open_to(ANYONE)
def from_link() -> Response:
    """Begin a draft with what an organisation's own page says; the address stays in its box when that fails."""
    allow_network("fetch")
    url = request.form.get("url", "").strip()[:2_000]
    try:
        read = draft_from_link(session(), parts(), url, clock.now())
    except Refusal as refusal:
        page = render_template("submit/start.html", fetches=True, url=url, problem=str(refusal))
        response = fresh_until(Response(page, 422))
        response.cache_control.no_store = True
        return response
    wait_a_moment()
    draft = actions.begin(
        session(), clock.now(), answers={**_about_me(), **read.answers}, origins=read.origins, account=account()
    )
    session().commit()
    return redirect(url_for("steps.show", key=draft.key, step=Step.ORGANISATION), 303)


def _about_me() -> dict[str, Answer]:
    """Give what is known already of whoever is signed in: nothing is asked twice."""
    me = account()
    return {"your_name": me.name, "your_email": me.email or ""} if me else {}
