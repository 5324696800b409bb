"""The catalogue's tables: an opportunity, its rounds, places, levels, rules, sources and checks."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, Column, ForeignKey, Numeric, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.catalogue.kinds import KindName
from directory.catalogue.timing import Round, Schedule, moment
from directory.catalogue.vocabulary import (
    Applicant,
    Closing,
    Confidence,
    Cost,
    Delivery,
    EligibilityAbout,
    Framework,
    Hours,
    Milestone,
    Need,
    Pay,
    PayPeriod,
    Reach,
    Recurrence,
    Relevance,
    Running,
    Signal,
)
from directory.foundation.database import Base, Key
from directory.organisations.models import Organisation


class Standing(StrEnum):
    """Whether the public may see a listing."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"  # nobody answered whether it is still open


class Role(StrEnum):
    """What an organisation that does not own a listing does for it."""

    PARTNER = "partner"
    HOST = "host"


opportunity_skill = Table(
    "opportunity_skill",
    Base.metadata,
    Column("opportunity_id", ForeignKey("opportunity.id", ondelete="CASCADE"), primary_key=True),
    Column("skill_id", ForeignKey("skill.id"), primary_key=True),
)


class Skill(Base):
    """A skill area that listings are filed under; rows, so that people can edit them."""

    __tablename__ = "skill"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    edited_at: Mapped[datetime | None]  # by a person: seeding then leaves it alone


class Synonym(Base):
    """Words that mean the same; or words that, typed, also find others, when there are ``finds``.

    ``seed_fingerprint`` says which entry of the file it came from and what that said; None when a person wrote it.
    """

    __tablename__ = "synonym"

    id: Mapped[Key]
    words: Mapped[list[str]] = mapped_column(JSON)
    finds: Mapped[list[str]] = mapped_column(JSON, default=list)
    seed_fingerprint: Mapped[str | None] = mapped_column(String(64))
    removed_at: Mapped[datetime | None]  # by a person: seeding then doesn't bring it back


class GlossaryTerm(Base):
    """A word that a 16-year-old may not know, and what it means."""

    __tablename__ = "glossary_term"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    term: Mapped[str] = mapped_column(String(80))
    meaning: Mapped[str] = mapped_column(Text)
    also: Mapped[list[str]] = mapped_column(JSON, default=list)


class Opportunity(Base):
    """Something a person can do next. It outlives its rounds."""

    __tablename__ = "opportunity"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(160), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[KindName]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id"), index=True)
    standing: Mapped[Standing] = mapped_column(default=Standing.PUBLISHED)
    running: Mapped[Running] = mapped_column(default=Running.UNKNOWN)

    summary: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    relevance: Mapped[Relevance]
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    glossary: Mapped[list[str]] = mapped_column(JSON, default=list)

    stages: Mapped[list[str]] = mapped_column(JSON, default=list)
    applicant: Mapped[Applicant] = mapped_column(default=Applicant.LEARNER)
    eligibility_words: Mapped[str | None] = mapped_column(Text)
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]

    delivery: Mapped[Delivery | None]
    length_words: Mapped[str | None] = mapped_column(Text)
    length_weeks: Mapped[float | None] = mapped_column(Numeric(6, 2, asdecimal=False))
    hours: Mapped[Hours | None]

    pay: Mapped[Pay | None]
    pay_words: Mapped[str | None] = mapped_column(Text)
    pay_minimum: Mapped[float | None] = mapped_column(Numeric(10, 2, asdecimal=False))
    pay_maximum: Mapped[float | None] = mapped_column(Numeric(10, 2, asdecimal=False))
    pay_period: Mapped[PayPeriod | None]
    cost: Mapped[Cost | None]
    cost_words: Mapped[str | None] = mapped_column(Text)
    support_words: Mapped[str | None] = mapped_column(Text)  # help with costs, such as travel
    access_words: Mapped[str | None] = mapped_column(Text)  # what can be changed for somebody

    recurrence: Mapped[Recurrence | None]
    usually_opens: Mapped[int | None]  # months, 1 to 12
    usually_closes: Mapped[int | None]
    usually_starts: Mapped[int | None]
    usual_words: Mapped[str | None] = mapped_column(Text)
    how_to_apply: Mapped[str | None] = mapped_column(Text)
    group_words: Mapped[str | None] = mapped_column(Text)

    apply_url: Mapped[str | None] = mapped_column(String(500))
    info_url: Mapped[str | None] = mapped_column(String(500))

    confidence: Mapped[Confidence | None]
    newest_source_words: Mapped[str | None] = mapped_column(String(200))
    newest_source_year: Mapped[int | None]
    without_source: Mapped[list[str]] = mapped_column(JSON, default=list)  # fields known only in general
    notes: Mapped[str | None] = mapped_column(Text)  # for the people who keep the catalogue; never public

    published_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]  # by a person: seeding then leaves it alone
    seed_fingerprint: Mapped[str | None] = mapped_column(String(64))

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    parent: Mapped["Opportunity | None"] = relationship(
        remote_side="Opportunity.id", back_populates="parts", lazy="raise_on_sql"
    )
    parts: Mapped[list["Opportunity"]] = relationship(
        back_populates="parent", order_by="Opportunity.id", lazy="raise_on_sql"
    )
    skills: Mapped[list[Skill]] = relationship(secondary=opportunity_skill, order_by=Skill.id, lazy="raise_on_sql")
    locations: Mapped[list["Location"]] = relationship(
        order_by="Location.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    levels: Mapped[list["Level"]] = relationship(
        order_by="Level.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    eligibility: Mapped[list["EligibilityRow"]] = relationship(
        order_by="EligibilityRow.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    intakes: Mapped[list["Intake"]] = relationship(
        order_by="Intake.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    involvements: Mapped[list["Involvement"]] = relationship(
        order_by="Involvement.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    sources: Mapped[list["Source"]] = relationship(
        order_by="Source.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    confirmations: Mapped[list["Confirmation"]] = relationship(
        order_by="Confirmation.at", cascade="all, delete-orphan", lazy="raise_on_sql"
    )

    @property
    def public_parent(self) -> "Opportunity | None":
        """Give the umbrella it is under, while the public may see that."""
        return self.parent if self.parent and self.parent.standing is Standing.PUBLISHED else None

    @property
    def schedule(self) -> Schedule:
        """Gather all that is known of its time; needs intakes and confirmations loaded."""
        kept_by_people = (Signal.ORGANISATION, Signal.PERSON)  # a link that answers says nothing about being open
        confirmed = [check.at for check in self.confirmations if check.right and check.signal in kept_by_people]
        return Schedule(
            running=self.running,
            recurrence=self.recurrence,
            usually_opens=self.usually_opens,
            usually_closes=self.usually_closes,
            rounds=tuple(intake.round for intake in self.intakes),
            confirmed_at=max(confirmed, default=None),
        )


