"""Tell those editors who want it what came to a list and what closed, once a week at most. A job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import FOR_CARDS
from directory.catalogue.time_words import time_words
from directory.catalogue.timing import NOT_RUNNING, timing
from directory.foundation import addresses
from directory.foundation.letters import post
from directory.foundation.mail_templates import compose
from directory.foundation.settings import Settings
from directory.lists import offering
from directory.lists.editing import stop_token
from directory.lists.models import Editor, SharedList

EVERY = timedelta(days=7)
LISTED_IN_A_DIGEST = 10


@dataclass(frozen=True, slots=True)
class Changes:
    """What came to a list by its rule since a moment, and what closed or went."""

    new: tuple[Opportunity, ...]
    gone: tuple[Opportunity, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def changes_since(session: Session, shared_list: SharedList, since: datetime, now: datetime) -> Changes:
    """Say what changed on a list by itself since a moment; what an editor left out still runs, and isn't told."""
    offers = offering.offers(session, shared_list)
    standing = {one.opportunity_id for one in offers if one.until is None}
    new = [one.opportunity_id for one in offers if offering.is_new(one, shared_list, since)]
    gone = [
        one.opportunity_id
        for one in offers
        if one.until is not None and one.until > since and one.opportunity_id not in standing
    ]
    return Changes(_listings(session, new), tuple(row for row in _listings(session, gone) if _has_ended(row, now)))


def _has_ended(row: Opportunity, now: datetime) -> bool:
    return row.standing is not Standing.PUBLISHED or timing(row.schedule, now).state in NOT_RUNNING


def send_digests(session: Session, settings: Settings, now: datetime) -> int:
    """Write to each editor who wants it and whose list changed; gives how many letters. Nothing new is no letter."""
    wanting = select(Editor, SharedList).join(SharedList, SharedList.id == Editor.list_id)
    wanting = wanting.where(Editor.wants_digest.is_(True), Editor.confirmed_at.is_not(None))
    sent = 0
    for editor, shared_list in session.execute(wanting.where(SharedList.taken_down_at.is_(None))).all():
        since = editor.digest_at or editor.added_at
        if now - since < EVERY:
            continue
        editor.digest_at = now
        if changes := changes_since(session, shared_list, since, now):
            _send(session, settings, editor, shared_list, changes, now)
            sent += 1
    return sent


def _send(
    session: Session, settings: Settings, editor: Editor, shared_list: SharedList, changes: Changes, now: datetime
) -> None:
    def told(rows: Sequence[Opportunity]) -> list[dict[str, str]]:
        return [
            {
                "title": row.title,
                "organisation": row.organisation.name,
                "when": time_words(row.schedule, now).sentence,
                "address": addresses.opportunity(settings, row.slug),
            }
            for row in rows[:LISTED_IN_A_DIGEST]
        ]

    message = compose(
        settings,
        "list_digest",
        editor.email,
        title=shared_list.title,
        new=told(changes.new),
        new_count=len(changes.new),
        gone=told(changes.gone),
        gone_count=len(changes.gone),
        address=addresses.at(settings, f"/l/{shared_list.address}"),
        edit=addresses.at(settings, f"/lists/edit/{shared_list.address}"),
        lost=addresses.at(settings, "/lists/find"),
        stop=addresses.at(settings, f"/lists/stop/{stop_token(settings, editor, now)}"),
    )
    post(session, message, now, purpose="list digest", once=f"list-digest-{editor.id}-{now:%Y-%m-%d}")


def _listings(session: Session, ids: Sequence[int]) -> tuple[Opportunity, ...]:
    rows = session.scalars(select(Opportunity).where(Opportunity.id.in_(ids)).options(*FOR_CARDS)).all()
    return tuple(sorted(rows, key=lambda row: ids.index(row.id)))
