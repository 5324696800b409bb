"""What listings have in each facet: few values as rows of bits, many as codes to be counted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np

from directory.search.engines.whoosh import bits
from directory.search.engines.whoosh.arrays import Array
from directory.search.engines.whoosh.matching import Placed, joint

# A row of bits for each value is the quickest way to count as long as there are few of them.
MOST_ROWS = 128
# Of fewer listings than this share, each one's codes are looked up; of more, all codes are gone through.
FEW = 4


class Rows:
    """A facet of few values: of each value the set of listings that have it."""

    def __init__(self, values: Sequence[str], rows: Array) -> None:
        self.rows = rows
        self.position = {value: position for position, value in enumerate(values)}

    def having(self, chosen: Sequence[str]) -> Array:
        """Give the listings with any of these values."""
        found = np.zeros(self.rows.shape[1], np.uint64)
        for value in chosen:
            if (position := self.position.get(value)) is not None:
                found |= self.rows[position]
        return found

    def counts(self, within: Array) -> Mapping[str, int]:
        """Count each value inside a set."""
        return Counts(self.position, bits.counts(self.rows, within))


class Table:
    """Several facets of few values, their rows under each other, to be counted in one step."""

    def __init__(self, facets: Mapping[str, Rows]) -> None:
        self._rows = np.concatenate([facet.rows for facet in facets.values()])
        ends = list(accumulate(len(facet.rows) for facet in facets.values()))
        self._slices = [slice(start, end) for start, end in pairwise([0, *ends])]
        self.facets = {
            name: Rows(list(facet.position), self._rows[of])
            for (name, facet), of in zip(facets.items(), self._slices, strict=True)
        }

    def counts(self, within: Array) -> dict[str, Mapping[str, int]]:
        """Count each value of each facet inside a set."""
        counted = bits.counts(self._rows, within)
        return {
            name: Counts(facet.position, counted[of])
            for (name, facet), of in zip(self.facets.items(), self._slices, strict=True)
        }


class Codes:
    """A facet of many values: each listing's codes, behind each other."""

    def __init__(self, values: Sequence[str], listings: Array, codes: Array, size: int) -> None:
        self.values = values
        self._code = {value: code for code, value in enumerate(values)}
        self._listings = listings.astype(np.intp)  # as numpy would make them for every question
        self._codes = codes.astype(np.intp)
        self._size = size
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(listings, minlength=size))))

    def having(self, chosen: Sequence[str]) -> Array:
        """Give the listings with any of these values."""
        wanted = [self._code[value] for value in chosen if value in self._code]
        mask = np.zeros(bits.padded(self._size), np.bool_)
        mask[self._listings[np.isin(self._codes, wanted)]] = True
        return bits.pack(mask)

    def counts(self, within: Array) -> Mapping[str, int]:
        """Count each value inside a set."""
        return self.counts_among(bits.unpack(within))

    def counts_among(self, mask: Array) -> Mapping[str, int]:
        """Count each value among listings, which ``mask`` holds as truths."""
        numbers = mask.nonzero()[0]
        codes = self._codes_of(numbers) if len(numbers) * FEW < self._size else self._codes[mask[self._listings]]
        return Counts(self._code, np.bincount(codes, minlength=len(self.values)))

    def _codes_of(self, numbers: Array) -> Array:
        """Give the codes of a few listings."""
        starts = self._starts[numbers]
        many = self._starts[numbers + 1] - starts
        before = np.cumsum(many) - many
        return self._codes[np.repeat(starts - before, many) + np.arange(int(many.sum()))]


class Counts(Mapping[str, int]):
    """How often each of many values stands in an answer, looked at only where somebody asks."""

    def __init__(self, codes: Mapping[str, int], counted: Array, asked: Sequence[str] = ()) -> None:
        self._codes = codes
        self._counted = counted
        self._unknown = [value for value in asked if value not in codes]

    def and_asked(self, values: Sequence[str]) -> "Counts":
        """Hold these values too, though no listing has them."""
        return Counts(self._codes, self._counted, values)

    def __getitem__(self, value: str) -> int:
        code = self._codes.get(value)
        if code is not None:
            return int(self._counted[code])
        if value in self._unknown:
            return 0
        raise KeyError(value)

    def __iter__(self) -> Iterator[str]:
        yield from self._codes
        yield from self._unknown

    def __len__(self) -> int:
        return len(self._codes) + len(self._unknown)


def choices(facet: str, options: Sequence[str], placed: Sequence[Placed], size: int) -> Rows | Codes:
    """Gather what the living have in a facet; with no ``options`` its values are those that somebody has."""
    parts = [_part(facet, one) for one in placed]
    present = sorted({value for values, _listings, _codes in parts for value in values})
    known = options or present
    code = {value: number for number, value in enumerate(known)}
    listings = joint([listings for _values, listings, _codes in parts])
    codes = joint(
        [
            np.array([code.get(value, -1) for value in values], np.int32)[of] if values else of
            for values, _listings, of in parts
        ]
    )
    if not options and len(known) > MOST_ROWS:
        return Codes(known, listings, codes, size)
    mask = np.zeros((len(known), bits.padded(size)), np.bool_)
    mask[codes[codes >= 0], listings[codes >= 0]] = True
    return Rows(known, bits.pack(mask))


def _part(facet: str, placed: Placed) -> tuple[list[str], Array, Array]:
    """Give a segment's values, and each pair of a living listing and its code."""
    facts = placed.segment.facts
    starts, codes = facts[f"{facet}_starts"], facts[f"{facet}_codes"]
    listings = np.repeat(np.arange(placed.segment.size, dtype=np.int32), np.diff(starts))
    if placed.gone is not None:
        here = ~placed.gone[listings]
        listings, codes = listings[here], codes[here]
    values = [value.decode() for value in facts[f"{facet}_values"].tolist()]
    if placed.gone is not None:  # a value that only deleted listings have is no value
        used = np.unique(codes)
        values, codes = [values[code] for code in used], np.searchsorted(used, codes).astype(np.int32)
    return values, listings + np.int32(placed.base), codes
