"""Change the skill areas by a person's hand: edit, add, merge and retire, each with its record and its way back."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from directory.accounts import audit
from directory.accounts.models import Account, AuditRecord
from directory.catalogue.models import Skill, opportunity_skill
from directory.catalogue.outbox import owe
from directory.foundation.refusals import Refusal

SUBJECT = Skill.__tablename__
LONGEST_SLUG = 60
GONE = "That skill area isn't there any more: somebody merged or retired it. Open the list again."
IN_USE = "Listings are filed under that skill area: merge it into another instead."
NO_RECORD = "There is no such change to undo. Open the list again."
NOTHING_CHANGES = "That changes nothing: the skill area is so already."

_FILED = opportunity_skill.c


@dataclass(frozen=True, slots=True)
class SkillSaid:
    """What a skill area is called, and what else people type for it."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filed:
    """Listings that stand under another skill area: ``instead`` of this one, or under both."""

    under: str
    instead: tuple[int, ...] = ()
    both: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillChange:
    """What one skill area is to say; one that goes says nothing, and its listings go ``into`` another.

    A new one has no ``slug`` yet. One that ``returns`` takes back the listings that were filed elsewhere.
    """

    slug: str
    to: SkillSaid | None
    into: str = ""
    returns: bool = False
    takes: Filed | None = None


def skill_by_slug(session: Session, slug: str) -> Skill | None:
    """Get one skill area."""
    return session.scalar(select(Skill).where(Skill.slug == slug))


def said(row: Skill | None) -> SkillSaid | None:
    """Give what a skill area says; nothing when it isn't there."""
    return SkillSaid(row.name, tuple(row.also)) if row else None


def filed_under(session: Session, slug: str) -> tuple[int, ...]:
    """Give every listing, public or not, that is filed under a skill area."""
    rows = select(_FILED.opportunity_id).join(Skill, Skill.id == _FILED.skill_id).where(Skill.slug == slug)
    return tuple(session.scalars(rows.order_by(_FILED.opportunity_id)))


def change_skill(
    session: Session,
    change: SkillChange,
    now: datetime,
    *,
    by: Account | None,
    why: str = "",
    effect: Mapping[str, Any] | None = None,
) -> str:
    """Make a change and give the skill area's slug; the index is owed every listing that says it.

    Seeding leaves it alone from now on. ``effect`` is what the record tells beside it. Refuses what changes nothing,
    what isn't there, and to retire what listings are filed under.
    """
    row = skill_by_slug(session, change.slug) if change.slug else None
    before = said(row)
    moved: dict[str, Any] = {}
    if change.to is None:
        if row is None:
            raise Refusal(GONE)
        slug, id = row.slug, row.id
        moved = _take_away(session, row, change.into)
    elif row is None:
        if change.slug and not change.returns:
            raise Refusal(GONE)
        row = _add(session, change.slug, change.to, now)
        slug, id = row.slug, row.id
        moved = _take_back(session, row, change.takes) if change.takes else {}
    else:
        if before == change.to:
            raise Refusal(NOTHING_CHANGES)
        row.name, row.also, row.edited_at = change.to.name, list(change.to.also), now
        slug, id = row.slug, row.id
        session.flush()
        owe(session, filed_under(session, slug))
    after = {"slug": slug, **_values(change.to), **moved, **(effect or {})}
    told = {"slug": slug, **_values(before)}
    audit.record(session, _act(change, before), SUBJECT, id, now, by=by, before=told, after=after, why=why)
    return slug


def undo_of(session: Session, record: int) -> SkillChange:
    """Give the change that takes back what this record tells; raises Refusal when it tells of no skill area."""
    found = session.get(AuditRecord, record)
    if found is None or found.subject != SUBJECT:
        raise Refusal(NO_RECORD)
    return undoing(found)


def undoing(record: AuditRecord) -> SkillChange:
    """Give the change that takes one back."""
    after = record.after
    takes = Filed(after["into"], tuple(after["instead"]), tuple(after["both"])) if "into" in after else None
    before, now = changed_to(record)
    return SkillChange(after["slug"], before, into=after.get("from", ""), returns=now is None, takes=takes)


