"""``index``: what the search index holds, and building it anew."""

import click

from directory.app import rebuild_index
from directory.cli.console import parts, say, steps
from directory.health import examine


@click.group()
def index() -> None:
    """Look after the search index."""


@index.command()
def status() -> None:
    """Say how much of the catalogue the index holds."""
    say(examine(parts())["search"].words)


@index.command()
def rebuild() -> None:
    """Build the index anew from the catalogue."""
    say(f"{rebuild_index(parts(), steps)} listings indexed")


COMMANDS = (index,)
