"""What people see on a page: headings, days near words that say what they are, pay with the time it is for, links."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from directory.foundation.date_words import long_day
from directory.submissions.links.amounts import Amount, pay_in
from directory.submissions.links.days import Day, Moment, hour_beside, month_alone
from directory.submissions.links.days_near import (
    CLOSES,
    FAR,
    NEXT_SENTENCE,
    NOT_A_START,
    OPENS,
    SHORT_LABEL,
    STARTS,
    near,
)
from directory.submissions.links.from_data import closes, take_day
from directory.submissions.links.money_and_people import take_pay
from directory.submissions.links.prefilled import ON_PAGE
from directory.submissions.links.source import Source
from directory.submissions.links.words_of_kinds import kind_named

LONGEST_WITH_A_MONTH = 300
APPLY = re.compile(
    r"\s*(?:apply|apply (?:now|here|online|for this \w+)|start (?:your )?application|apply via .{1,40})\W*",
    re.IGNORECASE,
)
STIPEND = re.compile(r"\bstipend\b", re.IGNORECASE)


def from_page(source: Source) -> None:
    """Gather what the data for search engines left unsaid."""
    page, gathered = source.page, source.gathered
    _days(source)
    gathered.take("title", page.heading, f"{ON_PAGE}: its heading")
    gathered.take("title", page.meta.get("og:title", ""), f"{ON_PAGE}: its title for sharing")
    gathered.take("title", page.title, f"{ON_PAGE}: its title")
    for name in ("description", "og:description"):
        gathered.take("summary", page.meta.get(name, ""), f"{ON_PAGE}: its description for search engines")
    gathered.take("organisation_name", page.meta.get("og:site_name", ""), f"{ON_PAGE}: the name of the site")
    for title in (page.heading, page.title):
        if kind := kind_named(title):
            gathered.take("kind", kind, f"{ON_PAGE}: its heading", title)
    _pay(source)
    _skills(source)
    applying = {address for href, words in page.anchors if APPLY.fullmatch(words) and (address := source.address(href))}
    if len(applying) == 1:
        gathered.take("apply_url", applying.pop(), f"{ON_PAGE}: its link to apply")
    gathered.take("info_url", source.address(source.url), "the address you gave")


def _days(source: Source) -> None:
    for name, words in (("opens", OPENS), ("starts", STARTS), ("closes", CLOSES)):
        _day(source, name, words)


def _day(source: Source, name: str, words: re.Pattern[str]) -> None:
    found = list(near(source.page.lines, words, puts_day_first=source.puts_day_first))
    days = {day.day for day, _line in found if day.day}
    label = {"opens": "opens", "starts": "starts", "closes": "closes"}[name]
    already = _taken(source, name)
    if name == "closes" and already and days and already not in days:
        shown = ", ".join(long_day(day) for day in sorted(days))
        source.gathered.remark(
            f"Your page shows {shown} near its closing date, and its data for search engines says"
            f" {long_day(already)}. Enter the one that is right.",
            "closes",
        )
        source.gathered.drop("closes_day", "closes_month", "closes_year", "closes_hour", "closing")
        return
    if len(days) > 1 and not already:
        shown = ", ".join(long_day(day) for day in sorted(days)[:4])
        source.gathered.remark(
            f"Your page gives more than one day that it {label}: {shown}. Enter the one that is right.",
            name,
        )
    elif len(days) == 1:
        day, line = next((day, line) for day, line in found if day.day)
        at = Moment(*_parts(day.day), hour_beside(line, day)) if day.day else None
        take = closes if name == "closes" else None
        if take:
            take(source, at, f"{ON_PAGE}", _sentence(line, day))
        else:
            take_day(source, name, at, f"{ON_PAGE}", _sentence(line, day))
    elif found and not already:
        source.gathered.remark(
            f"Your page says ‘{found[0][0].words.strip()}’ for the day that it {label},"
            " which can be read in more than one way.",
            name,
        )
    elif name == "starts" and not already:
        _month(source)


def _month(source: Source) -> None:
    found = {(at.year, at.month): line for line in _lines_with(source, STARTS) if (at := month_alone(line))}
    if len(found) == 1:
        (year, month), line = found.popitem()
        take_day(source, "starts", Moment(year, month, None), ON_PAGE, line)


def _lines_with(source: Source, words: re.Pattern[str]) -> Iterator[str]:
    lines = source.page.lines
    for number, line in enumerate(lines):
        if len(line) < LONGEST_WITH_A_MONTH and words.search(line) and not NOT_A_START.search(line):
            yield line
            if len(line) <= SHORT_LABEL and number + 1 < len(lines):
                yield lines[number + 1][:SHORT_LABEL]


def _pay(source: Source) -> None:
    if source.gathered.has("pay"):
        return
    found = list(pay_in(source.page.lines))
    amounts: set[Amount] = {amount for amount, _line in found}
    if len(amounts) == 1:
        amount, line = found[0]
        take_pay(source, amount, ON_PAGE, line, stipend=bool(STIPEND.search(line)))
    elif amounts:
        source.gathered.remark("Your page gives more than one amount of pay. Enter the one that is right.", "pay_from")


def _skills(source: Source) -> None:
    title = source.gathered.answers.get("title", "")
    found = [slug for slug, words in source.skills.items() if isinstance(title, str) and _speaks_of(title, words)]
    if 0 < len(found) <= 3:
        source.gathered.take("skills", found, "the words of its title")


def _speaks_of(title: str, words: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title, re.IGNORECASE) for word in words if word)


def _taken(source: Source, name: str) -> date | None:
    try:
        return date(*(int(str(source.gathered.answers[f"{name}_{part}"])) for part in ("year", "month", "day")))
    except (KeyError, ValueError):
        return None


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _sentence(line: str, day: Day) -> str:
    start = max((found.end() for found in NEXT_SENTENCE.finditer(line, 0, day.start)), default=0)
    end = NEXT_SENTENCE.search(line, day.end)
    return line[max(start, day.start - FAR) : end.start() + 1 if end else day.end + SHORT_LABEL].strip()
