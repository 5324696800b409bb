"""Why a listing is found, or isn't: how a search was read, what each word weighs, and which choice left it out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity
from directory.places.gazetteer import Gazetteer
from directory.search import wording
from directory.search.document import names_of
from directory.search.engine import Question, SearchEngine
from directory.search.facets import FACETS_BY_NAME, WHEN
from directory.search.find import find
from directory.search.indexing import ask
from directory.search.interpreting import Interpretation, Interpreter
from directory.search.language import Alternative, Term, TextQuery
from directory.search.moments import CLOSED_OR_PAUSED
from directory.search.queries import names_of_open_facets
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary


@dataclass(frozen=True, slots=True)
class TermWeight:
    """What one word or phrase adds to a listing's score, and as what the listing has it; None when it hasn't."""

    word: str
    required: bool
    weight: float | None
    found_as: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a search was read and what became of one listing.

    ``put_right`` is what was typed when another spelling was searched for. ``rank`` counts from 1 and is None for a
    listing that isn't found; then ``left_out_by`` says why. A listing ``named`` as typed stands before all scores.
    """

    text: str
    put_right: str | None
    readings: tuple[tuple[str, str], ...]
    sentence: str
    terms: tuple[TermWeight, ...]
    named: bool
    has_all_words: bool
    rank: int | None
    total: int
    left_out_by: tuple[str, ...]

    @property
    def score(self) -> float:
        """Give the sum of what the words weigh."""
        return sum(term.weight or 0 for term in self.terms)


def explain(
    session: Session,
    engine: SearchEngine,
    gazetteer: Gazetteer,
    query: SearchQuery,
    opportunity: Opportunity,
    now: datetime,
    vocabulary: Vocabulary,
) -> Explanation:
    """Follow one listing through a search, in its usual order or the one asked for."""
    found = find(session, engine, gazetteer, query, now, vocabulary)
    naming = wording.Naming(names_of_open_facets(session))
    meant = Interpreter(vocabulary, gazetteer, naming, engine.is_called).interpret(found.spelt)
    question = replace(meant.question(meant.query), page=1, size=engine.count() or 1, counting=False)
    page = ask(session, engine, question, now)

    def holds(other: Question) -> bool:
        return opportunity.id in ask(session, engine, replace(other, size=question.size, counting=False), now).ids

    terms = tuple(_weighed(engine, term, opportunity.id) for term in meant.text.terms)
    rank = page.ids.index(opportunity.id) + 1 if opportunity.id in page.ids else None
    from_ = page.some_words_from
    return Explanation(
        text=meant.query.text,
        put_right=found.put_right.label if found.put_right else None,
        readings=tuple((one.words, wording.read_as(one, meant.place, naming)) for one in meant.in_force),
        sentence=found.sentence,
        terms=terms,
        named=bool(meant.text.name) and meant.text.name in names_of(opportunity.title),
        has_all_words=rank is not None and (from_ is None or rank <= from_),
        rank=rank,
        total=page.total + page.more,
        left_out_by=() if rank else tuple(_reasons(meant, naming, terms, page.with_all_words, holds)),
    )


def _reasons(
    meant: Interpretation,
    naming: wording.Naming,
    terms: Sequence[TermWeight],
    with_all_words: int,
    holds: Callable[[Question], bool],
) -> Iterator[str]:
    """Try each thing that is asked for by itself."""
    query, is_running = meant.query, holds(Question())
    at_its_time = {} if is_running else {WHEN: (CLOSED_OR_PAUSED,)}
    everything = Question(choices=tuple(at_its_time.items()))
    missing = [term.word for term in terms if term.required and term.weight is None]
    if missing:
        yield f"it has no {', no '.join(missing)}, and {with_all_words:,} with all of the words are enough"
    if meant.text.excluded and not holds(replace(everything, text=TextQuery(excluded=meant.text.excluded))):
        yield "it has a word that was typed with a minus"
    for name, values in query.choices:
        if not holds(Question(choices=tuple({**at_its_time, name: values}.items()))):
            facet = FACETS_BY_NAME[name]
            yield f"{facet.title} is not {naming.said(facet, values)}"
    point = meant.question(query).point
    if point and query.within and not holds(replace(everything, point=point, within=query.within)):
        yield f"it is further than {wording.miles(query.within)} from {query.near}"
    if not is_running and not query.chosen(WHEN):
        yield "it is closed, paused or ended, and those are shown only when asked for"


def _weighed(engine: SearchEngine, term: Term, id: int) -> TermWeight:
    """Weigh each way of having a term; the best counts."""
    ways = tuple(replace(term, alternatives=(alternative,)) for alternative in term.alternatives)
    weights = engine.weights(TextQuery(ways), id)
    had = [(weight, -at) for at, weight in enumerate(weights) if weight is not None]
    weight, at = max(had) if had else (None, 0)
    found_as = _said(term.alternatives[-at]) if had else None
    return TermWeight(_said(term.alternatives[0]), term.required, weight, found_as)


def _said(alternative: Alternative) -> str:
    words = " ".join(alternative.tokens)
    phrase = f"“{words}”" if len(alternative.tokens) > 1 and alternative.places else words
    return phrase if alternative.worth == 1 else f"{phrase} × {alternative.worth:.2g}"
