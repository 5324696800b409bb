"""The oracle: Whoosh as it comes, asked by its own searcher what the engine works out from arrays.

It holds the same documents in a stock index, in memory, and answers with Whoosh's own queries, scorer, filters and
groups; of the product it shares only what goes in: the words of a document, and a question that was read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise
from typing import Any

from whoosh import fields, formats, matching, query, scoring, sorting
from whoosh.filedb.filestore import RamStorage

from directory.catalogue.timing import Schedule
from directory.search import bm25
from directory.search.document import Posting, SearchDocument
from directory.search.engine import Question
from directory.search.facets import FACETS, WHEN
from directory.search.language import Alternative, Term
from directory.search.moments import CLOSED_OR_PAUSED
from tests.contracts.listings import ALL_YEAR, ENDED, NOTHING_KNOWN, PAUSED, closing, opening, usually

# What each schedule answers to the facets that hang on time, at NOW: said here by hand, so that no code is shared.
TIMES: Mapping[Schedule, Mapping[str, tuple[str, ...]]] = {
    NOTHING_KNOWN: {},
    ALL_YEAR: {"when": ("any-time",)},
    ENDED: {"when": ("not-running",)},
    PAUSED: {"when": ("not-running",)},
    closing(3): {"when": ("open", "closing-2-weeks", "closing-6-weeks")},
    closing(30): {"when": ("open", "closing-6-weeks")},
    closing(-1): {"when": ("not-running",)},
    opening(9): {"when": ("opens",)},
    usually(opens=1): {"usually": ("january",)},
}

ID, NAMES, WORDS, RUNNING = "id", "names", "words", "running"


@dataclass(frozen=True, slots=True)
class Answer:
    """What Whoosh itself says to a question: ids with scores, and every count above zero."""

    all_words: Mapping[int, float]
    some_words: Mapping[int, float]
    named: frozenset[int]
    kept: frozenset[int]
    following: frozenset[int]
    not_running: int
    counts: Mapping[str, Mapping[str, int]]


class NativeWhoosh:
    """A stock index of some documents, each with a schedule out of TIMES."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        opened = RamStorage().create_index(_schema())
        writer = opened.writer()
        for document in documents:
            writer.add_document(**_row(document))
        writer.commit()
        self._searcher = opened.searcher(weighting=scoring.BM25F(B=bm25.B, K1=bm25.K1))

    def answer(self, question: Question) -> Answer:
        """Answer by Whoosh's means."""
        return _Asked(self._searcher, question).answer()


class _Asked:
    """One question in Whoosh's own queries."""

    def __init__(self, searcher: Any, question: Question) -> None:
        text = question.text
        self._searcher = searcher
        self._question = question
        self._required = [_term(term) for term in text.required]
        self._scored = query.Or([_term(term) for term in text.terms])
        self._excluded = [_term(term) for term in text.excluded]
        self._called = [query.Term(NAMES, text.name)] if text.name else []
        self._filters = {
            WHEN: query.Term(RUNNING, "yes"),
            **{name: query.Or([query.Term(name, value) for value in values]) for name, values in question.choices},
        }

    def answer(self) -> Answer:
        running_with_all = self._ids(self._all_words, query.Term(RUNNING, "yes"))
        enough = not self._required or len(running_with_all) >= self._question.few
        matching = self._all_words if enough else self._some_words
        kept = self._ids(matching, self._narrowed())
        following = self._ids(self._some_words, self._narrowed()) - self._ids(self._all_words)
        stopped = query.And([query.Term(RUNNING, "no"), self._narrowed(but=WHEN)])
        return Answer(
            all_words=self._scores(self._all_words),
            some_words=self._scores(self._some_words),
            named=self._ids(self._allowed(query.Or(self._called))),
            kept=kept,
            following=following if self._required and enough and len(kept) < self._question.few else frozenset(),
            not_running=0 if _asks_for_not_running(self._question) else len(self._ids(matching, stopped)),
            counts=self._counts(matching),
        )

    @cached_property
    def _all_words(self) -> Any:
        return self._allowed(query.Or([query.And(self._required), *self._called]) if self._required else query.Every())

    @cached_property
    def _some_words(self) -> Any:
        return self._allowed(query.Or([*self._required, *self._called]) if self._required else query.Every())

    def _allowed(self, asked: Any) -> Any:
        return query.And([asked, query.Not(query.Or(self._excluded))]) if self._excluded else asked

    def _narrowed(self, but: str | None = None) -> Any:
        return query.And([query.Every(), *(having for name, having in self._filters.items() if name != but)])

    def _counts(self, asked: Any) -> dict[str, Mapping[str, int]]:
        """Count by groups; what a facet itself leaves out is counted in a search of its own."""
        free = self._groups(asked, [facet.name for facet in FACETS if facet.name not in self._filters], None)
        for name in self._filters:
            free.update(self._groups(asked, [name], name))
        return free

    def _groups(self, asked: Any, names: list[str], but: str | None) -> dict[str, Mapping[str, int]]:
        grouped = sorting.Facets()
        for name in names:
            grouped.add_field(name, allow_overlap=True)
        found = self._search(asked, self._narrowed(but), groupedby=grouped, maptype=sorting.Count)
        return {name: {value: count for value, count in found.groups(name).items() if value} for name in names}

    def _scores(self, asked: Any) -> dict[int, float]:
        """Score what matches: one called exactly so may have none of the words."""
        scores = {int(hit[ID]): hit.score for hit in self._search(self._scored)}
        return {id: scores.get(id, 0.0) for id in self._ids(asked)}

    def _ids(self, asked: Any, narrowed: Any = None) -> frozenset[int]:
        return frozenset(int(hit[ID]) for hit in self._search(asked, narrowed))

    def _search(self, asked: Any, narrowed: Any = None, **options: object) -> Any:
        return self._searcher.search(asked, limit=None, filter=narrowed, **options)


