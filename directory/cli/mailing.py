"""``mail``: try whether email arrives."""

import click

from directory.cli.console import say, settings
from directory.foundation import addresses
from directory.foundation.mail import Unsendable, choose_mailer
from directory.foundation.mail_templates import compose
from directory.foundation.refusals import Refusal


@click.group()
def mail() -> None:
    """Try whether email arrives."""


@mail.command("try")
@click.argument("address")
def try_(address: str) -> None:
    """Send a trial to ADDRESS at once, as any other email goes, and say what came of it."""
    known = settings()
    try:
        choose_mailer(known).send(compose(known, "trial", address, health_address=addresses.health(known)))
    except Unsendable as problem:
        raise Refusal(str(problem)) from None
    except OSError as problem:
        raise Refusal(f"It could not be sent: {str(problem) or type(problem).__name__}") from None
    if known.smtp_url:
        say(f"The mail server took it, from {known.mail_from}. Now see whether it arrives.")
    else:
        say(f"No mail server is set (WAYIN_SMTP_URL), so it is only kept in {known.mail_folder}.")


COMMANDS = (mail,)
