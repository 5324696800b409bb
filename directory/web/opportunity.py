"""An opportunity's page: everything needed to decide, in the order of a person's questions."""

from flask import Blueprint, abort
from werkzeug import Response

from directory.catalogue import queries as catalogue
from directory.catalogue.models import Standing
from directory.catalogue.timing import NOT_RUNNING, next_change, timing
from directory.foundation import clock
from directory.request_state import parts, session
from directory.search.similar import similar
from directory.web.access import ANYONE, open_to
from directory.web.caching import page_until
from directory.web.cards import card
from directory.web.details import details

pages = Blueprint("opportunity", __name__, url_prefix="/opportunities")

MOST_SIMILAR = 3


@pages.get("/<slug:slug>")
@open_to(ANYONE)
def page(slug: str) -> Response:
    """Show one listing. A closed one says so and offers the next thing; a withdrawn one is gone (410)."""
    opportunity = catalogue.opportunity_by_slug(session(), slug)
    if opportunity is None:
        abort(404)
    if opportunity.standing is Standing.WITHDRAWN:
        abort(410)
    now = clock.now()
    when = timing(opportunity.schedule, now)
    programmes = catalogue.parts_of(session(), opportunity)
    alike = similar(session(), parts().search, opportunity, MOST_SIMILAR, now)
    return page_until(
        next_change((row.schedule for row in (opportunity, *programmes, *alike)), now),
        "opportunity/page.html",
        opportunity=opportunity,
        card=card(opportunity, now),
        details=details(opportunity, now),
        is_running=when.state not in NOT_RUNNING,
        glossary=catalogue.glossary(session(), opportunity.glossary),
        programmes=[card(row, now) for row in programmes],
        similar=[card(row, now) for row in alike],
    )
