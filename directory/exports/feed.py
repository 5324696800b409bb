"""What a feed holds, whichever its format: a page of listings, each in plain words, and the pages beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.catalogue import wording
from directory.catalogue.kinds import KINDS
from directory.catalogue.models import Opportunity
from directory.catalogue.time_words import time_words
from directory.catalogue.timing import last_change
from directory.exports.plain import line, lines
from directory.exports.selection import Selection
from directory.foundation import addresses, clock
from directory.foundation.settings import Settings

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing: its page is its lasting name, ``text`` is plain, in a few lines."""

    address: str
    title: str
    text: str
    organisation: str
    tags: tuple[str, ...]
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed. ``address`` leaves the page out, so that it names the whole; ``beside`` leads from it."""

    title: str
    description: str
    page: str
    address: str
    here: str
    beside: dict[str, str]
    entries: tuple[Entry, ...]
    updated: datetime

    @property
    def next(self) -> str | None:
        """Give the next page."""
        return self.beside.get("next")


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Which page of a selection is asked for: past the last one it is the last."""

    number: int
    last: int
    ids: tuple[int, ...]


def page_of(ids: Sequence[int], asked: str) -> FeedPage:
    """Cut out the page that somebody asked for; what isn't a number is the first."""
    last = max(1, -(-len(ids) // PAGE_SIZE))
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else 1
    number = min(max(wanted, 1), last)
    return FeedPage(number, last, tuple(ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]))


def feed(
    selection: Selection,
    ending: str,
    page: FeedPage,
    rows: Iterable[Opportunity],
    now: datetime,
    settings: Settings,
) -> Feed:
    """Make one page of a feed. While it is empty it was updated when the day began."""
    entries = tuple(_entry(selection, row, now, settings) for row in rows)
    changes = [selection.changed_at] if selection.changed_at else []

    def at(number: int) -> str:
        return selection.address(settings, ending, *((("page", str(number)),) if number > 1 else ()))

    beside = {"first": 1, "previous": page.number - 1, "next": page.number + 1, "last": page.last}
    return Feed(
        title=line(f"{settings.site_name}: {selection.title}"),
        description=line(selection.description),
        page=selection.page(settings),
        address=at(1),
        here=at(page.number),
        beside={rel: at(number) for rel, number in beside.items() if 1 <= number <= page.last},
        entries=entries,
        updated=max([*changes, *(entry.updated for entry in entries)], default=clock.day_began(now)),
    )


def _entry(selection: Selection, row: Opportunity, now: datetime, settings: Settings) -> Entry:
    note = selection.notes.get(row.id, "")
    changes = (row.published_at, row.changed_at, last_change(row.schedule, now), selection.changed_at if note else None)
    return Entry(
        address=addresses.opportunity(settings, row.slug),
        title=line(row.title),
        text=lines("\n".join(_said(row, now, note))),
        organisation=line(row.organisation.name),
        tags=(KINDS[row.kind].singular, *(line(skill.name) for skill in row.skills)),
        published=row.published_at,
        updated=max(filter(None, changes)),
    )


def _said(row: Opportunity, now: datetime, note: str) -> Iterator[str]:
    yield line(row.summary)
    label, money = wording.money(row)
    open_to = wording.open_to(row.stages)
    facts = (
        f"{KINDS[row.kind].singular} from {row.organisation.name}",
        wording.place(row.locations) or "Place not said",
        f"{label}: {money or 'not said'}",
        f"Open to: {open_to or 'not said'}",
        time_words(row.schedule, now).paper,
    )
    yield line(". ".join(fact.rstrip(".") for fact in facts) + ".")
    if note:
        yield f"Note: {line(note)}"
