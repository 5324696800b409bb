"""Email: what a message is, and the promise of whatever carries it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One email to one address: always with plain text, perhaps with HTML that says the same."""

    to: str
    subject: str
    text: str
    html: str = ""


class Mailer(Protocol):
    """Carries messages."""

    def send(self, message: Message) -> None:
        """Hand the message over; raises OSError when that can't be done now."""
