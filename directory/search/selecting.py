"""All that a search finds, for what takes it away whole: what the page shows over all its pages, in that order."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from directory.catalogue import outbox
from directory.places.gazetteer import Gazetteer
from directory.search import wording
from directory.search.asking import Asking
from directory.search.engine import SearchEngine
from directory.search.find import NOTHING_KNOWN
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary


@dataclass(frozen=True, slots=True)
class Selected:
    """A search with every listing it finds, those with only some of the words last.

    ``spelt`` is its one address, without a page. ``name`` says it without its numbers. The ids hold until ``until``
    unless the index changes.
    """

    spelt: SearchQuery
    name: str
    ids: tuple[int, ...]
    until: datetime


def select(
    session: Session,
    engine: SearchEngine,
    gazetteer: Gazetteer,
    query: SearchQuery,
    now: datetime,
    vocabulary: Vocabulary = NOTHING_KNOWN,
) -> Selected:
    """Answer a search whole, read and put right as the page does; its own page number says nothing."""
    asking = Asking.of(session, engine, gazetteer, vocabulary, now)
    answer = asking.answer(query.with_page(1), counting=False)
    while better := asking.put_right(answer):
        answer = asking.answer(answer.meant.asked.with_text(better), counting=False)
    meant, first = answer.meant, answer.page
    found = first.total + first.more
    whole = asking.briefly(replace(meant.question(meant.query), size=found)) if found > len(first.ids) else first
    return Selected(
        spelt=meant.spelt(meant.query),
        name=wording.lasting_name(asking.sentence(meant), meant.query),
        ids=whole.ids,
        until=whole.holds_until,
    )


def version(session: Session, engine: SearchEngine, words: str) -> str:
    """Give what differs whenever a search may find something else, or what it finds may say something else.

    It leaves out what time alone changes. ``words`` is the version of the vocabulary.
    """
    held = engine.status()
    seen = f"{held.generation}.{held.sequence}.{words}"
    # What answers from the database takes a change in at the next question.
    return f"{seen}.{outbox.latest(session)}.{outbox.debt(session)}" if held.reads_through else seen
