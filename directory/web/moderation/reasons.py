"""The bank of reasons: what moderators return things with, kept by moderators."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.request_state import session, signed_in
from directory.submissions import bank
from directory.submissions.fields import QUESTIONS
from directory.submissions.models import Reason
from directory.submissions.queries import reasons
from directory.web.access import MODERATOR, open_to
from directory.web.caching import private

pages = Blueprint("reasons", __name__, url_prefix="/moderation/reasons")

NOTHING = {"label": "", "words": "", "field": ""}


@pages.get("")
@open_to(MODERATOR)
def page() -> Response:
    """Show the bank."""
    return _page(NOTHING)


@pages.post("")
@open_to(MODERATOR)
def add() -> Response:
    """Put a reason into the bank."""
    typed = _typed()
    try:
        bank.add(session(), typed["label"], typed["words"], typed["field"], signed_in(), clock.now())
    except Refusal as refusal:
        return _page(typed, str(refusal), 422)
    session().commit()
    return redirect(url_for("reasons.page"), 303)


@pages.get("/<int:id>")
@open_to(MODERATOR)
def one(id: int) -> Response:
    """Show one reason, to be changed."""
    reason = _reason(id)
    return _one(reason, {"label": reason.label, "words": reason.words, "field": reason.field})


@pages.post("/<int:id>")
@open_to(MODERATOR)
def change(id: int) -> Response:
    """Say a reason otherwise."""
    reason, typed = _reason(id), _typed()
    try:
        bank.change(session(), reason, typed["label"], typed["words"], typed["field"], signed_in(), clock.now())
    except Refusal as refusal:
        return _one(reason, typed, str(refusal), 422)
    session().commit()
    return redirect(url_for("reasons.page"), 303)


@pages.post("/<int:id>/retire")
@open_to(MODERATOR)
def retire(id: int) -> Response:
    """Stop offering a reason."""
    bank.retire(session(), _reason(id), signed_in(), clock.now())
    session().commit()
    return redirect(url_for("reasons.page"), 303)


def _reason(id: int) -> Reason:
    found = bank.reason_of(session(), id) if id < 2**31 else None
    if found is None:
        abort(404)
    return found


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in NOTHING}


def _page(typed: dict[str, str], error: str | None = None, status: int = 200) -> Response:
    return _shown("moderation/reasons.html", typed, error, status, bank=reasons(session()), about=QUESTIONS)


def _one(reason: Reason, typed: dict[str, str], error: str | None = None, status: int = 200) -> Response:
    return _shown("moderation/reason.html", typed, error, status, reason=reason)


def _shown(template: str, typed: dict[str, str], error: str | None, status: int, **context: object) -> Response:
    page = render_template(template, typed=typed, error=error, questions=QUESTIONS.values(), **context)
    response = private(page)
    response.status_code = status
    return response
