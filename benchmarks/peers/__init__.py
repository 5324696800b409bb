"""The engines that are measured beside each other, each set up as well as it allows."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.peers.engine import Peer
from benchmarks.peers.fts5 import Fts5
from benchmarks.peers.postgresql import PostgreSQL
from benchmarks.peers.tantivy import Tantivy
from benchmarks.peers.whoosh import Whoosh

# As ``--peers`` names them.
PEERS: dict[str, Callable[[Path], Peer]] = {
    "tantivy": Tantivy,
    "fts5": Fts5,
    "postgresql": PostgreSQL,
    "whoosh": Whoosh,
}
NAMES = {"tantivy": Tantivy.name, "fts5": Fts5.name, "postgresql": PostgreSQL.name, "whoosh": Whoosh.name}
