"""Sets of listings as bits, 64 to a word: met in one step and counted where they stand."""

import numpy as np

from directory.search.engines.whoosh.arrays import Array

WORD = 64
# With fewer words than this share in use, the others aren't looked at.
SPARSE = 4


def pack(mask: Array) -> Array:
    """Pack truths, whose number is a multiple of 64, into words; of a table each row by itself."""
    return np.packbits(mask, axis=-1, bitorder="little").view(np.uint64)


def unpack(bits: Array) -> Array:
    """Give the truths that were packed."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def padded(size: int) -> int:
    """Give the room that ``size`` bits take up in whole words."""
    return -(-size // WORD) * WORD


def count(bits: Array) -> int:
    """Count what is in a set."""
    return int(np.bitwise_count(bits).sum())


def counts(rows: Array, bits: Array) -> Array:
    """Count, for each row, what it has in common with a set."""
    used = bits.nonzero()[0]
    if len(used) * SPARSE < len(bits):
        rows, bits = rows[:, used], bits[used]
    result: Array = np.bitwise_count(rows & bits).sum(axis=1, dtype=np.uint32)
    return result
