"""Load the seed data into the catalogue, in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from directory.catalogue.dated_entries import keep_dated
from directory.catalogue.models import (
    GlossaryTerm,
    Involvement,
    Opportunity,
    SeedLoad,
    Skill,
    Standing,
    opportunity_skill,
)
from directory.catalogue.outbox import owe
from directory.catalogue.queries import WHOLE
from directory.catalogue.seeding import fingerprints, synonyms
from directory.catalogue.seeding.listings import Ids, Listing, differences, fill
from directory.catalogue.seeding.report import PassedOver, SeedReport
from directory.catalogue.seeding.skills import as_people_have_it
from directory.foundation.progress import Progress
from directory.organisations.models import Organisation
from directory.places.gazetteer import Gazetteer

Row = TypeVar("Row", Organisation, Skill, GlossaryTerm)


def seed(
    session: Session,
    folder: Path,
    gazetteer: Gazetteer,
    now: datetime,
    progress: Progress | None = None,
    *,
    afresh: bool = False,
) -> SeedReport:
    """Bring the catalogue to what the files in ``folder`` ask for; what a person has edited is left alone.

    Returns at once when nothing has changed since the last load, unless ``afresh``: then every listing is compared
    again, so that the report tells what was passed over. Listings that left the files are withdrawn, never deleted.
    Raises BadSeedData, having changed nothing, when an entry will not do.
    """
    summed = fingerprints.of_folder(folder)
    if not afresh and summed == _last_loaded(session):
        return SeedReport(unchanged=session.scalar(select(func.count()).select_from(Opportunity)) or 0)

    # YAML and pydantic take longer to import than an unchanged folder takes to recognise.
    from directory.catalogue.seeding.wanted import wanted

    ask = wanted(folder, gazetteer)
    organisations, other_organisations = _keep(session, Organisation, ask.organisations, ("seed_fingerprint",))
    filed_under, asked_skills = as_people_have_it(session, ask.skills, ask.listings)
    skills, other_skills = _keep(session, Skill, asked_skills, ("name", "also"))
    _keep(session, GlossaryTerm, ask.glossary, ("term", "also", "meaning"))
    synonyms.keep(session, ask.synonyms)
    now_called = {slug: skills[other] for slug, other in filed_under.items()}
    ids = Ids(_standing_for(organisations.values()), skills | now_called)
    touched = _naming(session, other_organisations, other_skills)
    report, changed = _load(session, ask.listings, ids, now, progress or (lambda done, total: None))
    _forget_unused(session, ask.skills, ask.glossary)
    keep_dated(session, sorted(changed), now)
    owe(session, sorted(touched | changed | _related(session, changed)))
    session.add(SeedLoad(fingerprint=summed, at=now))
    session.flush()
    return report


def _last_loaded(session: Session) -> str | None:
    return session.scalar(select(SeedLoad.fingerprint).order_by(SeedLoad.id.desc()).limit(1))


def _keep(
    session: Session, model: type[Row], asked: Sequence[Mapping[str, Any]], compared: tuple[str, ...]
) -> tuple[dict[str, Row], list[int]]:
    """Add or change rows by slug, never what a person edited; gives all, and the keys of those there that changed."""
    rows = {row.slug: row for row in session.scalars(select(model))}
    changed = []
    for values in asked:
        row = rows.get(values["slug"])
        if row is None:
            rows[values["slug"]] = row = model(**values)
            session.add(row)
        elif not _is_edited(row) and any(getattr(row, name) != values[name] for name in compared):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row.id)
    session.flush()
    return rows, changed


def _is_edited(row: Row) -> bool:
    return getattr(row, "edited_at", None) is not None or getattr(row, "merged_into_id", None) is not None


def _standing_for(organisations: Iterable[Organisation]) -> dict[str, int]:
    """Give the key that stands for each slug: its own, or that of the organisation it was found to be."""
    rows = list(organisations)
    into = {row.id: row.merged_into_id for row in rows if row.merged_into_id is not None}

    def last(key: int) -> int:
        return last(into[key]) if key in into else key

    return {row.slug: last(row.id) for row in rows}


def _load(
    session: Session, listings: Sequence[Listing], ids: Ids, now: datetime, progress: Progress
) -> tuple[SeedReport, set[int]]:
    """Bring every listing to what its file asks for; gives what was done and the keys of what changed."""
    held = {row.slug: row for row in session.execute(select(Opportunity.slug, *_STATE))}
    wanted = {listing.slug: listing for listing in listings}
    by_hand = {slug for slug, row in held.items() if row.edited_at is not None or row.seed_fingerprint is None}
    stale = {
        slug
        for slug, row in held.items()
        if slug in wanted
        and slug not in by_hand
        and (row.seed_fingerprint != wanted[slug].fingerprint or row.standing is not Standing.PUBLISHED)
    }
    rows = _whole(session, stale | (by_hand & wanted.keys()))
    passed_over = tuple(PassedOver(slug, differences(rows[slug], wanted[slug])) for slug in wanted if slug in by_hand)
    new = wanted.keys() - held.keys()
    written: dict[str, Opportunity] = {}
    for done, (slug, listing) in enumerate(wanted.items(), 1):
        if slug in new or slug in stale:
            row = rows.get(slug) or Opportunity(slug=slug)
            fill(row, listing, ids)
            row.changed_at = now
            session.add(row)
            written[slug] = row
        progress(done, len(wanted))
    session.flush()
    keys = {slug: row.id for slug, row in held.items()} | {slug: row.id for slug, row in written.items()}
    for slug, row in written.items():
        parent = wanted[slug].values["parent"]
        row.parent_id = keys[parent] if parent else None
    gone = _withdraw(session, held.keys() - wanted.keys() - by_hand, now)
    session.flush()
    report = SeedReport(
        added=len(new),
        updated=len(stale),
        unchanged=len(wanted) - len(new) - len(stale) - len(passed_over),
        withdrawn=len(gone),
        passed_over=passed_over,
    )
    return report, {row.id for row in written.values()} | gone


_STATE = (Opportunity.id, Opportunity.seed_fingerprint, Opportunity.edited_at, Opportunity.standing)


def _whole(session: Session, slugs: Iterable[str]) -> dict[str, Opportunity]:
    rows = session.scalars(select(Opportunity).where(Opportunity.slug.in_(list(slugs))).options(*WHOLE))
    return {row.slug: row for row in rows}


def _withdraw(session: Session, slugs: Iterable[str], now: datetime) -> set[int]:
    published = select(Opportunity).where(Opportunity.standing == Standing.PUBLISHED)
    rows = session.scalars(published.where(Opportunity.slug.in_(list(slugs)))).all()
    for row in rows:
        row.standing = Standing.WITHDRAWN
        row.changed_at = now
    return {row.id for row in rows}


def _naming(session: Session, organisations: Sequence[int], skills: Sequence[int]) -> set[int]:
    """Find the listings that say the name of one of these organisations or skills."""
    return {
        *session.scalars(select(Opportunity.id).where(Opportunity.organisation_id.in_(organisations))),
        *session.scalars(select(Involvement.opportunity_id).where(Involvement.organisation_id.in_(organisations))),
        *session.scalars(select(opportunity_skill.c.opportunity_id).where(opportunity_skill.c.skill_id.in_(skills))),
    }


def _related(session: Session, ids: set[int]) -> set[int]:
    """Find the umbrellas and the parts of these listings: each says the other's name."""
    pairs = session.execute(
        select(Opportunity.id, Opportunity.parent_id).where(
            Opportunity.parent_id.is_not(None), or_(Opportunity.id.in_(ids), Opportunity.parent_id.in_(ids))
        )
    )
    return {key for pair in pairs for key in pair if key is not None}


def _forget_unused(
    session: Session, skills: Sequence[Mapping[str, Any]], glossary: Sequence[Mapping[str, Any]]
) -> None:
    """Drop the skills and terms that left the files, once no listing names them; not what a person wrote."""
    in_use = select(opportunity_skill.c.skill_id)
    named = [values["slug"] for values in skills]
    left = Skill.slug.not_in(named), Skill.id.not_in(in_use), Skill.edited_at.is_(None)
    session.execute(delete(Skill).where(*left))
    explained = {values["slug"] for values in glossary}
    explained.update(slug for slugs in session.scalars(select(Opportunity.glossary)) for slug in slugs)
    session.execute(delete(GlossaryTerm).where(GlossaryTerm.slug.not_in(explained)))
