"""Days as UK pages write them, and days as data writes them; whatever can be read two ways is left unread."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from directory.foundation.clock import UK
from directory.foundation.date_words import MONTHS

_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in MONTHS) + "|sept"
_ENDING = r"(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s{1,3})?"
_YEAR = r"(?:20\d\d)"
DAY = re.compile(
    rf"(?<![\d/.–-])(?P<from>\d{{1,2}}{_ENDING}\s?[–-]\s?)?(?P<day>\d{{1,2}}){_ENDING}(?:\s{{1,2}}of)?[\s-]{{1,2}}"
    rf"(?P<month>{_MONTH})\.?(?:,?[\s-]{{1,2}}(?P<year>{_YEAR}))?(?![\w/-])"
    rf"|\b(?P<month_first>{_MONTH})\.?\s{{1,2}}(?P<day_after>\d{{1,2}}){_ENDING},?\s{{1,2}}(?P<year_after>{_YEAR})\b"
    rf"|(?<![\d/.-])(?P<iso>{_YEAR}-\d\d-\d\d)(?![\d-])"
    rf"|(?<![\d/.-])(?P<first>\d{{1,2}})(?P<between>[/.-])(?P<second>\d{{1,2}})(?P=between)(?P<last>{_YEAR}|\d\d)"
    r"(?![\d/-])",
    re.IGNORECASE,
)
MONTH_ALONE = re.compile(rf"\b(?P<month>{_MONTH})\.?,?\s{{1,2}}(?P<year>{_YEAR})\b", re.IGNORECASE)
_HOUR = r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\d\d:\d\d|noon|midday|midnight"
HOUR_AFTER = re.compile(rf"^[\s,(]{{0,3}}(?:at|by|@|–|-)?\s{{0,2}}(?P<hour>{_HOUR})(?![\w:])", re.IGNORECASE)
HOUR_BEFORE = re.compile(
    rf"(?<![\d:.])(?P<hour>{_HOUR})(?:\s?\((?:BST|GMT|UK time)\))?,?\s{{0,2}}(?:on\s{{1,2}})?{_WEEKDAY}"
    r"(?:the\s{1,2})?$",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PERIOD = re.compile(
    r"P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,3})M)?(?:(?P<weeks>\d{1,3})W)?(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?:0+[HMS])*)?"
)
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a page speaks of: where it stands, and what could be read; ``day`` is None when that is unclear."""

    start: int
    end: int
    words: str
    day: date | None
    without_year: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as data gives it. ``at`` is the hour in the UK when one is given; of a month only, ``day`` is None."""

    year: int
    month: int
    day: int | None
    at: time | None = None

    @property
    def date(self) -> date | None:
        """Give the day, when it is known."""
        return date(self.year, self.month, self.day) if self.day else None


def day_first(text: str, *, is_british: bool) -> bool | None:
    """Say whether a page's numbers put the day first, from the page itself; None when nothing tells."""
    pairs = [(int(found["first"]), int(found["second"])) for found in DAY.finditer(text) if found["first"]]
    firsts = any(first > 12 for first, _second in pairs)
    seconds = any(second > 12 for _first, second in pairs)
    if firsts == seconds:
        return True if is_british and not firsts else None
    return firsts


def days_in(text: str, *, puts_day_first: bool | None, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """Go through the days that are written in words or numbers, perhaps only in a part of the text."""
    for found in DAY.finditer(text, start, len(text) if end is None else end):
        if found["from"]:  # "3 to 5 March": which of the two is meant depends on what is said of it
            yield Day(found.start(), found.end(), found[0], None)
            continue
        without_year = bool(found["day"] and not found["year"])
        yield Day(found.start(), found.end(), found[0], _day(found, puts_day_first), without_year)


def hour_beside(text: str, day: Day) -> time | None:
    """Give the hour that stands right before or after a day."""
    found = HOUR_AFTER.match(text[day.end : day.end + 30]) or HOUR_BEFORE.search(
        text[max(0, day.start - 40) : day.start]
    )
    return _hour(found["hour"]) if found else None


def month_alone(text: str) -> Moment | None:
    """Give the one month that is spoken of, if no day is."""
    if DAY.search(text):
        return None
    found = {(_month(one["month"]), int(one["year"])) for one in MONTH_ALONE.finditer(text)}
    if len(found) != 1:
        return None
    month, year = found.pop()
    return Moment(year, month, None)


def moment(text: str) -> Moment | None:
    """Read a date or a moment of data: ISO 8601, or what a page would write. An offset is turned into UK time."""
    said = text.strip()[:60]
    if not said[:4].isdigit():
        days = [found.day for found in days_in(said, puts_day_first=None)]
        return Moment(days[0].year, days[0].month, days[0].day) if len(days) == 1 and days[0] else None
    try:
        if "T" in said or re.match(r"\d{4}-\d\d-\d\d \d\d:", said):
            at = datetime.fromisoformat(re.sub(r"\s*UTC$", "+00:00", said))
            at = at.astimezone(UK) if at.tzinfo else at
            return Moment(at.year, at.month, at.day, at.time().replace(second=0, microsecond=0))
        found = _ISO.match(said)
        if not found or not found[2]:
            return None
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
        date(year, month, day)
        return Moment(year, month, day if found[3] else None)
    except (ValueError, OverflowError):
        return None


def period(text: str) -> tuple[int, str] | None:
    """Read an ISO 8601 duration as a number and "days", "weeks", "months" or "years"; None when none says it all."""
    found = _PERIOD.fullmatch(text.strip().upper()[:40])
    if not found:
        return None
    parts = {unit: int(number) for unit, number in found.groupdict().items() if number and int(number)}
    if parts.keys() == {"years", "months"}:
        return parts["years"] * 12 + parts["months"], "months"
    return next(((number, unit) for unit, number in parts.items()), None) if len(parts) == 1 else None


def told_hour(at: time) -> str:
    """Spell an hour as the form takes it."""
    return f"{at.hour:02}:{at.minute:02}"


def _day(found: re.Match[str], puts_day_first: bool | None) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["month_first"]:
            return date(int(found["year_after"]), _month(found["month_first"]), int(found["day_after"]))
        if found["day"]:
            return date(int(found["year"]), _month(found["month"]), int(found["day"])) if found["year"] else None
        first, second, year = int(found["first"]), int(found["second"]), int(found["last"]) % 100 + 2000
        if first > 12 or first == second:
            return date(year, second, first)
        if second > 12:
            return date(year, first, second)
        if puts_day_first is None:
            return None
        return date(year, second, first) if puts_day_first else date(year, first, second)
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.lower().startswith(name[:3].lower()))


def _hour(text: str) -> time | None:
    said = re.sub(r"[\s.]+(?=[ap]\.?m)|(?<=[ap])\.|(?<=m)\.", "", text.lower()).replace(".", ":")
    if said in ("noon", "midday"):
        return time(12)
    if said == "midnight":
        return LAST_MINUTE
    found = re.fullmatch(r"(\d{1,2})(?::(\d\d))?(am|pm)?", said)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
