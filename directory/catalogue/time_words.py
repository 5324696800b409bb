"""What a listing's timing is called on a card, on its page and on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from directory.catalogue.timing import Schedule, State, Timing, timing
from directory.catalogue.vocabulary import Closing, Recurrence
from directory.foundation.clock import UK
from directory.foundation.date_words import (
    distance,
    hour,
    long_day,
    month_name,
    paper_day,
    short_day,
    uk_day,
    weekday_day,
)

NOT_CONFIRMED = "Dates not confirmed"


class Treatment(StrEnum):
    """How urgent it looks; the words always say it too."""

    NOW = "now"
    WEEK = "week"
    NEAR = "near"
    FAR = "far"
    SOON = "soon"
    ROLLING = "rolling"
    USUAL = "usual"
    CLOSED = "closed"
    UNKNOWN = "unknown"


LAST_DAY_OF = ((1, Treatment.NOW), (7, Treatment.WEEK), (42, Treatment.NEAR))


@dataclass(frozen=True)
class TimeWords:
    """The words for one timing.

    ``label``, ``headline`` and ``detail`` stand on the card ("Closes", "Tomorrow", "Tue 24 Nov"); ``sentence`` on
    the page; ``paper`` is absolute; ``moment`` is the date for machines and ``hour`` its hour, when they are known.
    """

    label: str
    headline: str
    detail: str | None
    treatment: Treatment
    sentence: str
    paper: str
    moment: datetime | None = None
    hour: str | None = None


def time_words(schedule: Schedule, now: datetime) -> TimeWords:
    """Say in words what can be said of ``schedule`` at ``now``."""
    return SAY[(when := timing(schedule, now)).state](schedule, when, now)


def _open(schedule: Schedule, when: Timing, now: datetime) -> TimeWords:
    if when.round is None or when.round.closes is None:
        if when.round and when.round.closing is Closing.UNTIL_FILLED:
            return TimeWords(
                "Apply",
                "Until filled",
                "Closes when places go",
                Treatment.ROLLING,
                "Open until it is filled",
                "Open until filled",
            )
        return TimeWords(
            "Apply",
            "Any time",
            "No closing date",
            Treatment.ROLLING,
            "Open now, no closing date",
            "Open, no closing date",
        )
    today, day = uk_day(now), uk_day(when.round.closes)
    days = (day - today).days
    treatment = next((words for last, words in LAST_DAY_OF if days <= last), Treatment.FAR)
    if treatment is Treatment.NOW:
        headline, detail = distance(day, today).capitalize(), weekday_day(day)
    else:
        headline, detail = short_day(day, today), distance(day, today)
    at = hour(when.round.closes.astimezone(UK).time()) if when.round.hour_known else None
    return TimeWords(
        "Closes",
        headline,
        detail,
        treatment,
        f"Closes {distance(day, today)}",
        f"Closes {paper_day(day)}{f', {at}' if at else ''}",
        when.round.closes,
        at,
    )


def _opens(schedule: Schedule, when: Timing, now: datetime) -> TimeWords:
    assert when.round and when.round.opens
    today, day = uk_day(now), uk_day(when.round.opens)
    return TimeWords(
        "Opens",
        short_day(day, today),
        distance(day, today),
        Treatment.SOON,
        f"Opens {distance(day, today)}",
        f"Opens {paper_day(day)}",
        when.round.opens,
    )


def _usual(schedule: Schedule, when: Timing, now: datetime) -> TimeWords:
    label, headline, detail = _usual_window(schedule)
    words = f"{label} {headline[0].lower() + headline[1:] if headline in LOWERED else headline}"
    return TimeWords(label, headline, detail, Treatment.USUAL, words, f"{words}. {detail}")


LOWERED = ("All year", "Once a year", "In groups")


def _usual_window(schedule: Schedule) -> tuple[str, str, str]:
    if schedule.recurrence is Recurrence.ROLLING:
        return "Usually open", "All year", "Not confirmed"
    match schedule.usual_window:
        case int(opens), int(closes) if opens != closes:
            return "Usually open", f"{month_name(opens)} to {month_name(closes)}", NOT_CONFIRMED
        case int(opens), int():
            return "Usually open", month_name(opens), NOT_CONFIRMED
        case int(opens), None:
            return "Usually opens", month_name(opens), NOT_CONFIRMED
        case None, int(closes):
            return "Usually closes", month_name(closes), NOT_CONFIRMED
    if schedule.recurrence is Recurrence.COHORTS:
        return "Usually runs", "In groups", "Start dates not said"
    return "Usually runs", "Once a year", "Months not said"


def _closed(schedule: Schedule, when: Timing, now: datetime) -> TimeWords:
    assert when.round and when.round.closes
    day = uk_day(when.round.closes)
    opens = schedule.usual_window[0]
    usually = f"Usually opens in {month_name(opens)}" if opens else None
    return TimeWords(
        "Closed",
        short_day(day, uk_day(now)),
        usually,
        Treatment.CLOSED,
        ". ".join(filter(None, (f"Closed on {long_day(day)}", usually))),
        ". ".join(filter(None, (f"Closed {paper_day(day)}", usually))),
        when.round.closes,
    )


def _always(words: TimeWords) -> Callable[[Schedule, Timing, datetime], TimeWords]:
    return lambda schedule, when, now: words


SAY: dict[State, Callable[[Schedule, Timing, datetime], TimeWords]] = {
    State.OPEN: _open,
    State.OPENS: _opens,
    State.USUAL: _usual,
    State.CLOSED: _closed,
    State.PAUSED: _always(
        TimeWords("Paused", "Not running now", None, Treatment.CLOSED, "Paused: not taking anyone now", "Paused")
    ),
    State.ENDED: _always(TimeWords("Ended", "No longer runs", None, Treatment.CLOSED, "This has ended", "Ended")),
    State.UNKNOWN: _always(
        TimeWords("Dates", "Not said", "Ask them", Treatment.UNKNOWN, "Dates not said", "Dates not said")
    ),
}
