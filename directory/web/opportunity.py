"""An opportunity's page: everything needed to decide, in the order of a person's questions."""

from datetime import datetime

from flask import Blueprint, abort, make_response, render_template, url_for
from werkzeug import Response

from directory.catalogue import queries as catalogue
from directory.catalogue.kinds import KINDS
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.timing import NOT_RUNNING, next_change, timing
from directory.exports import json_ld
from directory.foundation import addresses, clock
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
    """Show one listing. A closed one says so and offers the next thing; a withdrawn or hidden one is gone (410)."""
    opportunity = catalogue.opportunity_by_slug(session(), slug)
    if opportunity is None:
        abort(404)
    if opportunity.standing is Standing.WITHDRAWN:
        abort(410)
    now = clock.now()
    if opportunity.standing is Standing.HIDDEN:
        return _hidden(opportunity, now)
    when = timing(opportunity.schedule, now)
    programmes = catalogue.parts_of(session(), opportunity)
    alike = similar(session(), parts().search, opportunity, MOST_SIMILAR, now)
    told = details(opportunity, now)
    return page_until(
        next_change((row.schedule for row in (opportunity, *programmes, *alike)), now),
        "opportunity/page.html",
        opportunity=opportunity,
        card=card(opportunity, now),
        details=told,
        calendar=None if told.only_past else url_for("exporting.of_one", slug=slug),
        linked_data=_linked_data(opportunity, now),
        is_running=when.state not in NOT_RUNNING,
        glossary=catalogue.glossary(session(), opportunity.glossary),
        programmes=[card(row, now) for row in programmes],
        similar=[card(row, now) for row in alike],
    )


def _linked_data(opportunity: Opportunity, now: datetime) -> list[json_ld.Thing]:
    """Give what search engines read: the way here, and the listing itself while it runs."""
    settings = parts().settings
    trail = json_ld.breadcrumbs(
        (settings.site_name, addresses.home(settings)),
        (KINDS[opportunity.kind].plural, addresses.at(settings, url_for("results.page"), kind=opportunity.kind)),
        (opportunity.title, addresses.opportunity(settings, opportunity.slug)),
    )
    itself = json_ld.of_opportunity(opportunity, now, settings)
    return [trail, itself] if itself else [trail]


def _hidden(opportunity: Opportunity, now: datetime) -> Response:
    """Say that nobody has told us it is still open, and offer what is like it."""
    alike = similar(session(), parts().search, opportunity, MOST_SIMILAR, now)
    page = render_template(
        "opportunity/hidden.html",
        title=opportunity.title,
        organisation=opportunity.organisation,
        similar=[card(row, now) for row in alike],
    )
    return make_response(page, 410)
