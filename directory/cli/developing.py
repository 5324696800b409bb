"""``revision`` and ``benchmark``: for those who change the product, from a checkout."""

import runpy
import subprocess
import sys
from pathlib import Path

import click

from directory.app import revise
from directory.cli.console import parts, say
from directory.foundation.refusals import Misconfigured
from directory.foundation.resources import checkout


@click.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write the next database revision from what the models say."""
    _checkout()
    written = revise(parts(), message)
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", written], check=False)  # noqa: S603
    say(f"Read it before you keep it: {written}")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def benchmark(name: str | None, arguments: tuple[str, ...]) -> None:
    """Run a benchmark, or list them when none is named."""
    folder = _checkout() / "benchmarks"
    names = sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("_"))
    if name is None:
        say("\n".join(names))
        return
    if name not in names:
        raise Misconfigured(f"There is no benchmark {name}; there are: {', '.join(names) or 'none yet'}.")
    sys.argv = [name, *arguments]
    sys.path.insert(0, str(folder.parent))
    runpy.run_module(f"benchmarks.{name}", run_name="__main__")


def _checkout() -> Path:
    folder = checkout()
    if folder is None:
        raise Misconfigured("This command needs a checkout of the project, and this is an installed copy.")
    return folder


COMMANDS = (revision, benchmark)
