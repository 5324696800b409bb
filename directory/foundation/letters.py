"""Letters: email that is owed, written in the transaction that owes it and sent by the worker.

A letter is sent at least once: whoever sends it first puts off when it is due, so that no other process takes it up
meanwhile, and only then hands it over. Killed in between, the letter is due again a little later, and the second copy
has the same name as the first.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, Engine, String, Text, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from directory.foundation.database import Base, Key, transaction
from directory.foundation.mail import Mailer, Message, Unsendable

MOST_AT_ONCE = 20
# Longer than handing one over can take, so that nobody else does so meanwhile.
TIME_TO_SEND = timedelta(minutes=3)
# After each failure it waits twice as long: all in all a mail server may be away for most of a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
MOST_TRIES = 12

# How long it stays known that a letter went, and longer when its name must not be used again.
KEPT, NAMES_KEPT = timedelta(days=30), timedelta(days=800)

# A letter that has been due this long and was not tried has nobody who sends it.
PATIENCE = timedelta(minutes=5)

NO_WORDS = {"text": "", "html": ""}

log = structlog.get_logger()


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


def letters_to(session: Session, address: str, purpose: str, since: datetime) -> int:
    """Count the letters of a purpose that were owed to somebody since a moment."""
    mine = (Letter.to == address, Letter.purpose == purpose, Letter.made_at > since)
    return session.scalar(select(func.count()).select_from(Letter).where(*mine)) or 0


def send_due(database: Engine, mailer: Mailer, now: datetime) -> int:
    """Send what is due, longest due first and a few at a time; gives how many went. Stops at the first that fails."""
    began = time.monotonic()
    for sent in range(MOST_AT_ONCE):
        letter = _take(database, now + timedelta(seconds=time.monotonic() - began))
        if letter is None or not _send(database, mailer, letter, now):
            return sent
    return MOST_AT_ONCE


def _take(database: Engine, now: datetime) -> Letter | None:
    """Take up the letter that is due longest, so that no other process does; None when there is none."""
    with transaction(database) as session:
        due = select(Letter).where(_is_owed(), Letter.due_at <= now).order_by(Letter.due_at, Letter.id).limit(1)
        letter = session.scalar(due)
        if letter is None:
            return None
        mine = update(Letter).where(Letter.id == letter.id, _is_owed(), Letter.due_at == letter.due_at)
        taken = session.execute(
            mine.values(due_at=now + TIME_TO_SEND, tries=Letter.tries + 1).returning(Letter.id),
            execution_options={"synchronize_session": False},
        )
        if taken.scalar() is None:
            return None
        session.refresh(letter)
        session.expunge(letter)
        return letter


def _send(database: Engine, mailer: Mailer, letter: Letter, now: datetime) -> bool:
    """Hand the letter over and write down what became of it; says whether it went."""
    message = Message(letter.to, letter.subject, letter.text, letter.html, id=_name(letter))
    try:
        mailer.send(message)
    except Exception as problem:  # whatever it is, other letters must not wait for this one
        # The kind of problem only: its words can hold an address.
        is_hopeless = isinstance(problem, Unsendable) or letter.tries >= MOST_TRIES
        log.warning(
            "a letter was given up" if is_hopeless else "a letter could not be sent and will be tried again",
            letter=letter.id,
            purpose=letter.purpose,
            tries=letter.tries,
            problem=type(problem).__name__,
        )
        if is_hopeless:
            _settle(database, letter, given_up_at=now, **NO_WORDS)
        else:
            _settle(database, letter, due_at=now + _wait(letter.tries))
        return False
    _settle(database, letter, sent_at=now, **NO_WORDS)
    log.info("a letter was sent", letter=letter.id, purpose=letter.purpose)
    return True


def _settle(database: Engine, letter: Letter, **values: object) -> None:
    with transaction(database) as session:
        session.execute(update(Letter).where(Letter.id == letter.id).values(values))


def _wait(tries: int) -> timedelta:
    doublings: int = 2 ** (tries - 1)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def _name(letter: Letter) -> str:
    """Give a name that every copy of this letter has and no other letter, not even of another database."""
    return f"{letter.id}.{letter.made_at.timestamp():.6f}"


def _is_owed() -> ColumnElement[bool]:
    return Letter.sent_at.is_(None) & Letter.given_up_at.is_(None)


def forget_old(session: Session, now: datetime) -> None:
    """Forget letters that were settled long ago: whom they went to first, then, for named ones, that they went."""
    settled = func.coalesce(Letter.sent_at, Letter.given_up_at)
    named = Letter.once.is_not(None)
    quietly = {"synchronize_session": False}
    session.execute(delete(Letter).where(settled < now - KEPT, ~named), execution_options=quietly)
    session.execute(delete(Letter).where(settled < now - NAMES_KEPT), execution_options=quietly)
    session.execute(
        update(Letter).where(settled < now - KEPT, Letter.to != "").values(to="", subject=""), execution_options=quietly
    )


@dataclass(frozen=True, slots=True)
class LetterCounts:
    """How many letters are owed, and of those how many failed before and how many nobody takes up; and of a day."""

    owed: int
    failing: int
    neglected: int
    sent_today: int
    given_up_today: int


def count_letters(session: Session, now: datetime) -> LetterCounts:
    """Count the letters that are owed, and those settled in the last day."""
    a_day_ago = now - timedelta(days=1)
    of = (
        _is_owed(),
        _is_owed() & (Letter.tries > 0),
        _is_owed() & (Letter.due_at < now - PATIENCE),
        Letter.sent_at > a_day_ago,
        Letter.given_up_at > a_day_ago,
    )
    counted = session.execute(select(*(func.count().filter(condition) for condition in of)).select_from(Letter)).one()
    return LetterCounts(*map(int, counted))
