"""What can truly be said about time: from what is known of a programme and its rounds to one state.

Nothing here guesses. A round that closed lately leaves a programme closed; an older deadline is a hint for the usual
window, never a date; a programme that takes people at any time is open only while somebody has confirmed it lately.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from directory.catalogue.vocabulary import Closing, Recurrence, Running
from directory.foundation.clock import UK

CONFIRMATION_HOLDS_FOR = timedelta(days=90)
CLOSED_LATELY = timedelta(days=180)  # about half a year: from then on the next round is nearer than the last


class State(StrEnum):
    """What a listing's time comes to today."""

    OPEN = "open"
    OPENS = "opens"
    USUAL = "usual"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    PAUSED = "paused"
    ENDED = "ended"


NOT_RUNNING = frozenset({State.CLOSED, State.PAUSED, State.ENDED})


@dataclass(frozen=True)
class Round:
    """One intake as two moments. ``hour_known`` is false when only the closing day is known."""

    opens: datetime | None = None
    closes: datetime | None = None
    closing: Closing = Closing.UNKNOWN
    starts_on: date | None = None
    hour_known: bool = False


@dataclass(frozen=True)
class Schedule:
    """All that is known of a programme's time. Months run from 1 to 12."""

    running: Running = Running.UNKNOWN
    recurrence: Recurrence | None = None
    usually_opens: int | None = None
    usually_closes: int | None = None
    rounds: tuple[Round, ...] = ()
    confirmed_at: datetime | None = None

    @property
    def usual_window(self) -> tuple[int | None, int | None]:
        """Give the months it usually opens and closes: as stated, else as its newest past round hints."""
        opens, closes = self.usually_opens, self.usually_closes
        if (opens, closes) != (None, None) or self.recurrence is not Recurrence.ANNUAL:
            return opens, closes
        if self.last_closing is None:
            return None, None
        closed, newest = self.last_closing
        return (newest.opens.astimezone(UK).month if newest.opens else None), closed.astimezone(UK).month

    @property
    def last_closing(self) -> tuple[datetime, Round] | None:
        """Give the latest closing moment that is known, past or to come, and its round."""
        dated = [(round.closes, round) for round in self.rounds if round.closes]
        return max(dated, key=lambda pair: pair[0], default=None)


@dataclass(frozen=True)
class Timing:
    """The state at one moment, the round it rests on, and when it next changes by itself."""

    state: State
    round: Round | None = None
    changes_at: datetime | None = None


def timing(schedule: Schedule, now: datetime) -> Timing:
    """Say what can be said of ``schedule`` at ``now``."""
    state, round = _state(schedule, now)
    return Timing(state, round, _next_change(schedule, now))


def next_change(schedules: Iterable[Schedule], now: datetime) -> datetime | None:
    """Say when time next changes, by itself, what can be said of any of them: a round opens or closes, a check ages."""
    changes = (_next_change(schedule, now) for schedule in schedules)
    return min((change for change in changes if change), default=None)


def last_change(schedule: Schedule, now: datetime) -> datetime | None:
    """Say when time last changed, by itself, what can be said of it."""
    return max((moment for moment in _moments(schedule) if moment <= now), default=None)


def moment(day: date, hour: time | None, zone: str, *, otherwise: time) -> datetime:
    """Make the moment of ``day`` at ``hour`` in ``zone``, or at ``otherwise`` when no hour is known."""
    return datetime.combine(day, hour or otherwise, ZoneInfo(zone)).astimezone(UTC)


def _state(schedule: Schedule, now: datetime) -> tuple[State, Round | None]:
    if schedule.running is Running.ENDED:
        return State.ENDED, None
    if schedule.running is Running.PAUSED:
        return State.PAUSED, None
    confirmed = _confirmed(schedule, now)
    open_rounds = [round for round in schedule.rounds if _is_open(round, now, confirmed=confirmed)]
    if open_rounds:
        return State.OPEN, _soonest(open_rounds, lambda round: round.closes)
    if schedule.recurrence is Recurrence.ROLLING and confirmed:
        return State.OPEN, None
    coming = [round for round in schedule.rounds if round.opens and round.opens > now]
    if coming:
        return State.OPENS, _soonest(coming, lambda round: round.opens)
    if (last := schedule.last_closing) and (until := _closed_until(schedule)) and last[0] <= now < until:
        return State.CLOSED, last[1]
    comes_back = schedule.recurrence in (Recurrence.ANNUAL, Recurrence.ROLLING, Recurrence.COHORTS)
    if comes_back or schedule.usual_window != (None, None):
        return State.USUAL, None
    past = [round for round in schedule.rounds if round.closes and round.closes <= now]
    if past:
        return State.CLOSED, max(past, key=lambda round: round.closes or now)
    return State.UNKNOWN, None


def _closed_until(schedule: Schedule) -> datetime | None:
    """Say until when the last closing counts as lately, if it is fixed: after that only what is usual is known."""
    last = schedule.last_closing
    return last[0] + CLOSED_LATELY if last and last[1].closing is Closing.FIXED else None


def _is_open(round: Round, now: datetime, *, confirmed: bool) -> bool:
    if round.opens and round.opens > now:
        return False
    if round.closing is Closing.FIXED:
        return round.closes is not None and round.closes > now
    return round.closing in (Closing.ROLLING, Closing.UNTIL_FILLED) and confirmed


def _confirmed(schedule: Schedule, now: datetime) -> bool:
    return schedule.confirmed_at is not None and now < schedule.confirmed_at + CONFIRMATION_HOLDS_FOR


def _soonest(rounds: Iterable[Round], moment_of: Callable[[Round], datetime | None]) -> Round:
    far = datetime.max.replace(tzinfo=UTC)
    return min(rounds, key=lambda round: moment_of(round) or far)


def _next_change(schedule: Schedule, now: datetime) -> datetime | None:
    return min((moment for moment in _moments(schedule) if moment > now), default=None)


def _moments(schedule: Schedule) -> list[datetime]:
    """List the moments at which something else can be said of it."""
    moments = [moment for round in schedule.rounds for moment in (round.opens, round.closes) if moment]
    if schedule.confirmed_at:
        moments.append(schedule.confirmed_at + CONFIRMATION_HOLDS_FOR)
    if until := _closed_until(schedule):
        moments.append(until)
    return moments
