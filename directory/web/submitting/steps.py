"""The five steps and the one long page: each saves what was typed, says what to fix, and shows how it will look."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.clock import UK
from directory.foundation.date_words import hour
from directory.request_state import session
from directory.submissions import actions
from directory.submissions.claiming import WITHOUT_STEPS
from directory.submissions.fields import STEP_TITLES, Answers, Question, Step
from directory.submissions.models import State, Submission
from directory.submissions.origins import remarks_about
from directory.submissions.telling import told
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.forms.answers import AnswersForm, Asked, answers_form, asked, differs, sum_of, summary
from directory.web.security import csrf_failed
from directory.web.submitting import checking
from directory.web.submitting.drafts import (
    ASKING,
    asks,
    draft,
    first_to_do,
    preview_while_writing,
    proposal,
    returned,
    skill_options,
    steps_of,
)

pages = Blueprint("steps", __name__, url_prefix="/submit")

AWAY = "You’ve been away a while. What you typed is still here: send it again to save it"
SENT = (
    "This was sent for review meanwhile, so nothing was changed. What you typed is still here: take the listing back in"
    " another tab, then save again"
)
MEANWHILE = (
    "This was saved in another tab or by somebody else at {hour}. What they saved stands beside yours:"
    " send again to keep yours"
)


@pages.get("/<key>")
@open_to(ANYONE)
def whole(key: str) -> Response:
    """Lead to the first step that isn't done, or to where the submission stands."""
    found = draft(key)
    if found.state in (State.DRAFT, State.RETURNED) and found.purpose in WITHOUT_STEPS:
        return redirect(url_for("claiming.again", key=key), 303)
    if found.state in (State.DRAFT, State.RETURNED):
        return redirect(url_for("steps.show", key=key, step=first_to_do(found)), 303)
    return redirect(url_for("sending.standing", key=key), 303)


@pages.get("/<key>/<any(organisation, role, dates, who, check):step>")
@open_to(ANYONE)
def show(key: str, step: str) -> Response:
    """Show a step as it was saved. With ``fix`` it also says what can't be used yet."""
    found = draft(key)
    if found.state not in actions.CAN_BE_WRITTEN:
        return redirect(url_for("sending.standing", key=key), 303)
    if found.purpose in WITHOUT_STEPS:
        return redirect(url_for("claiming.again", key=key), 303)
    if step == Step.CHECK:
        return checking.page(found)
    questions = asks(found, Step(step))
    form = answers_form(questions, found.answers, skill_options())
    read = proposal(found, step=Step(step)) if "fix" in request.args else None
    return _page(found, Step(step), form, asked(form, questions, read, found.origins))


@pages.get("/<key>/all")
@open_to(ANYONE)
def show_all(key: str) -> Response:
    """Show every question on one long page."""
    found = draft(key)
    if found.state not in actions.CAN_BE_WRITTEN:
        return redirect(url_for("sending.standing", key=key), 303)
    if found.purpose in WITHOUT_STEPS:
        return redirect(url_for("claiming.again", key=key), 303)
    questions = asks(found)
    form = answers_form(questions, found.answers, skill_options())
    read = proposal(found) if "fix" in request.args else None
    return _page(found, None, form, asked(form, questions, read, found.origins))


@pages.post("/<key>/<any(organisation, role, dates, who):step>")
@keeps_what_was_typed
@open_to(ANYONE)
def save(key: str, step: str) -> Response:
    """Keep what was typed, usable or not; then go on, stay to fix something, or finish later."""
    return _save(draft(key), Step(step))


@pages.post("/<key>/all")
@keeps_what_was_typed
@open_to(ANYONE)
def save_all(key: str) -> Response:
    """Keep what was typed on the long page."""
    return _save(draft(key), None)


@pages.post("/<key>/preview")
@open_to(ANYONE)
def preview(key: str) -> Response:
    """Show the card that what stands in the form of a step, or of all, would make; nothing is kept."""
    found = draft(key)
    step = request.args.get("step", type=Step)
    form = answers_form(asks(found, step), found.answers, skill_options(), request.form)
    return private(render_template("submit/as_you_type.html", preview=preview_while_writing(found, form.answers, step)))


