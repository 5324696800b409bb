"""Which listings match typed words, and how well: postings of every segment, met, joined and weighed as arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from directory.search import bm25
from directory.search.engines.whoosh.arrays import Array
from directory.search.engines.whoosh.facts import digest
from directory.search.engines.whoosh.segment import Segment
from directory.search.language import Alternative, Term, TextQuery

# Of two lists this much different in length, the shorter is looked up in the longer; others are laid over each other.
FAR_SHORTER = 16
# A place is below 2¹⁶, and so is the way from the first word of a phrase to another.
PLACE_BITS = 17
PLACES = 1 << 16


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment in its generation: the numbers of its listings begin at ``base``; ``gone`` are those deleted."""

    segment: Segment
    base: int
    gone: Array | None


@dataclass(frozen=True, slots=True)
class Hits:
    """Listings, in order, and how well each matches."""

    numbers: Array
    scores: Array


class Words:
    """The words of one generation.

    ``lengths`` are how much all words of each listing weigh together, ``average`` is their mean over the living.
    """

    def __init__(self, placed: Sequence[Placed], lengths: Array, living: int, average: float) -> None:
        self.size = len(lengths)
        self._placed = placed
        self._living = living
        norms = np.array([bm25.norm(length, average) for length in bm25.LENGTHS])
        self._norms = norms[np.minimum(np.searchsorted(bm25.LENGTHS, lengths), len(norms) - 1)]

    def called(self, name: str) -> list[int]:
        """Give the living listings whose name is this."""
        key = digest(name)
        return [
            placed.base + number
            for placed in self._placed
            for number in placed.segment.called(key)
            if placed.gone is None or not placed.gone[number]
        ]

    def asked(self, text: TextQuery) -> "Asked":
        """Look up every token of ``text``, each once."""
        where: dict[str, list[tuple[Placed, int]]] = {}
        for term in (*text.terms, *text.excluded):
            for alternative in term.alternatives:
                for token in alternative.tokens:
                    where[token] = []
        for placed in self._placed:
            for found, number in zip(where.values(), placed.segment.find(where), strict=True):
                if number >= 0:
                    found.append((placed, number))
        return Asked(self, where)

    def weigh(self, numbers: Array, weights: Array) -> Array:
        """Weigh one token in the listings that have it."""
        heavy = weights.astype(np.float64)
        scores = heavy * (bm25.idf(self._living, len(numbers)) * (bm25.K1 + 1))
        heavy += self._norms[numbers]
        scores /= heavy
        return scores


class Asked:
    """The tokens of one question and where they are; what was worked out for one term serves the next."""

    def __init__(self, words: Words, where: dict[str, list[tuple[Placed, int]]]) -> None:
        self._words = words
        self._where = where
        self._tokens: dict[str, Hits] = {}

    def term(self, term: Term) -> Hits:
        """Match a term: of the alternatives that a listing has, the best counts."""
        return best([self._alternative(alternative) for alternative in term.alternatives], self._words.size)

    def _alternative(self, alternative: Alternative) -> Hits:
        hits = self._token(alternative.tokens[0])
        for token in alternative.tokens[1:]:
            hits = both(hits, self._token(token), self._words.size)
        if alternative.places and len(alternative.tokens) > 1:
            hits = self._beside_each_other(alternative, hits)
        return hits if alternative.worth == 1 else Hits(hits.numbers, hits.scores * alternative.worth)

    def _token(self, token: str) -> Hits:
        known = self._tokens.get(token)
        if known is None:
            known = self._tokens[token] = self._look_up(token)
        return known

    def _look_up(self, token: str) -> Hits:
        numbers, weights = [], []
        for placed, position in self._where[token]:
            listings, heavy = placed.segment.postings(position)
            if placed.gone is not None:
                here = ~placed.gone[listings]
                listings, heavy = listings[here], heavy[here]
            numbers.append(listings.astype(np.intp) + placed.base if placed.base else listings.astype(np.intp))
            weights.append(heavy)
        if not numbers:
            return NOTHING
        joined = joint(numbers)
        return Hits(joined, self._words.weigh(joined, joint(weights)))

    def _beside_each_other(self, phrase: Alternative, hits: Hits) -> Hits:
        """Keep the listings in which the tokens of a phrase stand as far from each other as they should."""
        wanted = np.zeros(self._words.size, np.bool_)
        wanted[hits.numbers] = True
        standing: Array | None = None
        for token, way in zip(phrase.tokens, phrase.places, strict=True):
            beginnings = joint([self._beginnings(placed, at, way, wanted) for placed, at in self._where[token]])
            standing = beginnings if standing is None else standing[in_sorted(standing, beginnings)]
        found = np.zeros(self._words.size, np.bool_)
        if standing is not None:
            found[standing >> PLACE_BITS] = True
        keep = found[hits.numbers]
        return Hits(hits.numbers[keep], hits.scores[keep])

    def _beginnings(self, placed: Placed, token: int, way: int, wanted: Array) -> Array:
        """Say where a phrase would begin for a token to stand in it: listing and place in one number, in order."""
        listings, places = placed.segment.places(token)
        numbers = listings.astype(np.int64) + placed.base
        here = wanted[numbers]
        return (numbers[here] << PLACE_BITS) + (places[here].astype(np.int64) + (PLACES - way))


