"""Addresses short enough for a code that still scans at 19 mm: they lead to the page itself."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, url_for
from werkzeug import Response

from directory.catalogue.queries import slug_of
from directory.request_state import parts, session
from directory.web.access import ANYONE, open_to

pages = Blueprint("short_addresses", __name__)

LARGEST = 2**31 - 1


@pages.get(f"/o/<int(max={LARGEST}):number>")
@pages.get(f"/O/<int(max={LARGEST}):number>", endpoint="in_capitals")
@open_to(ANYONE)
def opportunity(number: int) -> Response:
    """Lead to a listing's page, which also says when it is gone."""
    slug = slug_of(session(), number)
    if slug is None:
        abort(404)
    return redirect(url_for("opportunity.page", slug=slug), 302)


def to_scan(number: int) -> str:
    """Give a listing's address for a code: in capitals, of which a code needs fewer and larger modules.

    Schemes and hosts are the same in capitals; a folder that the site may stand in isn't.
    """
    site = parts().settings.site_address
    address = f"{site}/o/{number}"
    return address if urlsplit(site).path else address.upper()
