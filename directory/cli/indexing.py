"""``index``: what the search index holds, and building it anew."""

import click

from directory.app import index_status, rebuild_index, reconcile_index
from directory.cli.console import parts, say, steps
from directory.foundation.refusals import Refusal
from directory.health import examine


@click.group()
def index() -> None:
    """Look after the search index."""


@index.command()
def status() -> None:
    """Say how much of the catalogue the index holds and how far behind it is; fail when it isn't whole."""
    made = parts()
    if not examine(made)["migrations"].works:
        raise Refusal("The database is not prepared yet. ./run seed prepares it.")
    index, worker_runs = index_status(made)
    held = index.engine
    say(f"{held.name} holds {held.documents} of {index.listings} listings")
    say(f"generation {held.generation}, true up to change {held.sequence}; changes to come: {index.owed}")
    if held.problem:
        say(f"it can't be used: {held.problem}")
    if worker_runs is not None:
        say("a worker keeps it" if worker_runs else "no worker is running")
    if not index.is_whole:
        raise SystemExit(1)


@index.command()
def rebuild() -> None:
    """Build the index anew from the catalogue; a worker gives way meanwhile."""
    say(f"{rebuild_index(parts(), steps)} listings indexed")


@index.command()
def reconcile() -> None:
    """Compare the index with the catalogue and mend what differs; a worker gives way meanwhile."""
    found = reconcile_index(parts(), steps)
    say(f"{found} It is mended." if found else str(found))


COMMANDS = (index,)
