"""A list as anybody meets it: its page, its handout, its code on the wall, and every format."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.catalogue.models import Opportunity
from directory.exports.selection import Selection
from directory.foundation import addresses, clock
from directory.foundation.date_words import long_day, uk_day
from directory.lists import queries
from directory.lists.codes import class_code, nearest_code
from directory.lists.models import SharedList
from directory.lists.viewing import Picked, View, view
from directory.request_state import asking, parts, session
from directory.web import exporting
from directory.web.access import ANYONE, open_to
from directory.web.caching import private
from directory.web.cards import Card, card
from directory.web.limits import allow_network
from directory.web.lists.kept_pages import Rendered, kept_page
from directory.web.qr import qr, qr_file
from directory.web.results import PageLink
from directory.web.results import address as search_address

pages = Blueprint("list_showing", __name__)

WHOLE_CARDS = 20
SAMPLES = 3
A_PAGE = 20
MOST_PRINTED = 200
UNKNOWN = "No list has this class code. Check each word"
FOUR_WORDS = "Enter four words, like ‘maple otter cello lantern’"


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
    if (shared_list := queries.by_address(session(), address)) is None and class_code(address):
        return _by_code(address)
    shared_list = standing(shared_list)
    return kept_page(shared_list, "page", lambda: _page(shared_list))


@pages.get("/l/<address>/more")
@open_to(ANYONE)
def more(address: str) -> Response:
    """Show all that its search finds, a page at a time."""
    shared_list = standing(queries.by_address(session(), address))
    number = min(max(request.args.get("page", 1, type=int), 1), 1_000)
    return kept_page(shared_list, f"more {number}", lambda: _more(shared_list, number))


@pages.get("/l/<address>/print")
@open_to(ANYONE)
def handout(address: str) -> Response:
    """Show it as a handout for paper."""
    shared_list = standing(queries.by_address(session(), address))
    return kept_page(shared_list, "print", lambda: _handout(shared_list))


@pages.get("/l/<address>/qr")
@open_to(ANYONE)
def wall(address: str) -> Response:
    """Show its code and its address in letters that are read from the back of a room."""
    shared_list = standing(queries.by_address(session(), address))
    return kept_page(
        shared_list,
        "qr",
        lambda: (render_template("lists/wall.html", shared_list=shared_list, **_ways(shared_list)), None),
    )


@pages.get("/l/<address>/qr.<any(svg, png):ending>")
@open_to(ANYONE)
def code_file(address: str, ending: str) -> Response:
    """Give the code as a picture to put anywhere."""
    shared_list = standing(queries.by_address(session(), address))
    types = {"svg": "image/svg+xml", "png": "image/png"}
    response = Response(qr_file(public_address(shared_list), ending), content_type=types[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="qr-{shared_list.address}.{ending}"'
    return response


@pages.get("/l/<address>.<any(csv, xlsx, ics, atom, json):ending>")
@open_to(ANYONE)
def other_format(address: str, ending: str) -> Response:
    """Give it in another format."""
    shared_list = standing(queries.by_address(session(), address))
    version = f"{shared_list.id} {shared_list.version} {exporting.version()}"
    return exporting.answer(ending, version, lambda: _selection(shared_list))


@pages.get("/l/<address>/download")
@open_to(ANYONE)
def take_away(address: str) -> Response:
    """Say how to take it away: as a calendar, a spreadsheet or a feed."""
    shared_list = standing(queries.by_address(session(), address))
    return exporting.take_away_page(_selection(shared_list), ways_of_list(shared_list))


@pages.get("/class")
@open_to(ANYONE)
def enter_code() -> Response:
    """Take a class code and lead to its list; a wrong one is shown again with what may be meant."""
    typed = " ".join(request.args.get("code", "").replace("\x00", "").split())[:200]
    if typed:
        return _by_code(typed)
    return private(render_template("lists/class.html", typed="", problem=None, meant=None))


def public_address(shared_list: SharedList) -> str:
    """Give the short address of a list."""
    return addresses.at(parts().settings, f"/l/{shared_list.address}")


def ways_of_list(shared_list: SharedList) -> exporting.Ways:
    """Give the ways to take a list away."""
    path = url_for("list_showing.page", address=shared_list.address)
    return exporting.ways_of(path, page=url_for("list_showing.take_away", address=shared_list.address))


def _by_code(typed: str) -> Response:
    """Lead to the list with this class code; wrong ones are counted against their network."""
    shared_list = queries.by_class_code(session(), typed)
    if shared_list is not None:
        return redirect(url_for("list_showing.page", address=shared_list.address), 303)
    allow_network("class code")
    session().commit()
    is_code = class_code(typed) is not None
    page = render_template(
        "lists/class.html", typed=typed, problem=UNKNOWN if is_code else FOUR_WORDS, meant=nearest_code(typed)
    )
    response = private(page)
    response.status_code = 404 if is_code else 422
    return response


def standing(shared_list: SharedList | None) -> SharedList:
    """Let only a list pass that anybody may see: 404 for none, 410 for one that was taken down."""
    if shared_list is None:
        abort(404)
    if shared_list.taken_down_at is not None:
        abort(410)
    return shared_list


def _selection(shared_list: SharedList) -> Selection:
    shown = view(asking(), shared_list, most=0)
    return Selection(
        title=shared_list.title,
        description=shared_list.introduction or "A list of opportunities in cell and gene therapy.",
        path=url_for("list_showing.page", address=shared_list.address),
        ids=shown.ids,
        until=shown.holds_until,
        notes={one.opportunity.id: one.note for one in (*shown.picked, *shown.just_closed) if one.note},
    )


def _ways(shared_list: SharedList) -> dict[str, object]:
    """Give what leads to a list from outside: its address, with and without its scheme, and its code."""
    address = public_address(shared_list)
    return {"public_address": address, "short_address": address.partition("://")[2], "code": qr(address)}


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
        view=shown,
        counts=_counts(shown),
        changed_on=long_day(uk_day(shared_list.changed_at)),
        samples=_samples(shown),
        since=long_day(uk_day(shown.ruled.since)) if shown.ruled else None,
        search_url=search_address(shown.ruled.query) if shown.ruled else None,
        ways=ways_of_list(shared_list),
        canonical=url_for("list_showing.page", address=shared_list.address),
        **_ways(shared_list),
    )
    return page, shown.holds_until


def _more(shared_list: SharedList, number: int) -> Rendered:
    ask = asking()
    shown = view(ask, shared_list, first=(number - 1) * A_PAGE, most=A_PAGE)
    if shown.ruled is None or (number > 1 and not shown.ruled.rows):
        abort(404)
    total = len(shown.ruled.ids)
    last = max(1, -(-total // A_PAGE))
    here = url_for("list_showing.more", address=shared_list.address)
    page = render_template(
        "lists/more.html",
        shared_list=shared_list,
        ruled=shown.ruled,
        cards=[(card(row, ask.now), row.id in shown.ruled.new) for row in shown.ruled.rows],
        search_url=search_address(shown.ruled.query),
        pages=[PageLink(str(one), f"{here}?page={one}", one == number) for one in range(1, last + 1)],
        previous=f"{here}?page={number - 1}" if number > 1 else None,
        next=f"{here}?page={number + 1}" if number < last else None,
        counted=f"{(number - 1) * A_PAGE + 1:,} to {min(number * A_PAGE, total):,} of {total:,}" if total else "",
    )
    return page, shown.holds_until


def _handout(shared_list: SharedList) -> Rendered:
    ask, settings = asking(), parts().settings
    shown = view(ask, shared_list, most=MOST_PRINTED)
    by_hand = [(one.opportunity, one.note) for one in shown.picked]
    found = [(row, "") for row in shown.ruled.rows] if shown.ruled else []
    rows = [
        (card(row, ask.now), note, qr(addresses.opportunity(settings, row.slug)))
        for row, note in [*by_hand, *found][:MOST_PRINTED]
    ]
    page = render_template(
        "lists/handout.html",
        shared_list=shared_list,
        rows=rows,
        picked=min(len(by_hand), MOST_PRINTED),
        today=long_day(uk_day(ask.now)),
        **_ways(shared_list),
    )
    return page, shown.holds_until


def _items(picked: tuple[Picked, ...]) -> list[Item]:
    now = clock.now()

    def drawn(row: Opportunity | None) -> Card | None:
        return card(row, now) if row else None

    return [Item(card(one.opportunity, now), one.note, drawn(one.instead)) for one in picked]


def _samples(shown: View) -> list[tuple[Card, bool]]:
    """Show a few of what the search finds, and whether each is new."""
    if shown.ruled is None:
        return []
    return [(card(row, clock.now()), row.id in shown.ruled.new) for row in shown.ruled.rows]


def _counts(shown: View) -> str:
    """Say how many there are: "16 opportunities · 4 picked by us, 12 that update themselves"."""
    picked, found = len(shown.picked), len(shown.ruled.ids) if shown.ruled else 0
    total = picked + found
    words = f"{total:,} {'opportunity' if total == 1 else 'opportunities'}"
    return f"{words} · {picked:,} picked by us, {found:,} that update themselves" if found and picked else words
