"""The organisations' tables: who they are, who speaks for them, and which were found to be one."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.accounts.models import Account
from directory.foundation.database import Base, Key


class OrganisationKind(StrEnum):
    """What sort of body it is; the value is the word people read."""

    CHARITY = "charity"
    EMPLOYER = "employer"
    UNIVERSITY = "university"
    NHS = "NHS"
    RESEARCH_INSTITUTE = "research institute"
    TRAINING_PROVIDER = "training provider"
    PROFESSIONAL_BODY = "professional body"
    PUBLIC_BODY = "public body"
    CATAPULT = "catapult"


class Organisation(Base):
    """Somebody who offers opportunities, hosts them or helps to run them."""

    __tablename__ = "organisation"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[OrganisationKind]
    description: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str | None] = mapped_column(String(500))
    place: Mapped[str | None] = mapped_column(String(120))
    region: Mapped[str | None] = mapped_column(String(60))
    nation: Mapped[str | None] = mapped_column(String(40))
    seed_fingerprint: Mapped[str | None] = mapped_column(String(64))
    edited_at: Mapped[datetime | None]  # by a person: seeding then leaves it alone
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))


class SpeaksBy(StrEnum):
    """How it was found that somebody speaks for an organisation."""

    EMAIL_DOMAIN = "email domain"
    HAND = "hand"


class Membership(Base):
    """That somebody says they speak for an organisation; once ``confirmed_at``, that they do."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    asked_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text, default="")  # what they say of themselves, for the moderator
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[SpeaksBy | None]
    refused_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class Merge(Base):
    """That one organisation was found to be another: with all it takes to part them again."""

    __tablename__ = "organisation_merge"

    id: Mapped[Key]
    merged_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    moved: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]
    parted_at: Mapped[datetime | None]
