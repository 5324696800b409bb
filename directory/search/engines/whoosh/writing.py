"""The index on disk: one folder for each build, and a manifest that says which one counts.

Whoosh commits segments; each is decoded into a file of arrays, everything is made sure of on the disk, and then the
manifest is replaced by renaming. So a reader finds the old index or the new one, whole, whatever stops the writer. Only
one process writes at a time; a lock left by a dead one is free.
"""

import gc
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from directory.foundation.refusals import Misconfigured
from directory.search.document import SHAPE, SearchDocument
from directory.search.engine import IndexBusy, IndexMissing
from directory.search.engines.whoosh import arrays
from directory.search.engines.whoosh.arrays import Array
from directory.search.engines.whoosh.codec import Codec
from directory.search.engines.whoosh.decoding import decode
from directory.search.engines.whoosh.manifest import PYTHON, Manifest, Part, packed, settle
from directory.search.engines.whoosh.schema import row, schema
from directory.search.engines.whoosh.segment import ARRAYS

SECONDS_TO_WAIT = 120
MEMORY_FOR_WRITING = 128  # MB

# Merging keeps what is read few and what is deleted little: the small are merged when there are many, the rest stay.
MOST_SEGMENTS = 6
MOST_DELETED = 1 / 3

SOURCES = "whoosh"  # the folder in a build that is Whoosh's


class IndexFolder:
    """The folder of one shape of index, for the process that writes it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / f"whoosh-{SHAPE}"
        self._made_sure_of = 0  # the generation whose files are known to be whole
        self._ids: dict[str, Array] = {}  # of the listings in each segment, in order

    def replace_all(self, documents: Iterable[SearchDocument], sequence: int) -> None:
        """Build anew beside what is published, then publish it and remove what nobody needs any more."""
        with self._alone():
            try:
                before = Manifest.read(self._folder)
            except IndexMissing:
                before = None
            build = self._folder / f"{max((int(old.name) for old in self._builds()), default=0) + 1:06}"
            try:
                (build / SOURCES).mkdir(parents=True)
                opened = index.create_in(str(build / SOURCES), schema())
                _commit(opened.writer(limitmb=MEMORY_FOR_WRITING, codec=Codec()), documents)
                self._publish(build, sequence, before, {})
            except BaseException:
                shutil.rmtree(build, ignore_errors=True)
                raise

    def apply(self, upserts: Iterable[SearchDocument], deletions: Iterable[int], sequence: int) -> None:
        """Commit a change to what is published; raises IndexMissing when nothing is, or it can't be trusted."""
        latest = {document.id: document for document in upserts}
        with self._alone():
            before = Manifest.read(self._folder)
            build = self._folder / before.build
            self._make_sure_of(before, build)
            try:
                with _opened(build) as opened:
                    writer = opened.writer(limitmb=MEMORY_FOR_WRITING, codec=Codec())
            except Exception as problem:  # Whoosh raises anything at all over a damaged file
                raise IndexMissing(str(problem)) from problem
            self._delete(writer, build, before, [*deletions, *latest])
            _commit(writer, latest.values())
            self._publish(build, max(sequence, before.sequence), before, {part.name: part for part in before.parts})

    def _delete(self, writer: Any, build: Path, published: Manifest, ids: Sequence[int]) -> None:
        """Mark listings as deleted where the arrays say that they are: Whoosh would look for each in every segment."""
        self._ids = {
            part.name: self._ids[part.name] if part.name in self._ids else _ids(build, part) for part in published.parts
        }
        wanted = np.array(ids, np.int64)
        for segment in writer.segments:
            for number in np.flatnonzero(np.isin(self._ids[segment.segid], wanted)).tolist():
                if not segment.is_deleted(number):
                    segment.delete_document(number)

    def _publish(self, build: Path, sequence: int, before: Manifest | None, known: Mapping[str, Part]) -> None:
        """Decode what is new, make sure that all of it is on the disk, and say that it counts."""
        with _opened(build) as opened:
            segments = opened._segments()
            parts = tuple(_part(opened, segment, build, known) for segment in segments)
        checked = before.sources if before and known else {}
        sources = {file.name: checked.get(file.name) or _settled(file) for file in _files(build / SOURCES)}
        settle(build / SOURCES)
        settle(build)
        published = Manifest(build.name, before.generation + 1 if before else 1, sequence, parts, sources)
        published.publish(self._folder)
        self._made_sure_of = published.generation
        self._clear_away(published, before)

    def _make_sure_of(self, published: Manifest, build: Path) -> None:
        """Check Whoosh's own files, once: a commit must not carry damage on."""
        if published.generation == self._made_sure_of:
            return
        if published.python != PYTHON:
            raise IndexMissing(f"the index was written by Python {published.python}")
        try:
            found = {name: arrays.checksum(build / SOURCES / name) for name in published.sources}
        except OSError as problem:
            raise IndexMissing(str(problem)) from problem
        if found != published.sources:
            raise IndexMissing("Whoosh's own files are damaged")
        if {file.name for file in _files(build / SOURCES)} != set(published.sources):
            raise IndexMissing("a commit was stopped before it was published")
        self._made_sure_of = published.generation

    def _clear_away(self, published: Manifest, before: Manifest | None) -> None:
        """Remove what neither this manifest nor the last one names: a reader may just be opening the last one."""
        kept = {published.build} | ({before.build} if before else set())
        for build in self._builds():
            if build.name not in kept:
                shutil.rmtree(build, ignore_errors=True)
        named = {part.name for manifest in filter(None, (published, before)) for part in manifest.parts}
        for file in (self._folder / published.build).glob(f"*{ARRAYS}"):
            if file.stem not in named:
                file.unlink(missing_ok=True)
        for other in self._root.iterdir():
            if other.is_dir() and other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def _builds(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if path.is_dir() and path.name.isdecimal()]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "writer.lock", timeout=SECONDS_TO_WAIT), _uncollected():
                yield
        except Timeout:
            raise IndexBusy("Another process is writing the search index; wait for it to finish.") from None
        except OSError as problem:
            raise Misconfigured(f"The search index at {self._root} cannot be written: {problem.strerror}.") from problem


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile: writing makes millions of small things and no cycles, and looking costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    """Open Whoosh's index in a build."""
    storage = _Storage(build / SOURCES)
    try:
        yield index.FileIndex(storage)
    except BaseException:
        storage.close_files()
        raise


