"""``serve``: everything made ready, then pages for people until told to stop."""

import signal
import socket
import sys
import threading
from types import FrameType
from typing import NoReturn

import click
import waitress
from waitress import wasyncore

from directory.app import create_app, prepare, wait_for_worker
from directory.cli.console import parts, say, settings, steps
from directory.foundation.companion import Companion
from directory.foundation.refusals import Misconfigured

# Pages are short work in one process: more threads would wait for each other, not serve more.
THREADS = 8

# How long being told to stop may go unnoticed.
SECONDS_TO_NOTICE = 1.0

WORKER = (sys.executable, "-P", "-m", "directory", "work", "--until-input-ends")

# The web door answers long addresses and large posts with a page; these are walls far behind it.
LARGEST_HEAD = 256 * 1024
LARGEST_BODY = 16 * 1024 * 1024


@click.command()
@click.option("--host", help="The network address to listen on, instead of WAYIN_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on, instead of WAYIN_PORT.")
def serve(host: str | None, port: int | None) -> None:
    """Prepare everything and serve the pages, with a worker beside them for the search index, email and other jobs."""
    known = settings(host=host, port=port)
    listening = _claim(known.host, known.port)
    made = parts(known)
    prepare(made, steps, serving=True)
    sockets: dict[int, object] = {}
    server = waitress.create_server(
        create_app(made),
        map=sockets,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        max_request_header_size=LARGEST_HEAD,
        max_request_body_size=LARGEST_BODY,
        # Nobody believes them unless the settings say so; that they are there shows that a request was passed on.
        clear_untrusted_proxy_headers=False,
    )
    signal.signal(signal.SIGTERM, _stop)
    with Companion("worker", WORKER):
        wait_for_worker(made, steps)
        stop = _told_to_stop()
        say(f"{known.site_name} is open at {known.local_address} (Ctrl+C stops it)")
        if known.is_private and not known.smtp_url:
            say(f"Email is kept in {known.mail_folder}; read it at {known.local_address}/dev/mail")
        while not stop.is_set():
            wasyncore.loop(SECONDS_TO_NOTICE, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        server.close()
    made.database.dispose()


def _told_to_stop() -> threading.Event:
    """Give what a signal to stop sets.

    Raising, as waitress expects it, can be lost: where the signal comes while Python clears away what nobody needs any
    more, an exception is told and forgotten, and the server goes on for ever.
    """
    stop = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda _signal, _frame: stop.set())
    return stop


def _claim(host: str, port: int) -> socket.socket:
    """Take the port before the work of preparing: a port in use is known at once, and can't be lost meanwhile."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise Misconfigured(f"There is no address {host} to listen on; --host 127.0.0.1 is this machine.") from None
    claimed = socket.socket(family, kind, protocol)
    claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        claimed.bind(address)
        claimed.listen()
    except OSError as problem:
        claimed.close()
        raise Misconfigured(
            f"Port {port} on {host} can't be used ({problem.strerror}); --port or WAYIN_PORT can choose another."
        ) from None
    return claimed


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)


COMMANDS = (serve,)
