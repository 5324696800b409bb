"""For advisers: what a list is, ways to begin one, and the lists of whoever is signed in."""

from flask import Blueprint, Response, make_response, render_template
from werkzeug import Response as AnyResponse

from directory.foundation.date_words import long_day, uk_day
from directory.lists.queries import lists_of
from directory.request_state import session, signed_in
from directory.web.access import ANYONE, SIGNED_IN, open_to
from directory.web.caching import private

pages = Blueprint("advisers", __name__)


@pages.get("/advisers")
@open_to(ANYONE)
def page() -> Response:
    """Say what a list does for a class, and where to begin."""
    return make_response(render_template("lists/advisers.html"))


@pages.get("/lists/mine")
@open_to(SIGNED_IN)
def mine() -> AnyResponse:
    """Show the lists that whoever is signed in may edit."""
    rows = [(one, long_day(uk_day(one.changed_at))) for one in lists_of(session(), signed_in().email or "")]
    return private(render_template("lists/mine.html", rows=rows))
