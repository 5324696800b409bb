"""How the command line speaks: results to standard output, troubles and progress to standard error."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from directory.app import assemble
from directory.foundation.logs import write_logs
from directory.foundation.progress import Progress
from directory.foundation.settings import PREFIX, Settings
from directory.parts import Parts


def say(words: str) -> None:
    """Print ``words`` as they are."""
    click.echo(words)


def complain(words: str) -> None:
    """Print ``words`` to standard error; what was put on several lines stays so."""
    click.echo("\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip()), err=True)


def settings(**said: object) -> Settings:
    """Read the settings from the environment; what was ``said`` on the command line, if not None, goes before it."""
    instead = {f"{PREFIX}{name.upper()}": str(value) for name, value in said.items() if value is not None}
    return Settings.from_environment(os.environ | instead)


def parts(known: Settings | None = None) -> Parts:
    """Make the product's parts, with its logs going where they should."""
    known = known or settings()
    write_logs(known)
    return assemble(known)


@contextmanager
def steps(title: str) -> Iterator[Progress]:
    """Show a step of the work: a bar for a person watching, a line in a log otherwise.

    A step with nothing to count shows nothing on a terminal once done, so that a quick start stays quiet.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        last = -1

        def note(done: int, total: int) -> None:
            nonlocal last
            quarter = 4 * done // total if total else 4
            if quarter != last:
                last = quarter
                complain(f"{title}: {done} of {total}")

        yield note
        return
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}")
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None, count="")
        yield lambda done, total: bar.update(task, completed=done, total=total, count=f"{done} of {total}")
