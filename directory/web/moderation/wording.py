"""What moderators read on every desk: what something is, how long it waits, what was decided."""

from collections.abc import Mapping
from datetime import datetime

from directory.foundation.clock import UK
from directory.foundation.date_words import hour, weekday_day
from directory.submissions.models import Outcome, Purpose

PURPOSES: Mapping[Purpose, str] = {
    Purpose.NEW: "New listing",
    Purpose.CHANGE: "Change to a live listing",
    Purpose.CONFIRMATION: "Says it’s right as it is",
    Purpose.REMOVAL: "Asks to take it down",
}
SHORT_PURPOSES: Mapping[Purpose, str] = {
    Purpose.NEW: "New",
    Purpose.CHANGE: "Changes",
    Purpose.CONFIRMATION: "Confirmations",
    Purpose.REMOVAL: "Removals",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.APPROVED: "Approved",
    Outcome.APPROVED_WITH_EDITS: "Approved with edits",
    Outcome.RETURNED: "Returned with reasons",
}
# From how much risk on it is said, and how: each check that stops counts 8 or more, under-18s in person 20.
RISKS = ((40, "High risk", "bad"), (16, "Some risk", "warn"))


def risk(figure: int) -> tuple[str, str] | None:
    """Say how risky something is, and in what tone; nothing when it isn't."""
    return next(((words, tone) for least, words, tone in RISKS if figure >= least), None)


def waited(since: datetime | None, now: datetime) -> str:
    """Say how long something has waited: 5 minutes, 5 hours, 3 days."""
    minutes = int((now - since).total_seconds() // 60) if since else 0
    for size, unit in ((24 * 60, "day"), (60, "hour")):
        if minutes >= size:
            return _counted(minutes // size, unit)
    return _counted(max(minutes, 0), "minute")


def at(moment: datetime) -> str:
    """Say a moment: "Tue 24 Nov, 5pm"."""
    local = moment.astimezone(UK)
    return f"{weekday_day(local.date())}, {hour(local.time().replace(second=0, microsecond=0))}"


def due(moment: datetime | None, now: datetime) -> str:
    """Say by when it is decided, or since when it is late."""
    if moment is None:
        return ""
    return f"late: was due {at(moment)}" if moment < now else f"due by {at(moment)}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
