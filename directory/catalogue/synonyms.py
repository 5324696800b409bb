"""Change the synonyms by a person's hand, each change with its record: what was said before, and what is said now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from directory.accounts import audit
from directory.accounts.models import Account, AuditRecord
from directory.catalogue.models import Synonym
from directory.foundation.refusals import Refusal

SUBJECT = Synonym.__tablename__
GONE = "These words aren't there any more: somebody removed them. Open the list again."
NO_RECORD = "There is no such change to undo. Open the list again."
NOTHING_CHANGES = "That changes nothing: the words are so already."


@dataclass(frozen=True, slots=True)
class SynonymSaid:
    """Words that mean the same; or words that, typed, also find others, when there are ``finds``."""

    words: tuple[str, ...]
    finds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SynonymChange:
    """What one synonym is to say: a new one has no ``id`` yet, and one that goes says nothing."""

    id: int | None
    to: SynonymSaid | None


def said(row: Synonym | None) -> SynonymSaid | None:
    """Give what a row says; nothing when it isn't there or was removed."""
    return SynonymSaid(tuple(row.words), tuple(row.finds)) if row and row.removed_at is None else None


def change_synonym(
    session: Session,
    change: SynonymChange,
    now: datetime,
    *,
    by: Account | None,
    why: str = "",
    effect: Mapping[str, Any] | None = None,
) -> Synonym:
    """Add, edit, remove or bring back; ``effect`` is what the record tells beside the words. Refuses what changes none.

    It is in force as soon as the caller commits: seeding leaves the row alone from now on.
    """
    row = session.get(Synonym, change.id, with_for_update=True) if change.id is not None else None
    if change.id is not None and row is None:
        raise Refusal(GONE)
    before = said(row)
    if before == change.to:
        raise Refusal(NOTHING_CHANGES if before else GONE)
    if row is None:
        row = Synonym(words=[], finds=[])
        session.add(row)
    if change.to:
        row.words, row.finds, row.removed_at = list(change.to.words), list(change.to.finds), None
    else:
        row.removed_at = now
    session.flush()
    after = {**_values(change.to), **(effect or {})}
    audit.record(
        session, _act(change, before), SUBJECT, row.id, now, by=by, before=_values(before), after=after, why=why
    )
    return row


def synonym(session: Session, id: int) -> Synonym | None:
    """Get one, removed or not."""
    return session.get(Synonym, id)


def undo_of(session: Session, record: int) -> SynonymChange:
    """Give the change that takes back what this record tells; raises Refusal when it tells of no synonym."""
    found = session.get(AuditRecord, record)
    if found is None or found.subject != SUBJECT:
        raise Refusal(NO_RECORD)
    return undoing(found)


def undoing(record: AuditRecord) -> SynonymChange:
    """Give the change that takes one back to what was said before it."""
    return SynonymChange(record.subject_id, _said_in(record.before))


def changed_to(record: AuditRecord) -> tuple[SynonymSaid | None, SynonymSaid | None]:
    """Give what was said before a change and after it."""
    return _said_in(record.before), _said_in(record.after)


def _act(change: SynonymChange, before: SynonymSaid | None) -> str:
    if change.id is None:
        return "added"
    if change.to is None:
        return "removed"
    return "edited" if before else "restored"


def _values(said: SynonymSaid | None) -> dict[str, Sequence[str]]:
    return {"words": list(said.words), "finds": list(said.finds)} if said else {}


def _said_in(values: Mapping[str, Any]) -> SynonymSaid | None:
    return SynonymSaid(tuple(values["words"]), tuple(values["finds"])) if "words" in values else None
