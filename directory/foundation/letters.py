"""Letters: email that is owed, written in the transaction that owes it and sent by the worker."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from directory.foundation.database import Base, Key
from directory.foundation.mail import Message


class Letter(Base):
    """One email to one address. Once it is sent its words are forgotten."""

    __tablename__ = "letter"

    id: Mapped[Key]
    to: Mapped[str] = mapped_column(String(254), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    once: Mapped[str | None] = mapped_column(String(120), unique=True)  # a name that only one letter may ever have
    made_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


class JobRun(Base):
    """When a scheduled job last ran to its end."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


def post(session: Session, message: Message, now: datetime, *, purpose: str, once: str | None = None) -> None:
    """Owe ``message``: it is sent after the commit, and not at all when there is none."""
    session.add(
        Letter(
            to=message.to,
            purpose=purpose,
            subject=message.subject,
            text=message.text,
            html=message.html,
            once=once,
            made_at=now,
            due_at=now,
        )
    )
