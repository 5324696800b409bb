"""What words come to as people have it now: synonyms from the database, seen by every process within a second."""

import json
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from zlib import crc32

import structlog
from sqlalchemy import Text, cast, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from directory.catalogue.models import Synonym
from directory.search.reading import Vocabulary
from directory.search.synonyms import Entry, meanings_of

SECONDS_BETWEEN_LOOKS = 1.0

# A row as it is kept: its id, its words and what they find, still as JSON.
Kept = tuple[int, str, str]

log = structlog.get_logger()


class LivingVocabulary:
    """Looks at the synonyms once a second at most, and reads them again only when a row differs.

    All rows are looked at, since that is as quick as any sign of a change and can't miss one. Until there are rows, the
    files' synonyms count; when the database has trouble, those that were last read. Searches never wait for a look
    that another one is at.
    """

    def __init__(self, sessions: sessionmaker[Session], files: Vocabulary) -> None:
        self._sessions = sessions
        self._files = files
        self._known = files
        self._kept: Sequence[Kept] = ()
        self._sum = 0
        self._look_at = 0.0
        self._looking = threading.Lock()

    def now(self) -> Vocabulary:
        """Give the vocabulary, looked at within the last second."""
        if time.monotonic() >= self._look_at and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._look_at = time.monotonic() + SECONDS_BETWEEN_LOOKS
                self._looking.release()
        return self._known

    def version(self) -> str:
        """Give what differs when anybody changed a synonym; every process gives the same."""
        self.now()
        return f"{self._sum:x}"

    def look_again(self) -> None:
        """Look at the next question: something was just changed."""
        self._look_at = 0.0

    def _look(self) -> None:
        try:
            with self._sessions() as session:
                kept = kept_synonyms(session)
            if kept != self._kept:
                self._known = vocabulary_of(entries_of(kept), self._files) if kept else self._files
                self._kept, self._sum = kept, crc32(repr(kept).encode("utf-8", "replace"))
        except (SQLAlchemyError, ValueError):
            log.exception("the synonyms can't be read; those read before stay in force")


def kept_synonyms(session: Session) -> Sequence[Kept]:
    """Read every synonym as it is kept, one that was removed as without words."""
    words = cast(Synonym.words, Text), cast(Synonym.finds, Text)
    rows = session.execute(select(Synonym.id, *words, Synonym.removed_at.is_not(None)).order_by(Synonym.id))
    return [(id, "" if removed else typed, "" if removed else found) for id, typed, found, removed in rows]


def entries_of(kept: Iterable[Kept], changed: tuple[int | None, Entry | None] | None = None) -> Iterator[Entry]:
    """Give the synonyms in force; with one ``changed``, or added when it has no id. A damaged row is passed over."""
    id_changed, entry_changed = changed or (None, None)
    for id, words, finds in kept:
        entry = entry_changed if changed and id == id_changed else _entry(id, words, finds)
        if entry:
            yield entry
    if entry_changed and id_changed is None:
        yield entry_changed


def vocabulary_of(entries: Iterable[Entry], other: Vocabulary) -> Vocabulary:
    """Give the vocabulary with these synonyms in the place of the others."""
    return replace(other, meanings=meanings_of(entries))


def _entry(id: int, words: str, finds: str) -> Entry | None:
    if not words:
        return None
    try:
        entry = json.loads(words), json.loads(finds)
    except ValueError:
        entry = None, None
    if not all(isinstance(side, list) and all(isinstance(one, str) for one in side) for side in entry):
        log.warning("a synonym can't be read and is passed over", synonym=id)
        return None
    return entry
