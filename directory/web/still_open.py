"""Still open? The page that a letter's link leads to: two buttons, and no need to sign in."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.refusals import Refusal
from directory.request_state import parts, session
from directory.submissions import asking, mine, notices
from directory.submissions.models import Answer
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.forms.closing_date import ClosingDate, closing_date
from directory.web.searchable import make_searchable
from directory.web.security import csrf_failed

pages = Blueprint("still_open", __name__, url_prefix="/still-open")

AWAY = "You’ve been away a while. Press the button again"
NO_ANSWER = "Press one of the two buttons"
TOLD = {Answer.OPEN: "Somebody told us that it’s still open.", Answer.CLOSED: "Somebody told us that it has closed."}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with an answer, and whether that is the date."""

    words: str
    is_date: bool = False


@pages.get("/<token>")
@open_to(ANYONE)
def ask(token: str) -> Response:
    """Show what is asked, and what was answered if it was; a link that isn't good any more says so."""
    found = asking.question(session(), parts().settings, token, clock.now())
    return _page(found, closing_date({})) if found else _no_longer()


@pages.post("/<token>")
@keeps_what_was_typed
@open_to(ANYONE)
def answer(token: str) -> Response:
    """Take the answer; the same one again changes nothing."""
    now = clock.now()
    found = asking.question(session(), parts().settings, token, now)
    if found is None:
        return _no_longer()
    said, date = request.form.get("answer"), closing_date(request.form)
    if csrf_failed() or said not in list(Answer):
        return _page(found, date, Wrong(AWAY if csrf_failed() else NO_ANSWER), 422)
    if said == Answer.OPEN and date.problem:
        return _page(found, date, Wrong(date.problem, is_date=True), 422)
    try:
        is_news = asking.answer(session(), found, Answer(said), now, date.day if said == Answer.OPEN else None)
    except Refusal as refusal:
        session().rollback()
        again = asking.question(session(), parts().settings, token, now)
        return _page(again or found, date, Wrong(str(refusal).rstrip("."), is_date=said == Answer.OPEN), 422)
    if is_news:
        settings = parts().settings
        notices.tell_the_others(session(), settings, found.opportunity, found.account, TOLD[Answer(said)], now)
        make_searchable()
    session().commit()
    return redirect(url_for("still_open.ask", token=token), 303)


def _page(found: asking.Question, date: ClosingDate, wrong: Wrong | None = None, status: int = 200) -> Response:
    now = clock.now()
    page = render_template(
        "still_open/ask.html",
        row=mine.listed(found.opportunity, now),
        answered=found.asked.answer,
        answered_on=long_day(uk_day(found.asked.answered_at)) if found.asked.answered_at else None,
        needs_a_date=found.needs_a_date(now),
        takes_a_date=found.takes_a_date(now),
        said=date,
        wrong=wrong,
    )
    response = private(page)
    response.status_code = status
    return response


def _no_longer() -> Response:
    response = private(render_template("still_open/no_longer.html"))
    response.status_code = 410
    return response
