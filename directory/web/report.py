"""Report a problem with a listing, and follow the report to its answer."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import opportunity_by_slug
from directory.foundation import clock
from directory.foundation.date_words import long_day, uk_day
from directory.request_state import parts, session
from directory.submissions import reporting
from directory.submissions.reading import Problem
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.limits import allow_network, may_write_to
from directory.web.security import csrf_failed

pages = Blueprint("report", __name__)

AWAY = Problem("about", "You’ve been away a while. What you typed is still here: send it again")


@pages.get("/opportunities/<slug:slug>/report")
@open_to(ANYONE)
def ask(slug: str) -> Response:
    """Ask what is wrong with a listing."""
    return _page(_public(slug), reporting.Said())


@pages.post("/opportunities/<slug:slug>/report")
@keeps_what_was_typed
@open_to(ANYONE)
def send(slug: str) -> Response:
    """Take a report, or show it again with what to put right."""
    opportunity = _public(slug)
    said = reporting.Said(*(request.form.get(name, "").strip() for name in ("about", "words", "email")))
    problems = (AWAY,) if csrf_failed() else said.problems()
    if problems:
        return _page(opportunity, said, problems)
    allow_network("report")
    may_write = not said.email or may_write_to(said.email.lower())
    made = reporting.report(session(), parts().settings, opportunity, said, clock.now(), may_write=may_write)
    session().commit()
    return redirect(url_for("report.follow", key=made.key, sent="yes"), 303)


@pages.get("/reports/<key>")
@open_to(ANYONE)
def follow(key: str) -> Response:
    """Say where a report stands, with nothing of who sent it or what they wrote."""
    found = reporting.report_by_key(session(), key)
    if found is None:
        abort(404)
    page = render_template(
        "report/follow.html",
        report=found,
        about=reporting.ABOUT_WORDS[found.about],
        at=long_day(uk_day(found.at)),
        answered=long_day(uk_day(found.answered_at)) if found.answered_at else None,
        is_public=found.opportunity.standing is Standing.PUBLISHED,
        is_new="sent" in request.args,
    )
    return private(page)


def _public(slug: str) -> Opportunity:
    """Get a listing that the public may see."""
    opportunity = opportunity_by_slug(session(), slug)
    if opportunity is None:
        abort(404)
    if opportunity.standing is not Standing.PUBLISHED:
        abort(410)
    return opportunity


def _page(opportunity: Opportunity, said: reporting.Said, problems: tuple[Problem, ...] = ()) -> Response:
    page = render_template(
        "report/ask.html",
        opportunity=opportunity,
        said=said,
        choices=reporting.ABOUT_WORDS.items(),
        problems={problem.field: problem.words for problem in problems},
        most=reporting.LONGEST_WORDS,
    )
    response = private(page)
    response.status_code = 422 if problems else 200
    return response
