"""A day as people in the UK write it in a spreadsheet: the day first, in figures or words, perhaps with an hour."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from directory.foundation.date_words import MONTHS, long_day, month_name
from directory.submissions.sheets.text import NotRead, folded, short

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROLLING = frozenset(
    {"rolling", "ongoing", "open", "always open", "any time", "anytime", "at any time", "all year", "all year round"}
    | {
        "none",
        "no deadline",
        "no closing date",
        "no date",
        "continuous",
        "open ended",
        "rolling deadline",
        "rolling basis",
    }
    | {
        "on a rolling basis",
        "all year around",
        "year round",
        "permanently open",
        "rolling admissions",
        "does not close",
    }
)
UNTIL_FILLED = frozenset(
    {"until filled", "when filled", "open until filled", "until full", "when full", "until positions filled"}
    | {"until position filled", "until all places are filled", "until places are filled", "when the places are filled"}
    | {"first come first served", "until post is filled", "until the post is filled", "until vacancies are filled"}
)
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050  # 2000 to 2099, as spreadsheets count days
SERIALS_FROM = date(1899, 12, 30)
HOUR = re.compile(
    r"(?:^|[\s,t]|\bat\b|\bby\b)\s*(?P<at>noon|midday|12 noon|midnight"
    r"|\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"|\d{1,2}\.\d\d\s*[ap]\.?m\.?|\d{1,2}\s*[ap]\.?m\.?)\s*(?:gmt|bst|uk time|z|\(.*\))?$",
    re.IGNORECASE,
)
LEADING = re.compile(r"^(?:by|on|from|closes|closing|opens|starts|deadline)\b[:\s]*", re.IGNORECASE)
ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?P<year>\d{4})[-/. ](?P<month>\d{1,2})[-/. ](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[-/. ]+(?P<month>\d{1,2})[-/. ]+(?P<year>\d{4}|\d\d)",
        r"(?P<day>\d{1,2})[-/. ]*(?P<month>[a-z]+)(?:[-/. ]+'?(?P<year>\d{4}|\d\d))?",
        r"(?P<month>[a-z]+)[-/. ]+(?P<day>\d{1,2})(?:[ ]+(?P<year>\d{4}))",
        r"(?P<month>[a-z]+)[-/. ]+(?P<year>\d{4})",
    )
)


@dataclass(frozen=True, slots=True)
class Day:
    """What was read of a day; the year, or the day of the month, may not have been said. ``at`` is an hour."""

    day: int | None
    month: int
    year: int | None
    at: str = ""

    @property
    def words(self) -> str:
        """Say the day as we write days."""
        if self.day and self.year:
            said = long_day(date(self.year, self.month, self.day))
        else:
            said = " ".join(str(part) for part in (self.day, month_name(self.month), self.year) if part)
        return f"{said} at {self.at}" if self.at else said


def read_day(text: str) -> Day:
    """Read a day; raises NotRead when it could be none or more than one."""
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        counted = SERIALS_FROM + timedelta(days=int(float(text)))
        return Day(counted.day, counted.month, counted.year)
    rest, at = _hour_apart(" ".join(text.replace(",", " ").split()))
    rest, weekday = _weekday_apart(ORDINAL.sub(r"\1", LEADING.sub("", rest)))
    rest = re.sub(r"\bof\b", " ", rest, flags=re.IGNORECASE)
    rest = " ".join(rest.replace("’", "'").replace("–", "-").split()).strip(" .-")
    for shape in SHAPES:
        if found := shape.fullmatch(rest):
            return _checked(found.groupdict(), text, weekday, at)
    raise NotRead(f"We can’t read ‘{short(text)}’ as a date. Write it like 27/11/2026")


def read_hour(text: str) -> str:
    """Give an hour as it is asked for, or what was typed when it is no hour that we know."""
    words = " ".join(text.lower().split())
    if words in ("midnight", "12 midnight", "12:00 midnight", "23:59", "23:59:59"):
        return "11:59pm"
    if words in ("noon", "midday", "12 noon"):
        return "noon"
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?(?:[:.]\d\d(?:\.\d+)?)?\s*([ap])?\.?\s*(?:m\.?)?", words)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return text.strip()
    if found[3]:
        return f"{int(found[1])}{':' + found[2] if found[2] and found[2] != '00' else ''}{found[3]}m"
    return f"{int(found[1]):02}:{found[2]}" if found[2] else text.strip()


def closing_in_words(text: str) -> str | None:
    """Give how something closes when it is said in words and not as a day."""
    words = folded(text)
    if words in ROLLING:
        return "rolling"
    return "until-filled" if words in UNTIL_FILLED else None


def _hour_apart(text: str) -> tuple[str, str]:
    found = HOUR.search(text)
    if not found:
        return text, ""
    rest = re.sub(r"\b(?:at|by)$", "", text[: found.start()].strip(" ,-"), flags=re.IGNORECASE).strip(" ,-")
    if found["at"][:8] in ("00:00", "00:00:00"):
        return rest, ""  # how programs write a day without an hour
    return (rest, read_hour(found["at"])) if rest else (text, "")


def _weekday_apart(text: str) -> tuple[str, int | None]:
    first, _, rest = text.partition(" ")
    name = first.lower().rstrip(".")
    for number, weekday in enumerate(WEEKDAYS):
        if rest and len(name) >= 3 and weekday.startswith(name):
            return rest, number
    return text, None


def _checked(said: dict[str, str | None], text: str, weekday: int | None, at: str) -> Day:
    month = _month(said["month"] or "")
    day = int(said.get("day") or 0) or None
    year = int(said["year"] or 0) or None
    if year is not None and year < 100:
        year += 2000
    if month is None:
        raise NotRead(f"We can’t read ‘{short(text)}’ as a date. Write it like 27/11/2026")
    if month > 12 and day and day <= 12:
        raise NotRead(f"‘{short(text)}’ has the month first. Write the day first, like {month}/{day}/{year or 2027}")
    try:
        real = date(year or 2024, month, day or 1)  # 2024 has every day that a year can have
    except ValueError:
        raise NotRead(f"‘{short(text)}’ isn’t a real date. Write it like 27/11/2026") from None
    if weekday is not None and year and day and real.weekday() != weekday:
        raise NotRead(
            f"{long_day(real)} is a {WEEKDAYS[real.weekday()].capitalize()}, not a {WEEKDAYS[weekday].capitalize()}. "
            "Check the date"
        )
    return Day(day, month, year, at)


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    word = text.lower()
    if word == "sept":
        return 9
    matching = [number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.lower().startswith(word)]
    return matching[0] if len(matching) == 1 else None