def changed_to(record: AuditRecord) -> tuple[SkillSaid | None, SkillSaid | None]:
    """Give what was said before a change and after it."""
    return _said_in(record.before), _said_in(record.after)


def taken_away(session: Session) -> dict[str, str | None]:
    """Give the slugs that people merged (into which) or retired and that aren't there now."""
    rows = select(AuditRecord).where(AuditRecord.subject == SUBJECT, AuditRecord.action.in_(("merged", "retired")))
    acts = {record.after["slug"]: record.after.get("into") for record in session.scalars(rows.order_by(AuditRecord.id))}
    there = set(session.scalars(select(Skill.slug)))
    return {slug: into for slug, into in acts.items() if slug not in there}


def merged_into(session: Session) -> dict[str, str]:
    """Give, by the slug of each that was merged and isn't there now, the skill area that has its listings now."""
    gone = taken_away(session)
    ends = {slug: _end(gone, slug) for slug in gone}
    return {slug: end for slug, end in ends.items() if end}


def _end(gone: Mapping[str, str | None], slug: str) -> str | None:
    """Follow merges to one that is there; none when the last was retired, or when they lead round in a ring."""
    for _ in gone:
        into = gone[slug]
        if into is None or into not in gone:
            return into
        slug = into
    return None


def _act(change: SkillChange, before: SkillSaid | None) -> str:
    if change.to is None:
        return "merged" if change.into else "retired"
    return "edited" if before else "restored" if change.slug else "added"


def _add(session: Session, slug: str, to: SkillSaid, now: datetime) -> Skill:
    row = Skill(slug=slug or _free_slug(session, to.name), name=to.name, also=list(to.also), edited_at=now)
    session.add(row)
    session.flush()
    return row


def _take_away(session: Session, row: Skill, into: str) -> dict[str, Any]:
    """Delete a skill area, once its listings are filed under another; tells which are."""
    filed = filed_under(session, row.slug)
    if filed and not into:
        raise Refusal(IN_USE)
    told: dict[str, Any] = {}
    if into:
        other = skill_by_slug(session, into)
        if other is None or other is row:
            raise Refusal(GONE)
        both = set(filed) & set(filed_under(session, into))
        instead = [id for id in filed if id not in both]
        _file(session, other, instead)
        told = {"into": into, "instead": instead, "both": sorted(both)}
    session.execute(delete(opportunity_skill).where(_FILED.skill_id == row.id))
    session.delete(row)
    session.flush()
    owe(session, filed)
    return told


def _take_back(session: Session, row: Skill, takes: Filed) -> dict[str, Any]:
    """File listings under this skill area again, as far as they are still filed under the other."""
    other = skill_by_slug(session, takes.under)
    if other is None:
        raise Refusal(GONE)
    there = set(filed_under(session, takes.under))
    instead = [id for id in takes.instead if id in there]
    both = [id for id in takes.both if id in there]
    _file(session, row, [*instead, *both])
    gone = _FILED.skill_id == other.id, _FILED.opportunity_id.in_(instead)
    session.execute(delete(opportunity_skill).where(*gone))
    session.flush()
    owe(session, [*instead, *both])
    return {"from": takes.under}


def _file(session: Session, row: Skill, listings: Iterable[int]) -> None:
    rows = [{"opportunity_id": id, "skill_id": row.id} for id in listings]
    if rows:
        session.execute(insert(opportunity_skill), rows)


def _free_slug(session: Session, name: str) -> str:
    """Make an address of a name that no skill area has or had."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_SLUG - 4].strip("-") or "skill"
    taken = {*session.scalars(select(Skill.slug).where(Skill.slug.startswith(slug))), *taken_away(session)}
    return next(
        tried
        for number in range(1, len(taken) + 2)
        if (tried := f"{slug}-{number}" if number > 1 else slug) not in taken
    )


def _values(said: SkillSaid | None) -> dict[str, Any]:
    return {"name": said.name, "also": list(said.also)} if said else {}


def _said_in(values: Mapping[str, Any]) -> SkillSaid | None:
    return SkillSaid(values["name"], tuple(values["also"])) if "name" in values else None
