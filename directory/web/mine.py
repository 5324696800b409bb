"""Your listings: what you look after and have sent, and the small forms that keep a listing true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.timing import NOT_RUNNING, timing
from directory.catalogue.vocabulary import Closing
from directory.foundation import clock
from directory.foundation.date_words import long_day
from directory.foundation.refusals import Refusal
from directory.request_state import parts, session, signed_in
from directory.submissions import keeping, mine, notices, revising
from directory.submissions.fields import Step
from directory.submissions.models import State
from directory.submissions.queries import may_change
from directory.submissions.writing import shown_round
from directory.web.access import SIGNED_IN, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.forms.closing_date import closing_date
from directory.web.searchable import make_searchable
from directory.web.security import csrf_failed

pages = Blueprint("mine", __name__, url_prefix="/mine")

AWAY = "You’ve been away a while. Nothing was changed: send it again"


@dataclass(frozen=True, slots=True)
class Form:
    """What one of the small forms does, and what is said when it is done: to who did it, and to the others."""

    act: Callable[[Opportunity, Account], bool]
    done: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Which form can't be used as it was sent, why, and what was typed into it."""

    form: str = ""
    words: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    def about(self, form: str) -> str | None:
        """Give what is wrong with one form."""
        return self.words if form == self.form else None


@pages.get("")
@open_to(SIGNED_IN)
def every() -> Response:
    """List what somebody looks after, and what they have written and sent."""
    me = signed_in()
    page = render_template(
        "mine/every.html", listings=mine.listings(session(), me, clock.now()), sent=mine.sent(session(), me)
    )
    return private(page)


@pages.get("/<slug:slug>")
@open_to(SIGNED_IN)
def one(slug: str) -> Response:
    """Show one listing with what can be done with it."""
    return _page(_theirs(slug), Wrong())


@pages.get("/<slug:slug>/withdraw")
@open_to(SIGNED_IN)
def ask_to_withdraw(slug: str) -> Response:
    """Ask whether it is really to be taken off the site."""
    return private(render_template("mine/withdraw.html", row=mine.listed(_theirs(slug), clock.now())))


@pages.post("/<slug:slug>/<any(extend, places, close, withdraw, reopen, confirm):form>")
@keeps_what_was_typed
@open_to(SIGNED_IN)
def keep(slug: str, form: str) -> Response:
    """Do what one of the small forms asks, or show it again with what is wrong."""
    me, now = signed_in(), clock.now()
    if csrf_failed():
        return _page(_theirs(slug), Wrong(form, AWAY, request.form.to_dict()), 400)
    row = keeping.take(session(), slug, me)
    if row is None:
        abort(404)
    try:
        is_news = FORMS[form].act(row, me)
    except Refusal as refusal:
        session().rollback()
        return _page(_theirs(slug), Wrong(form, str(refusal).rstrip("."), request.form.to_dict()), 422)
    if is_news:
        if FORMS[form].told:
            notices.tell_the_others(session(), parts().settings, row, me, FORMS[form].told, now)
        make_searchable()
    session().commit()
    return redirect(url_for("mine.one", slug=slug, done=form), 303)


@pages.post("/<slug:slug>/<any(edit, reuse):form>")
@open_to(SIGNED_IN)
def rewrite(slug: str, form: str) -> Response:
    """Begin a change to a listing, or go on with the one that was begun; for next year its dates are a year on."""
    row = keeping.take(session(), slug, signed_in())
    if row is None:
        abort(404)
    begin = revising.reuse if form == "reuse" else revising.edit
    draft = begin(session(), row, signed_in(), clock.now())
    session().commit()
    step = Step.DATES if form == "reuse" else Step.ROLE
    return redirect(url_for("steps.show", key=draft.key, step=step), 303)


def _theirs(slug: str) -> Opportunity:
    """Get a listing of whoever is signed in; anybody else's isn't there."""
    row = opportunity_by_slug(session(), slug)
    if row is None or not may_change(session(), row, signed_in()):
        abort(404)
    return row


def _page(row: Opportunity, wrong: Wrong, status: int = 200) -> Response:
    now = clock.now()
    intake = shown_round(row, now)
    change = revising.open_change(session(), row, signed_in())
    is_listed = row.standing is not Standing.WITHDRAWN
    done = FORMS.get(request.args.get("done", "")) if request.method == "GET" else None
    may_reopen = _may_reopen(row)
    page = render_template(
        "mine/one.html",
        row=mine.listed(row, now),
        closes=long_day(intake.closes_on) if intake and intake.closes_on else None,
        can_extend=is_listed and intake is not None and intake.closing is Closing.FIXED,
        can_count=is_listed and intake is not None,
        can_close=is_listed and timing(row.schedule, now).state not in NOT_RUNNING,
        can_reopen=may_reopen,
        was_closed_by_us=not may_reopen and keeping.closed_early(session(), row, now) is not None,
        was_taken_off_by_us=not may_reopen and not is_listed,
        is_withdrawn=not is_listed,
        left=intake.places_left if intake else None,
        said=closing_date(wrong.typed),
        change=change,
        change_waits=change is not None and change.state is State.WAITING,
        done=done.done if done else None,
        wrong=wrong,
    )
    response = private(page)
    response.status_code = status
    return response


def _may_reopen(row: Opportunity) -> bool:
    """Say whether it can be put back, or opened again; what is hidden is shown again by saying that it is right."""
    match row.standing:
        case Standing.PUBLISHED:
            return keeping.may_open_again(session(), row, clock.now())
        case Standing.WITHDRAWN:
            return keeping.may_put_back(session(), row)
    return False


def _extend(row: Opportunity, me: Account) -> bool:
    said = closing_date(request.form)
    if said.problem or said.day is None:
        raise Refusal(said.problem or "Enter the new closing date, like 27 11 2027")
    return keeping.extend(session(), row, me, said.day, clock.now())


def _say_places_left(row: Opportunity, me: Account) -> bool:
    typed = request.form.get("left", "").strip()
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 7):
        raise Refusal("Enter the places left as a whole number, like 3")
    return keeping.say_places_left(session(), row, me, int(typed) if typed else None, clock.now())


FORMS: Mapping[str, Form] = {
    "extend": Form(_extend, "The new closing date is live.", "It closes later."),
    "places": Form(_say_places_left, "The places left are live."),
    "close": Form(
        lambda row, me: keeping.close_early(session(), row, me, request.form.get("reason", ""), clock.now()),
        "It’s closed, and its page says why.",
        "It closed early.",
    ),
    "withdraw": Form(
        lambda row, me: keeping.withdraw(session(), row, me, clock.now(), request.form.get("why", "")[:200]),
        "It’s off the site. You can put it back.",
        "It was taken off the site.",
    ),
    "reopen": Form(
        lambda row, me: keeping.reopen(session(), row, me, clock.now()), "It’s back, as it was.", "It was put back."
    ),
    "confirm": Form(
        lambda row, me: keeping.confirm_right(session(), row, me, clock.now()),
        "Thank you. Its page says that you checked it today.",
    ),
}