def _ids(build: Path, part: Part) -> Array:
    """Read the ids of a segment's listings, into memory: its file is checked once and may be damaged later."""
    return np.array(arrays.mapped(build / f"{part.name}{ARRAYS}", part.checksum)["id"])


def _commit(writer: Any, documents: Iterable[SearchDocument]) -> None:
    """Add listings and commit, or leave everything as it was."""
    try:
        for document in documents:
            writer.add_document(**row(document))
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_merge)


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Take into the new segment those worth merging and give back those that stay."""
    merged = worth_merging([(segment.doc_count_all(), segment.deleted_count()) for segment in segments])
    for position in merged:
        if segments[position].doc_count():
            reader = SegmentReader(writer.storage, writer.schema, segments[position])
            writer.add_reader(reader)
            reader.close()
    return [segment for position, segment in enumerate(segments) if position not in merged]


def worth_merging(segments: Sequence[tuple[int, int]]) -> set[int]:
    """Choose segments to merge by their sizes and how much of each is deleted.

    Those with much deleted; and when there are many, the smallest as long as the next one isn't larger than all those
    before it together: so every listing is written again only as often as its segment doubles.
    """
    merged = {position for position, (size, deleted) in enumerate(segments) if deleted > MOST_DELETED * size}
    if len(segments) - len(merged) < MOST_SEGMENTS:
        return merged
    together = 0
    by_size = sorted((size - deleted, position) for position, (size, deleted) in enumerate(segments))
    for size, position in by_size:
        if together and size > together:
            break
        merged.add(position)
        together += size
    return merged


def _part(opened: Any, segment: Any, build: Path, known: Mapping[str, Part]) -> Part:
    """Give a segment's entry in the manifest; one that is new is decoded."""
    gone = np.zeros(segment.doc_count_all(), np.bool_)
    gone[list(segment.deleted_docs())] = True
    before = known.get(segment.segid)
    if before:
        return replace(before, deleted=packed(gone))
    reader = SegmentReader(opened.storage, opened.schema, segment)
    try:
        summed = arrays.write(build / f"{segment.segid}{ARRAYS}", decode(reader))
    finally:
        reader.close()
    return Part(segment.segid, summed, packed(gone))


def _files(folder: Path) -> list[Path]:
    """List Whoosh's own files but not its lock."""
    return [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.endswith("LOCK")]


def _settled(file: Path) -> str:
    """Make a file survive a loss of power, which Whoosh never does, and sum it up."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
    return arrays.checksum(file)
