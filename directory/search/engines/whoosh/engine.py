"""The engine as others see it: searches the newest generation, writes through the folder."""

import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from directory.search.document import SearchDocument
from directory.search.engine import EngineStatus, IndexMissing, Question, SearchPage
from directory.search.engines.whoosh.folder import IndexFolder, Mark
from directory.search.engines.whoosh.generation import Generation


class WhooshEngine:
    """Native Whoosh in a folder. A generation is held until another is published; searches share it.

    An index that can't be read is as good as none: the last good generation goes on answering, if there is one.
    """

    name = "whoosh"

    def __init__(self, root: Path) -> None:
        self._folder = IndexFolder(root)
        self._opening = threading.Lock()
        self._held: Generation | None = None
        self._seen: Mark | None = None
        self._problem: str | None = None

    def search(self, question: Question, now: datetime) -> SearchPage:
        """Answer from the newest generation."""
        return self._newest().search(question, now)

    def replace_all(self, documents: Iterable[SearchDocument]) -> None:
        """Build a new index and publish it."""
        self._folder.replace_all(documents)

    def apply(self, upserts: Iterable[SearchDocument], deletions: Iterable[int]) -> None:
        """Commit what changed and publish it."""
        self._folder.apply(upserts, deletions)

    def count(self) -> int:
        """Count the listings of the newest generation."""
        return self.status().documents

    def status(self) -> EngineStatus:
        """Say whether there is an index, and what is wrong if it can't be read."""
        try:
            documents = self._newest().count
        except IndexMissing:
            return EngineStatus(self.name, False, 0, self._problem or "no index")
        return EngineStatus(self.name, self._problem is None, documents, self._problem)

    def _newest(self) -> Generation:
        mark = self._folder.mark()
        if self._held and mark == self._seen:
            return self._held
        with self._opening:
            mark = self._folder.mark()
            if not self._held or mark != self._seen:
                self._open(mark)
            if not self._held:
                raise IndexMissing(self._problem)
            return self._held

    def _open(self, mark: Mark | None) -> None:
        """Hold what is published; if that can't be, note why and keep what is held."""
        self._seen = mark
        try:
            if mark is None:
                raise IndexMissing("no index")
            self._held = Generation(self._folder.reader(), self._held)
            self._problem = None
        except Exception as problem:  # Whoosh raises anything at all over a damaged file
            self._problem = f"the index can't be read ({type(problem).__name__}: {problem})" if mark else "no index"
