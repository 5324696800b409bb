"""Every engine's index of one catalogue: built once, all peers from one pass over the listings, and opened."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.peers import PEERS
from benchmarks.peers.engine import Engine, Peer
from benchmarks.peers.ours import WayIn
from benchmarks.searching.catalogue import AT_A_TIME, EDITION, listings
from benchmarks.searching.lexicon import Lexicon
from benchmarks.searching.moment import NOW
from benchmarks.searching.rows import Row, row_of


@dataclass(frozen=True, slots=True)
class Indexes:
    """What is measured: ours first, and every token there is."""

    size: int
    folder: Path
    ours: WayIn
    peers: Sequence[Peer]
    lexicon: Lexicon

    @property
    def engines(self) -> list[Engine]:
        """Give all of them."""
        return [self.ours, *self.peers]


@contextmanager
def indexes(root: Path, size: int, names: Sequence[str]) -> Iterator[Indexes]:
    """Build what isn't there yet in a folder for this catalogue, open everything, and close it in the end."""
    folder = root / f"{size}-{EDITION}"
    folder.mkdir(parents=True, exist_ok=True)
    ours = WayIn(folder / "ours")
    if ours.engine.status().documents != size or ours.engine.status().problem:
        ours.build(listings(size))
    with ExitStack() as closing:
        peers = {name: PEERS[name](folder / name) for name in names}
        for peer in peers.values():
            closing.callback(peer.close)
        lexicon = _build(folder, size, {name: peer for name, peer in peers.items() if not _mark(folder, name).exists()})
        found = Indexes(size, folder, ours, list(peers.values()), lexicon)
        for engine in found.engines:
            engine.open()
        yield found


def _build(folder: Path, size: int, peers: dict[str, Peer]) -> Lexicon:
    words = folder / "lexicon.txt"
    if not peers and words.exists():
        return Lexicon(words.read_text().split())
    for name in peers:
        shutil.rmtree(folder / name, ignore_errors=True)
    tokens: set[str] = set()
    for rows in _batches(size):
        tokens.update(token for row in rows for token in row.tokens)
        for peer in peers.values():
            peer.add(rows)
    for name, peer in peers.items():
        peer.finish()
        _mark(folder, name).touch()
    words.write_text(" ".join(sorted(tokens)))
    return Lexicon(tokens)


def _batches(size: int) -> Iterator[list[Row]]:
    rows = (row_of(document, NOW) for document in listings(size))
    while batch := list(islice(rows, AT_A_TIME)):
        yield batch


def _mark(folder: Path, name: str) -> Path:
    return folder / f"{name}.whole"
