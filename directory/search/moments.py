"""What a listing's time comes to at one moment, for finding: its state, its facet values and its turn to be acted on.

Nothing here is indexed: engines hold schedules and ask again when an answer may have changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from directory.catalogue.timing import NOT_RUNNING, Schedule, State, Timing, timing
from directory.catalogue.vocabulary import Recurrence
from directory.foundation.clock import next_midnight
from directory.foundation.date_words import MONTHS, uk_day

OPEN = "open"
OPENS = "opens"
ANY_TIME = "any-time"
CLOSED_OR_PAUSED = "not-running"
CLOSING_WITHIN = {"closing-2-weeks": 14, "closing-6-weeks": 42}  # UK days, so that it changes at midnight only
MONTH_VALUES = tuple(name.lower() for name in MONTHS)

# A group and a number within it: the smaller, the sooner there is something to do.
Turn = tuple[int, float]


@dataclass(frozen=True, slots=True)
class InTime:
    """One listing at one moment. ``when`` and ``usually`` are its values in the facets of those names."""

    running: bool
    when: tuple[str, ...]
    usually: tuple[str, ...]
    turn: Turn
    changes_at: datetime | None


def in_time(schedule: Schedule, now: datetime) -> InTime:
    """Say what ``schedule`` comes to at ``now``."""
    known = timing(schedule, now)
    opens = schedule.usual_window[0] if known.state is State.USUAL else None
    return InTime(
        running=known.state not in NOT_RUNNING,
        when=_when(schedule, known, now),
        usually=(MONTH_VALUES[opens - 1],) if opens else (),
        turn=_turn(schedule, known, now),
        changes_at=known.changes_at,
    )


def phases(schedule: Schedule) -> Iterator[tuple[datetime | None, Timing]]:
    """Give what can be said of ``schedule`` from each moment on, oldest first; the first of all has no beginning."""
    known = timing(schedule, datetime.min.replace(tzinfo=UTC))
    yield None, known
    while since := known.changes_at:
        known = timing(schedule, since)
        yield since, known


@dataclass(frozen=True, slots=True)
class Times:
    """Many listings at one moment, by their keys, and until when every answer holds."""

    of: Mapping[int, InTime]
    since: datetime
    until: datetime


class Timetable:
    """Many listings' time, worked out once and kept for as long as every answer holds."""

    def __init__(self, schedules: Mapping[int, Schedule]) -> None:
        self._schedules = schedules
        self._kept: Times | None = None

    def at(self, now: datetime) -> Times:
        """Give every listing's time at ``now``: the same object for as long as nothing changes."""
        kept = self._kept
        if kept and kept.since <= now < kept.until:
            return kept
        answers = {key: in_time(schedule, now) for key, schedule in self._schedules.items()}
        changes = [answer.changes_at for answer in answers.values() if answer.changes_at]
        self._kept = kept = Times(answers, now, min([*changes, next_midnight(now)]))
        return kept


def _when(schedule: Schedule, known: Timing, now: datetime) -> tuple[str, ...]:
    if known.state is State.OPEN:
        days = (uk_day(known.round.closes) - uk_day(now)).days if known.round and known.round.closes else None
        return (OPEN, *(value for value, most in CLOSING_WITHIN.items() if days is not None and days <= most))
    if known.state is State.OPENS:
        return (OPENS,)
    if known.state in NOT_RUNNING:
        return (CLOSED_OR_PAUSED,)
    return (ANY_TIME,) if schedule.recurrence is Recurrence.ROLLING else ()


def _turn(schedule: Schedule, known: Timing, now: datetime) -> Turn:
    match known.state:
        case State.OPEN if known.round and known.round.closes:
            return 0, known.round.closes.timestamp()
        case State.OPEN:
            return 1, 0
        case State.OPENS if known.round and known.round.opens:
            return 2, known.round.opens.timestamp()
        case State.USUAL if schedule.recurrence is Recurrence.ROLLING:
            return 4, 0
        case State.USUAL if months := [month for month in schedule.usual_window if month]:
            return 3, min((month - uk_day(now).month) % 12 for month in months)
        case state if state in NOT_RUNNING:
            return 6, 0
    return 5, 0
