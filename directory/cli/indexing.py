"""``index``: what the search index holds, and building it anew."""

import click

from directory.app import rebuild_index
from directory.cli.console import parts, say, steps
from directory.foundation.refusals import Refusal
from directory.health import examine


@click.group()
def index() -> None:
    """Look after the search index."""


@index.command()
def status() -> None:
    """Say how much of the catalogue the index holds, and fail when that isn't all."""
    findings = examine(parts())
    if not findings["migrations"].works:
        raise Refusal("The database is not prepared yet. ./run seed prepares it.")
    say(findings["search"].words)
    if not findings["search"].works:
        raise SystemExit(1)


@index.command()
def rebuild() -> None:
    """Build the index anew from the catalogue."""
    say(f"{rebuild_index(parts(), steps)} listings indexed")


COMMANDS = (index,)
