"""A segment of Whoosh's, decoded once into flat arrays.

This is the one place that reads Whoosh's files past its public interface, block by block instead of posting by posting:
the package is pinned to the version whose layout this is (``whoosh.codec.whoosh3``), and a test holds the two ways of
reading against each other.
"""

import struct
import zlib
from io import BytesIO
from itertools import accumulate, chain
from pickle import Unpickler, loads
from typing import Any

import numpy as np

from directory.search.engines.whoosh import facts
from directory.search.engines.whoosh.arrays import Array
from directory.search.engines.whoosh.schema import FACTS, WORDS

MOST_WEIGHT = 65_535
_BLOCK_LENGTH = struct.Struct("!i")
_TAG_BYTES = 4


def decode(reader: Any) -> dict[str, Array]:
    """Lay a segment out as arrays.

    ``tokens`` are sorted. The postings of token i are ``starts[i]`` to ``starts[i + 1]`` of ``listings``, ``weights``
    and ``place_counts``, and its places begin at ``place_starts[i]`` of ``places``.
    """
    size = reader.doc_count_all()
    column = reader.column_reader(FACTS)
    return {
        **_postings(reader),
        **facts.arrays_of(column[number] for number in range(size)),
    }


def _postings(reader: Any) -> dict[str, Array]:
    terms = reader._terms
    tokens: list[bytes] = []
    frequencies: list[int] = []
    block_sizes: list[int] = []
    deltas, weights, places = [], [], []
    for (field, token), info in terms.items_from(WORDS, b"") if WORDS in terms.indexed_field_names() else ():
        if field != WORDS:
            break
        before = len(block_sizes)
        for size, (block_deltas, block_weights, block_places) in _blocks(terms._postfile, *info.extent()):
            block_sizes.append(size)
            deltas.append(block_deltas)
            weights.append(_spread(block_weights, size))
            places.append(block_places)
        tokens.append(token)
        frequencies.append(sum(block_sizes[before:]))
    total = sum(block_sizes)
    counts = np.fromiter((len(value) >> 1 for block in places for value in block), np.uint16, total)
    starts = np.array([0, *accumulate(frequencies)], np.int64)
    return {
        "tokens": np.array(tokens, f"S{max(map(len, tokens), default=1)}"),
        "starts": starts,
        "listings": _undo_deltas(np.fromiter(chain.from_iterable(deltas), np.int64, total), block_sizes),
        "weights": np.minimum(np.fromiter(chain.from_iterable(weights), np.float64, total), MOST_WEIGHT).astype("u2"),
        "place_counts": counts,
        "place_starts": np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))[starts],
        "places": np.frombuffer(b"".join(chain.from_iterable(places)), "<u2"),
    }


def _blocks(file: Any, offset: int, length: Any) -> Any:
    """Read the blocks of one token: how many postings each, and their ids, weights and values."""
    stream = BytesIO(file.get(offset, length[0] if isinstance(length, tuple) else length))
    stream.seek(_TAG_BYTES)
    read = Unpickler(stream).load  # noqa: S301 (our own file, checked)
    while True:
        (size,) = _BLOCK_LENGTH.unpack(stream.read(_BLOCK_LENGTH.size))
        end = stream.tell() + abs(size)
        count, _last, _weight, compressed, *_lengths = read()
        yield count, loads(zlib.decompress(stream.read(end - stream.tell()))) if compressed else read()  # noqa: S301
        if size < 0:
            return


def _spread(weights: Any, size: int) -> tuple[float, ...]:
    """Whoosh writes None for weights that are all 1, and one number for weights that are all the same."""
    if isinstance(weights, tuple):
        return weights
    return (1.0 if weights is None else weights,) * size


def _undo_deltas(deltas: Array, block_sizes: list[int]) -> Array:
    """Sum up each block's differences by itself."""
    if not block_sizes:
        return np.zeros(0, np.int32)
    sums = np.cumsum(deltas)
    first = np.concatenate(([0], np.cumsum(block_sizes)[:-1])).astype(np.int64)
    before = sums[first] - deltas[first]
    numbers: Array = (sums - np.repeat(before, block_sizes)).astype(np.int32)
    return numbers
