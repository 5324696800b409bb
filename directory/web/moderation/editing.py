"""Approving with edits: the same fields as whoever sent it had, and what is changed in them is told to them."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.request_state import parts, session
from directory.submissions.deciding import CAN_BE_EDITED, LONGEST_MESSAGE, as_it_stands, edited, problems_with, sent
from directory.submissions.fields import STEP_TITLES, Answer, Answers, one, questions
from directory.submissions.models import State, Submission
from directory.submissions.reading import Proposal
from directory.web.access import MODERATOR, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.forms.answers import answers_form, asked, summary
from directory.web.moderation.carrying_out import AWAY, CUT, carry_out
from directory.web.moderation.review import item
from directory.web.security import csrf_failed
from directory.web.submitting.drafts import ASKING, skill_options

pages = Blueprint("editing", __name__, url_prefix="/moderation")


@pages.get("/<key>/edits")
@open_to(MODERATOR)
def page(key: str) -> Response:
    """Show the answers to be edited."""
    found = _editable(key)
    return show(found, "") if is_editable(found) else redirect(url_for("review.page", key=key), 303)


@pages.post("/<key>/edits")
@keeps_what_was_typed
@open_to(MODERATOR)
def approve(key: str) -> Response:
    """Approve with the edits that were sent, or say what of them can't be used."""
    found = _editable(key)
    message = request.form.get("message", "")
    edits = _typed(found)
    if csrf_failed():
        return show(found, message, edits, [AWAY], status=400)
    if "end" not in request.form:
        return show(found, message, edits, [CUT], status=422)
    if len(message) > LONGEST_MESSAGE:
        words = f"The message must be {LONGEST_MESSAGE:,} characters or fewer. Yours has {len(message):,}"
        return show(found, message, edits, [words], status=422)
    if problems_with(session(), found, edits, parts().gazetteer, clock.uk_today()):
        return show(found, message, edits, status=422)
    try:
        return carry_out(found, message, edits=edits)
    except Refusal as refusal:
        return show(item(key), message, edits, [str(refusal)], status=409)


def show(
    found: Submission, message: str, edits: Answers | None = None, errors: Sequence[str] = (), status: int = 200
) -> Response:
    """Show the fields, holding what was sent of them, with what can't be used of what was changed."""
    before = as_it_stands(found)
    answers = {**before, **(edits or {})}
    asks = [question for question in questions(kind=one(answers, "kind") or None) if not question.private]
    form = answers_form(asks, answers, skill_options())
    changes = edited(found, edits or {})
    problems = problems_with(session(), found, changes, parts().gazetteer, clock.uk_today()) if changes else ()
    rows = asked(form, asks, Proposal({}, problems))
    response = private(
        render_template(
            "moderation/edits.html",
            submission=found,
            key=found.key,
            title=found.title or "Without a title",
            sections=[(STEP_TITLES[step], [row for row in rows if row.question.step is step]) for step in ASKING],
            errors=summary(rows),
            notes=errors,
            message=message,
            number=sent(found).number,
        )
    )
    response.status_code = status
    return response


def is_editable(found: Submission) -> bool:
    """Say whether there is anything to edit, still."""
    return found.purpose in CAN_BE_EDITED and found.state is State.WAITING


def _editable(key: str) -> Submission:
    found = item(key)
    if found.purpose not in CAN_BE_EDITED:
        abort(404)
    return found


def _typed(found: Submission) -> dict[str, Answer]:
    """Read the answers as they were sent; those that weren't sent at all stay as they are."""
    asks = [question for question in questions() if not question.private]
    form = answers_form(asks, as_it_stands(found), skill_options(), request.form)
    return {name: answer for name, answer in form.answers.items() if name in request.form or "end" in request.form}
