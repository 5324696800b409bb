"""The only clock: what time it is, and when the next day begins in the UK."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def now() -> datetime:
    """Give this moment as an aware datetime in UTC."""
    return datetime.now(UTC)


def uk_today() -> date:
    """Give the day that it is in the UK."""
    return now().astimezone(UK).date()


def day_began(now: datetime) -> datetime:
    """Give the moment when this day began in the UK."""
    return datetime.combine(now.astimezone(UK).date(), time.min, UK)


def next_midnight(now: datetime) -> datetime:
    """Give the moment when the next day begins in the UK."""
    return datetime.combine(now.astimezone(UK).date() + timedelta(days=1), time.min, UK)
