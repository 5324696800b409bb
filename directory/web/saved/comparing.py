"""Compare up to four side by side: what differs, what nobody says, and what is the same throughout."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from directory.catalogue import wording
from directory.catalogue.models import Opportunity
from directory.catalogue.queries import whole_by_id
from directory.catalogue.timing import next_change
from directory.catalogue.vocabulary import EligibilityAbout, Need
from directory.foundation import clock
from directory.request_state import session
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until
from directory.web.cards import Card, card
from directory.web.details import Action, details
from directory.web.saved.keeping import ids_of, joined

pages = Blueprint("compare", __name__)

MOST = 4
LETTERS = "ABCD"
LONGEST_CELL = 180
NEED_WORDS = {Need.NEEDED: "", Need.NICE: "nice to have: ", Need.NOT_NEEDED: "not needed: "}


@dataclass(frozen=True, slots=True)
class Compared:
    """One of those compared: its letter, its card, where to ask and apply, and the link to the others without it."""

    letter: str
    card: Card
    action: Action | None
    ask_url: str
    without_url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A fact of each of those compared; None where nobody says."""

    label: str
    cells: tuple[str | None, ...]

    @property
    def is_alike(self) -> bool:
        """Say whether it is the same throughout, and said."""
        return None not in self.cells and len(set(self.cells)) == 1


@pages.get("/compare")
@open_to(ANYONE)
def page() -> Response:
    """Compare the listings that the address names; of more than four, the first."""
    chosen = ids_of(" ".join((request.args.get("items", ""), *request.args.getlist("item"))))
    if "item" in request.args:
        return redirect(url_for("compare.page", items=joined(chosen[:50]) or None), 303)
    now = clock.now()
    rows = whole_by_id(session(), chosen[:MOST])
    ids = [row.id for row in rows]
    hides = request.args.get("alike") == "hide"
    table = list(_table(rows, now))
    response = make_response(
        render_template(
            "compare/page.html",
            compared=[_compared(at, row, ids, now) for at, row in enumerate(rows)],
            rows=[row for row in table if not (hides and len(rows) > 1 and row.is_alike)],
            alike=sum(row.is_alike for row in table) if len(rows) > 1 else 0,
            hides=hides,
            left_over=joined(chosen[MOST:]),
            items=joined(ids),
            most=MOST,
            canonical=url_for("compare.page", items=joined(ids) or None),
        )
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return fresh_until(response, next_change((row.schedule for row in rows), now))


def _compared(at: int, row: Opportunity, ids: list[int], now: datetime) -> Compared:
    return Compared(
        LETTERS[at],
        card(row, now),
        details(row, now).action,
        url_for("organisation.page", slug=row.organisation.slug),
        url_for("compare.page", items=joined(id for id in ids if id != row.id) or None),
    )


def _table(rows: list[Opportunity], now: datetime) -> Iterator[Row]:
    """Give the rows in the card's order, then what one gains, needs and pays, and how one applies."""
    cards = [card(row, now) for row in rows]
    yield Row("When", tuple(one.timing.sentence for one in cards))
    for number, label in enumerate(("Pay or cost", "Length", "Starts")):
        yield Row(label, tuple(one.facts[number].value for one in cards))
    yield Row("Where", tuple(_joined(" · ", one.place, one.mode) for one in cards))
    said: dict[str, Callable[[Opportunity], str | None]] = {
        "Open to": lambda row: wording.open_to(row.stages),
        "You gain": lambda row: wording.level(row.levels),
        "You need": _needs,
        "Help with costs": lambda row: row.support_words,
        "How you apply": lambda row: row.how_to_apply,
    }
    for label, tell in said.items():
        yield Row(label, tuple(_short(tell(row)) for row in rows))


def _needs(row: Opportunity) -> str | None:
    """Say who can apply: line by line, else in short."""
    lines = [
        f"{NEED_WORDS[one.need]}{one.text.rstrip('.')}"
        for one in row.eligibility
        if one.about is EligibilityAbout.ENTRY
    ]
    said = "; ".join(lines)
    return f"{said[:1].upper()}{said[1:]}" or row.eligibility_words


def _short(words: str | None) -> str | None:
    if words is None or len(words) <= LONGEST_CELL:
        return words
    return f"{words[:LONGEST_CELL].rsplit(' ', 1)[0].rstrip(',;:.')}…"


def _joined(apart: str, *words: str | None) -> str | None:
    return apart.join(filter(None, words)) or None
