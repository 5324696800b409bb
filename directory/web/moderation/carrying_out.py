"""Carrying a decision out: once, and then on to the next that waits."""

from collections.abc import Sequence

from flask import redirect, request, url_for
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.request_state import parts, session, signed_in
from directory.submissions.deciding import approve, return_
from directory.submissions.deciding_letters import Complaint
from directory.submissions.fields import Answers
from directory.submissions.models import Submission
from directory.submissions.queueing import neighbours
from directory.web.searchable import make_searchable

AWAY = "You’ve been away a while. What you typed is still here: press the button again"
CUT = "Part of the form didn’t arrive. What did is still here: look it through and press the button again"


def carry_out(
    found: Submission,
    message: str,
    *,
    complaints: Sequence[Complaint] | None = None,
    edits: Answers | None = None,
) -> Response:
    """Return it with ``complaints``, or approve it; raises Refusal, with everything undone, when it can't be.

    So whoever decides second is told who was first.
    """
    _place, _before, following = neighbours(session(), found, signed_in())
    try:
        _decide(found, message, complaints, edits)
    except Refusal:
        session().rollback()
        raise
    session().commit()
    if following:
        return redirect(url_for("review.page", key=following, after=found.key), 303)
    return redirect(url_for("queue.page", after=found.key), 303)


def _decide(found: Submission, message: str, complaints: Sequence[Complaint] | None, edits: Answers | None) -> None:
    me, now, settings, seen = signed_in(), clock.now(), parts().settings, _number_seen()
    if complaints is not None:
        return_(session(), found, me, now, settings, complaints, message, seen=seen)
    elif approve(session(), found, me, now, parts().gazetteer, settings, edits, message, seen=seen):
        make_searchable()


def _number_seen() -> int:
    """Give the number of the snapshot that the moderator looked at; 0, which is none, when that can't be read."""
    said = request.form.get("number", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
