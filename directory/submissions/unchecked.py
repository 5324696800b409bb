"""The published listings that nobody has checked lately, the most useful to check first. Never writes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.catalogue.models import Confirmation, Intake, Location, Opportunity, Standing
from directory.catalogue.timing import Schedule, State, timing
from directory.catalogue.vocabulary import Relevance, Signal, StageName
from directory.organisations.models import Organisation

CHECKED_LATELY = timedelta(days=180)
OPENS_SOON = timedelta(days=60)
BY_SOMEBODY = (Signal.ORGANISATION, Signal.PERSON)
UNDER_18 = frozenset({StageName.FOURTEEN_TO_SIXTEEN, StageName.SIXTEEN_TO_EIGHTEEN})

# The nearer to somebody's acting on it, the sooner it is looked at.
FIRST = (State.OPEN, State.OPENS, State.USUAL, State.UNKNOWN, State.CLOSED, State.PAUSED, State.ENDED)
OPENS_LATER = 2.5

# What students filter on, and what to call it when it isn't said.
FACTS: Mapping[str, str] = {
    "stages": "who it is for",
    "delivery": "on site or online",
    "pay": "pay",
    "length_weeks": "length",
    "cost": "cost",
    "apply_url": "where to apply",
}


@dataclass(frozen=True, slots=True)
class Unchecked:
    """One listing to check, as little as a row shows; ``checked_at`` is None when nobody ever did."""

    slug: str
    title: str
    organisation: str
    state: State
    relevance: Relevance
    under_18: int
    missing: tuple[str, ...]
    checked_at: datetime | None


def unchecked(session: Session, now: datetime) -> list[Unchecked]:
    """Give every published listing that no person and no organisation found right in half a year.

    Open ones and those that open soon come first, then core ones, those for under-18s, those with least missing, and
    those that were checked longest ago. Four statements, however many there are.
    """
    checked = _checked(session)
    facts = (getattr(Opportunity, name) for name in FACTS)
    rows = session.execute(
        select(
            *(Opportunity.id, Opportunity.slug, Opportunity.title, Organisation.name.label("organisation")),
            *(Opportunity.relevance, Opportunity.running, Opportunity.recurrence),
            *(Opportunity.usually_opens, Opportunity.usually_closes, *facts),
        )
        .join(Organisation, Organisation.id == Opportunity.organisation_id)
        .where(Opportunity.standing == Standing.PUBLISHED)
    ).all()
    left = [row for row in rows if row.id not in checked or checked[row.id] <= now - CHECKED_LATELY]
    rounds, placed = _rounds(session), set(session.scalars(select(Location.opportunity_id).distinct()))
    known = [_known(row, rounds[row.id], row.id in placed, checked.get(row.id), now) for row in left]
    return [item for item, _rank in sorted(known, key=lambda pair: pair[1])]


def following(rows: Sequence[Unchecked], slug: str) -> Unchecked | None:
    """Give the one after this; the first when this isn't among them; None after the last."""
    place = next((number for number, row in enumerate(rows) if row.slug == slug), -1)
    return rows[place + 1] if place + 1 < len(rows) else None


def _checked(session: Session) -> dict[int, datetime]:
    rows = session.execute(
        select(Confirmation.opportunity_id, func.max(Confirmation.at))
        .where(Confirmation.right.is_(True), Confirmation.signal.in_(BY_SOMEBODY))
        .group_by(Confirmation.opportunity_id)
    )
    return dict(iter(rows))


def _rounds(session: Session) -> Mapping[int, list[Any]]:
    rounds: dict[int, list[Any]] = defaultdict(list)
    for intake in session.scalars(select(Intake).order_by(Intake.position)):
        rounds[intake.opportunity_id].append(intake.round)
    return rounds


def _known(
    row: Any, rounds: Iterable[Any], is_placed: bool, checked_at: datetime | None, now: datetime
) -> tuple[Unchecked, tuple[Any, ...]]:
    """Give what is known of a listing, and its rank: the lower, the sooner."""
    when = timing(
        Schedule(row.running, row.recurrence, row.usually_opens, row.usually_closes, tuple(rounds), checked_at), now
    )
    missing = [words for name, words in FACTS.items() if not getattr(row, name)] + ([] if is_placed else ["place"])
    item = Unchecked(
        row.slug,
        row.title,
        row.organisation,
        when.state,
        row.relevance,
        len(UNDER_18 & set(row.stages)),
        tuple(missing),
        checked_at,
    )
    opens = when.round.opens if when.round else None
    is_later = when.state is State.OPENS and opens is not None and opens > now + OPENS_SOON
    return item, (
        OPENS_LATER if is_later else FIRST.index(when.state),
        item.relevance is not Relevance.CORE,
        -item.under_18,
        len(missing),
        checked_at.timestamp() if checked_at else 0.0,
        item.slug,
    )
