"""A search, a list or saved listings in every format, at the page's own address with an ending.

Rows are read some hundreds at a time, each time in a session of its own, so that a slow visitor holds no connection and
a whole catalogue never stands in memory. What was answered carries until when it holds in its validator: asking again
costs no search while that lasts and nothing has changed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, abort, request, url_for
from slugify import slugify

from directory.catalogue import queries as catalogue
from directory.catalogue.dated_entries import cancelled_since, entries_of
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import ROWS_AT_A_TIME
from directory.catalogue.timing import next_change
from directory.exports import atom, csv, icalendar, json_feed, xlsx
from directory.exports.columns import COLUMNS, Column, chosen
from directory.exports.feed import Feed, feed, page_of
from directory.exports.selection import Pairs, Selection, on_site
from directory.foundation import clock
from directory.foundation.date_words import uk_day
from directory.foundation.settings import Settings
from directory.foundation.sums import sum_of
from directory.parts import Parts
from directory.request_state import parts, session
from directory.search import selecting
from directory.search.query import SORT, SearchQuery, Sort
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until, page_until

pages = Blueprint("exporting", __name__)

FEEDS = ("atom", "json")
ENDINGS = ("csv", "xlsx", "ics", "atom", "json")
COLUMNS_ASKED, PAGE_ASKED = "columns", "page"
LONGEST_FILE_NAME = 60

# Raised whenever a format writes the same listings otherwise, so that nobody is told that what they have is right.
WRITTEN_AS = 1
# The validator of an answer: a sum of what it rests on, and the second until which it holds.
_TAG = re.compile(r"([0-9a-f]+)-([0-9a-f]{1,12})")


def answer(ending: str, resting_on: str, select: Callable[[], Selection]) -> Response:
    """Answer with a selection in the format of this ``ending``; 404 for another.

    What it is ``resting_on`` differs whenever the selection, or what its listings say, may: when the visitor has that
    already, ``select`` isn't called. The address may ask for "columns" of a spreadsheet and a "page" of a feed.
    """
    write = WRITERS.get(ending)
    if write is None:
        abort(404)
    now = clock.now()
    settings = parts().settings
    tag = sum_of(f"{resting_on} {ending} {WRITTEN_AS} {settings.site_name} {settings.site_address}")[:16]
    if held_until := _still_held(tag, now):
        return _told(Response(status=304), tag, held_until)
    selection = select()
    until = min(filter(None, (selection.until, clock.next_midnight(now))))
    return _told(write(Asked(selection, now, parts())), tag, until)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a format is written from."""

    selection: Selection
    now: datetime
    parts: Parts

    @property
    def settings(self) -> Settings:
        """Give the site's settings."""
        return self.parts.settings

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give the columns that the address asks for."""
        return chosen(request.args.getlist(COLUMNS_ASKED), with_notes=bool(self.selection.notes))

    def rows(self, ids: tuple[int, ...]) -> Iterator[Opportunity]:
        """Go through the listings in their order; one that is no longer public is passed over."""
        for batch in _batches(ids):
            with self.parts.sessions() as reading:
                rows = catalogue.opportunities_by_id(reading, batch)
            yield from rows

    def dated(self) -> Iterator[icalendar.Dated]:
        """Go through the listings with the entries that calendars hold of them."""
        since = uk_day(self.now - icalendar.KEPT_FOR)
        for batch in _batches(self.selection.ids):
            with self.parts.sessions() as reading:
                entries = entries_of(reading, batch, since)
                rows = catalogue.opportunities_by_id(reading, [id for id in batch if id in entries])
            yield from ((row, entries[row.id]) for row in rows)

    def feed(self, ending: str) -> Feed:
        """Give the page of the feed that the address asks for."""
        page = page_of(self.selection.ids, request.args.get(PAGE_ASKED, ""))
        return feed(self.selection, ending, page, self.rows(page.ids), self.now, self.settings)


def _batches(ids: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    return (ids[start : start + ROWS_AT_A_TIME] for start in range(0, len(ids), ROWS_AT_A_TIME))


def _csv(asked: Asked) -> Response:
    rows = asked.rows(asked.selection.ids)
    written = csv.write(asked.selection, rows, asked.columns, asked.now, asked.settings)
    return _file(Response(_in_blocks(written), content_type=csv.MEDIA_TYPE), asked.selection, "csv")


def _xlsx(asked: Asked) -> Response:
    rows = asked.rows(asked.selection.ids)
    written = xlsx.write(asked.selection, rows, asked.columns, asked.now, asked.settings)
    return _file(Response(written, content_type=xlsx.MEDIA_TYPE), asked.selection, "xlsx")


def _ics(asked: Asked) -> Response:
    with asked.parts.sessions() as reading:
        off = list(cancelled_since(reading, asked.now - icalendar.KEPT_FOR, asked.selection.gone))
    written = icalendar.write(asked.selection, asked.dated(), off, asked.settings)
    return _file(Response(_in_blocks(written), content_type=icalendar.MEDIA_TYPE), asked.selection, "ics", "inline")


def _atom(asked: Asked) -> Response:
    return Response(atom.write(asked.feed("atom"), asked.settings), content_type=atom.MEDIA_TYPE)


def _json(asked: Asked) -> Response:
    return Response(json_feed.write(asked.feed("json"), asked.settings), content_type=json_feed.MEDIA_TYPE)


WRITERS = {"csv": _csv, "xlsx": _xlsx, "ics": _ics, "atom": _atom, "json": _json}


def _in_blocks(written: Iterator[str], letters: int = 32_768) -> Iterator[str]:
    """Gather short pieces, so that each costs the server less."""
    block: list[str] = []
    size = 0
    for one in written:
        block.append(one)
        size += len(one)
        if size >= letters:
            yield "".join(block)
            block, size = [], 0
    yield "".join(block)


def _file(response: Response, selection: Selection, ending: str, how: str = "attachment") -> Response:
    site = parts().settings.site_name
    name = slugify(f"{site} {selection.title}", max_length=LONGEST_FILE_NAME, word_boundary=True) or "opportunities"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}.{ending}"'
    return response


def _told(response: Response, tag: str, until: datetime) -> Response:
    """Say how long an answer may be kept, and keep it out of search engines: its pages are there already."""
    response.set_etag(f"{tag}-{int(until.timestamp()):x}", weak=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return fresh_until(response, until)


def _still_held(tag: str, now: datetime) -> datetime | None:
    """Say until when what the visitor has holds, if it does."""
    for held in request.if_none_match.as_set(include_weak=True):
        found = _TAG.fullmatch(held)
        if found and found[1] == tag and now.timestamp() < int(found[2], 16):
            return datetime.fromtimestamp(int(found[2], 16), clock.UK)
    return None


@pages.get("/search.<any(csv, xlsx, ics, atom, json):ending>")
@open_to(ANYONE)
def search(ending: str) -> Response:
    """Answer a search in another format: the same address with the same filter."""
    return answer(ending, version(), partial(_searched, SearchQuery.from_pairs(request.args.items(multi=True))))


@pages.get("/search/download")
@open_to(ANYONE)
def take_away() -> Response:
    """Say how to take a search away: as a calendar, a spreadsheet or a feed."""
    selection = _searched(SearchQuery.from_pairs(request.args.items(multi=True)))
    return take_away_page(selection, ways_of_search(selection.pairs))


@pages.get("/opportunities/<slug:slug>.ics")
@open_to(ANYONE)
def of_one(slug: str) -> Response:
    """Give one listing's dates. One that went says so to the calendars that have them, then is gone (410)."""
    row = catalogue.opportunity_by_slug(session(), slug)
    if row is None:
        abort(404)
    is_public = row.standing is Standing.PUBLISHED
    if not is_public and row.changed_at < clock.now() - icalendar.KEPT_FOR:
        abort(410)

    def select() -> Selection:
        return Selection(
            title=row.title if is_public else "No longer listed",
            description=f"When it opens, closes and starts: {row.title}." if is_public else "No longer listed.",
            path=url_for("opportunity.page", slug=slug),
            ids=(row.id,),
            until=next_change([row.schedule], clock.now()),
            gone=frozenset((row.id,)),
        )

    return answer("ics", f"{row.changed_at.timestamp()} {row.standing} {row.title} {row.organisation.name}", select)


