"""Which listings match typed words, and how well: Whoosh's own queries, postings and BM25F."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from whoosh import query
from whoosh.collectors import Collector
from whoosh.matching import DisjunctionMaxMatcher
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from directory.search.engine import SCORE_DIGITS, IndexMissing
from directory.search.engines.whoosh.schema import WORDS
from directory.search.engines.whoosh.segment import Bits, bits_of
from directory.search.language import Term, TextQuery

# One page asks about one text many times: for what it shows, for each way to relax it.
TEXTS_REMEMBERED = 64


class Matches:
    """The listings with all the words and those with some, by number, and how well they match.

    Those with only some are looked up when first asked for: most searches never ask.
    """

    def __init__(self, words: "Words", text: TextQuery) -> None:
        self._words = words
        self._terms = [_term(term) for term in text.terms]
        self._some: Bits | None = None
        self.named: Bits = words.named.get(text.name, 0)
        self._scores = {number: (len(text.terms), score) for number, score in words.score(query.And(self._terms))}
        have_all = bits_of(self._scores, words.size)
        self.all_words = have_all | self.named
        if self.named & ~have_all:
            _ = self.some_words  # a name split another way is known by the words it shares

    @property
    def some_words(self) -> Bits:
        """Give the listings with at least one of the words."""
        if self._some is None:
            found: dict[int, tuple[int, float]] = {}
            for term in self._terms:
                for number, score in self._words.score(term):
                    had, scored = found.get(number, (0, 0.0))
                    found[number] = (had + 1, scored + score)
            self._scores = {**found, **self._scores}
            self._some = bits_of(found, self._words.size) | self.named
        return self._some

    def worth(self, number: int) -> tuple[int, float]:
        """Say how well a listing matches: with how many of the words, and their weight."""
        words, score = self._scores.get(number, (0, 0.0))
        return words, round(score, SCORE_DIGITS)


class Words:
    """The words of one generation. ``named`` says which listings are called what."""

    def __init__(self, reader: Any, named: Mapping[str, Bits]) -> None:
        self.named = named
        self.size: int = reader.doc_count_all()
        self._searcher = Searcher(reader, weighting=BM25F())
        self._one_at_a_time = threading.Lock()  # Whoosh's readers share one place in their file
        self._remembered: OrderedDict[TextQuery, Matches] = OrderedDict()

    def match(self, text: TextQuery) -> Matches:
        """Match what was typed, or remember having done so."""
        matches = self._remembered.get(text) or Matches(self, text)
        self._remembered[text] = matches
        while len(self._remembered) > TEXTS_REMEMBERED:
            self._remembered.popitem(last=False)
        return matches

    def score(self, asked: Any) -> Iterable[tuple[int, float]]:
        """Run a query of Whoosh's over every segment; raises IndexMissing when its files turn out to be damaged."""
        scores = _Scores()
        with self._one_at_a_time:
            try:
                self._searcher.search_with_collector(asked, scores, self._searcher.context(needs_current=True))
            except Exception as problem:  # Whoosh raises anything at all over a damaged file
                raise IndexMissing(f"{type(problem).__name__}: {problem}") from problem
        return scores.found.items()


class _Scores(Collector):  # type: ignore[misc]
    """Keeps every match with its score, in no order."""

    def __init__(self) -> None:
        self.found: dict[int, float] = {}

    def collect(self, sub_docnum: int) -> None:
        self.found[self.offset + sub_docnum] = self.matcher.score()


class _Best(query.DisjunctionMax):  # type: ignore[misc]
    """Matches any of its queries and scores by the best. Whoosh 2.7.5's own mixes in the score of another listing."""

    def _matcher(self, subs: list[Any], searcher: Any, context: Any) -> Any:
        return self._tree_matcher(
            subs, _BestMatcher, searcher, context, lambda asked: asked.estimate_size(searcher.reader())
        )


class _BestMatcher(DisjunctionMaxMatcher):  # type: ignore[misc]
    """Of two matchers, takes the better score among those that stand at the listing."""

    def score(self) -> float:
        standing = [one for one in (self.a, self.b) if one.is_active()]
        here = min(one.id() for one in standing)
        return max(float(one.score()) for one in standing if one.id() == here)


def _term(term: Term) -> Any:
    """Make one typed word's query: the best of its alternatives, each with all its tokens."""
    alternatives = [query.And([query.Term(WORDS, token) for token in tokens]) for tokens in term.alternatives]
    return alternatives[0] if len(alternatives) == 1 else _Best(alternatives)
