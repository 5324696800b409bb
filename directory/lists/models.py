"""The lists' tables: a list and its pins, the keys that open it for editing, its versions, what it offered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.accounts.models import LONGEST_EMAIL, Account
from directory.catalogue.models import Opportunity
from directory.foundation.database import Base, Key

LONGEST_TITLE, LONGEST_MAKER, LONGEST_INTRODUCTION, LONGEST_NOTE = 90, 120, 1_000, 300
MOST_PINS = 200


class ListReportAbout(StrEnum):
    """What somebody says is wrong with a list."""

    UNSAFE = "unsafe"
    PERSONAL = "personal"
    WRONG = "wrong"
    OTHER = "other"


class SharedList(Base):
    """What somebody recommends, under an address anybody may open.

    Its ``rule`` is a search in its one spelling (``kind=placement&near=leeds``), None for pins alone. ``version`` rises
    with every change, so whatever was made of one can be kept. One that was taken down says why and shows nothing else.
    """

    __tablename__ = "shared_list"

    id: Mapped[Key]
    address: Mapped[str] = mapped_column(String(16), unique=True)
    class_code: Mapped[str] = mapped_column(String(60), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    made_by: Mapped[str] = mapped_column(String(LONGEST_MAKER), default="")
    introduction: Mapped[str] = mapped_column(Text, default="")
    rule: Mapped[str | None] = mapped_column(Text)
    rule_since: Mapped[datetime | None]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    taken_down_at: Mapped[datetime | None]
    taken_down_words: Mapped[str] = mapped_column(Text, default="")

    pins: Mapped[list["Pin"]] = relationship(
        order_by="Pin.position, Pin.id", cascade="all, delete-orphan", passive_deletes=True, lazy="raise_on_sql"
    )
    exclusions: Mapped[list["Exclusion"]] = relationship(
        order_by="Exclusion.opportunity_id", cascade="all, delete-orphan", passive_deletes=True, lazy="raise_on_sql"
    )
    editors: Mapped[list["Editor"]] = relationship(
        order_by="Editor.id", cascade="all, delete-orphan", passive_deletes=True, lazy="raise_on_sql"
    )


class Pin(Base):
    """A listing that somebody picked by hand, where it stands, and what they say of it."""

    __tablename__ = "list_pin"
    __table_args__ = (UniqueConstraint("list_id", "opportunity_id", name="uq_list_pin_list_id"),)

    id: Mapped[Key]
    list_id: Mapped[int] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"), index=True)
    position: Mapped[int]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")

    opportunity: Mapped[Opportunity] = relationship(lazy="raise_on_sql")


class Exclusion(Base):
    """A listing that the rule finds and the list leaves out."""

    __tablename__ = "list_exclusion"

    list_id: Mapped[int] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"), primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"), primary_key=True)


class Editor(Base):
    """An email address whose owner may edit a list: they see it when signed in, and can be sent a key to it.

    The digest goes only to one who confirmed: who opened a key that was sent there, or signed in.
    """

    __tablename__ = "list_editor"
    __table_args__ = (UniqueConstraint("list_id", "email", name="uq_list_editor_list_id"),)

    id: Mapped[Key]
    list_id: Mapped[int] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL), index=True)  # in small letters
    added_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    wants_digest: Mapped[bool] = mapped_column(default=False)
    digest_at: Mapped[datetime | None]


class EditKey(Base):
    """The secret in an edit link, of which only a sum is kept. One that was sent to an editor goes with the editor."""

    __tablename__ = "list_key"

    id: Mapped[Key]
    list_id: Mapped[int] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"), index=True)
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("list_editor.id", ondelete="CASCADE"), index=True)
    key_sum: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


class ListVersion(Base):
    """A list as it was after one change, so that the change can be undone: its words, rule, pins and exclusions."""

    __tablename__ = "list_version"
    __table_args__ = (UniqueConstraint("list_id", "number", name="uq_list_version_list_id"),)

    id: Mapped[Key]
    list_id: Mapped[int] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(200))
    said: Mapped[dict[str, Any]] = mapped_column(JSON)


class OfferedBy(StrEnum):
    """How a listing came to stand on a list."""

    PIN = "pin"
    RULE = "rule"


class Offer(Base):
    """That a listing stands on a list, since when, and since when no longer."""

    __tablename__ = "list_offer"

    list_id: Mapped[int] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"), primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"), primary_key=True)
    offered_by: Mapped[OfferedBy] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    opportunity: Mapped[Opportunity] = relationship(lazy="raise_on_sql")


class DayOfViews(Base):
    """How often a list was opened on one day, by nobody in particular."""

    __tablename__ = "list_views"

    list_id: Mapped[int] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    views: Mapped[int]


class ListReport(Base):
    """That somebody says something is wrong with a list, and what came of it."""

    __tablename__ = "list_report"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("shared_list.id", ondelete="CASCADE"), index=True)
    about: Mapped[ListReportAbout]
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[str] = mapped_column(Text, default="")

    shared_list: Mapped[SharedList] = relationship(lazy="raise_on_sql")
    answered_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")
