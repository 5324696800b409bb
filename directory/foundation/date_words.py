"""Days, hours and distances in words, as the service always says them."""

from datetime import date, datetime, time

from directory.foundation.clock import UK

DAYS_IN_SIX_WEEKS = 42
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def month_name(number: int) -> str:
    """Name a month, 1 to 12."""
    return MONTHS[number - 1]


def short_day(day: date, today: date) -> str:
    """Say a day for a card: "Fri 27 Nov" within six weeks either way, else "1 Mar 2027"."""
    if abs((day - today).days) <= DAYS_IN_SIX_WEEKS:
        return weekday_day(day)
    return f"{day.day} {day:%b %Y}"


def weekday_day(day: date) -> str:
    """Say "Fri 27 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"


def paper_day(day: date) -> str:
    """Say "Fri 27 Nov 2026": paper has no today."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def long_day(day: date) -> str:
    """Say "27 November 2026", for sentences."""
    return f"{day.day} {day:%B %Y}"


def uk_day(moment: datetime) -> date:
    """Give the UK day of a moment."""
    return moment.astimezone(UK).date()


def distance(day: date, today: date) -> str:
    """Say how far ahead a day is: today, tomorrow, in 4 days, in 2 weeks, in 3 months."""
    days = (day - today).days
    if days <= 1:
        return ("today", "tomorrow")[max(days, 0)]
    if days <= 13:
        return f"in {days} days"
    if days <= DAYS_IN_SIX_WEEKS:
        return f"in {days // 7} weeks"
    months = max(2, round(days / 30.44))
    return f"in {months} months" if months < 24 else f"in {months // 12} years"


def hour(at: time) -> str:
    """Say an hour: 11:59pm, 4pm, noon."""
    if at == time(12):
        return "noon"
    number = at.hour % 12 or 12
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{number}{minutes}{'am' if at.hour < 12 else 'pm'}"
