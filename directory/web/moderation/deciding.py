"""The decision's form: what was sent must agree with itself, and is shown again, as typed, when it doesn't."""

from collections.abc import Iterator

from flask import Blueprint, request
from werkzeug import Response

from directory.foundation.refusals import Refusal
from directory.request_state import session
from directory.submissions.deciding import LONGEST_COMPLAINT, LONGEST_MESSAGE
from directory.submissions.deciding_letters import Complaint
from directory.submissions.fields import QUESTIONS, Answers
from directory.submissions.models import Reason
from directory.submissions.queries import reasons
from directory.web.access import MODERATOR, keeps_what_was_typed, open_to
from directory.web.moderation import editing
from directory.web.moderation.carrying_out import AWAY, CUT, carry_out
from directory.web.moderation.review import Typed, item, show
from directory.web.security import csrf_failed

pages = Blueprint("deciding", __name__, url_prefix="/moderation")

APPROVE, EDIT, RETURN = "approve", "edits", "return"
DECISIONS = (APPROVE, EDIT, RETURN)


@pages.post("/<key>/decide")
@keeps_what_was_typed
@open_to(MODERATOR)
def decide(key: str) -> Response:
    """Decide one, or say what doesn't agree; choosing edits leads to the fields."""
    found = item(key)
    typed = typed_in_form()
    errors = [AWAY] if csrf_failed() else list(_disagreements(typed))
    if errors:
        return show(found, typed, errors, status=400 if csrf_failed() else 422)
    if typed.decision == EDIT and editing.is_editable(found):
        return editing.show(found, typed.message)
    complaints = list(_complaints(typed)) if typed.decision == RETURN else None
    edits: Answers | None = {} if typed.decision == EDIT else None
    try:
        return carry_out(found, typed.message, complaints=complaints, edits=edits)
    except Refusal as refusal:
        return show(item(key), typed, [str(refusal)], status=409)


def typed_in_form() -> Typed:
    """Read the form as it was sent: nothing in it can raise."""
    form = request.form
    said = {name.removeprefix("words-"): form[name] for name in form if name.startswith("words-")}
    fields, notes = form.getlist("note_field"), form.getlist("note")
    return Typed(
        decision=form.get("decision", ""),
        reasons=frozenset(form.getlist("reason")),
        reason_words=said,
        notes=tuple(zip(fields, notes, strict=False))[:20],
        message=form.get("message", ""),
    )


def _disagreements(typed: Typed) -> Iterator[str]:
    """Say what of the form doesn't agree with the rest of it."""
    complains = bool(typed.reasons or any(words.strip() for _name, words in typed.notes))
    if "end" not in request.form:
        yield CUT
    if typed.decision not in DECISIONS:
        yield "Choose what you decide: approve, approve with your edits, or return"
    elif typed.decision == RETURN:
        if not complains:
            yield "Tick at least one reason, or say something about one answer"
        elif not {str(reason.id) for reason in reasons(session())} >= typed.reasons:
            yield "One of the reasons isn’t offered any more. Tick another"
        if any(not _words_of(typed, str(reason.id), reason.words) for reason in _ticked(typed)):
            yield "Say what they’ll read for each reason you ticked"
    elif complains:
        yield "You chose to approve and gave reasons for returning. Choose Return, or take the reasons away"
    for name, words in typed.notes:
        if name and name not in QUESTIONS:
            yield "Choose an answer from the list for your note"
        elif name and not words.strip():
            yield f"Say what to change about ‘{QUESTIONS[name].label}’, or choose no answer for it"
    longest = max(
        (len(words) for words in (*typed.reason_words.values(), *(note for _, note in typed.notes))), default=0
    )
    if longest > LONGEST_COMPLAINT:
        yield f"A reason must be {LONGEST_COMPLAINT:,} characters or fewer. Yours has {longest:,}"
    if len(typed.message) > LONGEST_MESSAGE:
        yield f"The message must be {LONGEST_MESSAGE:,} characters or fewer. Yours has {len(typed.message):,}"


def _complaints(typed: Typed) -> Iterator[Complaint]:
    for reason in _ticked(typed):
        yield Complaint(reason.field, _words_of(typed, str(reason.id), reason.words), reason.label)
    for name, words in typed.notes:
        if words.strip():
            yield Complaint(name, words.strip())


def _ticked(typed: Typed) -> list[Reason]:
    return [reason for reason in reasons(session()) if str(reason.id) in typed.reasons]


def _words_of(typed: Typed, id: str, usual: str) -> str:
    return typed.reason_words.get(id, usual).strip()
