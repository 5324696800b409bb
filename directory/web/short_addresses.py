"""Addresses short enough for a code that still scans at 19 mm: they lead to the page itself."""

from flask import Blueprint, abort, redirect, url_for
from werkzeug import Response

from directory.catalogue.queries import slug_of
from directory.request_state import session
from directory.web.access import ANYONE, open_to

pages = Blueprint("short_addresses", __name__)

LARGEST = 2**31 - 1


@pages.get(f"/o/<int(max={LARGEST}):number>")
@open_to(ANYONE)
def opportunity(number: int) -> Response:
    """Lead to a listing's page, which also says when it is gone."""
    slug = slug_of(session(), number)
    if slug is None:
        abort(404)
    return redirect(url_for("opportunity.page", slug=slug), 302)