def _save(found: Submission, step: Step | None) -> Response:
    if found.purpose in WITHOUT_STEPS:
        return redirect(url_for("claiming.again", key=found.key), 303)
    questions = asks(found, step)
    form = answers_form(questions, found.answers, skill_options(), request.form)
    said = form.answers
    problem = _stale(found, questions, form)
    if problem:
        theirs = {question.name: told(question, found.answers) for question in differs(questions, said, found.answers)}
        form.seen.data = sum_of(questions, found.answers)
        rows = asked(form, questions, None, found.origins, theirs)
        return _page(found, step, form, rows, remark=problem, status=409)
    actions.save(found, said, clock.now())
    session().commit()
    if request.form.get("then") == "later":
        return redirect(url_for("finishing.later", key=found.key), 303)
    return _answer(found, step)


def _stale(found: Submission, questions: Sequence[Question], form: AnswersForm) -> str | None:
    """Say why what was sent isn't saved: the sign-in isn't vouched for, or somebody sent or saved it since."""
    if csrf_failed():
        return AWAY
    if found.state not in actions.CAN_BE_WRITTEN:
        return SENT
    seen, saved = form.seen.data, sum_of(questions, found.answers)
    if seen and seen != saved and any(differs(questions, form.answers, found.answers)):
        at = found.saved_at.astimezone(UK).time()
        return MEANWHILE.format(hour=hour(at))
    return None


def _answer(found: Submission, step: Step | None) -> Response:
    """Go on when all of the step can be used, or when somebody would rather go on; else show what to fix."""
    read = proposal(found, step=step)
    questions = asks(found, step)
    form = answers_form(questions, found.answers, skill_options())
    rows = asked(form, questions, read, found.origins)
    if summary(rows) and request.form.get("then") != "anyway":
        return _page(found, step, form, rows, status=422)
    if step is None:
        return redirect(url_for("steps.show", key=found.key, step=Step.CHECK), 303)
    following = tuple(Step)[tuple(Step).index(step) + 1]
    return redirect(url_for("steps.show", key=found.key, step=following), 303)


def _page(
    found: Submission,
    step: Step | None,
    form: AnswersForm,
    rows: Sequence[Asked],
    *,
    remark: str | None = None,
    status: int = 200,
) -> Response:
    before = ASKING[ASKING.index(step) - 1] if step and ASKING.index(step) else None
    page = render_template(
        "submit/step.html",
        submission=found,
        step=step,
        title=STEP_TITLES[step] if step else "Everything on one page",
        number=ASKING.index(step) + 1 if step else None,
        steps=steps_of(found, step),
        back=before and (STEP_TITLES[before], url_for("steps.show", key=found.key, step=before)),
        sections=_sections(rows) if step is None else [(None, rows)],
        seen=form.seen.data,
        errors=summary(rows),
        remark=remark,
        left_open=remarks_about(found.origins) if step in (Step.ORGANISATION, None) else (),
        kept=_kept(found),
        returned=returned(found),
        action=url_for("steps.save", key=found.key, step=step) if step else url_for("steps.save_all", key=found.key),
        preview=preview_while_writing(found, form.answers, step),
    )
    response = private(page)
    response.status_code = status
    return response


def _sections(rows: Sequence[Asked]) -> list[tuple[str, list[Asked]]]:
    return [(STEP_TITLES[step], [row for row in rows if row.question.step is step]) for step in ASKING]


def _kept(found: Submission) -> Mapping[str, Any] | None:
    """Give what was sent while its owner was signed out, if it is still to be put in."""
    kept = found.origins.get(actions.BESIDE)
    return kept if isinstance(kept, dict) else None


@pages.post("/<key>/kept")
@open_to(ANYONE)
def take_kept(key: str) -> Response:
    """Put in, or leave, what was sent while its owner was signed out."""
    found = draft(key)
    if found.state not in actions.CAN_BE_WRITTEN:
        abort(409)
    said: Answers = actions.take_beside(found)
    if request.form.get("then") == "use":
        actions.save(found, said, clock.now())
    session().commit()
    return redirect(url_for("steps.whole", key=key), 303)