class _Words(fields.FieldType):  # type: ignore[misc]
    """Weighted words with their places, in Whoosh's own format."""

    def __init__(self) -> None:
        super().__init__(format=formats.Positions(), analyzer=None, scorable=True)

    def index(self, value: Mapping[str, Posting], **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for token, (weight, places) in value.items():
            yield token.encode(), weight, float(weight), self.format.encode(sorted(places))


class _Near(query.SpanNear):  # type: ignore[misc]
    """Whoosh's own, which forgot to say how much it may find: And and Or want to know."""

    def estimate_size(self, reader: Any) -> int:
        return int(self.q.estimate_size(reader))


class _BestMatcher(matching.DisjunctionMaxMatcher):  # type: ignore[misc]
    """Whoosh's own takes the best of two scores even when they are of two documents."""

    def score(self) -> float:
        one, other = self.a, self.b
        if one.is_active() and other.is_active() and one.id() != other.id():
            return float(min(one, other, key=lambda matcher: matcher.id()).score())
        return float(super().score())


class _Best(query.DisjunctionMax):  # type: ignore[misc]
    def _matcher(self, subs: Any, searcher: Any, context: Any) -> Any:
        return self._tree_matcher(subs, _BestMatcher, searcher, context, None)


def _schema() -> Any:
    facets = {facet.name: fields.KEYWORD() for facet in FACETS}
    return fields.Schema(
        **{ID: fields.ID(stored=True), NAMES: fields.KEYWORD(), WORDS: _Words(), RUNNING: fields.ID()}, **facets
    )


def _row(document: SearchDocument) -> dict[str, Any]:
    times = TIMES[document.schedule]
    values = {facet.name: document.values[facet.name] if facet.of else times.get(facet.name, ()) for facet in FACETS}
    return {
        ID: str(document.id),
        NAMES: " ".join(document.names),
        WORDS: document.postings(),
        RUNNING: "no" if CLOSED_OR_PAUSED in values[WHEN] else "yes",
        **{name: " ".join(of) for name, of in values.items()},
    }


def _asks_for_not_running(question: Question) -> bool:
    return CLOSED_OR_PAUSED in dict(question.choices).get(WHEN, ())


def _term(term: Term) -> Any:
    return _Best([_alternative(alternative) for alternative in term.alternatives])


def _alternative(alternative: Alternative) -> Any:
    words = [query.Term(WORDS, token, boost=alternative.worth) for token in alternative.tokens]
    if not alternative.places:
        return query.And(words)
    gaps = (after - before for before, after in pairwise(alternative.places))
    return reduce(
        lambda phrase, next: _Near(phrase, next[0], slop=next[1], mindist=next[1]),
        zip(words[1:], gaps, strict=True),
        words[0],
    )
