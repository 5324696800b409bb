"""The organisations table, and the kinds of organisation there are."""

from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

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
