"""The manifest: the one small file that says what is published. It is replaced whole, so nobody reads half of one."""

import base64
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from directory.search.engine import IndexMissing

CURRENT = "CURRENT"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"

# What the manifest was when it was looked at: changed, it is another file.
Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """One segment: its file of arrays with the checksum, and which of its listings are deleted, as base64 of bits."""

    name: str
    checksum: str
    deleted: str = ""

    def gone(self, size: int) -> NDArray[np.bool_] | None:
        """Say of each listing whether it is deleted; None when none is."""
        if not self.deleted:
            return None
        bits = np.frombuffer(base64.b64decode(self.deleted), np.uint8)
        return np.unpackbits(bits, count=size, bitorder="little").view(np.bool_)


def packed(gone: NDArray[np.bool_]) -> str:
    """Write which listings are deleted as a Part keeps it."""
    return base64.b64encode(np.packbits(gone, bitorder="little").tobytes()).decode() if gone.any() else ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is published: in which ``build``, how many times it was, and up to which ``sequence`` of the outbox.

    ``sources`` are Whoosh's own files in the build, with their checksums: what the next commit rests on. They are
    pickles, which only the ``python`` that wrote them may read.
    """

    build: str
    generation: int
    sequence: int
    parts: tuple[Part, ...]
    sources: Mapping[str, str]
    python: str = PYTHON

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read what is published; raises IndexMissing when there is nothing or it is damaged."""
        try:
            summed, _, written = (folder / CURRENT).read_bytes().partition(b"\n")
            if summed.decode() != _sum(written):
                raise IndexMissing("the manifest is damaged")
            known: dict[str, Any] = json.loads(written)
        except FileNotFoundError as missing:
            raise IndexMissing("no index") from missing
        except (OSError, ValueError) as problem:
            raise IndexMissing(f"the manifest can't be read ({problem})") from problem
        return cls(**{**known, "parts": tuple(Part(**part) for part in known["parts"])})

    def publish(self, folder: Path) -> None:
        """Put it in the place of the last one; once this returns, no loss of power takes it back."""
        written = json.dumps(asdict(self)).encode()
        fresh = folder / f"{CURRENT}.new"
        with fresh.open("wb") as file:
            file.write(f"{_sum(written)}\n".encode() + written)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / CURRENT)
        settle(folder)


def mark(folder: Path) -> Mark | None:
    """Look whether anything is published, and what: as cheap as a question to a disk can be."""
    try:
        found = (folder / CURRENT).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def settle(folder: Path) -> None:
    """Make what was created, renamed or removed in a folder survive a loss of power."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _sum(written: bytes) -> str:
    return hashlib.blake2b(written, digest_size=16).hexdigest()
