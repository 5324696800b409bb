"""What calendars hold: one entry for each day on which a round opens, closes or starts.

A calendar that somebody subscribed to has to be told what became of an entry: a number that rises when it moves, and a
word when it is off. So entries are kept with the change that made them, and never deleted. Only dates that are known
make one: what is usual, or open at any time, has none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.catalogue.models import DatedEntry, Intake, Opportunity, Standing
from directory.catalogue.vocabulary import Milestone, Running
from directory.foundation.clock import UK

AT_A_TIME = 500
NOT_TAKING_ANYONE = (Running.PAUSED, Running.ENDED)

# A round's position and what the day is; its day, its hour when one is known, and the zone of that hour.
Name = tuple[int, Milestone]
When = tuple[date, time | None, str]


def keep_dated(session: Session, opportunity_ids: Sequence[int], now: datetime) -> None:
    """Make the entries of these listings what their rounds say. Called in the transaction that changed them."""
    for start in range(0, len(opportunity_ids), AT_A_TIME):
        ids = opportunity_ids[start : start + AT_A_TIME]
        held = _held(session, ids)
        for id, wanted in _wanted(session, ids).items():
            _keep(session, id, wanted, held[id], now)


def entries_of(session: Session, opportunity_ids: Iterable[int], since: date) -> dict[int, list[DatedEntry]]:
    """Give the entries that stand, by listing, each listing's by day; none of a day before ``since``."""
    rows = select(DatedEntry).where(
        DatedEntry.opportunity_id.in_(list(opportunity_ids)),
        DatedEntry.cancelled_at.is_(None),
        DatedEntry.day >= since,
    )
    found: dict[int, list[DatedEntry]] = defaultdict(list)
    for row in session.scalars(rows.order_by(DatedEntry.day, DatedEntry.position, DatedEntry.id)):
        found[row.opportunity_id].append(row)
    return found


def cancelled_since(
    session: Session, moment: datetime, among: Collection[int] | None = None
) -> Iterator[tuple[DatedEntry, bool]]:
    """Go through the entries cancelled from ``moment`` on, each with whether its listing is public.

    ``among`` keeps to these listings.
    """
    rows = (
        select(DatedEntry, Opportunity.standing)
        .join(Opportunity, Opportunity.id == DatedEntry.opportunity_id)
        .where(DatedEntry.cancelled_at >= moment)
        .order_by(DatedEntry.id)
    )
    if among is not None:
        rows = rows.where(DatedEntry.opportunity_id.in_(sorted(among)))
    for entry, standing in session.execute(rows):
        yield entry, standing is Standing.PUBLISHED


def _held(session: Session, ids: Sequence[int]) -> Mapping[int, dict[Name, DatedEntry]]:
    held: dict[int, dict[Name, DatedEntry]] = defaultdict(dict)
    for row in session.scalars(select(DatedEntry).where(DatedEntry.opportunity_id.in_(ids))):
        held[row.opportunity_id][row.position, row.what] = row
    return held


def _wanted(session: Session, ids: Sequence[int]) -> dict[int, dict[Name, When]]:
    """Read what these listings' rounds say; nothing of one that isn't public or takes nobody."""
    wanted: dict[int, dict[Name, When]] = {id: {} for id in ids}
    told = (
        select(Intake)
        .join(Opportunity, Opportunity.id == Intake.opportunity_id)
        .where(
            Intake.opportunity_id.in_(ids),
            Opportunity.standing == Standing.PUBLISHED,
            Opportunity.running.not_in(NOT_TAKING_ANYONE),
            or_(Intake.opens_on.is_not(None), Intake.closes_on.is_not(None), Intake.starts_on.is_not(None)),
        )
        .order_by(Intake.opportunity_id, Intake.position, Intake.id)
    )
    for intake in session.scalars(told):
        of_listing = wanted[intake.opportunity_id]
        position = intake.position
        while any(taken == position for taken, _what in of_listing):  # two rounds that say they stand in one place
            position += 1
        of_listing.update(((position, what), when) for what, when in _dates(intake))
    return wanted


def _dates(intake: Intake) -> Iterator[tuple[Milestone, When]]:
    for what, day, hour in (
        (Milestone.OPENS, intake.opens_on, intake.opens_at),
        (Milestone.CLOSES, intake.closes_on, intake.closes_at),
        (Milestone.STARTS, intake.starts_on, None),
    ):
        if day:
            yield what, (day, hour, intake.zone if hour else UK.key)


def _keep(
    session: Session,
    opportunity_id: int,
    wanted: Mapping[Name, When],
    held: Mapping[Name, DatedEntry],
    now: datetime,
) -> None:
    for name, when in wanted.items():
        entry = held.get(name)
        if entry is None:
            entry = DatedEntry(opportunity_id=opportunity_id, position=name[0], what=name[1], sequence=0)
            session.add(entry)
        elif (entry.day, entry.hour, entry.zone) == when and entry.cancelled_at is None:
            continue
        else:
            entry.sequence += 1
        entry.day, entry.hour, entry.zone = when
        entry.changed_at, entry.cancelled_at = now, None
    for name in held.keys() - wanted.keys():
        entry = held[name]
        if entry.cancelled_at is None:
            entry.sequence += 1
            entry.changed_at = entry.cancelled_at = now
