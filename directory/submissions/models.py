"""The submissions' tables: drafts and what was sent of them, decisions, reports, imports, who looks after a listing."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.accounts.models import LONGEST_EMAIL, Account
from directory.catalogue.models import Opportunity
from directory.foundation.database import Base, Key
from directory.organisations.models import Organisation


class Purpose(StrEnum):
    """What is asked for."""

    NEW = "new"
    CHANGE = "change"
    CONFIRMATION = "confirmation"  # the page is right as it is
    REMOVAL = "removal"


class State(StrEnum):
    """Where a submission is."""

    DRAFT = "draft"
    UNCONFIRMED = "unconfirmed"  # sent, and waiting for its email address to be confirmed
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    DISCARDED = "discarded"


class Outcome(StrEnum):
    """What a moderator decided."""

    APPROVED = "approved"
    APPROVED_WITH_EDITS = "approved with edits"
    RETURNED = "returned"


class ReportAbout(StrEnum):
    """What somebody says is wrong with a listing."""

    CLOSED = "closed"
    WRONG = "wrong"
    UNSAFE = "unsafe"
    UNPAID_WORK = "unpaid work"
    DUPLICATE = "duplicate"
    OTHER = "other"


class ReportState(StrEnum):
    """Where a report is."""

    OPEN = "open"
    ANSWERED = "answered"


class Answer(StrEnum):
    """What the organisation said when it was asked whether a listing is still open."""

    OPEN = "open"
    CLOSED = "closed"


class Submission(Base):
    """What somebody would like the catalogue to say, from its first step to its decision.

    ``answers`` is what was typed, by question (see fields.py), whether or not it can be read. ``key`` stands in its
    address: until an account owns it, whoever knows it may go on. ``origins`` says where prefilled answers come from.
    """

    __tablename__ = "submission"
    __table_args__ = (Index("ix_submission_queue", "state", "due_at"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    purpose: Mapped[Purpose] = mapped_column(default=Purpose.NEW)
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    origins: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    title: Mapped[str] = mapped_column(String(200), default="")  # of its answers, for lists
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("sheet_import.id"), index=True)
    made_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    risk: Mapped[int] = mapped_column(default=0)  # the more, the sooner it is looked at
    needs_second: Mapped[bool] = mapped_column(default=False)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    claimed_at: Mapped[datetime | None]

    opportunity: Mapped[Opportunity | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    account: Mapped[Account | None] = relationship(foreign_keys=[account_id], lazy="raise_on_sql")
    claimed_by: Mapped[Account | None] = relationship(foreign_keys=[claimed_by_id], lazy="raise_on_sql")
    snapshots: Mapped[list["Snapshot"]] = relationship(
        order_by="Snapshot.number", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    decisions: Mapped[list["Decision"]] = relationship(
        order_by="Decision.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class Snapshot(Base):
    """What was sent, as it was sent: the first, and each time it was sent again. ``live`` is the page at that time."""

    __tablename__ = "submission_snapshot"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    number: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    live: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    checks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    at: Mapped[datetime]


class Decision(Base):
    """What a moderator decided of one snapshot. ``seat`` is 1, or 2 for a second moderator's: each is taken once."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("submission_id", "number", "seat"),)

    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    number: Mapped[int]  # of the snapshot
    seat: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[Outcome]
    reasons: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # each with the question's name and words
    message: Mapped[str] = mapped_column(Text, default="")
    edits: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]


class Reason(Base):
    """A reason for returning something, from the bank that moderators keep."""

    __tablename__ = "reason"

    id: Mapped[Key]
    label: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)  # what the submitter reads
    field: Mapped[str] = mapped_column(String(60), default="")  # the question it is about
    retired_at: Mapped[datetime | None]


class SheetImport(Base):
    """A spreadsheet that somebody brought: the file as it was, and what became of each row."""

    __tablename__ = "sheet_import"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]
    drafted_at: Mapped[datetime | None]


class Steward(Base):
    """Who looks after a listing, whether or not they are confirmed to speak for its organisation."""

    __tablename__ = "steward"

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime]


class Asked(Base):
    """That the organisation was asked whether a listing is still open, about one deadline, and what it said."""

    __tablename__ = "still_open"
    __table_args__ = (UniqueConstraint("opportunity_id", "about", "step"),)

    id: Mapped[Key]
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    about: Mapped[date]  # the deadline, or the day on which a listing without one was due to be asked
    step: Mapped[str] = mapped_column(String(20))  # "before" or "at"
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[Answer | None]


class Report(Base):
    """What somebody said is wrong with a listing, tracked to an answer. ``key`` stands in the address of its page."""

    __tablename__ = "report"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), index=True)
    about: Mapped[ReportAbout]
    words: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str | None] = mapped_column(String(LONGEST_EMAIL))  # only when an answer is wanted
    state: Mapped[ReportState] = mapped_column(default=ReportState.OPEN, index=True)
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    opportunity: Mapped[Opportunity] = relationship(lazy="raise_on_sql")
