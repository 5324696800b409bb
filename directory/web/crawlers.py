"""What machines ask every site for: robots.txt, the map of its pages, and the icon beside its name."""

from collections.abc import Iterator

from flask import Blueprint, Response, abort, redirect, url_for
from werkzeug import Response as AnyResponse

from directory.catalogue import queries as catalogue
from directory.exports import sitemap
from directory.exports.sitemap import PageOfSite
from directory.foundation import addresses, clock
from directory.request_state import parts, session
from directory.search.query import SearchQuery
from directory.search.selecting import select
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until

pages = Blueprint("crawlers", __name__)

# Every combination of choices is an address, in every format: crawlers would walk them for ever. The listings are open.
ROBOTS = """User-agent: *
Disallow: /search?
Disallow: /search.
Disallow: /search/download
Disallow: /opportunities/*.ics$
Disallow: /complete
Disallow: /appearance
Allow: /

Sitemap: {sitemap}
"""
LASTING = (
    *("home.page", "results.page", "organisation.every", "reading.about", "reading.how_we_check", "reading.glossary"),
    *("reading.data_and_licences", "reading.accessibility", "reading.privacy"),
)


@pages.get("/robots.txt")
@open_to(ANYONE)
def robots() -> Response:
    """Tell crawlers what to leave alone, and where the map is."""
    return Response(ROBOTS.format(sitemap=addresses.at(parts().settings, "/sitemap.xml")), mimetype="text/plain")


@pages.get("/sitemap.xml")
@open_to(ANYONE)
def whole_map() -> Response:
    """Name every page worth finding: listings that run, organisations, what is to be read."""
    every = _every_page()
    if len(every) <= sitemap.MOST_PAGES:
        return _xml(sitemap.of_pages(every))
    several = [
        addresses.at(parts().settings, url_for("crawlers.part_of_map", number=number))
        for number in range(1, sitemap.maps_of(every) + 1)
    ]
    return _xml(sitemap.of_maps(several))


@pages.get("/sitemap-<int:number>.xml")
@open_to(ANYONE)
def part_of_map(number: int) -> Response:
    """Give one of several maps, for a site with more pages than one may name."""
    every = _every_page()
    if not 1 <= number <= sitemap.maps_of(every) or len(every) <= sitemap.MOST_PAGES:
        abort(404)
    return _xml(sitemap.of_pages(every[(number - 1) * sitemap.MOST_PAGES : number * sitemap.MOST_PAGES]))


@pages.get("/favicon.ico")
@pages.get("/favicon.svg")
@open_to(ANYONE)
def icon() -> AnyResponse:
    """Lead browsers that guess to the icon."""
    return redirect(url_for("static", filename="icons/mark.svg"), 302)


def _every_page() -> list[PageOfSite]:
    return [*_lasting_pages(), *_organisations(), *_running_listings()]


def _lasting_pages() -> Iterator[PageOfSite]:
    return (PageOfSite(addresses.at(parts().settings, url_for(endpoint))) for endpoint in LASTING)


def _organisations() -> Iterator[PageOfSite]:
    for organisation, _count in catalogue.organisations_with_listings(session()):
        yield PageOfSite(addresses.organisation(parts().settings, organisation.slug))


def _running_listings() -> Iterator[PageOfSite]:
    """Go through what a search for everything finds, the oldest first: it leaves out what closed."""
    found = select(session(), parts().search, parts().gazetteer, SearchQuery(), clock.now(), parts().vocabulary)
    for slug, changed_at in catalogue.changed_when(session(), sorted(found.ids)):
        yield PageOfSite(addresses.opportunity(parts().settings, slug), changed_at)


def _xml(text: str) -> Response:
    return fresh_until(Response(text, mimetype="application/xml"))
