"""The accounts' tables: who can sign in, how they do it, where they are signed in, and what was done by whom."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.foundation.database import Base, Key

LONGEST_EMAIL = 254  # RFC 5321 with its brackets taken off


class AccountRole(StrEnum):
    """What somebody may do beyond looking after what is their own."""

    MEMBER = "member"
    ADVISER = "adviser"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class Account(Base):
    """Somebody whose email address is known to be theirs. An erased one keeps its key and nothing else."""

    __tablename__ = "account"

    id: Mapped[Key]
    email: Mapped[str | None] = mapped_column(String(LONGEST_EMAIL), unique=True)  # in small letters
    name: Mapped[str] = mapped_column(String(120), default="")
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    grants: Mapped[list["Grant"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def roles(self) -> frozenset[AccountRole]:
        """Give the roles that were granted."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def called(self) -> str:
        """Give what to call them before people they work with."""
        return self.name or self.email or "Somebody who has left"


class Grant(Base):
    """That somebody has a role."""

    __tablename__ = "account_grant"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[AccountRole] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class SignIn(Base):
    """A way to sign in that was sent by email: a link for any device, a code for the one that asked.

    Only sums of the secrets are kept. ``onward`` is the path to go to afterwards.
    """

    __tablename__ = "sign_in"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL), index=True)
    link_sum: Mapped[str] = mapped_column(String(64), unique=True)
    code_sum: Mapped[str] = mapped_column(String(64))
    device_sum: Mapped[str] = mapped_column(String(64), index=True)
    onward: Mapped[str] = mapped_column(String(500), default="/")
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class Visit(Base):
    """One device on which somebody is signed in, until it ends."""

    __tablename__ = "visit"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_sum: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(80), default="")  # in words, such as "Firefox on Windows"
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class Attempt(Base):
    """That something which is limited was done: by whom only as a keyed sum, of an address or a network."""

    __tablename__ = "attempt"

    id: Mapped[Key]
    what: Mapped[str] = mapped_column(String(40))
    who_sum: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class AuditRecord(Base):
    """What was done: written once, never changed (the database refuses). ``by_id`` is None for the product itself.

    ``before`` and ``after`` never hold what is private of a person.
    """

    __tablename__ = "audit_record"

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))  # the table's name
    subject_id: Mapped[int | None] = mapped_column(index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    why: Mapped[str] = mapped_column(Text, default="")
