"""A small internet on this machine: names that stand for public addresses, all of them answered by one server here."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from directory.foundation.settings import Settings
from directory.submissions.links.fetching import Fetcher, Network
from directory.submissions.links.public_addresses import all_public

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
ADDRESS = "93.184.215.14"
CERTIFICATES = Path(__file__).parent / "certificates"


@dataclass(frozen=True)
class Reply:
    """What a page answers; ``drip`` sends it a letter at a time, with that many seconds between."""

    body: bytes | str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    drip: float = 0

    @property
    def bytes(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


def page(body: str) -> Reply:
    return Reply(f"<!doctype html><html lang=en-GB><title>A page</title><body>{body}")


def passing_on(location: str, status: int = 302) -> Reply:
    return Reply(status=status, headers=(("Location", location),))


def packed(text: bytes) -> Reply:
    return Reply(gzip.compress(text), headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")))


@dataclass
class Web:
    """The pages by address, what was asked for, and what was dialled."""

    pages: dict[str, Reply] = field(default_factory=dict)
    names: dict[str, Sequence[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    ports: dict[int, int] = field(default_factory=dict)

    def look_up(self, host: str, _port: int) -> Sequence[str]:
        self.looked_up.append(host)
        return self.names.get(host, [ADDRESS])

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.ports[port]), timeout=seconds)

    def network(
        self, *, seconds: float = 10, may_dial: Callable[[Sequence[str]], bool] = all_public, trust: bool = True
    ) -> Network:
        return Network(self.look_up, may_dial, self.dial, trusting if trust else ssl.create_default_context, seconds)

    def fetcher(self, *, seconds: float = 10, trust: bool = True, **variables: str) -> Fetcher:
        return Fetcher(settings(**variables), self.network(seconds=seconds, trust=trust))

    def pages_asked(self) -> list[str]:
        return [url for url in self.asked if not url.endswith("/robots.txt")]


def settings(**variables: str) -> Settings:
    return Settings.from_environment({"WAYIN_SITE_ADDRESS": "https://wayin.example", **variables})


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))


@contextmanager
def opened() -> Iterator[Web]:
    """Open the small internet, with port 80 plain and port 443 secured."""
    web = Web()
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(CERTIFICATES / "larkfield.pem")
    servers = [_server(web, "http", None), _server(web, "https", secured)]
    web.ports = {80: servers[0].server_address[1], 443: servers[1].server_address[1]}
    threads = [threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield web
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    secured: ssl.SSLContext | None = None

    def finish_request(self, request: socket.socket, client_address: object) -> None:
        try:
            if self.secured:
                request = self.secured.wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)
        except OSError:
            pass  # whoever asked has hung up
        finally:
            request.close()


def _server(web: Web, scheme: str, secured: ssl.SSLContext | None) -> _Server:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers["Host"]
            url = f"{scheme}://{host}{self.path}"
            web.asked.append(url)
            web.headers.append(dict(self.headers))
            reply = web.pages.get(url, Reply(status=404))
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.end_headers()
            for piece in (bytes([letter]) for letter in reply.bytes) if reply.drip else [reply.bytes]:
                self.wfile.write(piece)
                self.wfile.flush()
                if reply.drip:
                    threading.Event().wait(reply.drip)

        def log_message(self, *_: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    server.secured = secured
    return server
