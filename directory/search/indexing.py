"""Keep an engine's index true to the database: catch up with what changed, or build it anew."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from directory.catalogue import outbox
from directory.catalogue.models import Opportunity
from directory.catalogue.queries import descriptions, for_indexing, public_count
from directory.foundation.progress import Progress
from directory.foundation.settings import EngineName
from directory.search.document import SearchDocument, document_of
from directory.search.engine import EngineStatus, IndexMissing, Question, SearchEngine, SearchPage
from directory.search.standard import StandardSentences, set_apart, standard_sentences

# Past this many changes a new index is quicker than a patched one.
MANY = 1_000

SECONDS_BETWEEN_LOOKS = 0.05

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How far the index is true: what the engine holds, what it should hold, and how many changes it hasn't seen.

    ``oldest`` is the first change that it hasn't seen.
    """

    engine: EngineStatus
    listings: int
    owed: int
    oldest: int | None

    @property
    def is_up_to_date(self) -> bool:
        """Say whether what was read of the index has everything, though its files may be gone."""
        return self.engine.documents == self.listings and not self.owed

    @property
    def is_whole(self) -> bool:
        """Say whether the index has everything and is sound."""
        return self.engine.ready and self.is_up_to_date


def status(session: Session, engine: SearchEngine) -> IndexStatus:
    """Compare the index with the database."""
    found = _status(session, engine)
    # Between two looks the worker may have come by: only what is seen twice is so.
    return found if found.is_whole or found.owed else _status(session, engine)


def _status(session: Session, engine: SearchEngine) -> IndexStatus:
    listings, owed, oldest = public_count(session), outbox.debt(session), outbox.oldest(session)
    return IndexStatus(engine.status(), listings, owed, oldest)


def catch_up(session: Session, engine: SearchEngine) -> int:
    """Bring the index up to date and say how many changes it took in.

    An index that isn't ready, can't be changed or is of another catalogue is built anew. A listing that can't be read
    stays owed and the others go on. The caller commits: until then nothing in the database was written, and what isn't
    then paid is simply done again.
    """
    owing = outbox.owed(session)
    left_out: set[int] = set()
    if not _is_applied(session, engine, owing, left_out):
        left_out = refill(session, engine)
    return _pay(session, owing, left_out)


def rebuild(session: Session, engine: SearchEngine, progress: Progress = lambda _done, _total: None) -> int:
    """Build the index anew and say how many changes that took in; the caller commits."""
    owing = outbox.owed(session)
    return _pay(session, owing, refill(session, engine, progress))


def refill(session: Session, engine: SearchEngine, progress: Progress = lambda _done, _total: None) -> set[int]:
    """Fill the index from the database, leave the database as it is, and give the listings that couldn't be read."""
    left_out: set[int] = set()
    sequence = outbox.latest(session)
    engine.replace_all(public_documents(session, left_out, progress), sequence)
    return left_out


def public_documents(
    session: Session, left_out: set[int], progress: Progress = lambda _done, _total: None
) -> Iterator[SearchDocument]:
    """Read every public listing in the session's transaction but not into it: a whole catalogue would stay there."""
    total = public_count(session)
    standard = standard_sentences(descriptions(session))
    with Session(session.connection(), join_transaction_mode="rollback_only") as reading:
        for done, row in enumerate(for_indexing(reading), 1):
            yield from _document(row, standard, left_out)
            progress(done, total)


def documents(
    session: Session,
    ids: Iterable[int],
    left_out: set[int],
    as_changed: Callable[[Opportunity], None] = lambda _row: None,
) -> list[SearchDocument]:
    """Read those of these listings that are public; ``left_out`` takes those that can't be read.

    To try something out each row is read ``as_changed``.
    """
    rows = list(for_indexing(session, ids))
    for row in rows:
        as_changed(row)
    standard = standard_sentences(descriptions(session, {row.organisation_id for row in rows}))
    return [document for row in rows for document in _document(row, standard, left_out)]


def ask(session: Session, engine: SearchEngine, question: Question, now: datetime) -> SearchPage:
    """Ask an engine; one in memory that holds nothing yet is filled first.

    An index on disk is never filled here: its worker does that. Raises IndexMissing when nothing stands in for it.
    """
    try:
        return engine.search(question, now)
    except IndexMissing:
        if engine.name != EngineName.MEMORY:
            raise
        refill(session, engine)
        return engine.search(question, now)


def wait_until_searchable(sessions: sessionmaker[Session], engine: SearchEngine, sequence: int, seconds: float) -> bool:
    """Wait, for so many seconds at most, until this process's searches see a committed change; say whether they do."""
    end = time.monotonic() + seconds
    while not _is_searchable(sessions, engine, sequence):
        if time.monotonic() > end:
            return False
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return True


def _is_searchable(sessions: sessionmaker[Session], engine: SearchEngine, sequence: int) -> bool:
    with sessions() as session:
        paid = not outbox.is_owed(session, sequence)
    held = engine.status()
    return held.reads_through or (paid and held.ready and held.sequence >= sequence)


def _is_applied(session: Session, engine: SearchEngine, owing: Sequence[tuple[int, int]], left_out: set[int]) -> bool:
    """Change the index, if it can be changed, and say whether it then is what it should be."""
    if not engine.status().ready or len(owing) > MANY:
        return False
    try:
        if owing:
            _apply(session, engine, owing, left_out)
    except IndexMissing:
        return False
    held = engine.status()
    return held.ready and (bool(left_out) or not _is_of_another_catalogue(session, held, owing))


def _apply(session: Session, engine: SearchEngine, owing: Iterable[tuple[int, int]], left_out: set[int]) -> None:
    """Give the engine what is owed as it is now, whatever the change was; what can't be read stays as it was."""
    changed = _with_relatives(session, {id for _sequence, id in owing})
    found = documents(session, changed, left_out)
    gone = changed - {document.id for document in found} - left_out
    engine.apply(found, gone, max(sequence for sequence, _id in owing))


def _document(row: Opportunity, standard: StandardSentences, left_out: set[int]) -> Iterator[SearchDocument]:
    """Make a listing's document. One listing's trouble must not keep the others out."""
    try:
        document = set_apart(document_of(row), standard.get(row.organisation.name, ()))
    except Exception:
        log.exception("a listing can't be indexed", listing=row.id)
        left_out.add(row.id)
        return
    yield document


def _is_of_another_catalogue(session: Session, held: EngineStatus, owing: Iterable[tuple[int, int]]) -> bool:
    """Say whether the index has seen changes to come, or holds another number of listings though nothing more is owed.

    So it is when an older database was put back.
    """
    if held.sequence > outbox.latest(session):
        return True
    differs = held.documents != public_count(session)
    return differs and {sequence for sequence, _id in outbox.owed(session)} <= {sequence for sequence, _id in owing}


def _with_relatives(session: Session, ids: set[int]) -> set[int]:
    """Add the listings above and below: each is found by the others' titles too."""
    parents = select(Opportunity.parent_id).where(Opportunity.id.in_(ids))
    relatives = session.scalars(
        select(Opportunity.id).where(or_(Opportunity.parent_id.in_(ids), Opportunity.id.in_(parents)))
    )
    return ids | set(relatives)


def _pay(session: Session, owing: Iterable[tuple[int, int]], left_out: set[int]) -> int:
    """Pay for what the index took in; what was left out is owed, if it wasn't already."""
    settled = [sequence for sequence, id in owing if id not in left_out]
    outbox.paid(session, settled)
    outbox.owe(session, left_out - {id for _sequence, id in owing})
    return len(settled)
