"""SQLite's FTS5, all of it in one statement of SQL: what matches is gathered once, and facets are counted in that.

Facets with several values in a listing are masks of bits, counted by mask; masks are taken apart outside the clock.
A word that stands for the gaps where stop words stood keeps phrases exact. FTS5 knows no misspellings: what the
product's lexicon makes of the word is looked up outside the clock, which favours it.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.peers.columns import COLUMNS, COUNTED, FIRST, GROUPED, ORDERS, TOTAL, columns_of, counts_of, others
from benchmarks.peers.engine import SIZE, TITLE_WEIGHT, Found
from benchmarks.searching.lexicon import Lexicon
from benchmarks.searching.questions import Asked, How
from benchmarks.searching.rows import Placed, Row
from directory.search.query import Sort

GAP, LONGEST_GAP = "_", 3
SETTINGS = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -400000; PRAGMA mmap_size = 4000000000;
"""
TABLES = f"""
CREATE TABLE listing (id INTEGER PRIMARY KEY, {", ".join(f"{name} INTEGER" for name in COLUMNS)});
CREATE VIRTUAL TABLE words USING fts5(
    title, body, content='', prefix='3 4 5 6', tokenize="unicode61 remove_diacritics 0 tokenchars '{GAP}'"
);
"""


class Fts5:
    """SQLite FTS5, on the version that Python brings."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connection: sqlite3.Connection | None = None

    def add(self, rows: Sequence[Row]) -> None:
        """Take in some."""
        if self._connection is None:
            self._folder.mkdir(parents=True)
            self._connection = self._connect()
            self._connection.executescript(TABLES)
            self._connection.execute("BEGIN")
        self._connection.executemany(
            f"INSERT INTO listing VALUES ({', '.join('?' * (len(COLUMNS) + 1))})",
            [(row.id, *columns_of(row)) for row in rows],
        )
        self._connection.executemany(
            "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
            [(row.id, text_of(row.title), text_of(row.body)) for row in rows],
        )

    def finish(self) -> None:
        """Merge the words into one segment, index what is filtered by, and gather statistics."""
        if self._connection is not None:
            self._connection.execute("INSERT INTO words (words) VALUES ('optimize')")
            for name in COLUMNS:
                self._connection.execute(f"CREATE INDEX listing_{name} ON listing ({name})")
            self._connection.execute("COMMIT")
            self._connection.execute("ANALYZE")
            self.close()

    def open(self) -> None:
        """Open it anew."""
        self._connection = self._connect()

    def prepare(self, asked: Asked, lexicon: Lexicon) -> Callable[[], Any]:
        """Make what is timed."""
        assert self._connection
        run, statement, match = self._connection.execute, _statement(asked), _match(asked, lexicon)
        parameters = (match,) if match else ()
        return lambda: run(statement, parameters).fetchall()

    def read(self, asked: Asked, answer: Any) -> Found:
        """Make an answer comparable."""
        total = next(number for position, _value, number in answer if position == TOTAL)
        return Found(total, tuple(id for position, id, _number in answer if position == FIRST), counts_of(answer))

    def close(self) -> None:
        """Let go of it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._folder / "listings.db", isolation_level=None, check_same_thread=False)
        connection.executescript(SETTINGS)
        return connection


def _statement(asked: Asked) -> str:
    columns = ", ".join(f"listing.{name}" for name in COLUMNS)
    score = f"bm25(words, {TITLE_WEIGHT}, 1.0)" if asked.sort is Sort.BEST else "0"
    matching, source = (
        (
            f"WITH matching AS MATERIALIZED (SELECT listing.id, {score} AS score, {columns} FROM words "
            "CROSS JOIN listing ON listing.id = words.rowid WHERE words MATCH ?)",
            "matching",
        )
        if asked.placed
        else ("", "listing")
    )
    order = ORDERS.get(asked.sort, "score")
    return f"""{matching}
        SELECT {TOTAL}, NULL, count(*) FROM {source} WHERE {others(asked)}
        UNION ALL SELECT * FROM
            (SELECT {FIRST}, id, 0 FROM {source} WHERE {others(asked)} ORDER BY {order} LIMIT {SIZE})
        UNION ALL {" UNION ALL ".join(_counting(asked, source))}"""


def _counting(asked: Asked, source: str) -> Iterator[str]:
    for facet, columns in GROUPED.items():
        for column in columns:
            position = COUNTED.index(column)
            yield (
                f"SELECT {position}, {column}, count(*) FROM {source} "
                f"WHERE {others(asked, facet)} AND {column} IS NOT NULL GROUP BY {column}"
            )


def _match(asked: Asked, lexicon: Lexicon) -> str:
    quoted = [f'"{token}"' for token in asked.tokens]
    match asked.how:
        case How.PHRASE:
            return _phrase(asked.placed)
        case How.BEGINNING:
            return f"{quoted[0]}*"
        case How.NEAR:
            return " OR ".join(f'"{token}"' for token in lexicon.near(asked.tokens[0]))
        case How.ANY:
            return " OR ".join(quoted)
        case _:
            return " AND ".join(quoted)


def _phrase(placed: Sequence[Placed]) -> str:
    """Ask for words in a row; where stop words stood between them any one word may, which is nearly the same."""
    runs: list[list[str]] = [[placed[0][1]]]
    for (place, _token), (following, token) in pairwise(placed):
        if following == place + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    phrases = " ".join(f'"{" ".join(run)}"' for run in runs)
    return phrases if len(runs) == 1 else f"NEAR({phrases}, 1)"


def text_of(placed: Sequence[Placed]) -> str:
    """Write tokens in a row, with a word in each gap."""
    words, expected = [], 0
    for place, token in placed:
        words += [GAP] * min(place - expected, LONGEST_GAP)
        words.append(token)
        expected = place + 1
    return " ".join(words)
