"""Read the catalogue: one listing whole, many for cards or for the index, and the counts that pages show."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from directory.catalogue.kinds import KindName
from directory.catalogue.models import GlossaryTerm, Intake, Involvement, Opportunity, Skill, Standing
from directory.catalogue.timing import NOT_RUNNING, State, Timing, timing
from directory.catalogue.vocabulary import Signal
from directory.organisations.models import Organisation

ROWS_AT_A_TIME = 500

FOR_CARDS: tuple[ORMOption, ...] = (
    selectinload(Opportunity.organisation),
    selectinload(Opportunity.locations),
    selectinload(Opportunity.levels),
    selectinload(Opportunity.skills),
    selectinload(Opportunity.intakes),
    selectinload(Opportunity.confirmations),
)
FOR_INDEXING: tuple[ORMOption, ...] = (
    *FOR_CARDS,
    selectinload(Opportunity.eligibility),
    selectinload(Opportunity.involvements).selectinload(Involvement.organisation),
    selectinload(Opportunity.parent),
    selectinload(Opportunity.parts),
)
WHOLE: tuple[ORMOption, ...] = (
    *FOR_INDEXING,
    selectinload(Opportunity.intakes).selectinload(Intake.host),
    selectinload(Opportunity.sources),
)


def opportunity_by_slug(session: Session, slug: str) -> Opportunity | None:
    """Get one listing with everything its page shows, whether or not the public may still see it."""
    return session.scalar(select(Opportunity).where(Opportunity.slug == slug).options(*WHOLE))


def opportunities_by_id(session: Session, ids: Sequence[int]) -> list[Opportunity]:
    """Get what cards show for ``ids``, in that order; a listing that is no longer public is left out."""
    found = {row.id: row for row in session.scalars(_public().where(Opportunity.id.in_(ids)).options(*FOR_CARDS))}
    return [found[id] for id in ids if id in found]


def for_indexing(session: Session, ids: Iterable[int] | None = None) -> Iterator[Opportunity]:
    """Go through the public listings with all that can be searched; only ``ids``, when given."""
    wanted = list(ids) if ids is not None else list(session.scalars(_public_ids().order_by(Opportunity.id)))
    for start in range(0, len(wanted), ROWS_AT_A_TIME):
        batch = _public().where(Opportunity.id.in_(wanted[start : start + ROWS_AT_A_TIME])).order_by(Opportunity.id)
        yield from session.scalars(batch.options(*FOR_INDEXING))
        if ids is None:
            session.expunge_all()  # a whole catalogue must not pile up in memory


def opportunities_of(session: Session, organisation: Organisation) -> list[Opportunity]:
    """Get the public listings that an organisation offers, then those it takes part in, each by title."""
    offers = Opportunity.organisation_id == organisation.id
    takes_part = Opportunity.involvements.any(Involvement.organisation_id == organisation.id)
    rows = session.scalars(_public().where(offers | takes_part).options(*FOR_CARDS))
    return sorted(rows, key=lambda row: (row.organisation_id != organisation.id, row.title.casefold()))


def opportunities_in_time(session: Session, now: datetime) -> list[tuple[Opportunity, Timing]]:
    """Get every public listing with only what its timing needs, and that timing."""
    rows = session.scalars(
        _public().options(selectinload(Opportunity.intakes), selectinload(Opportunity.confirmations))
    )
    return [(row, timing(row.schedule, now)) for row in rows]


def closing_within(session: Session, now: datetime, days: int, most: int) -> list[Opportunity]:
    """Get the open listings that close within ``days``, soonest first."""
    candidates = session.scalars(
        _public()
        .join(Opportunity.intakes)
        .where(
            Intake.closes_on >= now.date() - timedelta(days=1),
            Intake.closes_on <= now.date() + timedelta(days=days + 1),
        )
        .options(*FOR_CARDS)
        .distinct()
    )
    soon = []
    for row in candidates:
        when = timing(row.schedule, now)
        if (
            when.state is State.OPEN
            and when.round
            and when.round.closes
            and when.round.closes <= now + timedelta(days=days)
        ):
            soon.append((when.round.closes, row.title, row))
    return [row for _closes, _title, row in sorted(soon, key=lambda entry: entry[:2])[:most]]


def glossary(session: Session, slugs: Iterable[str]) -> list[GlossaryTerm]:
    """Get the meanings of these terms, in the order of the alphabet."""
    rows = session.scalars(select(GlossaryTerm).where(GlossaryTerm.slug.in_(list(slugs))))
    return sorted(rows, key=lambda row: row.term.casefold())


def whole_glossary(session: Session) -> list[GlossaryTerm]:
    """Get every term, in the order of the alphabet."""
    return sorted(session.scalars(select(GlossaryTerm)), key=lambda row: row.term.casefold())


def skills(session: Session) -> Sequence[Skill]:
    """Get the skill areas in their own order."""
    return session.scalars(select(Skill).order_by(Skill.id)).all()


def organisations_with_listings(session: Session) -> list[tuple[Organisation, int]]:
    """Get the organisations that offer public listings, and how many each, by name."""
    rows = session.execute(
        select(Organisation, func.count())
        .join(Opportunity, Opportunity.organisation_id == Organisation.id)
        .where(Opportunity.standing == Standing.PUBLISHED)
        .group_by(Organisation.id)
    )
    return sorted(((row, count) for row, count in rows), key=lambda pair: pair[0].name.casefold())


def public_count(session: Session) -> int:
    """Count the listings that the public may see."""
    return session.scalar(select(func.count()).select_from(_public_ids().subquery())) or 0


class Census:
    """The whole catalogue counted once, for the home page and the pages that speak of it."""

    def __init__(self, listings: Iterable[tuple[Opportunity, Timing]]) -> None:
        self.total = 0
        self.open: Counter[KindName] = Counter()
        self.not_open: Counter[KindName] = Counter()
        self.stages: Counter[str] = Counter()
        self.signals: Counter[Signal] = Counter()
        self.changes_at: datetime | None = None
        for row, when in listings:
            if when.changes_at:
                self.changes_at = min(self.changes_at or when.changes_at, when.changes_at)
            if when.state in NOT_RUNNING:
                continue
            self.total += 1
            (self.open if when.state is State.OPEN else self.not_open)[row.kind] += 1
            self.stages.update(row.stages)
            self.signals.update({check.signal for check in row.confirmations if check.right})

    def of_kind(self, kind: KindName) -> int:
        """Count the listings of one kind that are not closed, paused or ended."""
        return self.open[kind] + self.not_open[kind]


def census(session: Session, now: datetime) -> Census:
    """Count the public catalogue as it stands at ``now``; what is closed, paused or ended is left out."""
    return Census(opportunities_in_time(session, now))


def _public() -> Select[Opportunity]:
    return select(Opportunity).where(Opportunity.standing == Standing.PUBLISHED)


def _public_ids() -> Select[int]:
    return select(Opportunity.id).where(Opportunity.standing == Standing.PUBLISHED)
