"""The moderators' reports: open ones first, each answered once."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.refusals import Refusal
from directory.request_state import parts, session, signed_in
from directory.submissions import reporting
from directory.submissions.models import Report
from directory.web.access import MODERATOR, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.searchable import make_searchable
from directory.web.security import csrf_failed

pages = Blueprint("reports", __name__, url_prefix="/moderation/reports")

A_PAGE = 50
AWAY = "You’ve been away a while. What you typed is still here: send it again"
CHOICES = {
    reporting.ReportOutcome.FIXED: "I put the page right",
    reporting.ReportOutcome.CLOSED: "Mark it as closed, now",
    reporting.ReportOutcome.WITHDRAWN: "Take it off the site, now",
    reporting.ReportOutcome.NO_CHANGE: "The page is right as it is",
}


@pages.get("")
@open_to(MODERATOR)
def every() -> Response:
    """List the reports: open before answered, urgent and unsafe first."""
    number = request.args.get("page", 1, type=int)
    start = (min(max(number, 1), 100_000) - 1) * A_PAGE
    rows, open_ones = reporting.reports(session(), start, A_PAGE + 1)
    page = render_template(
        "moderation/reports.html",
        rows=[(row, reporting.is_urgent(row), _day(row)) for row in rows[:A_PAGE]],
        open_ones=open_ones,
        about=reporting.ABOUT_WORDS,
        following=number + 1 if len(rows) > A_PAGE else None,
    )
    return private(page)


@pages.get("/<key>")
@open_to(MODERATOR)
def one(key: str) -> Response:
    """Show one report, and the form that answers it."""
    return _page(_found(key))


@pages.post("/<key>")
@keeps_what_was_typed
@open_to(MODERATOR)
def answer(key: str) -> Response:
    """Answer a report and do what the outcome says; of two at once, one is told that it's done."""
    found = _found(key)
    outcome, message = request.form.get("outcome", ""), request.form.get("message", "")
    if csrf_failed():
        return _page(found, "message", AWAY)
    if outcome not in list(reporting.ReportOutcome):
        return _page(found, "outcome-0", "Choose what comes of it")
    try:
        reporting.answer(
            session(),
            parts().settings,
            found,
            signed_in(),
            reporting.ReportOutcome(outcome),
            message,
            clock.now(),
        )
    except Refusal as refusal:
        session().rollback()
        return _page(_found(key), "message", str(refusal).rstrip("."))
    make_searchable()
    session().commit()
    return redirect(url_for("reports.one", key=key), 303)


def _found(key: str) -> Report:
    found = reporting.report_by_key(session(), key)
    if found is None:
        abort(404)
    return found


def _day(report: Report) -> str:
    return long_day(uk_day(report.at))


def _page(found: Report, at: str = "", problem: str = "") -> Response:
    page = render_template(
        "moderation/report.html",
        report=found,
        about=reporting.ABOUT_WORDS[found.about],
        sent_on=_day(found),
        is_urgent=reporting.is_urgent(found),
        choices=CHOICES.items(),
        chosen=request.form.get("outcome", ""),
        message=request.form.get("message", ""),
        at=at,
        problem=problem,
    )
    response = private(page)
    response.status_code = 422 if problem else 200
    return response
