"""An organisation's page: who it is and everything here that it offers or takes part in."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug import Response

from directory.catalogue import queries as catalogue
from directory.catalogue.timing import NOT_RUNNING, next_change, timing
from directory.exports import json_ld
from directory.foundation import addresses, clock
from directory.organisations.models import Organisation
from directory.organisations.queries import found_to_be, organisation_by_slug
from directory.request_state import parts, session
from directory.web.access import ANYONE, open_to
from directory.web.caching import page_until
from directory.web.cards import card
from directory.web.details import site_of

pages = Blueprint("organisation", __name__)


@pages.get("/organisations")
@open_to(ANYONE)
def every() -> str:
    """List every organisation with a listing."""
    return render_template("organisation/every.html", organisations=catalogue.organisations_with_listings(session()))


@pages.get("/organisations/<slug:slug>")
@open_to(ANYONE)
def page(slug: str) -> Response:
    """Show an organisation: what it offers, takes part in, what has closed. One found to be another leads there."""
    organisation = organisation_by_slug(session(), slug)
    if organisation is None:
        abort(404)
    if (now_called := found_to_be(session(), organisation)) is not organisation:
        return redirect(url_for("organisation.page", slug=now_called.slug), 301)
    now = clock.now()
    listings = catalogue.opportunities_of(session(), organisation)
    running = [row for row in listings if timing(row.schedule, now).state not in NOT_RUNNING]
    return page_until(
        next_change((row.schedule for row in listings), now),
        "organisation/page.html",
        organisation=organisation,
        linked_data=_linked_data(organisation),
        place=", ".join(dict.fromkeys(filter(None, (organisation.place, organisation.region or organisation.nation)))),
        site=organisation.url and site_of(organisation.url),
        offers=[card(row, now) for row in running if row.organisation_id == organisation.id],
        takes_part=[card(row, now) for row in running if row.organisation_id != organisation.id],
        not_running=[card(row, now) for row in listings if row not in running],
    )


def _linked_data(organisation: Organisation) -> list[json_ld.Thing]:
    """Give what search engines read: the way here, and who it is."""
    settings = parts().settings
    trail = json_ld.breadcrumbs(
        (settings.site_name, addresses.home(settings)),
        ("Organisations", addresses.at(settings, url_for("organisation.every"))),
        (organisation.name, addresses.organisation(settings, organisation.slug)),
    )
    return [trail, json_ld.of_organisation(organisation, settings)]
