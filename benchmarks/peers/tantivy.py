"""tantivy-py: tokens ready made, every facet a fast field; a search for the first 20 and the total, then the counts."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from benchmarks.peers.engine import SIZE, TITLE_WEIGHT, Found, without
from benchmarks.searching.catalogue import OPTIONS
from benchmarks.searching.lexicon import Lexicon
from benchmarks.searching.questions import Asked, How
from benchmarks.searching.rows import Placed, Row
from directory.search.facets import WHEN
from directory.search.query import Sort

FIELDS = {"title": TITLE_WEIGHT, "body": 1.0}
RUNNING = "running"
NUMBERS = ("id", RUNNING, "newest", "soonest")  # signed: an int in an unsigned field kills tantivy-py's writer
MEMORY = 512_000_000


class Tantivy:
    """tantivy through its Python binding.

    Facets without a choice of their own are counted in one pass; each with one needs another pass, without it. With no
    choices at all one pass does for all, which was measured to be quicker; with choices it was slower.
    """

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: Any = None
        self._writer: Any = None
        self._searcher: Any = None

    def add(self, rows: Sequence[Row]) -> None:
        """Take in some."""
        if self._writer is None:
            self._folder.mkdir(parents=True)
            self._index = tantivy.Index(_schema(), path=str(self._folder))
            self._writer = self._index.writer(heap_size=MEMORY, num_threads=1)
        for row in rows:
            self._writer.add_document(_document(row))

    def finish(self) -> None:
        """Commit, and wait until it has merged."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._writer = None

    def open(self) -> None:
        """Open it anew."""
        self._index = tantivy.Index.open(str(self._folder))
        self._index.reload()
        self._searcher = self._index.searcher()

    def prepare(self, asked: Asked, lexicon: Lexicon) -> Callable[[], Any]:
        """Make what is timed."""
        schema, searcher = self._index.schema, self._searcher
        text = _text(schema, asked)
        filters = {
            name: Query.term_set_query(schema, name, list(asked.codes[name]))
            if name in asked.codes
            else Query.term_query(schema, RUNNING, 1)
            for name in asked.filters
        }

        def narrowed(names: Iterable[str]) -> Any:
            parts = [*([text] if text else []), *(filters[name] for name in names)]
            return Query.boolean_query([(Occur.Must, part) for part in parts]) if parts else Query.all_query()

        query = narrowed(asked.filters)
        free = _terms(facet for facet in OPTIONS if facet not in filters)
        if not asked.codes:
            passes = [(narrowed(()), {RUNNING: {"filter": f"{RUNNING}:1", "aggs": free}, **_terms((WHEN,))})]
        else:
            passes = [(query, free), *((narrowed(without(asked, facet)), _terms((facet,))) for facet in filters)]
        ordered = {
            Sort.BEST: {},
            Sort.NEWEST: {"order_by_field": "newest", "order": tantivy.Order.Desc},
            Sort.SOONEST: {"order_by_field": "soonest", "order": tantivy.Order.Asc},
        }[asked.sort]

        def search() -> Any:
            found = searcher.search(query, limit=SIZE, count=True, **ordered)
            ids = searcher.fast_field_values("id", [address for _key, address in found.hits])
            return found.count, ids, [searcher.aggregate(*one) for one in passes]

        return search

    def read(self, asked: Asked, answer: Any) -> Found:
        """Make an answer comparable."""
        total, ids, counted = answer
        return Found(
            total,
            tuple(ids),
            {
                facet: {int(bucket["key"]): bucket["doc_count"] for bucket in result["buckets"]}
                for part in counted
                for facet, result in {**part, **part.get(RUNNING, {})}.items()
                if facet in OPTIONS
            },
        )

    def close(self) -> None:
        """Let go of it."""
        self._index = self._searcher = None


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name)
    for name in (*NUMBERS, *OPTIONS):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def _document(row: Row) -> Any:
    document = tantivy.Document(
        id=row.id,
        running=int(row.running),
        newest=row.newest,
        soonest=row.soonest,
        **{name: list(codes) for name, codes in row.codes.items() if codes},
    )
    document.add_pre_tokenized_text("title", _tokens(row.title))
    document.add_pre_tokenized_text("body", _tokens(row.body))
    return document


def _tokens(placed: Sequence[Placed]) -> Any:
    return tantivy.PreTokenizedString("", [tantivy.Token(token, place, 0, 0) for place, token in placed])


def _text(schema: Any, asked: Asked) -> Any:
    tokens = asked.tokens
    match asked.how:
        case _ if not tokens:
            return None
        case How.PHRASE:
            return _any(
                Query.boost_query(Query.phrase_query(schema, name, list(asked.placed)), boost)
                for name, boost in FIELDS.items()
            )
        case How.BEGINNING:
            return _any(
                Query.boost_query(Query.fuzzy_term_query(schema, name, asked.words, 0, prefix=True), boost)
                for name, boost in FIELDS.items()
            )
        case How.NEAR:
            return _any(
                Query.boost_query(Query.fuzzy_term_query(schema, name, tokens[0], 1), boost)
                for name, boost in FIELDS.items()
            )
        case How.ANY:
            return _any(_term(schema, name, token) for token in tokens for name in FIELDS)
        case _:
            words = [_any(_term(schema, name, token) for name in FIELDS) for token in tokens]
            return Query.boolean_query([(Occur.Must, word) for word in words])


def _term(schema: Any, name: str, token: str) -> Any:
    return Query.boost_query(Query.term_query(schema, name, token, "freq"), FIELDS[name])


def _any(queries: Iterable[Any]) -> Any:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _terms(facets: Iterable[str]) -> dict[str, Any]:
    """Count all values of facets: room for each, so that nothing is left out."""
    return {
        name: {"terms": {"field": name, "size": len(OPTIONS[name]), "segment_size": len(OPTIONS[name])}}
        for name in facets
    }