class Matches:
    """The listings that match a text: those with all its words and, when asked for, those with some.

    One named exactly as typed has all of them. A listing with an excluded word is in neither.
    """

    def __init__(self, words: Words, text: TextQuery, living: Array) -> None:
        self._size = words.size
        asked = words.asked(text)
        hits = {term: asked.term(term) for term in text.terms}
        self._required = [hits[term] for term in text.required]
        self._optional = [hits[term] for term in text.terms if not term.required]
        self._allowed = living  # and so are all hits
        self._excludes = bool(text.excluded)
        if text.excluded:
            self._allowed = living.copy()
            for term in text.excluded:
                self._allowed[asked.term(term).numbers] = False
        called = [number for number in words.called(text.name) if self._allowed[number]] if text.name else []
        self.named = np.array(called, np.intp) if called else NOTHING.numbers

    @cached_property
    def all_words(self) -> Hits:
        """Give the listings with every required word, the named among them."""
        if not self._required:
            everything = np.flatnonzero(self._allowed)
            return self._with_optional(Hits(everything, np.zeros(len(everything))))
        first, *others = sorted(self._required, key=lambda hits: len(hits.numbers))
        hits = first
        for other in others:
            hits = both(hits, other, self._size)
        if self._excludes:
            keep = self._allowed[hits.numbers]
            hits = Hits(hits.numbers[keep], hits.scores[keep])
        if len(self.named):
            strangers = self.named[~in_sorted(self.named, hits.numbers)]
            hits = self._and_named(hits, strangers) if len(strangers) else hits
        return self._with_optional(hits)

    @cached_property
    def some_words(self) -> Hits:
        """Give the listings with any word, the named among them; a word that isn't required is a choice's."""
        scores = np.zeros(self._size)
        had = np.zeros(self._size, np.bool_)
        for hits in self._required:
            scores[hits.numbers] += hits.scores
            had[hits.numbers] = True
        had[self.named] = True
        numbers = np.flatnonzero(self._allowed if self._optional else had & self._allowed)
        return self._with_optional(Hits(numbers, scores[numbers]))

    def _and_named(self, hits: Hits, strangers: Array) -> Hits:
        """Add listings that are called so but lack some of the words; those they have count."""
        scores = np.array([sum(score_of(number, one) for one in self._required) for number in strangers])
        numbers = np.concatenate((hits.numbers, strangers))
        order = np.argsort(numbers, kind="stable")
        return Hits(numbers[order], np.concatenate((hits.scores, scores))[order])

    def _with_optional(self, hits: Hits) -> Hits:
        if not self._optional:
            return hits
        extra = np.zeros(self._size)
        for optional in self._optional:
            extra[optional.numbers] += optional.scores
        return Hits(hits.numbers, hits.scores + extra[hits.numbers])


NOTHING = Hits(np.zeros(0, np.intp), np.zeros(0))


def score_of(number: int, hits: Hits) -> float:
    """Give the score of one listing, 0 when it isn't there."""
    at = int(np.searchsorted(hits.numbers, number))
    return float(hits.scores[at]) if at < len(hits.numbers) and hits.numbers[at] == number else 0.0


def both(one: Hits, other: Hits, size: int) -> Hits:
    """Give the listings that are in both, their scores added up."""
    few, many = (one, other) if len(one.numbers) <= len(other.numbers) else (other, one)
    if not len(few.numbers):
        return few
    if len(few.numbers) * FAR_SHORTER < len(many.numbers):
        at = np.searchsorted(many.numbers, few.numbers)
        at[at == len(many.numbers)] = 0
        here = many.numbers[at] == few.numbers
        return Hits(few.numbers[here], few.scores[here] + many.scores[at[here]])
    shared = np.zeros(size, np.bool_)
    shared[many.numbers] = True
    in_few = shared[few.numbers]
    numbers = few.numbers[in_few]
    shared[many.numbers] = False
    shared[numbers] = True
    return Hits(numbers, few.scores[in_few] + many.scores[shared[many.numbers]])


def best(several: Sequence[Hits], size: int) -> Hits:
    """Give the listings that are in any, each with its best score."""
    if len(several) == 1:
        return several[0]
    some = [hits for hits in several if len(hits.numbers)]
    if not some:
        return NOTHING
    longest = max(some, key=lambda hits: len(hits.numbers))
    others = [hits for hits in some if hits is not longest]
    if not others:
        return longest
    if FAR_SHORTER * sum(len(hits.numbers) for hits in others) < len(longest.numbers):
        return _best_added(longest, others)
    scores = np.zeros(size)
    for hits in some:
        scores[hits.numbers] = np.maximum(scores[hits.numbers], hits.scores)
    numbers = np.flatnonzero(scores)
    return Hits(numbers, scores[numbers])


def _best_added(longest: Hits, others: Iterable[Hits]) -> Hits:
    """Give the best of one long list and few others, which mostly stand in it."""
    numbers, scores = longest.numbers, longest.scores.copy()
    for other in others:
        at = np.searchsorted(numbers, other.numbers)
        here = numbers[np.minimum(at, len(numbers) - 1)] == other.numbers
        scores[at[here]] = np.maximum(scores[at[here]], other.scores[here])
        if not here.all():
            numbers = np.insert(numbers, at[~here], other.numbers[~here])
            scores = np.insert(scores, at[~here], other.scores[~here])
    return Hits(numbers, scores)


def in_sorted(looked_for: Array, sorted_: Array) -> Array:
    """Say of each number whether it is in a sorted list."""
    if not len(sorted_):
        return np.zeros(len(looked_for), np.bool_)
    at = np.minimum(np.searchsorted(sorted_, looked_for), len(sorted_) - 1)
    result: Array = sorted_[at] == looked_for
    return result


def joint(parts: Sequence[Array]) -> Array:
    """Put lists behind each other."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.zeros(0, np.int64)
