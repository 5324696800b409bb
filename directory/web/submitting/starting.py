"""The way in for organisations: what it takes, and the ways to begin."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.request_state import account, fetcher, parts, session
from directory.submissions import actions
from directory.submissions.fields import Answer, Step
from directory.submissions.linking import read_link
from directory.web.access import ANYONE, open_to
from directory.web.caching import private
from directory.web.limits import allow_network

pages = Blueprint("starting", __name__)


@pages.get("/organisations/add")
@open_to(ANYONE)
def add() -> str:
    """Say what it takes to add an opportunity, and offer the ways to begin."""
    return render_template("submit/start.html", fetches=parts().settings.fetch_links, sheets=True)


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


@pages.post("/organisations/add/link")
@open_to(ANYONE)
def from_link() -> Response:
    """Begin a draft with what an organisation's own page says; the address stays in its box when that fails."""
    allow_network("fetch")
    url = request.form.get("url", "").strip()[:2_000]
    try:
        read = read_link(session(), fetcher(), parts().gazetteer, url, clock.now())
    except Refusal as refusal:
        session().commit()
        page = render_template("submit/start.html", fetches=True, sheets=True, url=url, problem=str(refusal))
        response = private(page)
        response.status_code = 422
        return response
    draft = actions.begin(
        session(), clock.now(), answers={**about_me(), **read.answers}, origins=read.kept_origins, account=account()
    )
    session().commit()
    return redirect(url_for("steps.show", key=draft.key, step=Step.ORGANISATION), 303)


def about_me() -> dict[str, Answer]:
    """Give what is known already of whoever is signed in: nothing is asked twice."""
    me = account()
    return {"your_name": me.name, "your_email": me.email or ""} if me else {}