class _Part:
    """What every row that belongs to one opportunity has."""

    id: Mapped[Key]
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)


class Intake(_Part, Base):
    """One round: when it opens, closes and starts, and how many places it has.

    An hour is given only when a source gives it; ``zone`` is the zone that hour is in.
    A round with a ``host`` is that host's own.
    """

    __tablename__ = "intake"

    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    opens_on: Mapped[date | None]
    opens_at: Mapped[time | None]
    closing: Mapped[Closing] = mapped_column(default=Closing.UNKNOWN)
    closes_on: Mapped[date | None]
    closes_at: Mapped[time | None]
    zone: Mapped[str] = mapped_column(String(40), default="Europe/London")
    starts_on: Mapped[date | None]
    starts_words: Mapped[str | None] = mapped_column(String(120))
    places: Mapped[int | None]
    places_left: Mapped[int | None]
    closed_words: Mapped[str | None] = mapped_column(String(200))  # why it closed before its day

    host: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def round(self) -> Round:
        """Give it as moments: it opens at the start of a day with no hour, and closes at the end of one."""
        return Round(
            opens=moment(self.opens_on, self.opens_at, self.zone, otherwise=time.min) if self.opens_on else None,
            closes=moment(self.closes_on, self.closes_at, self.zone, otherwise=time.max) if self.closes_on else None,
            closing=self.closing,
            starts_on=self.starts_on,
            hour_known=self.closes_at is not None,
        )


class DatedEntry(Base):
    """One day in somebody's calendar: kept when its date is gone, so that calendars can be told.

    The round is known by its ``position``. ``sequence`` rises whenever the entry moves, is cancelled or comes back.
    """

    __tablename__ = "dated_entry"
    __table_args__ = (UniqueConstraint("opportunity_id", "position", "what"),)

    id: Mapped[Key]
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    position: Mapped[int]
    what: Mapped[Milestone]
    day: Mapped[date]
    hour: Mapped[time | None]
    zone: Mapped[str] = mapped_column(String(40))
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None] = mapped_column(index=True)


class Location(_Part, Base):
    """A place where it happens, as exactly as is known."""

    __tablename__ = "location"

    reach: Mapped[Reach]
    place: Mapped[str | None] = mapped_column(String(120))
    region: Mapped[str | None] = mapped_column(String(60))
    nation: Mapped[str | None] = mapped_column(String(40))
    postcode: Mapped[str | None] = mapped_column(String(10))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Level(_Part, Base):
    """A level it leads to, as the nation that awards it counts."""

    __tablename__ = "level"

    framework: Mapped[Framework]
    number: Mapped[int]
    nation: Mapped[str | None] = mapped_column(String(40))
    local_name: Mapped[str | None] = mapped_column(String(120))


class EligibilityRow(_Part, Base):
    """One line of "Can I apply?"."""

    __tablename__ = "eligibility_row"

    need: Mapped[Need]
    about: Mapped[EligibilityAbout] = mapped_column(default=EligibilityAbout.ENTRY)
    text: Mapped[str] = mapped_column(Text)


class Involvement(_Part, Base):
    """An organisation that helps to run it or takes people in."""

    __tablename__ = "involvement"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = mapped_column(default=Role.PARTNER)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class Source(_Part, Base):
    """A page that says so, and the date of what it says when that is known (a year, month or day)."""

    __tablename__ = "source"

    url: Mapped[str] = mapped_column(String(500))
    dated: Mapped[str | None] = mapped_column(String(20))


class Confirmation(_Part, Base):
    """That a listing was found right, or not, by one of the three signals at one moment."""

    __tablename__ = "confirmation"

    signal: Mapped[Signal]
    at: Mapped[datetime]
    right: Mapped[bool] = mapped_column(default=True)
    words: Mapped[str | None] = mapped_column(Text)


class SeedLoad(Base):
    """The seed data that was last loaded, so that an unchanged folder is passed over at once."""

    __tablename__ = "seed_load"

    id: Mapped[Key]
    fingerprint: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class Owed(Base):
    """A change that the search index has not seen yet, written with the change itself."""

    __tablename__ = "search_outbox"
    __table_args__ = {"sqlite_autoincrement": True}  # a sequence never comes again

    sequence: Mapped[Key]
    opportunity_id: Mapped[int]
