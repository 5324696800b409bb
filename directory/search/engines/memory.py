"""The exact twin: every listing in memory, every answer worked out the plain way. Other engines must agree with it."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from directory.places.points import Point, miles_between
from directory.search import bm25
from directory.search.document import Apart, Posting, SearchDocument
from directory.search.engine import (
    SCORE_STEPS,
    EngineStatus,
    IndexMissing,
    Nearby,
    Question,
    SearchPage,
    place_on_page,
)
from directory.search.facets import FACETS, WHEN, Facet
from directory.search.language import Alternative, Term, TextQuery
from directory.search.moments import CLOSED_OR_PAUSED, InTime, Timetable
from directory.search.query import Sort

RADIUS = "radius"  # stands beside the facets as one more way to be left out


@dataclass(frozen=True, slots=True)
class _Held:
    document: SearchDocument
    postings: Mapping[str, Posting]
    length: int

    @classmethod
    def of(cls, document: SearchDocument) -> "_Held":
        postings = document.postings()
        return cls(document, postings, sum(posting.weight for posting in postings.values()))

    def has(self, alternative: Alternative) -> bool:
        """Say whether every token is here and, of a phrase, whether they stand beside each other somewhere."""
        if any(token not in self.postings for token in alternative.tokens):
            return False
        apart = zip(alternative.tokens, alternative.places, strict=False)
        starts = [{at - place for at in self.postings[token].places} for token, place in apart]
        return not starts or bool(set.intersection(*starts))


class _Index:
    """Everything held at one time; never changed, only replaced."""

    def __init__(self, held: Mapping[int, _Held]) -> None:
        self.held = held
        self.timetable = Timetable({id: one.document.schedule for id, one in held.items()})
        self.average_length = sum(one.length for one in held.values()) / (len(held) or 1)
        self.frequency: Counter[str] = Counter()
        for one in held.values():
            self.frequency.update(one.postings.keys())

    def score(self, token: str, one: _Held) -> float:
        """Weigh one token in one listing that has it: BM25."""
        weight = one.postings[token].weight
        idf = bm25.idf(len(self.held), self.frequency[token])
        length = bm25.LENGTHS[min(bisect_left(bm25.LENGTHS, one.length), 255)]
        return idf * (weight * (bm25.K1 + 1)) / (weight + bm25.norm(length, self.average_length))


@dataclass(slots=True)
class _Match:
    """One listing that matches the words: by name, with how many of them, how well."""

    one: _Held
    time: InTime
    has_all: bool = True
    named: bool = False
    words: int = 0
    score: float = 0.0
    miles: float | None = None
    fails: set[str] = field(default_factory=set)


class MemoryEngine:
    """Holds its index in this process; nothing is kept when it ends."""

    name = "memory"

    def __init__(self) -> None:
        self._index: _Index | None = None
        self._sequence = 0
        self._generation = 0
        self._writing = threading.Lock()

    def replace_all(self, documents: Iterable[SearchDocument], sequence: int = 0) -> None:
        """Hold these and no others."""
        with self._writing:
            self._publish({document.id: _Held.of(document) for document in documents}, sequence)

    def apply(self, upserts: Iterable[SearchDocument], deletions: Iterable[int], sequence: int = 0) -> None:
        """Take in what changed."""
        with self._writing:
            held = dict(self._current().held)
            for id in deletions:
                held.pop(id, None)
            held.update((document.id, _Held.of(document)) for document in upserts)
            self._publish(held, max(sequence, self._sequence))

    def count(self) -> int:
        """Count the listings."""
        return len(self._index.held) if self._index else 0

    def is_called(self, name: str) -> bool:
        """Look at every listing's names."""
        held = self._index.held.values() if self._index else ()
        return any(name in one.document.names for one in held)

    def weights(self, text: TextQuery, id: int) -> tuple[float | None, ...]:
        """Weigh each term."""
        index = self._current()
        one = index.held.get(id)
        return tuple(_worth(index, term, one) if one else None for term in text.terms)

    def words(self) -> Mapping[str, int]:
        """Count the listings that have each word as it is written."""
        held = self._index.held.values() if self._index else ()
        return Counter(word for one in held for word in one.document.surface)

    def fingerprints(self) -> Mapping[int, int]:
        """Sum up each listing."""
        return {id: one.document.fingerprint for id, one in self._current().held.items()}

    def status(self) -> EngineStatus:
        """Say how it is."""
        ready = self._index is not None
        return EngineStatus(self.name, ready, self.count(), sequence=self._sequence, generation=self._generation)

    def search(self, question: Question, now: datetime) -> SearchPage:
        """Answer by going through every listing."""
        index = self._current()
        times = index.timetable.at(now)
        found = [match for id, one in index.held.items() if (match := _match(index, question.text, one, times.of[id]))]
        have_all = [match for match in found if match.has_all]
        enough = not question.text.required or sum(match.time.running for match in have_all) >= question.few
        matching = have_all if enough else found
        for match in found:
            _measure(match, question)

        kept = [match for match in matching if not match.fails]
        with_all_words = sum(match.has_all for match in kept)
        may_follow = [match for match in found if not match.has_all and not match.fails]
        more = may_follow if enough and len(kept) < question.few else []

        ordered = sorted([*kept, *more], key=lambda match: (not match.has_all, _key(match, question.sort)))
        number, last = place_on_page(len(ordered), question.page, question.size)
        start = (number - 1) * question.size
        page = ordered[start : start + question.size]
        some_words_from = next((position for position, match in enumerate(page) if not match.has_all), None)
        counts = _counts(index, matching, question)
        asked_for = CLOSED_OR_PAUSED in dict(question.choices).get(WHEN, ())
        return SearchPage(
            ids=tuple(match.one.document.id for match in page),
            number=number,
            last=last,
            total=len(kept),
            with_all_words=with_all_words,
            more=len(more),
            some_words_from=some_words_from,
            counts=counts if question.counting else {},
            not_running=0 if asked_for else counts[WHEN][CLOSED_OR_PAUSED],
            nearby=_nearby(kept, question) if question.point else None,
            miles={match.one.document.id: match.miles for match in page if match.miles is not None},
            holds_until=times.until,
        )

    def _publish(self, held: Mapping[int, _Held], sequence: int) -> None:
        """Let searches see these; what goes wrong before leaves everything as it was."""
        self._index, self._sequence = _Index(held), sequence
        self._generation += 1

    def _current(self) -> _Index:
        if self._index is None:
            raise IndexMissing
        return self._index


