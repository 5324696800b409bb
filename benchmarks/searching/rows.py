"""A listing as peers are given it: the product's own tokens and their places, choices as numbers, time worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from benchmarks.searching.catalogue import OPTIONS
from directory.search import language
from directory.search.document import BETWEEN_FIELDS, SearchDocument
from directory.search.facets import FACETS
from directory.search.moments import Turn, in_time

Placed = tuple[int, str]

CODES = {facet: {value: code for code, value in enumerate(values)} for facet, values in OPTIONS.items()}
_SECONDS = 10**11  # more than any number within a turn


@dataclass(frozen=True, slots=True)
class Row:
    """One listing.

    ``title`` and ``body``, which is all its other fields, are tokens with their places. ``newest`` and ``soonest`` are
    numbers to order by, the former from the greatest; ``running`` and what hangs on time hold at the moment of the run.
    """

    document: SearchDocument
    title: tuple[Placed, ...]
    body: tuple[Placed, ...]
    codes: Mapping[str, tuple[int, ...]]
    running: bool
    newest: int
    soonest: int

    @property
    def id(self) -> int:
        """Give the listing's id."""
        return self.document.id

    @property
    def tokens(self) -> Iterator[str]:
        """Give every token."""
        return (token for _place, token in (*self.title, *self.body))


def row_of(document: SearchDocument, now: datetime) -> Row:
    """Make the row of a listing, true at ``now``."""
    time = in_time(document.schedule, now)
    values = {facet.name: facet.at(time) if facet.at else document.values[facet.name] for facet in FACETS}
    title, body = placed(document)
    return Row(
        document=document,
        title=title,
        body=body,
        codes={name: tuple(CODES[name][value] for value in chosen) for name, chosen in values.items()},
        running=time.running,
        newest=int(document.published_at.timestamp()),
        soonest=_in_one_number(time.turn),
    )


def placed(document: SearchDocument) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """Give the tokens of the title and those of all other fields, a gap between each two.

    Words run together, which our engine keeps too, are left out: no question here asks for them, and a beginning or a
    misspelling has fewer words to be looked for in.
    """
    title, *others = (tuple(language.placed_tokens(language.pieces_of(text))) for text in document.texts)
    body: list[Placed] = []
    for tokens in others:
        beginning = max((place for place, _token in body), default=-BETWEEN_FIELDS) + BETWEEN_FIELDS
        body += [(beginning + place, token) for place, token in tokens]
    return title, tuple(body)


def _in_one_number(turn: Turn) -> int:
    group, number = turn
    return group * _SECONDS + int(number)
