"""Which searches would find a listing that isn't there yet: asked of an engine that holds it alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache

from directory.catalogue.models import Opportunity
from directory.foundation.resources import resource
from directory.places.gazetteer import Gazetteer
from directory.search.document import document_of
from directory.search.engines.memory import MemoryEngine
from directory.search.golden import load
from directory.search.interpreting import Interpreter
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary
from directory.search.wording import Naming


def found_by(
    opportunity: Opportunity,
    searches: Iterable[str],
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    naming: Naming,
    now: datetime,
    most: int,
) -> Sequence[str]:
    """Give those of ``searches``, which people really type, that a listing answers in all words; ``most`` at most.

    The listing is outside the database, so nothing is asked of one.
    """
    opportunity.id, opportunity.organisation.id = 1, 1
    engine = MemoryEngine()
    engine.replace_all([document_of(opportunity)])
    interpreter = Interpreter(vocabulary, gazetteer, naming, engine.is_called)
    return list(_first(_finding(engine, interpreter, searches, now), most))


def _finding(engine: MemoryEngine, interpreter: Interpreter, searches: Iterable[str], now: datetime) -> Iterator[str]:
    for words in searches:
        meant = interpreter.interpret(SearchQuery().with_text(words))
        if engine.search(meant.question(meant.query, counting=False), now).with_all_words:
            yield words


def _first(found: Iterator[str], most: int) -> Iterator[str]:
    for _number, words in zip(range(most), found, strict=False):
        yield words


@cache
def typical_searches() -> tuple[str, ...]:
    """Give what people really type: the golden queries."""
    return tuple(query.typed for query in load(resource("seed_data") / "golden_queries.yaml"))
