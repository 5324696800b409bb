"""The engine as others see it: answers from the newest generation, and writes through the folder when told to."""

import threading
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from directory.search.document import SHAPE, SearchDocument
from directory.search.engine import EngineStatus, IndexMissing, Question, SearchPage
from directory.search.engines.whoosh import manifest
from directory.search.engines.whoosh.generation import Generation
from directory.search.engines.whoosh.manifest import Manifest, Mark
from directory.search.engines.whoosh.segment import Segment
from directory.search.language import TextQuery

if TYPE_CHECKING:
    from directory.search.engines.whoosh.writing import IndexFolder

SECONDS_BETWEEN_LOOKS = 0.2
TRIES_TO_OPEN = 3  # files of an old generation may be cleared away between reading its name and opening it


class WhooshEngine:
    """Whoosh's index in a folder, answered from arrays.

    A generation is held until another is published; searches share it. A new one is opened beside it and then takes its
    place. An index that can't be read is as good as none: the last good generation goes on answering, if there is one.
    """

    name = "whoosh"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / f"whoosh-{SHAPE}"
        self._opening = threading.Lock()
        self._held: Generation | None = None
        self._seen: Mark | None = None
        self._look_at = 0.0
        self._problem: str | None = "no index"
        self._writer: IndexFolder | None = None

    def search(self, question: Question, now: datetime) -> SearchPage:
        """Answer from the newest generation."""
        return self._newest(now).search(question, now)

    def replace_all(self, documents: Iterable[SearchDocument], sequence: int = 0) -> None:
        """Build a new index and publish it."""
        self._writing().replace_all(documents, sequence)
        self._look()

    def apply(self, upserts: Iterable[SearchDocument], deletions: Iterable[int], sequence: int = 0) -> None:
        """Commit what changed and publish it."""
        self._writing().apply(upserts, deletions, sequence)
        self._look()

    def count(self) -> int:
        """Count the listings of the newest generation."""
        return self.status().documents

    def is_called(self, name: str) -> bool:
        """Say whether a listing of the newest generation is called so."""
        if self._held is None:
            self._look()
        return self._held is not None and self._held.is_called(name)

    def weights(self, text: TextQuery, id: int) -> tuple[float | None, ...]:
        """Weigh terms in a listing of the newest generation."""
        self._look()
        if self._held is None:
            raise IndexMissing(self._problem)
        return self._held.weights(text, id)

    def words(self) -> Mapping[str, int]:
        """Give the words that listings of the newest generation are written in; of those deleted too, until a merge."""
        self._look()
        return self._held.spelt if self._held else {}

    def fingerprints(self) -> Mapping[int, int]:
        """Read them from the disk, whatever generation is held."""
        found: dict[int, int] = {}
        published = Manifest.read(self._folder)
        for part in published.parts:
            segment = Segment(self._folder / published.build, part)
            gone = part.gone(segment.size)
            here = slice(None) if gone is None else ~gone
            ids, prints = (segment.facts[name][here].tolist() for name in ("id", "fingerprint"))
            found.update(zip(ids, prints, strict=True))
        return found

    def status(self) -> EngineStatus:
        """Say whether there is an index, and what is wrong if it can't be read."""
        self._look()
        held = self._held
        if held is None:
            return EngineStatus(self.name, False, 0, self._problem)
        return EngineStatus(self.name, self._problem is None, held.count, self._problem, held.sequence, held.number)

    def _newest(self, now: datetime) -> Generation:
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + SECONDS_BETWEEN_LOOKS
            if manifest.mark(self._folder) != self._seen:
                if self._held is None:
                    self._look()
                else:
                    threading.Thread(target=self._look, args=(now,), daemon=True).start()
        if (held := self._held) is None:
            raise IndexMissing(self._problem)
        return held

    def _look(self, now: datetime | None = None) -> None:
        """Hold what is published; if that can't be, note why and keep what is held."""
        with self._opening:
            for _ in range(TRIES_TO_OPEN):
                mark = manifest.mark(self._folder)
                if mark == self._seen and self._held:
                    return
                try:
                    fresh = self._open()
                    if now:
                        fresh.at(now)
                    self._held, self._seen, self._problem = fresh, mark, None
                    return
                except IndexMissing as problem:
                    self._problem = str(problem)
            self._seen = mark

    def _open(self) -> Generation:
        published = Manifest.read(self._folder)
        known = self._held.segments if self._held else {}
        build = self._folder / published.build
        segments = [known.get(part.name) or Segment(build, part) for part in published.parts]
        gone = [part.gone(segment.size) for part, segment in zip(published.parts, segments, strict=True)]
        return Generation(published.generation, published.sequence, list(zip(segments, gone, strict=True)))

    def _writing(self) -> "IndexFolder":
        if self._writer is None:
            # Only the process that writes needs Whoosh: those that answer never load it, nor unpickle anything.
            from directory.search.engines.whoosh.writing import IndexFolder

            self._writer = IndexFolder(self._root)
        return self._writer
