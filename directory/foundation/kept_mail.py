"""The email that a folder keeps, read again: for the developer who wants to see what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

ENDING = ".eml"


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One email of the folder."""

    name: str
    at: datetime
    to: str
    subject: str
    text: str
    html: str


def kept_mail(folder: Path) -> Sequence[KeptMail]:
    """Give every email in ``folder``, newest first."""
    files = sorted(folder.glob(f"*{ENDING}"), reverse=True)
    return [mail for file in files if (mail := _read(file))]


def find_mail(folder: Path, name: str) -> KeptMail | None:
    """Give the email of that name, or None."""
    known = {file.stem: file for file in folder.glob(f"*{ENDING}")}  # whatever the name says, it leads nowhere else
    return _read(known[name]) if name in known else None


def forget_mail_to(folder: Path, address: str) -> None:
    """Delete every email in ``folder`` that went to ``address``."""
    for mail in kept_mail(folder):
        if mail.to == address:
            (folder / f"{mail.name}{ENDING}").unlink(missing_ok=True)


def _read(file: Path) -> KeptMail | None:
    try:
        content = file.read_bytes()
    except FileNotFoundError:  # a newer one took its place
        return None
    email = BytesParser(EmailMessage, policy=SMTP).parsebytes(content)
    return KeptMail(
        name=file.stem,
        at=email["Date"].datetime,
        to=str(email["To"]),
        subject=str(email["Subject"]),
        text=_part(email, "plain"),
        html=_part(email, "html"),
    )


def _part(email: EmailMessage, kind: str) -> str:
    part = email.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""
