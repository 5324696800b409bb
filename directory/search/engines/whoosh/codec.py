"""How Whoosh writes segments here: as its own codec does, without what the arrays make needless.

Lengths stand among the facts, so Whoosh needn't look one up for every posting; and what is decoded once isn't worth
compressing. Whoosh's own codec reads what this one writes.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pickle import dumps
from struct import Struct
from typing import Any

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3PostingsWriter

PICKLE_PROTOCOL = 2  # Whoosh's
BLOCK_LENGTH = Struct("!i")
NOT_COMPRESSED = NO_LENGTH = 0


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec, for postings without lengths."""

    def __init__(self) -> None:
        super().__init__(compression=0)

    def field_writer(self, storage: Any, segment: Any) -> "PostingsWithoutLengths":
        """Make what writes the postings of a segment."""
        return PostingsWithoutLengths(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> "Postings":
        """Make what writes the postings of one token after another."""
        return Postings(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)


class PostingsWithoutLengths(W3FieldWriter):  # type: ignore[misc]
    """Writes postings and asks for no lengths."""

    def add_postings(self, schema: Any, _lengths: Any, items: Iterable[Any]) -> None:
        """Write postings, which come in order: field, token, listing, weight, value."""
        for (field, token), postings in groupby(items, key=itemgetter(0, 1)):
            if field != self._fieldname:
                self.start_field(field, schema[field])
            self.start_term(token)
            add = self._postwriter.add_posting
            for _field, _token, number, weight, value in postings:
                add(number, weight, value)
            self.finish_term()


class Postings(W3PostingsWriter):  # type: ignore[misc]
    """Writes the postings of a token, trusting that they are of the right types, each block at a time.

    Most tokens stand in one listing, so what is spent on a block counts.
    """

    def add_posting(self, id_: int, weight: float, vbytes: bytes, length: int | None = None) -> None:
        """Take in one posting; a full block is written first."""
        if len(self._ids) >= self._blocklimit:
            self._write_block()
        self._ids.append(id_)
        self._weights.append(weight)
        self._values.append(vbytes)
        if weight > self._maxweight:  # type: ignore[has-type]
            self._maxweight = weight

    def _write_block(self, last: bool = False) -> None:
        if not self._blockcount:
            self._postfile.write(WHOOSH3_HEADER_MAGIC)
        self._terminfo.add_block(self)
        told = len(self._ids), self._ids[-1], self._maxweight, NOT_COMPRESSED, NO_LENGTH, NO_LENGTH
        block = dumps(told, PICKLE_PROTOCOL) + dumps(
            (self._mini_ids(), self._mini_weights(), tuple(self._values)), PICKLE_PROTOCOL
        )
        self._postfile.write(BLOCK_LENGTH.pack(-len(block) if last else len(block)) + block)
        self._blockcount += 1
        self._new_block()
