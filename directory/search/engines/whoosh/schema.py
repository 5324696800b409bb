"""What Whoosh keeps of a listing: its key, its weighted words with their places, and a column with all other facts."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from struct import Struct
from typing import Any

from whoosh import fields, formats

from directory.search.document import SearchDocument
from directory.search.engines.whoosh import facts

ONE_PLACE = Struct("<H").pack  # most words stand once

WORDS, FACTS = "words", "facts"


class Places(formats.Format):  # type: ignore[misc]
    """A posting's value: the places of a word, two bytes each, and no pickle."""

    posting_size = -1

    def __init__(self, field_boost: float = 1.0, **options: object) -> None:
        self.field_boost = field_boost
        self.options = options

    def encode(self, places: Sequence[int]) -> bytes:
        """Write places."""
        return ONE_PLACE(places[0]) if len(places) == 1 else array("H", places).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Read places; Whoosh's own phrases ask."""
        return list(memoryview(value).cast("H"))


class Words(fields.FieldType):  # type: ignore[misc]
    """A field of postings that the product made itself, the same for every engine.

    Weights are inside one field, so BM25 sees a title's word as several, not as another field's score.
    """

    def __init__(self) -> None:
        super().__init__(format=Places(), analyzer=None)

    def index(
        self, value: Mapping[str, tuple[int, Sequence[int]]], **_options: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give Whoosh each token, its frequency, its weight and its places."""
        for token, (weight, places) in value.items():
            yield token.encode(), weight, float(weight), self.format.encode(places)


def schema() -> Any:
    """Make the schema of an index of this shape."""
    return fields.Schema(**{WORDS: Words(), FACTS: fields.COLUMN()})


def row(document: SearchDocument) -> dict[str, Any]:
    """Give Whoosh's fields for a listing."""
    postings, surface = document.words()
    length = sum(weight for weight, _places in postings.values())
    return {WORDS: postings, FACTS: facts.written(document, length, surface)}
