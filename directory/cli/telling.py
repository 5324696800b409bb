"""``settings`` and ``health``: how the product is set up, and whether it works."""

import sys

import click
from rich.console import Console
from rich.table import Table

from directory.cli.console import complain, parts, say
from directory.cli.console import settings as read_settings
from directory.foundation.settings import describe, shown
from directory.health import examine


@click.command()
def settings() -> None:
    """Print every setting, its value now and its why."""
    table = Table("Variable", "Now", "Why", show_lines=True)
    values = shown(read_settings())
    for knob in describe():
        table.add_row(knob.variable, values[knob.variable], knob.why)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


@click.command()
def health() -> None:
    """Say what works; fails when something doesn't."""
    findings = examine(parts())
    for name, finding in findings.items():
        tell, verdict = (say, "works") if finding.works else (complain, "does not work")
        tell(f"{name}: {verdict} ({finding.words})")
    if not all(finding.works for finding in findings.values()):
        sys.exit(1)


COMMANDS = (settings, health)
