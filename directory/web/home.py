"""The home page: the search, the ten ways in, the six stages, and what is near in time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, url_for
from werkzeug import Response

from directory.catalogue import queries as catalogue
from directory.catalogue.kinds import KINDS, Kind
from directory.catalogue.timing import CONFIRMATION_HOLDS_FOR
from directory.catalogue.vocabulary import LADDER, STAGES, Signal, Stage
from directory.foundation import clock
from directory.foundation.date_words import month_name, uk_day
from directory.request_state import parts, session
from directory.search.completing import ideas
from directory.search.engine import Question, SearchPage
from directory.search.facets import KIND, STAGE, USUALLY, WHEN
from directory.search.find import Found, find
from directory.search.indexing import ask
from directory.search.moments import MONTH_VALUES, OPEN
from directory.search.query import SearchQuery
from directory.web.access import ANYONE, open_to
from directory.web.caching import page_until
from directory.web.cards import Card, card
from directory.web.dish import dish
from directory.web.results import Link, address

pages = Blueprint("home", __name__)

MOST_SHOWN = 4
MONTHS_AHEAD = 4
CLOSING = "closing-2-weeks"
QUICK: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Online", {"where": "online"}),
    ("Paid", {"pay": "paid"}),
    ("14 to 16", {"stage": "14-16"}),
    ("Lab work", {"q": "lab work"}),
)


@dataclass(frozen=True, slots=True)
class StageStep:
    """One well of the path."""

    label: str
    url: str
    count: int
    who: str
    examples: str | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the ten ways in."""

    kind: Kind
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A few cards under a heading, with a link to the whole search. ``note`` says what is not certain."""

    title: str
    cards: tuple[Card, ...]
    more: Link
    note: str | None = None


@pages.get("/")
@open_to(ANYONE)
def page() -> Response:
    """Show what there is and the three questions to start from."""
    now = clock.now()
    everything = _counted(SearchQuery(), now)
    counts = everything.counts
    open_now = _counted(SearchQuery().with_choice(WHEN, OPEN), now).counts[KIND]
    by_kind = {kind.prefix: (open_now[name], counts[KIND][name] - open_now[name]) for name, kind in KINDS.items()}
    since = now - CONFIRMATION_HOLDS_FOR
    return page_until(
        everything.holds_until,
        "home/page.html",
        total=everything.total,
        open_now=sum(open_now.values()),
        picture=dish(by_kind, uk_day(now)),
        tiles=[Tile(kind, url_for("results.page", kind=name), counts[KIND][name]) for name, kind in KINDS.items()],
        path=[
            StageStep(
                stage.label,
                url_for("results.page", stage=stage.name),
                counts[STAGE][stage.name],
                _school_years(stage) or stage.meaning,
            )
            for stage in LADDER
        ],
        other_stages=[
            Link(f"{stage.label} ({counts[STAGE][stage.name]})", url_for("results.page", stage=stage.name))
            for stage in STAGES.values()
            if stage.well is None
        ],
        stages=[Choice(stage.name, stage.label) for stage in STAGES.values()],
        ideas=ideas(session(), parts().search, now),
        quick=[Link(label, url_for("results.page", **pairs)) for label, pairs in QUICK],
        shelf=_shelf(now),
        checked=catalogue.checked_since(session(), Signal.PERSON, since),
        confirmed=catalogue.checked_since(session(), Signal.ORGANISATION, since),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One stage to choose in the search panel."""

    value: str
    label: str
    chosen: bool = False


def _school_years(stage: Stage) -> str:
    """Say the school years of the four nations; England and Wales count alike."""
    return f"{stage.england}, {stage.scotland}, NI {stage.northern_ireland}" if stage.england else ""


def _counted(query: SearchQuery, now: datetime) -> SearchPage:
    return ask(session(), parts().search, Question(choices=query.choices, size=1), now)


def _find(query: SearchQuery, now: datetime) -> Found:
    return find(session(), parts().search, parts().gazetteer, query, now, parts().vocabulary)


def _shelf(now: datetime) -> Shelf | None:
    """Fill the shelf with what closes soon; when nothing does, with what usually opens around now."""
    closing = SearchQuery().with_choice(WHEN, CLOSING)
    found = _find(closing, now)
    if found.rows:
        more = Link(f"See all {found.page.total} closing in the next 2 weeks", address(closing))
        return Shelf("Closing soon", _cards(found, now), more)
    months = _coming_months(now)
    usual = SearchQuery().with_choices(USUALLY, [MONTH_VALUES[month - 1] for month in months])
    found = _find(usual, now)
    if not found.rows:
        return None
    title = f"Usually open between {month_name(months[0])} and {month_name(months[-1])}"
    return Shelf(
        title,
        _cards(found, now),
        Link(f"See all {found.page.total}", address(usual)),
        "This year’s dates are not confirmed. Look at their own page.",
    )


def _cards(found: Found, now: datetime) -> tuple[Card, ...]:
    return tuple(card(row, now) for row in found.rows[:MOST_SHOWN])


def _coming_months(now: datetime) -> list[int]:
    month = uk_day(now).month
    return [(month - 1 + ahead) % 12 + 1 for ahead in range(MONTHS_AHEAD)]
