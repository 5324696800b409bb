"""``work``: the process beside the pages, which keeps the search index true, sends email and does the other jobs."""

import os
import signal
import sys
import threading

import click

from directory.app import work as keep_working
from directory.cli.console import settings
from directory.foundation.logs import write_logs


@click.command()
@click.option("--until-input-ends", is_flag=True, hidden=True, help="End when standard input does, as serve needs it.")
def work(until_input_ends: bool) -> None:
    """Index, send email and do other jobs until told to stop. ./run serve starts one; beside gunicorn, start yours."""
    stop = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda _signal, _frame: stop.set())
    if until_input_ends:
        threading.Thread(target=_stop_at_the_end_of_input, args=(stop,), daemon=True).start()
    known = settings()
    write_logs(known)
    keep_working(known, stop)


def _stop_at_the_end_of_input(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1):  # unbuffered: a lock on the buffer would spoil this process's own end
        pass
    stop.set()


COMMANDS = (work,)
