"""A whole request, without the page: reading what was typed, searching, and showing why each of the 20 was found."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.searching.moment import NOW
from benchmarks.searching.questions import Asked
from directory.search import language
from directory.search.document import SearchDocument
from directory.search.engine import Question, SearchEngine, SearchPage
from directory.search.language import TextQuery


def answer(engine: SearchEngine, asked: Asked, listings: Mapping[int, SearchDocument]) -> Sequence[str]:
    """Answer a question as pages do. ``listings`` are those shown, at hand."""
    words = read(asked.words)
    page = search(engine, words, asked)
    return snippets(words, [listings[id] for id in page.ids if id in listings])


def read(typed: str) -> TextQuery:
    """Read what was typed. The product's reading plugs in here: filters, synonyms, spelling."""
    return language.read(typed)


def search(engine: SearchEngine, words: TextQuery, asked: Asked) -> SearchPage:
    """Search as pages do, with the product's own rule for listings with only some of the words."""
    return engine.search(Question(text=words, choices=asked.choices, sort=asked.sort), NOW)


def snippets(words: TextQuery, shown: Iterable[SearchDocument]) -> Sequence[str]:
    """Mark the matched words of what is shown. The product's snippets plug in here: none are made until they do."""
    return ()
