"""Change the catalogue: amend, withdraw, hide, restore and confirm.

Each tells the index what it is owed, and keeps what calendars are told.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.catalogue.dated_entries import keep_dated
from directory.catalogue.models import Confirmation, Opportunity, Standing
from directory.catalogue.outbox import owe
from directory.catalogue.vocabulary import Signal
from directory.foundation.refusals import Refusal

NEVER_AMENDED = frozenset({"id", "slug", "published_at", "changed_at", "edited_at", "seed_fingerprint"})


def amend(session: Session, opportunity: Opportunity, changes: Mapping[str, Any], now: datetime) -> None:
    """Set the fields in ``changes`` by a person's hand: seeding leaves the listing alone from now on."""
    known = set(Opportunity.__mapper__.attrs.keys()) - NEVER_AMENDED
    if unknown := sorted(changes.keys() - known):
        raise Refusal(f"An opportunity has no field '{unknown[0]}' that can be changed.")
    for field, value in changes.items():
        setattr(opportunity, field, value)
    opportunity.edited_at = now
    _changed(session, opportunity, now)


def withdraw(session: Session, opportunity: Opportunity, now: datetime) -> None:
    """Take a listing out of the public's sight; its page answers that it is gone."""
    opportunity.standing = Standing.WITHDRAWN
    opportunity.edited_at = now
    _changed(session, opportunity, now)


def hide(session: Session, opportunity: Opportunity, now: datetime) -> None:
    """Take a listing out of the public's sight because nobody says it is still open; its page says so."""
    opportunity.standing = Standing.HIDDEN
    opportunity.edited_at = now
    _changed(session, opportunity, now)


def restore(session: Session, opportunity: Opportunity, now: datetime) -> None:
    """Let the public see a withdrawn or hidden listing again."""
    opportunity.standing = Standing.PUBLISHED
    opportunity.edited_at = now
    _changed(session, opportunity, now)


def confirm(
    session: Session,
    opportunity: Opportunity,
    signal: Signal,
    now: datetime,
    *,
    right: bool = True,
    words: str | None = None,
) -> None:
    """Note that one of the three signals found the listing right, or not. Needs confirmations loaded."""
    opportunity.confirmations.append(Confirmation(signal=signal, at=now, right=right, words=words))
    _changed(session, opportunity, now)


def touch(session: Session, opportunity_ids: Sequence[int], now: datetime) -> None:
    """Note that pages say something else because something beside them changed: their organisation's name, say."""
    session.execute(
        update(Opportunity).where(Opportunity.id.in_(opportunity_ids)).values(changed_at=now),
        execution_options={"synchronize_session": False},
    )
    owe(session, opportunity_ids)


def _changed(session: Session, opportunity: Opportunity, now: datetime) -> None:
    opportunity.changed_at = now
    session.flush()
    keep_dated(session, [opportunity.id], now)
    owe(session, [opportunity.id])
