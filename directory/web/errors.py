"""When the answer is no, or we broke: a page that says so plainly."""

import re
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import HTTPException

from directory.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Words:
    """What a person is told."""

    title: str
    sentence: str


# 404, 410 and 500 have pages of their own; these share errors/other.html.
SAID = {
    400: Words("That didn't make sense to us", "Part of what your browser sent can't be read. Go back and try again."),
    403: Words(
        "That came from somewhere else",
        "We only take forms sent from our own pages. Open the page here, then press the button again.",
    ),
    405: Words("That page doesn't work that way", "It can't be opened like this. Start from one of these instead."),
    413: Words("That was too much at once", "What you sent is larger than we take. Send less and try again."),
    414: Words("That address is too long", "Search with fewer words, or take some of the choices away."),
    429: Words("That was a lot at once", "Wait a minute, then try again."),
}
OTHERWISE = Words("That didn't work", "Go back and try again.")

OWN_PAGES = {404, 410}


def answer_errors(app: Flask) -> None:
    """Turn a Refusal, an HTTP error and a mistake of ours into pages.

    An error that says more than its status has an ``own_page``, a template. The page for our own mistakes is rendered
    here, once, so that showing it can't go wrong.
    """
    ours = _render_once(app)

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        status = error.code or 500
        if status < 400:
            return make_response(error.get_response())
        if status >= 500:
            return make_response(ours, status)
        response = make_response(_page(status, getattr(error, "own_page", None)), status)
        response.headers.extend(_kept_headers(error))
        return response

    @app.errorhandler(Refusal)
    def explain(refusal: Refusal) -> Response:
        words = Words("That can't be done", str(refusal))
        return make_response(render_template("errors/other.html", words=words), HTTPStatus.CONFLICT)


def _page(status: int, own: str | None) -> str:
    if own:
        return render_template(own)
    if status in OWN_PAGES:
        return render_template(f"errors/{status}.html")
    return render_template("errors/other.html", words=SAID.get(status, OTHERWISE))


def _render_once(app: Flask) -> str:
    with app.test_request_context("/"):
        app.preprocess_request()
        return render_template("errors/500.html")


def _kept_headers(error: HTTPException) -> list[tuple[str, str]]:
    """Keep what the protocol asks to be said with the status, such as Allow and Retry-After."""
    return [(name, value) for name, value in error.get_headers() if not re.match("content-", name, re.IGNORECASE)]
