"""One segment, mapped: the postings and facts of listings that were written together."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from directory.search.engines.whoosh import arrays
from directory.search.engines.whoosh.arrays import Array
from directory.search.engines.whoosh.manifest import Part

ARRAYS = ".arrays"


class Segment:
    """Reads one file of arrays; raises IndexMissing when it is lost or damaged.

    ``base`` and what is ``gone`` belong to a generation, not to the segment: one segment serves several.
    """

    def __init__(self, folder: Path, part: Part) -> None:
        self.name = part.name
        self.facts = arrays.mapped(folder / f"{part.name}{ARRAYS}", part.checksum)
        self.size = len(self.facts["id"])
        self._tokens = self.facts["tokens"]

    def find(self, tokens: Iterable[str]) -> Iterator[int]:
        """Give the number of each token, -1 where there is none of it."""
        keys = [token.encode() for token in tokens]
        for key, number in zip(
            keys, self._tokens.searchsorted(np.array(keys, self._tokens.dtype)).tolist(), strict=True
        ):
            yield number if number < len(self._tokens) and self._tokens[number] == key else -1

    def postings(self, token: int) -> tuple[Array, Array]:
        """Give the listings that have a token, in order, and how much it weighs in each."""
        start, end = self.facts["starts"][token : token + 2].tolist()
        return self.facts["listings"][start:end], self.facts["weights"][start:end]

    def places(self, token: int) -> tuple[Array, Array]:
        """Give every place of a token with its listing: both repeat in order."""
        start, end = self.facts["starts"][token : token + 2].tolist()
        first, last = self.facts["place_starts"][token : token + 2].tolist()
        counts = self.facts["place_counts"][start:end]
        return np.repeat(self.facts["listings"][start:end], counts), self.facts["places"][first:last]

    def called(self, name: int) -> Iterator[int]:
        """Give the listings whose name has this digest."""
        known, named = self.facts["name"], self.facts["named"]
        at = int(known.searchsorted(name))
        while at < len(known) and known[at] == name:
            yield int(named[at])
            at += 1
