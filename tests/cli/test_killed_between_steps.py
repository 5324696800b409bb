"""The server is killed between steps: what was acknowledged is there when it starts again."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler

import pytest

SECONDS_TO_START = 90


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[], tuple[str, subprocess.Popen[bytes]]]]:
    """Start the product on one data folder, as often as asked."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> tuple[str, subprocess.Popen[bytes]]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        variables = {"WAYIN_DATA_FOLDER": str(tmp_path), "WAYIN_SEARCH_ENGINE": "memory", "WAYIN_LOG_LEVEL": "error"}
        command = [Path(sys.executable).parent / "wayin", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=os.environ | variables, stdout=subprocess.DEVNULL)
        started.append(process)
        address = f"http://127.0.0.1:{port}"
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            try:
                ask(f"{address}/about")
            except OSError:
                time.sleep(0.2)
            else:
                return address, process
        raise AssertionError("the server did not start")

    yield start
    for process in started:
        process.kill()
        process.wait()


def ask(address: str, **said: str) -> HTTPResponse:
    """Open an address, or post to it when something is said."""
    data = urlencode(said).encode() if said else None
    try:
        answer: HTTPResponse = urllib.request.build_opener(_StayHere).open(address, data, timeout=30)
    except urllib.error.HTTPError as error:
        return error  # type: ignore[return-value]
    return answer


def test_a_draft_survives_a_kill_after_every_step(
    serve: Callable[[], tuple[str, subprocess.Popen[bytes]]],
) -> None:
    address, process = serve()
    draft = ask(f"{address}/organisations/add", then="steps").headers["Location"].rsplit("/", 1)[0]
    steps = {"organisation": "organisation_name", "role": "title", "dates": "support", "who": "access"}
    for step, question in steps.items():
        answer = ask(f"{address}{draft}/{step}", **{question: f"Typed at {step}", "then": "anyway"})
        assert answer.status == 303
        process.kill()
        process.wait()
        address, process = serve()
        assert f"Typed at {step}" in ask(f"{address}{draft}/{step}").read().decode()
    page = ask(f"{address}{draft}/all").read().decode()
    assert all(f"Typed at {step}" in page for step in steps)
