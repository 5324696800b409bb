"""What a class costs: ``./run benchmark lists [--pins 200] [--phones 200] [--rounds 3]``.

A list with as many pins is opened by as many phones at once at a server with the product's own threads, for each part
of it: the first time, when it has to be rendered, and again, when it is kept. Beside them stands the answer that needs
nothing (``/robots.txt``), asked for in the same way. What is printed: seconds until all are answered, and the bytes.
"""

import argparse
import http.client
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import waitress
from rich.console import Console
from rich.table import Table

from benchmarks._catalogue import enlarge
from directory.app import assemble, create_app, prepare
from directory.cli.serving import THREADS
from directory.foundation import clock
from directory.foundation.database import transaction
from directory.foundation.logs import write_logs
from directory.foundation.progress import quietly
from directory.foundation.settings import Settings
from directory.lists import actions
from directory.lists.models import MOST_PINS
from directory.lists.words import ListWords
from directory.parts import Parts
from directory.search.indexing import catch_up

PARTS = ("", "/print", "/embed", "/qr")
NOTHING = "/robots.txt"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pins", type=int, default=MOST_PINS)
    options.add_argument("--phones", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({**os.environ, "WAYIN_DATA_FOLDER": folder, "WAYIN_LOG_LEVEL": "error"})
        write_logs(settings)
        parts = assemble(settings)
        prepare(parts, quietly)
        address = _list(parts, chosen.pins)
        with _serving(parts) as port:
            Console().print(_measured(port, address, chosen.phones, chosen.rounds))


def _list(parts: Parts, pins: int) -> str:
    with transaction(parts.database) as session:
        enlarge(session, 400, clock.now())
    with transaction(parts.database) as session:
        catch_up(session, parts.search)
    with transaction(parts.database) as session:
        made = actions.make(session, ListWords("Everything"), clock.now(), pinned=range(1, pins + 1)).shared_list
        return made.address


@contextmanager
def _serving(parts: Parts) -> Iterator[int]:
    server = waitress.create_server(create_app(parts), host="127.0.0.1", port=0, threads=THREADS)
    threading.Thread(target=server.run, daemon=True).start()
    yield server.effective_port
    server.close()


def _measured(port: int, address: str, phones: int, rounds: int) -> Table:
    table = Table("Page", "First", "Kept", "Bytes", title=f"Seconds until {phones} phones at once are answered")
    for name, path in ((NOTHING, NOTHING), *((part or "its page", f"/l/{address}{part}") for part in PARTS)):
        first, size = _opened(port, path, phones)
        kept = min(_opened(port, path, phones)[0] for _ in range(rounds))
        table.add_row(name, f"{first:.2f}", f"{kept:.2f}", f"{size:,}")
    return table


def _opened(port: int, path: str, phones: int) -> tuple[float, int]:
    """Give how long it takes until all have the page, and its size; fails when one of them hasn't."""
    together = threading.Barrier(phones + 1)

    def open_it(_phone: int) -> int:
        together.wait()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status == 200, answer.status
        return len(body)

    with ThreadPoolExecutor(phones) as pool:
        opening = [pool.submit(open_it, phone) for phone in range(phones)]
        together.wait()
        began = time.perf_counter()
        sizes = {one.result() for one in opening}
        return time.perf_counter() - began, max(sizes)


if __name__ == "__main__":
    main()
