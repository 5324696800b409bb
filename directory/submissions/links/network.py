"""One request over the network: the name looked up once, all it stands for checked, and that very address dialled."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException, HTTPMessage, HTTPResponse
from io import BufferedReader, RawIOBase
from typing import Any

from directory.submissions.links.public_addresses import all_public
from directory.submissions.links.refused import CannotFetch, Why
from directory.submissions.links.targets import Target

MOST_BYTES = 2_000_000
MOST_ON_THE_WIRE = MOST_BYTES + 200_000  # with the headers and the seams between chunks
TOO_LARGE = "That page is larger than 2 MB, which is more than we read."
SECONDS = 10.0
SECONDS_FOR_ONE_ADDRESS = 4.0
MOST_ADDRESSES_TRIED = 4


class Deadline:
    """When all of one fetch must be over, whatever it is waiting for."""

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Give the seconds that are left; raises TimeoutError when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def look_up(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver what a name stands for; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an address, which is never a name; raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((address, port))
    except BaseException:
        connection.close()
        raise
    return connection


@cache
def usual_trust() -> ssl.SSLContext:
    """Give the certificates this machine trusts; names are checked."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


@dataclass(frozen=True)
class Network:
    """How names are looked up, which answers may be dialled, and how; tests bring a network of their own."""

    look_up: Callable[[str, int], Sequence[str]] = look_up
    may_dial: Callable[[Sequence[str]], bool] = all_public
    dial: Callable[[str, int, float], socket.socket] = dial
    trust: Callable[[], ssl.SSLContext] = usual_trust
    seconds: float = SECONDS

    def get(self, target: Target, headers: dict[str, str], deadline: Deadline) -> "Answer":
        """Ask for a page, following nothing. Raises CannotFetch when no whole answer comes of it in time."""
        try:
            with closing(self._connect(target, deadline)) as connection:
                return _ask(connection, target, headers, deadline)
        except TimeoutError:
            raise CannotFetch(Why.UNREACHABLE, f"{target.host} took too long to answer. Try again later.") from None
        except ssl.SSLCertVerificationError:
            words = f"{target.host} has a security certificate that can’t be trusted, so we didn’t open it."
            raise CannotFetch(Why.UNREACHABLE, words) from None
        except (OSError, HTTPException, ValueError):
            raise CannotFetch(Why.UNREACHABLE, f"{target.host} didn’t answer. Check the address.") from None

    def _connect(self, target: Target, deadline: Deadline) -> socket.socket:
        addresses = self._addresses(target, deadline)
        for number, address in enumerate(addresses, 1):
            is_last = number == len(addresses)
            try:
                wait = deadline.left() if is_last else min(deadline.left(), SECONDS_FOR_ONE_ADDRESS)
                return self._secured(self.dial(address, target.port, wait), target, deadline)
            except ssl.SSLError:
                raise
            except OSError:
                if is_last:
                    raise
        raise OSError

    def _secured(self, connection: socket.socket, target: Target, deadline: Deadline) -> socket.socket:
        if target.scheme == "http":
            return connection
        try:
            connection.settimeout(deadline.left())
            return self.trust().wrap_socket(connection, server_hostname=target.host)
        except BaseException:
            connection.close()
            raise

    def _addresses(self, target: Target, deadline: Deadline) -> Sequence[str]:
        """Give what may be dialled. A name of this network and one that doesn't exist get the same words."""
        try:
            found = _within(deadline, lambda: self.look_up(target.host, target.port))
        except TimeoutError:
            raise
        except (OSError, UnicodeError):
            found = ()
        if not self.may_dial(found):
            words = f"We couldn’t find {target.host} on the public internet. Check the address."
            raise CannotFetch(Why.ADDRESS, words)
        return found[:MOST_ADDRESSES_TRIED]


@dataclass(frozen=True)
class Answer:
    """What came back: the body as it was sent, and only of a page that is there; cut short where it was too long."""

    status: int
    headers: HTTPMessage
    body: bytes
    is_whole: bool


def _within(deadline: Deadline, work: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Wait for work that has no time limit of its own, and no longer than the deadline; then leave it to itself."""
    done: list[Sequence[str] | Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as problem:
            done.append(problem)

    thread = threading.Thread(target=run, daemon=True, name="look-up")
    thread.start()
    thread.join(deadline.left())
    if not done:
        raise TimeoutError
    if isinstance(done[0], Exception):
        raise done[0]
    return done[0]


def _ask(connection: socket.socket, target: Target, headers: dict[str, str], deadline: Deadline) -> Answer:
    lines = [f"GET {target.path} HTTP/1.1", f"Host: {target.authority}", "Connection: close"]
    lines += [f"{name}: {words}" for name, words in headers.items()]
    connection.settimeout(deadline.left())
    connection.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    with HTTPResponse(_Timed(connection, deadline), method="GET") as response:  # type: ignore[arg-type]
        response.begin()
        body = bytearray()
        if not 200 <= response.status < 300:
            return Answer(response.status, response.headers, b"", True)
        while len(body) <= MOST_BYTES and (piece := response.read(min(65_536, MOST_BYTES + 1 - len(body)))):
            body += piece
        return Answer(response.status, response.headers, bytes(body[:MOST_BYTES]), len(body) <= MOST_BYTES)


class _Timed(RawIOBase):
    """A connection read as a file, each piece by the deadline and all of it within what may be sent."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline
        self._left = MOST_ON_THE_WIRE

    def makefile(self, _mode: str) -> BufferedReader:
        return BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._connection.settimeout(self._deadline.left())
        count = self._connection.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise CannotFetch(Why.SIZE, TOO_LARGE)
        return count
