"""Whoosh as it comes: text and keyword fields, sortable columns, its own scores, and facets by ``groupedby``."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, query, sorting

from benchmarks.peers.columns import SINGLE
from benchmarks.peers.engine import SIZE, TITLE_WEIGHT, Found, without
from benchmarks.peers.fts5 import GAP, text_of
from benchmarks.searching.catalogue import OPTIONS
from benchmarks.searching.lexicon import Lexicon
from benchmarks.searching.questions import Asked, How
from benchmarks.searching.rows import Row
from directory.search.document import SearchDocument
from directory.search.query import Sort

TEXTS = {"title": TITLE_WEIGHT, "body": 1.0}
MEMORY = 256  # MB
ORDERS: dict[Sort, dict[str, Any]] = {
    Sort.BEST: {},
    Sort.NEWEST: {"sortedby": "newest", "reverse": True},
    Sort.SOONEST: {"sortedby": "soonest"},
}


class Whoosh:
    """Native Whoosh. Where a stop word stood in a phrase, its words may stand that far apart anywhere."""

    name = "native Whoosh"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writer: Any = None
        self._searcher: Any = None

    def add(self, rows: Sequence[Row]) -> None:
        """Take in some."""
        if self._writer is None:
            self._folder.mkdir(parents=True)
            as_they_are = analysis.RegexTokenizer(r"\S+") | analysis.StopFilter([GAP], minsize=1, renumber=False)
            self._writer = index.create_in(self._folder, _schema(as_they_are)).writer(limitmb=MEMORY)
        for row in rows:
            self._writer.add_document(
                id=str(row.id),
                title=text_of(row.title),
                body=text_of(row.body),
                running=str(int(row.running)),
                newest=row.newest,
                soonest=row.soonest,
                **{name: " ".join(map(str, codes)) for name, codes in row.codes.items()},
            )

    def finish(self) -> None:
        """Commit into one segment."""
        self._writer.commit(optimize=True)
        self._writer = None

    def open(self) -> None:
        """Open it anew."""
        self._searcher = index.open_dir(self._folder).searcher()

    def prepare(self, asked: Asked, lexicon: Lexicon) -> Callable[[], Any]:
        """Make what is timed."""
        text, searcher = _text(asked), self._searcher
        free = _grouped(facet for facet in OPTIONS if facet not in asked.filters)
        own = {facet: (_narrowed(asked, without(asked, facet)), _grouped((facet,))) for facet in asked.filters}
        narrowed = _narrowed(asked, asked.filters)

        def search() -> Any:
            found = searcher.search(
                text, limit=SIZE, filter=narrowed, groupedby=free, maptype=sorting.Count, **ORDERS[asked.sort]
            )
            groups = {facet: found.groups(facet) for facet in free.names()}
            for facet, (others, grouped) in own.items():
                again = searcher.search(text, limit=1, filter=others, groupedby=grouped, maptype=sorting.Count)
                groups[facet] = again.groups(facet)
            return len(found), [hit["id"] for hit in found[:SIZE]], groups  # grouping makes it keep all hits

        return search

    def read(self, asked: Asked, answer: Any) -> Found:
        """Make an answer comparable."""
        total, ids, groups = answer
        return Found(
            total,
            tuple(map(int, ids)),
            {facet: {int(key): count for key, count in counts.items() if key} for facet, counts in groups.items()},
        )

    def close(self) -> None:
        """Let go of it."""
        if self._searcher is not None:
            self._searcher.close()


def build_as_it_comes(folder: Path, documents: Iterable[SearchDocument]) -> None:
    """Index listings with Whoosh's own stemming, to compare how long that takes."""
    writer = index.create_in(folder, _schema(analysis.StemmingAnalyzer())).writer(limitmb=MEMORY)
    for document in documents:
        title, *others = document.texts
        writer.add_document(
            id=str(document.id),
            title=title,
            body=" ".join(others),
            newest=int(document.published_at.timestamp()),
            **{name: " ".join(values) for name, values in document.values.items()},
        )
    writer.commit()


def _schema(analyser: Any) -> Any:
    text = fields.TEXT(analyzer=analyser)
    number = fields.NUMERIC(int, bits=64, sortable=True)
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=text,
        body=text,
        running=fields.ID(),
        newest=number,
        soonest=number,
        **{name: fields.ID(sortable=True) if name in SINGLE else fields.KEYWORD() for name in OPTIONS},
    )


def _grouped(facets: Iterable[str]) -> Any:
    grouped = sorting.Facets()
    for facet in facets:
        grouped.add_field(facet, allow_overlap=facet not in SINGLE)
    return grouped


def _narrowed(asked: Asked, names: Iterable[str]) -> Any:
    parts = [
        query.Or([query.Term(name, str(code)) for code in asked.codes[name]])
        if name in asked.codes
        else query.Term("running", "1")
        for name in names
    ]
    return query.And(parts) if parts else None


def _text(asked: Asked) -> Any:
    tokens = list(asked.tokens)
    slop = 2 if asked.has_stop_words else 1
    match asked.how:
        case _ if not tokens:
            return query.Every()
        case How.PHRASE:
            return query.Or([query.Phrase(name, tokens, slop=slop, boost=boost) for name, boost in TEXTS.items()])
        case How.BEGINNING:
            return query.Or([query.Prefix(name, tokens[0], boost=boost) for name, boost in TEXTS.items()])
        case How.NEAR:
            return query.Or([query.FuzzyTerm(name, tokens[0], boost=boost, maxdist=1) for name, boost in TEXTS.items()])
        case How.ANY:
            return query.Or([_word(token) for token in tokens])
        case _:
            return query.And([_word(token) for token in tokens])


def _word(token: str) -> Any:
    return query.Or([query.Term(name, token, boost=boost) for name, boost in TEXTS.items()])
