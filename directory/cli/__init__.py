"""The door for those who run the product: ``wayin COMMAND``, ``./run COMMAND``, ``python -m directory COMMAND``."""

import sys

import click

from directory.cli import (
    developing,
    evaluating,
    explaining,
    indexing,
    mailing,
    people,
    seeding,
    serving,
    telling,
    working,
)
from directory.cli.console import complain
from directory.foundation.refusals import Refusal


class CommandLine(click.Group):
    """A group of commands that serves when no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``--port 8001`` alone as ``serve --port 8001``."""
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h")):
            args = ["serve", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Keep the order in which they were added."""
        return list(self.commands)


@click.group(cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
def command_line() -> None:
    """Run Way In. With no command, serve it. ./run test passes the tests."""


@command_line.command("help")
@click.pass_context
def help_(context: click.Context) -> None:
    """List the commands."""
    click.echo(command_line.get_help(context.parent or context))


for commands in (serving, working, seeding, indexing, explaining, evaluating, telling, mailing, people, developing):
    for command in commands.COMMANDS:
        command_line.add_command(command)


def main() -> None:
    """Carry out what the arguments ask for; a refusal is one sentence on standard error and a failing exit."""
    try:
        sys.exit(command_line(standalone_mode=False, prog_name="wayin"))
    except Refusal as refusal:
        complain(str(refusal))
        sys.exit(1)
    except click.ClickException as misuse:
        complain(misuse.format_message())
        sys.exit(misuse.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
