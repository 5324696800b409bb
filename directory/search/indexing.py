"""Keep an engine's index true to the database: catch up with what changed, or build it anew."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.catalogue import outbox
from directory.catalogue.models import Opportunity
from directory.catalogue.queries import descriptions, for_indexing, public_count
from directory.foundation.progress import Progress
from directory.search.document import SearchDocument, document_of
from directory.search.engine import EngineStatus, IndexMissing, Question, SearchEngine, SearchPage
from directory.search.standard import StandardSentences, set_apart, standard_sentences

# Past this many changes a new index is quicker than a patched one.
MANY = 1_000

_refilling = threading.Lock()


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How far the index is true: what the engine holds, what it should hold, and how many changes it hasn't seen."""

    engine: EngineStatus
    listings: int
    owed: int

    @property
    def is_whole(self) -> bool:
        """Say whether the index has everything."""
        return self.engine.ready and self.engine.documents == self.listings and not self.owed


def status(session: Session, engine: SearchEngine) -> IndexStatus:
    """Compare the index with the database."""
    return IndexStatus(engine.status(), public_count(session), outbox.debt(session))


def catch_up(session: Session, engine: SearchEngine) -> int:
    """Bring the index up to date and say how many changes there were.

    An index that isn't ready, or doesn't hold as many listings as it should, is built anew. The caller commits: what
    isn't then paid is simply done again.
    """
    owing = outbox.owed(session)
    held = engine.status()
    if held.ready and 0 < len(owing) <= MANY:
        with suppress(IndexMissing):
            _apply(session, engine, {id for _sequence, id in owing})
        held = engine.status()
    if not held.ready or len(owing) > MANY or held.documents != public_count(session):
        refill(session, engine)
    _pay(session, owing)
    return len(owing)


def rebuild(session: Session, engine: SearchEngine, progress: Progress = lambda _done, _total: None) -> None:
    """Build the index anew; the caller commits."""
    owing = outbox.owed(session)
    refill(session, engine, progress)
    _pay(session, owing)


def refill(session: Session, engine: SearchEngine, progress: Progress = lambda _done, _total: None) -> None:
    """Fill the index from the database and leave the database as it is."""
    engine.replace_all(_documents(session, progress))


def ask(session: Session, engine: SearchEngine, question: Question, now: datetime) -> SearchPage:
    """Ask an engine; one without an index is filled first, so that a lost or damaged index is never an error."""
    try:
        return engine.search(question, now)
    except IndexMissing:
        with _refilling:
            try:  # another thread may just have done it
                return engine.search(question, now)
            except IndexMissing:
                refill(session, engine)
        return engine.search(question, now)


def _apply(session: Session, engine: SearchEngine, ids: set[int]) -> None:
    """Give the engine these listings as they are now, whatever the change was."""
    changed = _with_relatives(session, ids)
    rows = list(for_indexing(session, changed))
    standard = standard_sentences(descriptions(session, {row.organisation_id for row in rows}))
    documents = [_document(row, standard) for row in rows]
    engine.apply(documents, changed - {document.id for document in documents})


def _documents(session: Session, progress: Progress) -> Iterator[SearchDocument]:
    """Read every public listing in the session's transaction but not into it: a whole catalogue would stay there."""
    total = public_count(session)
    standard = standard_sentences(descriptions(session))
    with Session(session.connection(), join_transaction_mode="rollback_only") as reading:
        for done, row in enumerate(for_indexing(reading), 1):
            yield _document(row, standard)
            progress(done, total)


def _document(row: Opportunity, standard: StandardSentences) -> SearchDocument:
    return set_apart(document_of(row), standard.get(row.organisation.name, ()))


def _with_relatives(session: Session, ids: set[int]) -> set[int]:
    """Add the listings above and below: each is found by the others' titles too."""
    parents = select(Opportunity.parent_id).where(Opportunity.id.in_(ids))
    relatives = session.scalars(
        select(Opportunity.id).where(or_(Opportunity.parent_id.in_(ids), Opportunity.id.in_(parents)))
    )
    return ids | set(relatives)


def _pay(session: Session, owing: Iterable[tuple[int, int]]) -> None:
    if sequences := [sequence for sequence, _id in owing]:
        outbox.paid(session, max(sequences))