def _match(index: _Index, text: TextQuery, one: _Held, time: InTime) -> _Match | None:
    """Match a listing with the words; of a word's alternatives the best counts."""
    if any(_worth(index, term, one) is not None for term in text.excluded):
        return None
    named = bool(text.name) and text.name in one.document.names
    scores = {term: score for term in text.terms if (score := _worth(index, term, one)) is not None}
    had = sum(term in scores for term in text.required)
    if text.required == text.terms and text.terms and not had and not named:
        return None
    return _Match(one, time, named or had == len(text.required), named, len(scores), sum(scores.values()))


def _worth(index: _Index, term: Term, one: _Held) -> float | None:
    """Weigh one term in one listing: the best of its alternatives; None when it has none of them."""
    return max(
        (
            alternative.worth * sum(index.score(token, one) for token in alternative.tokens)
            for alternative in term.alternatives
            if one.has(alternative)
        ),
        default=None,
    )


def _measure(match: _Match, question: Question) -> None:
    """Note how far a listing is, and all that leaves it out."""
    document, chosen = match.one.document, dict(question.choices)
    match.miles = _nearest(question.point, document.points)
    match.fails = {
        facet.name
        for facet in FACETS
        if facet.name in chosen and not set(chosen[facet.name]) & set(_values(match, facet))
    }
    if WHEN not in chosen and not match.time.running:
        match.fails.add(WHEN)
    if question.point and document.apart is None and not _is_inside(match, question):
        match.fails.add(RADIUS)


def _is_inside(match: _Match, question: Question) -> bool:
    return match.miles is not None and (question.within is None or match.miles <= question.within)


def _nearest(point: Point | None, points: Iterable[Point]) -> float | None:
    return min((miles_between(point, other) for other in points), default=None) if point else None


def _values(match: _Match, facet: Facet) -> tuple[str, ...]:
    return facet.at(match.time) if facet.at else match.one.document.values[facet.name]


def _counts(index: _Index, matching: Iterable[_Match], question: Question) -> dict[str, dict[str, int]]:
    """Count each facet's values among what its own choice alone, or nothing, leaves out."""
    counts: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        values = {option.value for option in facet.options}
        if facet.is_open:
            values = {value for one in index.held.values() for value in one.document.values[facet.name]}
        counts[facet.name] = dict.fromkeys([*sorted(values), *dict(question.choices).get(facet.name, ())], 0)
    for match in matching:
        for facet in FACETS:
            if match.fails <= {facet.name}:
                for value in _values(match, facet):
                    counts[facet.name][value] += 1
    return counts


def _nearby(kept: Iterable[_Match], question: Question) -> Nearby:
    inside, apart = 0, Counter[Apart]()
    for match in kept:
        if _is_inside(match, question):
            inside += 1
        else:
            apart[match.one.document.apart or Apart.UNPLACED] += 1
    return Nearby(inside, {reason: apart[reason] for reason in Apart})


def _key(found: _Match, sort: Sort) -> tuple[Any, ...]:
    document = found.one.document
    match sort:
        case Sort.BEST:
            first: tuple[Any, ...] = (not found.named, -round(found.score * SCORE_STEPS))
        case Sort.SOONEST:
            first = found.time.turn
        case Sort.NEWEST:
            first = (-document.published_at.timestamp(),)
        case Sort.NEAREST:
            first = (found.miles is None, found.miles or 0.0)
    return (*first, *document.order)
