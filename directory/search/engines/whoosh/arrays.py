"""Arrays in a file: written once with their checksum, verified before they are mapped, never changed."""

import hashlib
import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.search.engine import IndexMissing

Array = NDArray[Any]
Arrays = Mapping[str, Array]

# Each array begins on a line of the processor's cache.
ALIGNMENT = 64
HEAD_BYTES = 8
DIGEST_BYTES = 16
BYTES_AT_A_TIME = 1 << 20


def write(path: Path, arrays: Arrays) -> str:
    """Write a new file that survives a loss of power, and give its checksum."""
    head = {}
    offset = 0
    for name, array in arrays.items():
        head[name] = [array.dtype.str, list(array.shape), offset]
        offset += _aligned(array.nbytes)
    written = json.dumps(head).encode()
    written += b" " * (_aligned(HEAD_BYTES + len(written)) - HEAD_BYTES - len(written))
    with path.open("xb") as file:
        file.write(len(written).to_bytes(HEAD_BYTES, "little") + written)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(bytes(_aligned(array.nbytes) - array.nbytes))
        file.flush()
        os.fsync(file.fileno())
    return checksum(path)


def mapped(path: Path, expected: str) -> dict[str, Array]:
    """Map a file's arrays, read-only; raises IndexMissing when it isn't, to the last bit, what was written."""
    try:
        with path.open("rb") as file:
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as problem:
        raise IndexMissing(f"{path.name}: {problem}") from problem
    if hashlib.blake2b(whole, digest_size=DIGEST_BYTES).hexdigest() != expected:
        raise IndexMissing(f"{path.name} is damaged")
    size = int.from_bytes(whole[:HEAD_BYTES], "little")
    head = json.loads(whole[HEAD_BYTES : HEAD_BYTES + size])
    return {
        name: np.ndarray(shape, np.dtype(dtype), whole, HEAD_BYTES + size + offset)
        for name, (dtype, shape, offset) in head.items()
    }


def checksum(path: Path) -> str:
    """Sum up a file; raises OSError."""
    summed = hashlib.blake2b(digest_size=DIGEST_BYTES)
    with path.open("rb") as file:
        while part := file.read(BYTES_AT_A_TIME):
            summed.update(part)
    return summed.hexdigest()


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT
