"""Email: what a message is, and what carries it: a mail server, a folder or, in tests, a memory.

A message is never more than it says: whatever stands in its subject or its address, it goes to one address and gets no
header but ours.
"""

import os
import secrets
import smtplib
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from directory.foundation import clock
from directory.foundation.settings import ONE_ADDRESS, SMTP_PORTS, Settings

SECONDS_TO_WAIT_FOR_A_SERVER = 10.0  # for each answer of its
MOST_KEPT = 200
SECONDS_OF_A_DRAFT = 3600.0


class Unsendable(ValueError):
    """No mailer will ever be able to send this."""


@dataclass(frozen=True, slots=True)
class Message:
    """One email to one address: always with plain text, perhaps with HTML that says the same.

    Two copies with one ``id`` are one message to whoever receives them.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    id: str = field(default_factory=lambda: secrets.token_hex(12))


class Mailer(Protocol):
    """Carries messages."""

    def send(self, message: Message) -> None:
        """Hand the message over; raises OSError when that can't be done now, Unsendable when it never can."""


def written(message: Message, sender: Address) -> EmailMessage:
    """Write ``message`` as it travels; raises Unsendable."""
    if not ONE_ADDRESS.fullmatch(message.to) or not message.to.isprintable():
        raise Unsendable("This is not one email address.")
    email = EmailMessage(policy=SMTP)
    try:
        email["From"] = sender
        email["To"] = Address(addr_spec=message.to)
        email["Subject"] = _one_line(message.subject)
        email["Date"] = clock.now()
        email["Message-ID"] = f"<{message.id}@{sender.domain}>"
        email["Auto-Submitted"] = "auto-generated"
        email.set_content(message.text)
        if message.html:
            email.add_alternative(message.html, subtype="html")
        email.as_bytes()
    except Exception as problem:  # the library has many kinds for what it can't write
        raise Unsendable(f"This can't be written as an email ({type(problem).__name__}).") from None
    return email


def sender_of(settings: Settings) -> Address:
    """Give who email comes from: the site's name at its address."""
    return Address(display_name=_one_line(settings.site_name), addr_spec=settings.mail_from)


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands messages to a mail server: with TLS whose certificate holds, unless the address says ``smtp+plain``."""

    url: str = field(repr=False)
    sender: Address
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    seconds: float = SECONDS_TO_WAIT_FOR_A_SERVER

    def send(self, message: Message) -> None:
        """Hand the message over on a connection of its own; what the server accepted is sent, however it parts."""
        email = written(message, self.sender)
        server = self._connect()
        try:
            server.send_message(email)
            with suppress(OSError):
                server.quit()
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or SMTP_PORTS[parts.scheme]
        name = self.sender.domain  # to greet with; finding this machine's own can take long
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, name, timeout=self.seconds, context=self.tls)
        else:
            server = smtplib.SMTP(host, port, name, timeout=self.seconds)
        try:
            if parts.scheme == "smtp":
                server.starttls(context=self.tls)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True, slots=True)
class FolderMailer:
    """Keeps messages as files that any mail program opens, the newest ``most`` of them, for their owner alone."""

    folder: Path
    sender: Address
    most: int = MOST_KEPT

    def send(self, message: Message) -> None:
        """Write the message to a file of its own: whole or not at all."""
        content = written(message, self.sender).as_bytes()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
        draft = self.folder / f"{name}.draft"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.folder / f"{name}.eml")
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        self._tidy()

    def _tidy(self) -> None:
        for old in sorted(self.folder.glob("*.eml"), reverse=True)[self.most :]:
            old.unlink(missing_ok=True)
        for draft in self.folder.glob("*.draft"):
            with suppress(FileNotFoundError):
                if time.time() - draft.stat().st_mtime > SECONDS_OF_A_DRAFT:  # its writer was killed
                    draft.unlink()


@dataclass(frozen=True, slots=True)
class RememberingMailer:
    """Remembers what was sent: for tests."""

    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        """Remember the message."""
        self.sent.append(message)


def choose_mailer(settings: Settings) -> Mailer:
    """Give the mailer that the settings ask for: a mail server if there is one, else a folder."""
    sender = sender_of(settings)
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url, sender)
    return FolderMailer(settings.mail_folder, sender)
