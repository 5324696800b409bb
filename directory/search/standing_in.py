"""Standing in for an index that is lost or damaged, so that a search always has an answer, and a true one.

Processes that answer never write an index on disk: that is the worker's. Until it has mended it, the twin in their own
memory answers, filled from the database and filled again when the database has changed.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from directory.catalogue import outbox
from directory.search.document import SearchDocument
from directory.search.engine import EngineStatus, IndexMissing, Question, SearchEngine, SearchPage
from directory.search.engines.memory import MemoryEngine
from directory.search.indexing import rebuild, refill
from directory.search.language import TextQuery


class Twin:
    """The exact twin, as true as the last commit. Only one thread fills it, the others wait."""

    def __init__(self, sessions: sessionmaker[Session], engine: MemoryEngine, *, pays: bool) -> None:
        """Keep ``engine`` true; where it is the only index there is, it ``pays`` what it was owed."""
        self._sessions = sessions
        self._engine = engine
        self._pays = pays
        self._filling = threading.Lock()
        self._debt = 0  # what was owed when it was filled

    def as_now(self) -> MemoryEngine:
        """Give it with everything that is committed."""
        with self._filling, self._sessions() as session:
            latest, debt = outbox.latest(session), outbox.debt(session)
            held = self._engine.status()
            if not held.ready or held.sequence != latest or debt != self._debt:
                (rebuild if self._pays else refill)(session, self._engine)
                session.commit()
                self._debt = 0 if self._pays else debt
        return self._engine


class Attended:
    """An engine that is never without an answer: its own index answers or, while there is none, the twin.

    An engine in memory is its own twin: no other process could keep it.
    """

    def __init__(self, engine: SearchEngine, sessions: sessionmaker[Session]) -> None:
        self.name = engine.name
        self.is_kept_here = isinstance(engine, MemoryEngine)
        self._engine = engine
        self._sessions = sessions
        self._twin: Twin | None = Twin(sessions, engine, pays=True) if isinstance(engine, MemoryEngine) else None
        self._standing_in = threading.Lock()

    def search(self, question: Question, now: datetime) -> SearchPage:
        """Answer; raises what the database raises when the twin can't be filled."""
        if self.is_kept_here:
            return self._stand_in().search(question, now)
        try:
            page = self._engine.search(question, now)
        except IndexMissing:
            return self._stand_in().search(question, now)
        self._twin = None  # a whole catalogue needn't stay in memory
        return page

    def replace_all(self, documents: Iterable[SearchDocument], sequence: int = 0) -> None:
        """Let the engine itself hold these and no others."""
        self._engine.replace_all(documents, sequence)

    def apply(self, upserts: Iterable[SearchDocument], deletions: Iterable[int], sequence: int = 0) -> None:
        """Let the engine itself take in what changed."""
        self._engine.apply(upserts, deletions, sequence)

    def count(self) -> int:
        """Count the listings of the engine itself."""
        return self._engine.count()

    def words(self) -> Mapping[str, int]:
        """Give the words of what answers."""
        return self._answering().words()

    def is_called(self, name: str) -> bool:
        """Ask what answers whether a listing is called so."""
        return self._answering().is_called(name)

    def weights(self, text: TextQuery, id: int) -> tuple[float | None, ...]:
        """Ask what answers how much terms weigh."""
        return self._answering().weights(text, id)

    def fingerprints(self) -> Mapping[int, int]:
        """Give the fingerprints of the engine itself."""
        return self._engine.fingerprints()

    def status(self) -> EngineStatus:
        """Say how the engine itself is, and whether the twin answers."""
        held = self._engine.status()
        return replace(held, reads_through=self.is_kept_here or not held.generation)

    def _answering(self) -> SearchEngine:
        """Give the engine itself or, while it has nothing to answer from, the twin."""
        return self._stand_in() if self.is_kept_here or not self._engine.status().generation else self._engine

    def _stand_in(self) -> MemoryEngine:
        with self._standing_in:
            twin = self._twin = self._twin or Twin(self._sessions, MemoryEngine(), pays=False)
        return twin.as_now()
