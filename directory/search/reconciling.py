"""Compare the index with the database, listing by listing, and mend what differs."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from directory.catalogue import outbox
from directory.foundation.progress import Progress
from directory.search.engine import IndexMissing, SearchEngine
from directory.search.indexing import MANY, documents, public_documents, refill


@dataclass(frozen=True, slots=True)
class Differences:
    """Which listings the index lacks, which it holds otherwise than they are, and which the public may not see.

    What is still owed is no difference. ``lost`` is why there was no index to compare, if there was none.
    """

    missing: frozenset[int] = frozenset()
    stale: frozenset[int] = frozenset()
    unwanted: frozenset[int] = frozenset()
    lost: str | None = None

    @property
    def ids(self) -> frozenset[int]:
        """Give every listing that differs."""
        return self.missing | self.stale | self.unwanted

    def __bool__(self) -> bool:
        """Say whether there is anything to mend."""
        return bool(self.ids) or self.lost is not None

    def __str__(self) -> str:
        """Say in one sentence what was found."""
        if self.lost is not None:
            return f"There was no index to compare ({self.lost})."
        if not self:
            return "The index says what the database says."
        counts = ((self.missing, "missing"), (self.stale, "out of date"), (self.unwanted, "no longer public"))
        return f"The index differed: {', '.join(f'{len(ids)} {words}' for ids, words in counts if ids)}."


def reconcile(session: Session, engine: SearchEngine, progress: Progress = lambda _done, _total: None) -> Differences:
    """Find what differs and mend it; only whoever writes the index may, so that it stands still meanwhile."""
    found = differences(session, engine, progress)
    if found.lost is not None or len(found.ids) > MANY:
        refill(session, engine)
    elif found:
        left_out: set[int] = set()
        now = documents(session, found.ids, left_out)
        engine.apply(now, found.ids - {document.id for document in now} - left_out)
    return found


def differences(session: Session, engine: SearchEngine, progress: Progress = lambda _done, _total: None) -> Differences:
    """Compare each listing's fingerprint in the index with that of the listing now."""
    try:
        held = engine.fingerprints()
    except IndexMissing as missing:
        return Differences(lost=str(missing) or "no index")
    left_out: set[int] = set()
    wanted = {document.id: document.fingerprint for document in public_documents(session, left_out, progress)}
    # Read last: whatever changed since the index was read is owed by now.
    coming = left_out | {id for _sequence, id in outbox.owed(session)}
    return Differences(
        missing=frozenset(wanted.keys() - held.keys() - coming),
        stale=frozenset(id for id in wanted.keys() & held.keys() - coming if wanted[id] != held[id]),
        unwanted=frozenset(held.keys() - wanted.keys() - coming),
    )
