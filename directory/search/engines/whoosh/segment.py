"""Sets of listings as bits of one whole number, and what is read once from each of Whoosh's immutable segments."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from directory.search.engines.whoosh.schema import FACET_FIELDS, FACTS, NAMES, Facts

# Listing number n is bit n.
Bits = int


def bits_of(numbers: Iterable[int], size: int) -> Bits:
    """Make the set of these listings, all numbered below ``size``."""
    octets = bytearray(-(-size // 8))
    for number in numbers:
        octets[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(octets, "little")


def members(bits: Bits, among: Iterable[int], size: int) -> Iterator[int]:
    """Go through ``among`` in its order and give those in the set."""
    octets = bits.to_bytes(-(-size // 8), "little")
    return (number for number in among if octets[number >> 3] >> (number & 7) & 1)


class Segment:
    """One segment's facts, and who has which value and name, deleted listings included. Segments never change."""

    def __init__(self, reader: Any) -> None:
        self.size: int = reader.doc_count_all()
        column = reader.column_reader(FACTS)
        self.facts = [Facts.from_bytes(column[number]) for number in range(self.size)]
        self.having = {name: self._postings(reader, field) for name, field in FACET_FIELDS.items()}
        self.named = self._postings(reader, NAMES)

    def _postings(self, reader: Any, field: str) -> Mapping[str, Bits]:
        """Read a field's postings as sets."""
        return {
            value.decode(): bits_of(reader.postings(field, value).all_ids(), self.size)
            for value in reader.lexicon(field)
        }