def version() -> str:
    """Give what differs whenever a search may find something else, or any listing says something else."""
    return selecting.version(session(), parts().search, parts().words.version())


def _searched(query: SearchQuery) -> Selection:
    now = clock.now()
    found = selecting.select(session(), parts().search, parts().gazetteer, query, now, parts().vocabulary)
    count = len(found.ids)
    return Selection(
        title=found.name,
        description=f"{count:,} {'opportunity' if count == 1 else 'opportunities'} in cell and gene therapy in the UK,"
        " with what each pays, who it is open to and what is known of its dates.",
        path=url_for("results.page"),
        pairs=tuple(found.spelt.to_pairs()),
        ids=found.ids,
        until=found.until,
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """Where what stands at ``path`` can be taken away, and ``page`` where all of that is explained, if anywhere.

    ``pairs`` are what a form that chooses columns sends too. ``calendar`` is a public address, for a calendar program;
    ``subscription`` is the same in the scheme that opens one.
    """

    path: str
    pairs: Pairs
    page: str | None
    csv: str
    xlsx: str
    ics: str
    atom: str
    json: str
    calendar: str
    subscription: str


def ways_of(path: str, pairs: Pairs = (), page: str | None = None, *, newest_first: bool = False) -> Ways:
    """Give the ways to take away what stands at ``path``; feeds of what can be sorted have the ``newest_first``."""
    news = _newest(pairs) if newest_first else pairs
    ics = on_site(f"{path}.ics", pairs)
    site_address = parts().settings.site_address
    return Ways(
        path=path,
        pairs=pairs,
        page=on_site(page, pairs) if page else None,
        csv=on_site(f"{path}.csv", pairs),
        xlsx=on_site(f"{path}.xlsx", pairs),
        ics=ics,
        atom=on_site(f"{path}.atom", news),
        json=on_site(f"{path}.json", news),
        calendar=site_address + ics,
        subscription=f"webcal://{site_address.partition('://')[2]}{ics}",
    )


def ways_of_search(pairs: Pairs) -> Ways:
    """Give the ways to take a search away, in its one spelling."""
    return ways_of(url_for("results.page"), pairs, url_for("exporting.take_away"), newest_first=True)


def _newest(pairs: Pairs) -> Pairs:
    """Ask for the newest first: whoever reads a feed sees its first page only."""
    return (*((name, value) for name, value in pairs if name != SORT), (SORT, str(Sort.NEWEST)))


def take_away_page(selection: Selection, ways: Ways) -> Response:
    """Show how to take a selection away; no search engine's business."""
    response = page_until(
        selection.until,
        "taking_away/page.html",
        selection=selection,
        ways=ways,
        back=on_site(selection.path, selection.pairs),
        columns=COLUMNS,
        canonical=ways.page,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
