"""``seed``: load the catalogue's files again, or say what loading them passed over."""

import click

from directory.app import prepare
from directory.cli.console import parts, say, steps


@click.command()
@click.option("--diff", is_flag=True, help="Show the listings that a person has edited and how the files differ.")
def seed(diff: bool) -> None:
    """Load seed_data/ into the catalogue; what a person has edited is left alone."""
    report = prepare(parts(), steps, compare=diff)
    say(report.difference() if diff else report.summary())


COMMANDS = (seed,)
