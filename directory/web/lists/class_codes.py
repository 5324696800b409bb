"""Class codes: four words that a room types to open a list. Right ones always lead on; wrong ones are counted."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from directory.lists import queries
from directory.lists.codes import WORDS_IN_A_CODE, class_code, nearest_code, typed_words, unknown_words
from directory.request_state import session
from directory.web.access import ANYONE, open_to
from directory.web.caching import private
from directory.web.limits import allow_network, refuse_who_had_enough

pages = Blueprint("class_codes", __name__)

UNKNOWN = "No list has this class code. Check each word"
FOUR_WORDS = "Enter four words, like ‘maple otter cello lantern’"
NUMBERS = ("no words", "one word", "two words", "three words")


@pages.get("/class")
@open_to(ANYONE)
def ask() -> Response:
    """Take a class code and lead to its list; a wrong one is shown again with what may be meant."""
    typed = " ".join(request.args.get("code", "").replace("\x00", "").split())[:200]
    if "code" in request.args:
        return lead_on(typed)
    return private(render_template("lists/class.html", typed="", problem=None, meant=None))


def lead_on(typed: str) -> Response:
    """Lead to the list with this class code. Only wrong ones count against their network, and only it has to wait."""
    refuse_who_had_enough("class code")
    shared_list = queries.by_class_code(session(), typed)
    if shared_list is not None:
        return redirect(url_for("list_showing.page", address=shared_list.address), 303)
    if class_code(typed):
        allow_network("class code")
        session().commit()
    page = render_template("lists/class.html", typed=typed, problem=_problem(typed), meant=nearest_code(typed))
    response = private(page)
    response.status_code = 404 if class_code(typed) else 422
    return response


def _problem(typed: str) -> str:
    """Say what is wrong with a code, and nothing of which lists there are."""
    if class_code(typed):
        return UNKNOWN
    number = len(typed_words(typed))
    if 1 < number < WORDS_IN_A_CODE:
        return f"{FOUR_WORDS}. You have {NUMBERS[number]}"
    odd = unknown_words(typed)
    if number == WORDS_IN_A_CODE and len(odd) < WORDS_IN_A_CODE:
        which = " and ".join(f"‘{word}’" for word in odd)
        return f"Check {which}: no class code has {'that word' if len(odd) == 1 else 'those words'}"
    return FOUR_WORDS
