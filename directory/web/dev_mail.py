"""The email that was kept instead of sent: for the developer at this machine, and for nobody else.

These pages show links that sign people in. So they exist only in development on a server that listens to this machine
alone, and they answer only a request that comes straight from it, to a name that only it has, through no proxy.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, render_template, request

from directory.foundation.clock import UK
from directory.foundation.kept_mail import find_mail, kept_mail
from directory.foundation.settings import Settings, is_loopback
from directory.request_state import parts
from directory.web.access import ANYONE, open_to

pages = Blueprint("dev_mail", __name__, url_prefix="/dev/mail")

# What proxies add to a request that they pass on.
PASSED_ON = re.compile(
    r"x-forwarded.*|forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip", re.IGNORECASE
)
ADDRESS = re.compile(r"""https?://[^\s<>"']*[^\s<>"'.,;:!?)\]]""")


def is_for(settings: Settings) -> bool:
    """Say whether a server so set up has these pages at all."""
    return settings.is_private


@pages.before_request
def refuse_everybody_else() -> None:
    """Answer only the developer, as if there were nothing here."""
    if not comes_straight_from_here():
        abort(404)


@pages.after_request
def keep_to_ourselves(response: Response) -> Response:
    """Let nobody keep these pages or list them."""
    response.cache_control.no_store = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def comes_straight_from_here() -> bool:
    """Say whether whoever asks sits at this machine, and nothing passed the request on."""
    host = _host_name(request.headers.get("Host", ""))
    is_passed_on = any(PASSED_ON.fullmatch(name) for name in request.headers.keys())  # noqa: SIM118
    return is_loopback(request.remote_addr or "") and is_loopback(host) and not is_passed_on


@pages.get("")
@open_to(ANYONE)
def every() -> str:
    """List what was kept, newest first."""
    folder = parts().settings.mail_folder
    kept = [(mail, mail.at.astimezone(UK)) for mail in kept_mail(folder)]
    return render_template("dev_mail/every.html", kept=kept, folder=folder)


@pages.get("/<name>")
@open_to(ANYONE)
def page(name: str) -> str:
    """Show one email: its text with links to follow, and its HTML as it was written."""
    mail = find_mail(parts().settings.mail_folder, name)
    if mail is None:
        abort(404)
    return render_template(
        "dev_mail/page.html", mail=mail, at=mail.at.astimezone(UK), pieces=list(pieces_of(mail.text))
    )


def pieces_of(text: str) -> Iterator[tuple[str, bool]]:
    """Cut text at its addresses: each piece, and whether it is one."""
    end = 0
    for found in ADDRESS.finditer(text):
        yield text[end : found.start()], False
        yield found[0], True
        end = found.end()
    yield text[end:], False


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
