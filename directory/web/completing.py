"""What the search fields ask while somebody types: a few ways to go on, as JSON. Nothing of it is kept."""

from flask import Blueprint, Response, jsonify, request

from directory.catalogue.kinds import KINDS
from directory.foundation import clock
from directory.request_state import parts, session
from directory.search.completing import Completed, Completion, CompletionKind, complete, complete_place
from directory.search.query import NEAR, TEXT
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until

pages = Blueprint("completing", __name__)

ICONS = {
    CompletionKind.ORGANISATION: "i-people",
    CompletionKind.SKILL: "i-search",
    CompletionKind.PLACE: "i-pin",
}


@pages.get("/complete")
@open_to(ANYONE)
def page() -> Response:
    """Complete the words of a search, or with ``near`` a place. Whatever is typed, the answer is a list."""
    near = request.args.get(NEAR)
    if near is not None:
        completed = complete_place(parts().gazetteer, near)
    else:
        typed = request.args.get(TEXT, "")
        completed = complete(session(), parts().search, parts().gazetteer, typed, clock.now())
    return fresh_until(jsonify(_shown(completed)), completed.holds_until)


def _shown(completed: Completed) -> list[dict[str, str]]:
    """Give what a list of completions draws: the words, what tells them apart, a drawing and its colours."""
    return [_option(completion) for completion in completed.completions]


def _option(completion: Completion) -> dict[str, str]:
    option = {"text": completion.text, "detail": completion.detail}
    if completion.listing is None:
        return {**option, "drawing": ICONS[completion.kind]}
    return {**option, "drawing": f"k-{KINDS[completion.listing].prefix}"}
