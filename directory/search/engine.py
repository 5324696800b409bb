"""What every search engine promises: one question in, ids, totals and counts out.

How a question is answered, whatever the engine:

* With words, what matches are the listings with **all** of them; when the whole catalogue has fewer than five of those
  running, the listings with **some** match too and stand behind them. Choices then only ever narrow what matches, so a
  count beside a choice is exactly what choosing it finds.
* When it is the choices that leave fewer than five listings with all the words, the listings with some of them follow
  as ``more``: below, under their own heading, and in no other count.
* A word that isn't required has a choice that stands for it, which narrows anyway: it only adds to the weight, and
  whatever the choice leaves has some of the words.
* Among the best, a listing named exactly as typed has all the words and comes first; then come those where the words
  weigh more. A phrase must stand as typed, an excluded word nowhere.
* What is closed, paused or ended matches only when the facet "when" asks for it.
* A radius cuts listings that happen at known sites only; those online, UK-wide or known by region stay.
* An order leaves nothing out. What isn't known comes last, and the title, then the id, settle every tie.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from directory.foundation.refusals import Refusal
from directory.places.points import Point
from directory.search.document import Apart, SearchDocument
from directory.search.language import TextQuery
from directory.search.query import Choices, Sort

PAGE_SIZE = 20
FEW = 5
# Scores that agree this far are equal and the title decides: engines may add in any order and still answer alike.
SCORE_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class Question:
    """A search as engines take it: words read, place found.

    ``within`` is in miles and needs a ``point``. ``counting`` is false when only ids and totals are wanted. With fewer
    than ``few`` listings with all the words, those with some of them match too.
    """

    text: TextQuery = field(default_factory=TextQuery)
    choices: Choices = ()
    point: Point | None = None
    within: float | None = None
    sort: Sort = Sort.SOONEST
    page: int = 1
    size: int = PAGE_SIZE
    counting: bool = True
    few: int = FEW


@dataclass(frozen=True, slots=True)
class Nearby:
    """Of all that matches, how many are at a known distance (within the radius, if there is one), and the others."""

    inside: int
    apart: Mapping[Apart, int]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer.

    ``number`` is the page really given: past the end it is the ``last``. ``total`` is all that matches, of which
    ``with_all_words`` stand first; ``more`` listings with only some of the words follow after it. On this page those
    with only some words begin at ``some_words_from``, None when there are none. ``counts`` holds every option of every
    facet, with zeros. ``not_running`` is how many more would match if closed, paused and ended ones were asked for.
    ``miles`` tells the distance of each listing of the page that has one. All of it holds until ``holds_until``
    unless the index changes.
    """

    ids: tuple[int, ...]
    number: int
    last: int
    total: int
    with_all_words: int
    more: int
    some_words_from: int | None
    counts: Mapping[str, Mapping[str, int]]
    not_running: int
    nearby: Nearby | None
    miles: Mapping[int, float]
    holds_until: datetime


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """How an engine is: whether its index is sound, how many listings it holds and, if something is wrong, what.

    It has seen all changes up to and with ``sequence`` of the outbox. ``generation`` counts what was published; with 0
    there is nothing to answer from. One that ``reads_through`` answers from the database as it is now, index or not.
    """

    name: str
    ready: bool
    documents: int
    problem: str | None = None
    sequence: int = 0
    generation: int = 0
    reads_through: bool = False

    @property
    def stands_in(self) -> bool:
        """Say whether something else answers in the place of an index that isn't there."""
        return self.reads_through and not self.generation


class IndexMissing(Exception):
    """There is no index to answer from: none was built yet, or it is of another shape, or damaged. Rebuild it."""


class IndexBusy(Refusal):
    """Another process has been writing the index for too long."""


class SearchEngine(Protocol):
    """The promise. Engines may be asked from many threads at once."""

    name: str

    def search(self, question: Question, now: datetime) -> SearchPage:
        """Answer, or raise IndexMissing."""
        ...

    def replace_all(self, documents: Iterable[SearchDocument], sequence: int = 0) -> None:
        """Hold these and no others, true up to ``sequence``; searches see the old index until the new one is whole."""
        ...

    def apply(self, upserts: Iterable[SearchDocument], deletions: Iterable[int], sequence: int = 0) -> None:
        """Take in what changed, all at once, and forget ``deletions``, known or not; raises IndexMissing.

        It is then true up to ``sequence``, or further if it was already.
        """
        ...

    def count(self) -> int:
        """Count the listings it holds; none when there is no index."""
        ...

    def is_called(self, name: str) -> bool:
        """Say whether a listing is called exactly so, by its ``name_key``; no listing is when there is no index."""
        ...

    def weights(self, text: TextQuery, id: int) -> tuple[float | None, ...]:
        """Say how much each term of ``text`` weighs in a listing: None where it isn't there; raises IndexMissing."""
        ...

    def words(self) -> Mapping[str, int]:
        """Give the words that its listings are written in, folded, and how many have each; none without an index."""
        ...

    def fingerprints(self) -> Mapping[int, int]:
        """Give each listing's fingerprint as the index keeps it, read and checked anew; raises IndexMissing."""
        ...

    def status(self) -> EngineStatus:
        """Say how it is, without raising."""
        ...


def place_on_page(total: int, asked: int, size: int) -> tuple[int, int]:
    """Give the page to show and the last one: past the end is the last."""
    last = max(1, -(-total // size))
    return min(max(asked, 1), last), last
