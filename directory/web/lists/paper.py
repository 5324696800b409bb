"""A list in a room: its handout for paper, and its code for the wall, as a page and as a picture."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template
from markupsafe import Markup
from werkzeug import Response as AnyResponse

from directory.catalogue.models import Opportunity
from directory.foundation.date_words import long_day, uk_day
from directory.lists.models import SharedList
from directory.lists.viewing import view
from directory.request_state import asking
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until
from directory.web.cards import Card, card
from directory.web.lists.kept_pages import Rendered, kept_page
from directory.web.lists.standing import standing
from directory.web.lists.ways_in import public_address, ways_in
from directory.web.qr import qr, qr_file
from directory.web.short_addresses import to_scan

pages = Blueprint("list_paper", __name__)

MOST_PRINTED = 200
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Row:
    """A listing on paper: what is known of it in a line, when, and its own code. Paper has no today."""

    card: Card
    note: str
    facts: tuple[str, ...]
    when: tuple[str, str]
    code: Markup


@pages.get("/l/<address>/print")
@open_to(ANYONE)
def handout(address: str) -> AnyResponse:
    """Show a list as a handout for paper."""
    shared_list = standing(address)
    return kept_page(shared_list, "print", lambda: _handout(shared_list))


@pages.get("/l/<address>/qr")
@open_to(ANYONE)
def wall(address: str) -> AnyResponse:
    """Show its code and its address in letters that are read from the back of a room."""
    shared_list = standing(address)
    return kept_page(shared_list, "qr", lambda: _wall(shared_list))


@pages.get("/l/<address>/qr.<any(svg, png):ending>")
@open_to(ANYONE)
def picture(address: str, ending: str) -> AnyResponse:
    """Give the code as a picture to put anywhere."""
    shared_list = standing(address)
    response = Response(qr_file(public_address(shared_list), ending), content_type=PICTURES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="qr-{shared_list.address}.{ending}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return fresh_until(response)


def _wall(shared_list: SharedList) -> Rendered:
    return render_template("lists/wall.html", shared_list=shared_list, **ways_in(shared_list)), None


def _handout(shared_list: SharedList) -> Rendered:
    ask = asking()
    shown = view(ask, shared_list, most=MOST_PRINTED)
    by_hand = [(one.opportunity, one.note) for one in shown.picked]
    found = [(row, "") for row in shown.ruled.rows] if shown.ruled else []
    rows = [_row(row, card(row, ask.now), note) for row, note in [*by_hand, *found][:MOST_PRINTED]]
    page = render_template(
        "lists/handout.html",
        shared_list=shared_list,
        rows=rows,
        picked=min(len(by_hand), MOST_PRINTED),
        left=len(shown.picked) + (len(shown.ruled.ids) if shown.ruled else 0) - len(rows),
        today=long_day(uk_day(ask.now)),
        **ways_in(shared_list),
    )
    return page, shown.holds_until


def _row(opportunity: Opportunity, item: Card, note: str) -> Row:
    facts = [f"starts {fact.value}" if fact.label == "Starts" else fact.value for fact in item.facts if fact.value]
    facts += [f"open to {item.open_to.phrase}"] if item.open_to.phrase else []
    return Row(item, note, tuple(facts), _when(item), qr(to_scan(opportunity.id)))


def _when(item: Card) -> tuple[str, str]:
    """Part "Closes Fri 27 Nov 2026" into what happens and when; what doesn't part so stands whole."""
    label, words = item.timing.label, item.timing.print
    if not words.startswith(f"{label} "):
        return "", words
    when = words.removeprefix(f"{label} ")
    return label, when[:1].upper() + when[1:]
