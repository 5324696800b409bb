"""The index on disk: one folder for each build, and a small file that says which one counts.

Whoosh commits by renaming its table of contents; we build beside and publish by renaming CURRENT. So a reader finds
the old index or the new one, whole, whatever stops the writer. Only one process writes at a time.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from directory.foundation.refusals import Misconfigured
from directory.search.document import SHAPE, SearchDocument
from directory.search.engine import IndexBusy, IndexMissing
from directory.search.engines.whoosh.schema import ID, row, schema

CURRENT = "CURRENT"
SECONDS_TO_WAIT = 120
MEMORY_FOR_WRITING = 128  # MB

# Merging keeps what is read few and what is deleted little. A small index is merged whole each time: it costs nothing,
# and no count of words then remembers the deleted.
SMALL = 1_000
MOST_SEGMENTS = 6
MOST_DELETED = 0.2

# What CURRENT was when it was looked at: changed, it is another file.
Mark = tuple[int, int, int]


class IndexFolder:
    """The folder of one shape of index."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / f"whoosh-{SHAPE}"

    def mark(self) -> Mark | None:
        """Look whether anything is published, and what: as cheap as a question to a disk can be."""
        try:
            found = (self._folder / CURRENT).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def reader(self) -> Any:
        """Open what is published now, always afresh: reusing or refreshing readers brings deleted listings back."""
        with _opened(self._published()) as opened:
            return opened.reader()

    def replace_all(self, documents: Iterable[SearchDocument]) -> None:
        """Build anew beside what is published, then publish it and remove what nobody needs any more."""
        with self._alone():
            builds = self._builds()
            fresh = self._folder / f"{int(builds[-1].name) + 1 if builds else 1:06}"
            fresh.mkdir()
            try:
                _write(index.create_in(str(fresh), schema()).writer(limitmb=MEMORY_FOR_WRITING), documents)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            self._publish(fresh)
            for old in builds[:-1]:  # the last one stays for a reader that is just opening it
                shutil.rmtree(old, ignore_errors=True)
            for other in self._root.iterdir():
                if other.is_dir() and other != self._folder:
                    shutil.rmtree(other, ignore_errors=True)

    def apply(self, upserts: Iterable[SearchDocument], deletions: Iterable[int]) -> None:
        """Commit a change to what is published; raises IndexMissing when nothing is, or it can't be opened."""
        latest = {document.id: document for document in upserts}
        with self._alone():
            build = self._published()
            try:
                with _opened(build) as opened:
                    writer = opened.writer(limitmb=MEMORY_FOR_WRITING)
            except Exception as problem:  # Whoosh raises anything at all over a damaged file
                raise IndexMissing(str(problem)) from problem
            _write(writer, latest.values(), gone={*deletions, *latest})
            self._publish(build)

    def _published(self) -> Path:
        try:
            return self._folder / (self._folder / CURRENT).read_text().strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise IndexMissing(str(problem)) from problem

    def _publish(self, build: Path) -> None:
        written = self._folder / f"{CURRENT}.new"
        with written.open("w") as file:
            file.write(f"{build.name}\n")
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._folder / CURRENT)

    def _builds(self) -> list[Path]:
        return sorted(path for path in self._folder.iterdir() if path.is_dir() and path.name.isdecimal())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "writer.lock", timeout=SECONDS_TO_WAIT):
                yield
        except Timeout:
            raise IndexBusy("Another process is writing the search index; wait for it to finish.") from None
        except OSError as problem:
            raise Misconfigured(f"The search index at {self._root} cannot be written: {problem.strerror}.") from problem


class _Storage(FileStorage):  # type: ignore[misc]
    """Whoosh's files, closed when reading them fails: Whoosh itself would leave them open."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._files: list[Any] = []

    def open_file(self, name: str, **options: object) -> Any:
        self._files.append(super().open_file(name, **options))
        return self._files[-1]

    def close_files(self) -> None:
        for file in self._files:
            if not file.is_closed:
                file.close()


@contextmanager
def _opened(build: Path) -> Iterator[Any]:
    """Open an index to make a reader or a writer of it."""
    storage = _Storage(build)
    try:
        yield index.FileIndex(storage)
    except BaseException:
        storage.close_files()
        raise


def _write(writer: Any, documents: Iterable[SearchDocument], gone: Iterable[int] = ()) -> None:
    """Delete and add in one commit, or leave everything as it was."""
    try:
        for id in gone:
            writer.delete_by_term(ID, str(id))
        for document in documents:
            writer.add_document(**row(document))
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_merge)


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Take into the new segment those worth merging and give back those that stay."""
    listings = sum(segment.doc_count_all() for segment in segments)
    by_size = sorted(segments, key=lambda segment: segment.doc_count_all(), reverse=True)
    keep = []
    for segment in by_size:
        deleted = segment.deleted_count() / (segment.doc_count_all() or 1)
        if listings > SMALL and deleted <= MOST_DELETED and (len(segments) < MOST_SEGMENTS or segment is by_size[0]):
            keep.append(segment)
        else:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return keep
