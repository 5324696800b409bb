"""``people``: who may do what, and what is kept of somebody: given out or erased when they ask."""

import json

import click

from directory.accounts import actions, queries
from directory.accounts.addresses import email_address
from directory.accounts.models import AccountRole
from directory.accounts.personal import erase_all, export_all
from directory.app import PERSONAL
from directory.cli.console import parts, say
from directory.foundation import clock
from directory.foundation.kept_mail import forget_mail_to
from directory.foundation.migrations import migrate
from directory.foundation.refusals import Refusal
from directory.parts import Parts

ROLE = click.Choice([str(role) for role in AccountRole])


@click.group()
def people() -> None:
    """Say who may moderate, and answer people who ask what is kept of them."""


@people.command()
@click.argument("address")
@click.option("--role", type=ROLE, default=str(AccountRole.MODERATOR), help="What they may do.", show_default=True)
@click.option("--name", default="", help="What they are called.")
def add(address: str, role: str, name: str) -> None:
    """Give ADDRESS a role. They sign in with a link that is sent to it."""
    email, made = _email(address), _parts()
    with made.sessions.begin() as session:
        account = actions.add(session, email, name, clock.now())
        actions.grant(session, account, AccountRole(role), clock.now())
    say(f"{email} is {role} now, and signs in at {made.settings.site_address}/sign-in")


@people.command("remove-role")
@click.argument("address")
@click.argument("role", type=ROLE)
def remove_role(address: str, role: str) -> None:
    """Take a role from ADDRESS, and sign them out everywhere."""
    with _parts().sessions.begin() as session:
        account = queries.account_by_email(session, address)
        if account is None or AccountRole(role) not in account.roles:
            raise Refusal(f"Nobody with the address {address} is {role}.")
        actions.revoke(session, account, AccountRole(role), clock.now())
    say(f"{address} is no longer {role}.")


@people.command("list")
def list_() -> None:
    """List everybody who has a role."""
    with _parts().sessions() as session:
        for account in queries.with_roles(session):
            say(f"{account.email}: {', '.join(sorted(map(str, account.roles)))}")


@people.command()
@click.argument("address")
def export(address: str) -> None:
    """Print everything that is kept of ADDRESS, as JSON."""
    with _parts().sessions() as session:
        say(json.dumps(export_all(session, _email(address), PERSONAL), indent=2, default=str, ensure_ascii=False))


@people.command()
@click.argument("address")
@click.option("--yes", is_flag=True, help="Don't ask whether you are sure.")
def erase(address: str, yes: bool) -> None:
    """Erase who ADDRESS is. What they did stays in the record, by nobody's name; what is published stays."""
    if not yes:
        click.confirm(f"Erase {address} for good?", abort=True)
    email, made = _email(address), _parts()
    with made.sessions.begin() as session:
        erase_all(session, email, PERSONAL, clock.now())
    forget_mail_to(made.settings.mail_folder, email)
    say(f"{address} is erased.")


def _parts() -> Parts:
    """Make the parts with every table there is, also where nothing was ever served."""
    made = parts()
    migrate(made.database)
    return made


def _email(address: str) -> str:
    email = email_address(address)
    if email is None:
        raise Refusal(f"{address} is not an email address.")
    return email


COMMANDS = (people,)
