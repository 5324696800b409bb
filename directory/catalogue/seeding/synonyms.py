"""Bring the synonyms to what their file says, wherever no person has edited or removed one."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Synonym
from directory.catalogue.seeding import fingerprints


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of the file."""

    words: list[str]
    finds: list[str]


def keep(session: Session, asked: Iterable[Said]) -> None:
    """Add, change and drop rows; one that a person has touched stays as it is, and what was removed stays away."""
    rows = {
        fingerprint[: fingerprints.BEGINNING]: row
        for row in session.scalars(select(Synonym).order_by(Synonym.id))
        if (fingerprint := row.seed_fingerprint)
    }
    for entry in asked:
        fingerprint = fingerprints.of_synonym(entry.words, entry.finds)
        row = rows.pop(fingerprints.beginning(entry.words, entry.finds), None)
        if row is None:
            session.add(Synonym(words=entry.words, finds=entry.finds, seed_fingerprint=fingerprint))
        elif _is_untouched(row) and row.seed_fingerprint != fingerprint:
            row.words, row.finds, row.seed_fingerprint = entry.words, entry.finds, fingerprint
    for row in rows.values():
        if _is_untouched(row):
            session.delete(row)
    session.flush()


def _is_untouched(row: Synonym) -> bool:
    """Say whether a row still says what its file said when it was loaded."""
    return row.removed_at is None and fingerprints.said(row.words, row.finds) == _said_in(row.seed_fingerprint or "")


def _said_in(fingerprint: str) -> str:
    return fingerprint[fingerprints.BEGINNING :]
