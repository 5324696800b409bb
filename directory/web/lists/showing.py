"""A list as anybody meets it: its page, all that its search finds, and every format."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from werkzeug import Response

from directory.catalogue.models import Opportunity
from directory.exports.selection import Selection
from directory.foundation import clock
from directory.foundation.date_words import long_day, uk_day
from directory.lists.codes import class_code
from directory.lists.models import SharedList
from directory.lists.offering import newest_first
from directory.lists.viewing import Picked, View, view
from directory.request_state import asking, session
from directory.search.views import pages_around
from directory.web import exporting
from directory.web.access import ANYONE, open_to
from directory.web.cards import Card, card
from directory.web.exporting import FEEDS
from directory.web.lists.class_codes import lead_on
from directory.web.lists.embedding import lines_to_paste
from directory.web.lists.kept_pages import Rendered, kept_page
from directory.web.lists.opened import count_opened
from directory.web.lists.standing import NoSuchList, standing
from directory.web.lists.ways_in import ways_in
from directory.web.results import PageLink
from directory.web.results import address as search_address

pages = Blueprint("list_showing", __name__)

# Past these a list has lighter cards, so that 200 pins with notes stay light on a phone.
WHOLE_CARDS = 20
SAMPLES = 3
A_PAGE = 20
MOST_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Item:
    """A pin as its page shows it: its card, the note beside it and, once it closed, the next thing to try."""

    card: Card
    note: str
    instead: Card | None = None


@pages.get("/l/<address>")
@open_to(ANYONE)
def page(address: str) -> Response:
    """Show a list. A class code in its place leads to it; one that was taken down says so (410)."""
    if class_code(address):  # no address is one: it holds no vowels
        return lead_on(address)
    shared_list = standing(address)
    count_opened(shared_list)
    return kept_page(shared_list, "page", lambda: _page(shared_list))


@pages.get("/l/<address>/more")
@open_to(ANYONE)
def more(address: str) -> Response:
    """Show all that its search finds, a page at a time."""
    shared_list = standing(address)
    number = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    return kept_page(shared_list, f"more {number}", lambda: _more(shared_list, number))


@pages.get("/l/<address>.<any(csv, xlsx, ics, atom, json):ending>")
@open_to(ANYONE)
def other_format(address: str, ending: str) -> Response:
    """Give it in another format."""
    shared_list = standing(address)
    version = f"{shared_list.id} {shared_list.version} {exporting.version()}"
    return exporting.answer(ending, version, lambda: _selection(shared_list, is_feed=ending in FEEDS))


@pages.get("/l/<address>/download")
@open_to(ANYONE)
def take_away(address: str) -> Response:
    """Say how to take it away: as a calendar, a spreadsheet or a feed."""
    shared_list = standing(address)
    return exporting.take_away_page(_selection(shared_list), ways_of_list(shared_list))


def ways_of_list(shared_list: SharedList) -> exporting.Ways:
    """Give the ways to take a list away."""
    path = url_for("list_showing.page", address=shared_list.address)
    return exporting.ways_of(path, page=url_for("list_showing.take_away", address=shared_list.address))


def _selection(shared_list: SharedList, *, is_feed: bool = False) -> Selection:
    """Select what a list holds, in its order; in a feed the newest is first, since people see its first page only."""
    shown = view(asking(), shared_list, most=0)
    return Selection(
        title=shared_list.title,
        description=shared_list.introduction or "A list of opportunities in cell and gene therapy.",
        path=url_for("list_showing.page", address=shared_list.address),
        ids=newest_first(session(), shared_list, shown.ids) if is_feed else shown.ids,
        until=shown.holds_until,
        notes={one.opportunity.id: one.note for one in (*shown.picked, *shown.just_closed) if one.note},
        changed_at=shared_list.changed_at,
    )


def _page(shared_list: SharedList) -> Rendered:
    ask = asking()
    shown = view(ask, shared_list, most=SAMPLES)
    items = _items(shown.picked)
    page = render_template(
        "lists/page.html",
        shared_list=shared_list,
        items=items[:WHOLE_CARDS],
        shorter=items[WHOLE_CARDS:],
        just_closed=_items(shown.just_closed),
        ruled=shown.ruled,
        counts=_counts(shown),
        changed_on=long_day(uk_day(shared_list.changed_at)),
        samples=_cards(shown),
        news=_news(shown),
        search_url=search_address(shown.ruled.query) if shown.ruled else None,
        ways=ways_of_list(shared_list),
        lines=lines_to_paste(shared_list),
        canonical=url_for("list_showing.page", address=shared_list.address),
        **ways_in(shared_list),
    )
    return page, shown.holds_until


def _more(shared_list: SharedList, number: int) -> Rendered:
    shown = view(asking(), shared_list, first=(number - 1) * A_PAGE, most=A_PAGE)
    if shown.ruled is None or (number > 1 and not shown.ruled.rows):
        raise NoSuchList
    total = len(shown.ruled.ids)
    last = max(1, -(-total // A_PAGE))

    def address(number: int) -> str:
        return url_for("list_showing.more", address=shared_list.address, page=number if number > 1 else None)

    page = render_template(
        "lists/more.html",
        shared_list=shared_list,
        ruled=shown.ruled,
        cards=_cards(shown),
        search_url=search_address(shown.ruled.query),
        pages=[
            PageLink(str(one), address(one), one == number) if one else PageLink("…", None)
            for one in pages_around(number, last)
        ],
        previous=address(number - 1) if number > 1 else None,
        next=address(number + 1) if number < last else None,
        counted=f"{(number - 1) * A_PAGE + 1:,} to {min(number * A_PAGE, total):,} of {total:,}" if total else "",
    )
    return page, shown.holds_until


def _items(picked: Iterable[Picked]) -> list[Item]:
    now = clock.now()

    def drawn(row: Opportunity | None) -> Card | None:
        return card(row, now) if row else None

    return [Item(card(one.opportunity, now), one.note, drawn(one.instead)) for one in picked]


def _cards(shown: View) -> list[tuple[Card, bool]]:
    """Show what was read of what the search finds, and whether each is new."""
    if shown.ruled is None:
        return []
    return [(card(row, clock.now()), row.id in shown.ruled.new) for row in shown.ruled.rows]


def _counts(shown: View) -> str:
    """Say how many there are: "16 opportunities · 4 picked by us, 12 that update themselves"."""
    picked, found = len(shown.picked), len(shown.ruled.ids) if shown.ruled else 0
    total = picked + found
    words = f"{total:,} {'opportunity' if total == 1 else 'opportunities'}"
    if not (found and picked):
        return words
    return (
        f"{words} · {picked:,} picked by us, {found:,} that {'updates itself' if found == 1 else 'update themselves'}"
    )


def _news(shown: View) -> str | None:
    """Say what the search finds and what changed: "12 match today. 2 are new since 20 November 2026, 1 closed"."""
    if shown.ruled is None:
        return None
    found, new, closed = len(shown.ruled.ids), len(shown.ruled.new), shown.ruled.closed
    since = f"since {long_day(uk_day(shown.ruled.since))}"
    told = f"{found:,} {'matches' if found == 1 else 'match'} today"
    changes = [f"{new:,} {'is' if new == 1 else 'are'} new"] if new else []
    changes += [f"{closed:,} closed"] if closed else []
    return f"{told}. {', '.join(changes).capitalize() if changes else 'Nothing new'} {since}."
