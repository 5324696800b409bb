"""Read the catalogue: one listing whole, many for cards or for the index, and the counts that pages show."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from directory.catalogue.models import (
    Confirmation,
    GlossaryTerm,
    Intake,
    Involvement,
    Opportunity,
    Skill,
    Standing,
    Synonym,
    opportunity_skill,
)
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


def slug_of(session: Session, id: int) -> str | None:
    """Get the name in a listing's address, whether or not the public may still see it."""
    return session.scalar(select(Opportunity.slug).where(Opportunity.id == id))


def opportunities_by_id(session: Session, ids: Sequence[int]) -> list[Opportunity]:
    """Get what cards show for ``ids``, in that order; a listing that is no longer public is left out."""
    found = {row.id: row for row in session.scalars(_public().where(Opportunity.id.in_(ids)).options(*FOR_CARDS))}
    return [found[id] for id in ids if id in found]


def changed_when(session: Session, ids: Sequence[int]) -> Iterator[tuple[str, datetime]]:
    """Go through the slugs of ``ids`` in that order, each with when its listing last changed; the public ones."""
    for start in range(0, len(ids), ROWS_AT_A_TIME):
        batch = ids[start : start + ROWS_AT_A_TIME]
        told = select(Opportunity.id, Opportunity.slug, Opportunity.changed_at)
        rows = session.execute(told.where(Opportunity.id.in_(batch), Opportunity.standing == Standing.PUBLISHED))
        found = {id: (slug, changed_at) for id, slug, changed_at in rows}
        yield from (found[id] for id in batch if id in found)


def whole_by_id(session: Session, ids: Sequence[int]) -> list[Opportunity]:
    """Get everything of the public listings among ``ids``, in that order."""
    found = {row.id: row for row in session.scalars(_public().where(Opportunity.id.in_(ids)).options(*WHOLE))}
    return [found[id] for id in ids if id in found]


def for_indexing(session: Session, ids: Iterable[int] | None = None) -> Iterator[Opportunity]:
    """Go through the public listings with all that can be searched; only ``ids``, when given."""
    wanted = list(ids) if ids is not None else list(session.scalars(_public_ids().order_by(Opportunity.id)))
    for start in range(0, len(wanted), ROWS_AT_A_TIME):
        batch = _public().where(Opportunity.id.in_(wanted[start : start + ROWS_AT_A_TIME])).order_by(Opportunity.id)
        yield from session.scalars(batch.options(*FOR_INDEXING))
        if ids is None:
            session.expunge_all()  # a whole catalogue must not pile up in memory


def descriptions(session: Session, organisation_ids: Iterable[int] | None = None) -> Iterator[tuple[str, str]]:
    """Go through what public listings say, each after its organisation's name; of some organisations, when given."""
    said = select(Organisation.name, Opportunity.description).join(Opportunity.organisation)
    said = said.where(Opportunity.id.in_(_public_ids()))
    if organisation_ids is not None:
        said = said.where(Organisation.id.in_(list(organisation_ids)))
    rows = session.execute(said.execution_options(yield_per=ROWS_AT_A_TIME))
    return ((organisation, description) for organisation, description in rows)


def opportunities_of(session: Session, organisation: Organisation) -> list[Opportunity]:
    """Get the public listings that an organisation offers, then those it takes part in, each by title."""
    offers = Opportunity.organisation_id == organisation.id
    takes_part = Opportunity.involvements.any(Involvement.organisation_id == organisation.id)
    rows = session.scalars(_public().where(offers | takes_part).options(*FOR_CARDS))
    return sorted(rows, key=lambda row: (row.organisation_id != organisation.id, row.title.casefold()))


def parts_of(session: Session, opportunity: Opportunity) -> list[Opportunity]:
    """Get the public programmes under an umbrella, by title."""
    rows = session.scalars(_public().where(Opportunity.parent_id == opportunity.id).options(*FOR_CARDS))
    return sorted(rows, key=lambda row: row.title.casefold())


def checked_since(session: Session, signal: Signal, since: datetime) -> int:
    """Count the public listings that one signal has found right since then."""
    found_right = (
        select(func.count(Confirmation.opportunity_id.distinct()))
        .join(Opportunity, Opportunity.id == Confirmation.opportunity_id)
        .where(Opportunity.standing == Standing.PUBLISHED, Confirmation.signal == signal)
        .where(Confirmation.right.is_(True), Confirmation.at >= since)
    )
    return session.scalar(found_right) or 0


def glossary(session: Session, slugs: Iterable[str]) -> list[GlossaryTerm]:
    """Get the meanings of these terms, in the order of the alphabet."""
    rows = session.scalars(select(GlossaryTerm).where(GlossaryTerm.slug.in_(list(slugs))))
    return sorted(rows, key=lambda row: row.term.casefold())


def whole_glossary(session: Session) -> list[GlossaryTerm]:
    """Get every term, in the order of the alphabet."""
    return sorted(session.scalars(select(GlossaryTerm)), key=lambda row: row.term.casefold())


def public_slugs(session: Session) -> dict[int, str]:
    """Get the slug of every listing that the public may see, by its id."""
    rows = session.execute(select(Opportunity.id, Opportunity.slug).where(Opportunity.id.in_(_public_ids())))
    return {row.id: row.slug for row in rows}


def synonyms(session: Session) -> Sequence[Synonym]:
    """Get the synonyms in force, in the order in which they came."""
    return session.scalars(select(Synonym).where(Synonym.removed_at.is_(None)).order_by(Synonym.id)).all()


def listings_by_skill(session: Session) -> dict[int, tuple[int, int]]:
    """Count the public listings, and all, that are filed under each skill area, by its id."""
    public = func.sum(case((Opportunity.standing == Standing.PUBLISHED, 1), else_=0))
    filed = select(opportunity_skill.c.skill_id, public, func.count()).join(Opportunity)
    rows = session.execute(filed.group_by(opportunity_skill.c.skill_id))
    return {skill: (int(seen), count) for skill, seen, count in rows}


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


def _public() -> Select[Opportunity]:
    return select(Opportunity).where(Opportunity.standing == Standing.PUBLISHED)


def _public_ids() -> Select[int]:
    return select(Opportunity.id).where(Opportunity.standing == Standing.PUBLISHED)
