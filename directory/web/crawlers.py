"""What machines ask every site for: robots.txt, and the icon beside its name."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug import Response as AnyResponse

from directory.web.access import ANYONE, open_to

pages = Blueprint("crawlers", __name__)

# Every combination of choices is an address: crawlers would walk them for ever. The listings themselves are open.
ROBOTS = """User-agent: *
Disallow: /search?
Disallow: /complete
Disallow: /appearance
Allow: /
"""


@pages.get("/robots.txt")
@open_to(ANYONE)
def robots() -> Response:
    """Tell crawlers what to leave alone."""
    return Response(ROBOTS, mimetype="text/plain")


@pages.get("/favicon.ico")
@pages.get("/favicon.svg")
@open_to(ANYONE)
def icon() -> AnyResponse:
    """Lead browsers that guess to the icon."""
    return redirect(url_for("static", filename="icons/mark.svg"), 302)
