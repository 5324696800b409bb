"""The results page: a search, read back, with its filters, counts and cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from werkzeug import Response

from directory.catalogue.kinds import KINDS
from directory.catalogue.models import Opportunity
from directory.foundation import clock
from directory.request_state import parts, session
from directory.search.completing import ideas
from directory.search.engine import PAGE_SIZE
from directory.search.facets import FACETS, KIND, STAGE, WHERE
from directory.search.find import Found, find
from directory.search.query import AS_WORDS, SORT, TEXT, WITHIN, SearchQuery
from directory.search.views import FacetView
from directory.search.views import Link as Changed
from directory.web.access import ANYONE, open_to
from directory.web.caching import page_until
from directory.web.cards import card
from directory.web.exporting import ways_of_search

pages = Blueprint("results", __name__)

OPEN_FACETS = (KIND, STAGE, WHERE)


@dataclass(frozen=True, slots=True)
class Option:
    """A tick box of a facet. ``hidden_first`` rows show when the facet is unfolded."""

    value: str
    label: str
    count: int
    chosen: bool
    prefix: str | None
    hidden_first: bool


@dataclass(frozen=True, slots=True)
class Where:
    """The place fields above the regions."""

    near: str
    within: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as its component draws it."""

    name: str
    title: str
    open: bool
    summary: str
    options: tuple[Option, ...]
    extra: Where | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the page: to the same search with one thing changed."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class PageLink:
    """A numbered page; a gap has no address."""

    number: str
    url: str | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change that would find more."""

    text: str
    url: str
    count: int


@pages.get("/search")
@open_to(ANYONE)
def page() -> Response:
    """Answer a search. Whatever stands in the address is an answer or a clear sentence, never an error."""
    now = clock.now()
    query = SearchQuery.from_pairs(request.args.items(multi=True))
    found = find(session(), parts().search, parts().gazetteer, query, now, parts().vocabulary)
    cards = {
        row.id: card(row, now, miles=found.miles.get(row.id), snippet=found.snippets.get(row.id, ()))
        for row in _rows(found)
    }
    return page_until(
        found.page.holds_until,
        "results/page.html",
        found=found,
        canonical=address(found.spelt),
        ideas=ideas(session(), parts().search, now),
        cards=[cards[row.id] for row in found.rows],
        some_words_cards=[cards[row.id] for row in found.rows_with_some_words],
        facets=[_facet(view, found) for view in found.facets],
        kept_by_filters=[*_kept(found.query, TEXT, SORT), *((AS_WORDS, name) for name in found.settled_by_words)],
        kept_by_words=_kept(found.asked, *(facet.name for facet in FACETS), WITHIN, SORT),
        as_spelt=address(found.as_spelt) if found.readings else None,
        chips=_links(found.chips),
        clear_url=address(found.cleared) if len(found.chips) > 1 else None,
        sorts=_links(found.sorts),
        other_places=_links(found.other_places),
        suggestion=Change(found.spelling.label, address(found.spelling.query), 0) if found.spelling else None,
        as_typed=address(found.put_right.query) if found.put_right else None,
        changes=[
            Change(offer.label, address(offer.query), offer.count) for offer in found.relaxations or found.ways_out
        ],
        pages=[
            PageLink(link.label, address(link.query), link.chosen) if link else PageLink("…", None)
            for link in found.pages
        ],
        previous=address(found.previous) if found.previous else None,
        next=address(found.next) if found.next else None,
        counted=_counted(found),
        share_url=url_for("list_making.ask", rule=urlencode(found.spelt.with_page(1).to_pairs()) or None),
        ways=ways_of_search(tuple(found.spelt.with_page(1).to_pairs())),
        not_running_url=address(found.with_not_running) if found.page.not_running else None,
    )


def address(query: SearchQuery) -> str:
    """Give the address of a search, in its one spelling."""
    values: dict[str, Any] = {}
    for name, value in query.to_pairs():
        values.setdefault(name, []).append(value)
    return url_for("results.page", **values)


def _rows(found: Found) -> tuple[Opportunity, ...]:
    return (*found.rows, *found.rows_with_some_words)


def _kept(query: SearchQuery, *names: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in query.to_pairs() if name in names]


def _links(changed: Iterable[Changed]) -> list[Link]:
    return [Link(link.label, address(link.query), link.chosen) for link in changed]


def _facet(view: FacetView, found: Found) -> Facet:
    prefixes = {str(kind.name): kind.prefix for kind in KINDS.values()} if view.name == KIND else {}
    return Facet(
        name=view.name,
        title=view.title,
        open=view.name in OPEN_FACETS or view.is_on,
        summary=view.summary,
        options=tuple(
            Option(
                option.value, option.label, option.count, option.chosen, prefixes.get(option.value), not option.first
            )
            for option in view.options
        ),
        extra=_where(found) if view.name == WHERE else None,
    )


def _where(found: Found) -> Where:
    return Where(
        near=found.query.near,
        within=tuple(
            Option(str(within.miles or ""), within.label, 0, within.chosen, None, False) for within in found.withins
        ),
    )


def _counted(found: Found) -> str:
    """Say which of how many stand on this page: "1 to 20 of 37"."""
    total = found.page.total + found.page.more
    if not total:
        return ""
    first = (found.page.number - 1) * PAGE_SIZE + 1
    return f"{first:,} to {min(first + PAGE_SIZE - 1, total):,} of {total:,}"
