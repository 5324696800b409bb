"""Share what is saved: a link that holds the ids, so that nothing about anybody is kept anywhere."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from directory.catalogue.queries import opportunities_by_id
from directory.catalogue.timing import next_change
from directory.exports.selection import Selection
from directory.foundation import addresses, clock
from directory.request_state import parts, session
from directory.web import exporting
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until
from directory.web.cards import card
from directory.web.qr import qr
from directory.web.saved.keeping import MOST, ids_of, joined

pages = Blueprint("shared", __name__)

ITEMS = "items"


@pages.get("/shared")
@open_to(ANYONE)
def page() -> Response:
    """Show the listings that a link holds, to whoever opens it."""
    asked = request.args.get(ITEMS, "")
    ids = ids_of(asked)[:MOST]
    if asked != joined(ids) and ids:
        return redirect(url_for("shared.page", items=joined(ids)), 301)
    now = clock.now()
    rows = opportunities_by_id(session(), ids)
    response = make_response(
        render_template(
            "saved/shared.html",
            cards=[card(row, now) for row in rows],
            gone=len(ids) - len(rows),
            items=joined(ids),
            ways=exporting.ways_of(url_for("shared.page"), ((ITEMS, joined(ids)),)),
            canonical=url_for("shared.page", items=joined(ids)),
        )
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return fresh_until(response, next_change((row.schedule for row in rows), now))


@pages.get("/shared/link")
@open_to(ANYONE)
def link() -> Response:
    """Show the link to hand over, as words and as a code."""
    ids = ids_of(request.args.get(ITEMS, ""))[:MOST]
    address = addresses.at(parts().settings, "/shared", items=joined(ids))
    response = make_response(
        render_template("saved/link.html", address=address, code=qr(address), items=joined(ids), count=len(ids))
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return fresh_until(response)


@pages.get("/shared.<any(csv, xlsx, ics, atom, json):ending>")
@open_to(ANYONE)
def other_format(ending: str) -> Response:
    """Give the listings that a link holds in another format."""
    ids = ids_of(request.args.get(ITEMS, ""))[:MOST]
    return exporting.answer(ending, f"{joined(ids)} {exporting.version()}", lambda: _selection(ids))


def _selection(ids: tuple[int, ...]) -> Selection:
    rows = opportunities_by_id(session(), ids)
    return Selection(
        title="Saved opportunities",
        description="Opportunities in cell and gene therapy that somebody picked.",
        path=url_for("shared.page"),
        pairs=((ITEMS, joined(ids)),),
        ids=tuple(row.id for row in rows),
        until=next_change((row.schedule for row in rows), clock.now()),
        gone=frozenset(ids),
    )
