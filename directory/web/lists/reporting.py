"""Report a list; and, for moderators, answer a report, take a list down, put it back."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.refusals import Refusal
from directory.lists import queries, reporting
from directory.lists.models import ListReport, SharedList
from directory.lists.words import Problem
from directory.request_state import parts, session, signed_in
from directory.web.access import ANYONE, MODERATOR, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.limits import allow_network
from directory.web.lists.typed import AWAY
from directory.web.security import csrf_failed

pages = Blueprint("list_reporting", __name__)

A_PAGE = 50


@pages.get("/l/<address>/report")
@open_to(ANYONE)
def ask(address: str) -> Response:
    """Ask what is wrong with a list."""
    return _ask_page(_standing(address))


@pages.post("/l/<address>/report")
@keeps_what_was_typed
@open_to(ANYONE)
def send(address: str) -> Response:
    """Take a report, or show it again with what to put right."""
    shared_list = _standing(address)
    about, words = request.form.get("about", ""), request.form.get("words", "").replace("\x00", "")
    problems = (Problem("about", AWAY),) if csrf_failed() else reporting.problems(about, words)
    if problems:
        return _ask_page(shared_list, about, words, problems)
    allow_network("report")
    made = reporting.report(session(), shared_list, about, words, clock.now())
    session().commit()
    return redirect(url_for("list_reporting.follow", key=made.key), 303)


@pages.get("/lists/reports/<key>")
@open_to(ANYONE)
def follow(key: str) -> Response:
    """Say where a report stands, with nothing of what it says."""
    found = _report(key)
    answered = long_day(uk_day(found.answered_at)) if found.answered_at else None
    return private(render_template("lists/follow.html", report=found, answered=answered))


@pages.get("/moderation/lists")
@open_to(MODERATOR)
def every() -> Response:
    """List what was reported, open ones first; and find any list by its address or code."""
    number = min(max(request.args.get("page", 1, type=int), 1), 100_000)
    rows, open_ones = reporting.reports(session(), (number - 1) * A_PAGE, A_PAGE + 1)
    typed = request.args.get("list", "").strip()[:200]
    page = render_template(
        "moderation/lists.html",
        rows=[(row, long_day(uk_day(row.at))) for row in rows[:A_PAGE]],
        open_ones=open_ones,
        about=reporting.ABOUT_WORDS,
        following=number + 1 if len(rows) > A_PAGE else None,
        typed=typed,
        found=_any(typed) if typed else None,
    )
    return private(page)


@pages.get("/moderation/lists/reports/<key>")
@open_to(MODERATOR)
def one(key: str) -> Response:
    """Show one report, and the form that answers it."""
    return _report_page(_report(key))


@pages.post("/moderation/lists/reports/<key>")
@keeps_what_was_typed
@open_to(MODERATOR)
def answer(key: str) -> Response:
    """Answer a report: take the list down or leave it."""
    found, outcome = _report(key), request.form.get("outcome", "")
    if csrf_failed():
        return _report_page(found, ("message", AWAY))
    if outcome not in ("take down", "leave"):
        return _report_page(found, ("outcome-0", "Choose what comes of it"))
    words = request.form.get("message", "").replace("\x00", "")
    try:
        reporting.answer(
            session(), parts().settings, found, signed_in(), words, clock.now(), take_down=outcome == "take down"
        )
    except Refusal as refusal:
        session().rollback()
        return _report_page(_report(key), ("message", str(refusal).rstrip(".")))
    session().commit()
    return redirect(url_for("list_reporting.one", key=key), 303)


@pages.get("/moderation/lists/<address>")
@open_to(MODERATOR)
def look(address: str) -> Response:
    """Show a list's standing, and the form that takes it down or puts it back."""
    return _look_page(_known(address))


@pages.post("/moderation/lists/<address>")
@keeps_what_was_typed
@open_to(MODERATOR)
def decide(address: str) -> Response:
    """Take a list down, or put it back, with a reason."""
    shared_list, why = _known(address), request.form.get("why", "").replace("\x00", "")
    if csrf_failed():
        return _look_page(shared_list, AWAY)
    if not why.strip() or len(why) > reporting.LONGEST_WORDS:
        problem = "Say why, for those who edit the list" if not why.strip() else "Say it in 1,000 characters or fewer"
        return _look_page(shared_list, problem)
    if shared_list.taken_down_at is None:
        reporting.take_off_the_site(session(), parts().settings, shared_list, signed_in(), why, clock.now())
    else:
        reporting.put_back(session(), shared_list, signed_in(), why, clock.now())
    session().commit()
    return redirect(url_for("list_reporting.look", address=address), 303)


def _standing(address: str) -> SharedList:
    shared_list = queries.by_address(session(), address)
    if shared_list is None:
        abort(404)
    if shared_list.taken_down_at is not None:
        abort(410)
    return shared_list


def _known(address: str) -> SharedList:
    shared_list = queries.by_address(session(), address)
    if shared_list is None:
        abort(404)
    return shared_list


def _any(typed: str) -> SharedList | None:
    """Get the list whose address, or its end, or class code was typed."""
    return queries.by_address(session(), typed.rstrip("/").rsplit("/", 1)[-1][:16]) or queries.by_class_code(
        session(), typed
    )


def _report(key: str) -> ListReport:
    found = reporting.report_by_key(session(), key[:40])
    if found is None:
        abort(404)
    return found


def _ask_page(
    shared_list: SharedList, about: str = "", words: str = "", problems: tuple[Problem, ...] = ()
) -> Response:
    page = render_template(
        "lists/report.html",
        shared_list=shared_list,
        about=about,
        words=words,
        choices=reporting.ABOUT_WORDS.items(),
        problems={problem.field: problem.words for problem in problems},
    )
    response = private(page)
    response.status_code = 422 if problems else 200
    return response


def _report_page(found: ListReport, problem: tuple[str, str] | None = None) -> Response:
    page = render_template(
        "moderation/list_report.html",
        report=found,
        about=reporting.ABOUT_WORDS[found.about],
        sent_on=long_day(uk_day(found.at)),
        chosen=request.form.get("outcome", ""),
        message=request.form.get("message", ""),
        problem=problem,
    )
    response = private(page)
    response.status_code = 422 if problem else 200
    return response


def _look_page(shared_list: SharedList, problem: str | None = None) -> Response:
    page = render_template(
        "moderation/list.html", shared_list=shared_list, why=request.form.get("why", ""), problem=problem
    )
    response = private(page)
    response.status_code = 422 if problem else 200
    return response
