"""A class, and the class next door: one list of 200 opened by 200 phones at once, at the real server."""

import re
import signal
import subprocess
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import func, select

from directory.foundation.database import connect, session_maker
from directory.lists.models import MOST_PINS, DayOfViews
from tests.cli.test_command_line import WAYIN, environment

PHONES = 200
SECONDS = 120  # far more than it takes: only that all are answered is held here


def test_all_are_answered_with_the_same_page_and_all_are_counted(tmp_path: Path, free_port: str) -> None:
    command, variables = [WAYIN, "serve", "--port", free_port], environment(tmp_path, {})
    site = f"http://127.0.0.1:{free_port}"
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as one:
        try:
            assert one.stdout and "is open at" in one.stdout.readline()
            address = made(site)
            together = Barrier(PHONES)

            def open_it(_phone: int) -> tuple[int, bytes, str]:
                together.wait(SECONDS)
                with urllib.request.urlopen(f"{site}/l/{address}", timeout=SECONDS) as answer:
                    return answer.status, answer.read(), answer.headers["ETag"]

            with ThreadPoolExecutor(PHONES) as phones:
                answers = list(phones.map(open_it, range(PHONES)))
        finally:
            one.send_signal(signal.SIGTERM)
            one.wait(SECONDS)
    assert {status for status, _, _ in answers} == {200}
    assert len({body for _, body, _ in answers}) == len({tag for _, _, tag in answers}) == 1
    assert answers[0][1].count(b'href="/opportunities/') == MOST_PINS
    with session_maker(connect(f"sqlite:///{tmp_path / 'wayin.sqlite3'}"))() as session:
        assert session.scalar(select(func.sum(DayOfViews.views))) == PHONES


def made(site: str) -> str:
    """Make a list of as many pins as one holds, and give its address."""
    said = {"title": "Everything", "pins": ".".join(map(str, range(1, MOST_PINS + 1)))}
    with urllib.request.urlopen(f"{site}/lists/new", urllib.parse.urlencode(said).encode(), timeout=SECONDS) as answer:
        found = re.search(r"/l/([a-z0-9]{7})<", answer.read().decode())
    assert found
    return found[1]
