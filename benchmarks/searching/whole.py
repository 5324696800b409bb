"""A whole request, without the page: reading what was typed, searching, and showing why each of the 20 was found."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.searching.moment import NOW
from benchmarks.searching.questions import Asked
from directory.foundation.resources import resource
from directory.search import language
from directory.search.document import SearchDocument
from directory.search.engine import Question, SearchEngine, SearchPage
from directory.search.language import TextQuery
from directory.search.snippets import Snippet, snippet
from directory.search.synonyms import load

MEANINGS = load(resource("seed_data") / "synonyms.yaml")


def answer(engine: SearchEngine, asked: Asked, listings: Mapping[int, SearchDocument]) -> Sequence[Snippet]:
    """Answer a question as pages do. ``listings`` are those shown, at hand."""
    words = read(asked.words)
    page = search(engine, words, asked)
    return snippets(words, [listings[id] for id in page.ids if id in listings])


def read(typed: str) -> TextQuery:
    """Read what was typed, with the product's own synonyms."""
    return language.read(typed, MEANINGS)


def search(engine: SearchEngine, words: TextQuery, asked: Asked) -> SearchPage:
    """Search as pages do, with the product's own rule for listings with only some of the words."""
    return engine.search(Question(text=words, choices=asked.choices, sort=asked.sort), NOW)


def snippets(words: TextQuery, shown: Iterable[SearchDocument]) -> Sequence[Snippet]:
    """Mark the matched words of what is shown."""
    return [snippet(words, *listing.texts[1:]) for listing in shown]
