"""The only clock: what time it is, and what day it is in the UK."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def now() -> datetime:
    """Give this moment as an aware datetime in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Give the day it is in the UK, whatever the machine's own zone."""
    return now().astimezone(UK).date()
