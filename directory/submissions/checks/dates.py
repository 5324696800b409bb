"""Do the dates add up, with each other, with today and with what is live?"""

from collections.abc import Iterator
from datetime import date, time

from directory.foundation.date_words import long_day, weekday_day
from directory.submissions.checks.case import DAYS, Case, plain_day, said, typed_day
from directory.submissions.checks.finding import Finding, Rule

RULE = Rule("dates", "A listing opens, then closes, then starts, and people can still make each of those days.")
YEARS_AHEAD = 2
LATE_IN_THE_DAY = time(23)
WORDS = {"opens": "opens", "closes": "closes", "starts": "starts"}
ORDER = (("opens", "closes"), ("opens", "starts"), ("closes", "starts"))


def check(case: Case) -> Iterator[Finding]:
    """Find dates out of order, in the past or too far ahead, at an odd hour, or moved."""
    days = {name: case.day(name) for name in DAYS}
    known = {name: day for name, day in days.items() if day}
    found = [
        *_out_of_order(known),
        *_past(case, known),
        *_far(case, known),
        *_odd_hour(case, known),
        *_moved(case, known),
    ]
    yield from found
    if known and not found:
        told = ", ".join(f"{WORDS[name]} {long_day(day)}" for name, day in known.items())
        yield RULE.ok("Dates add up", f"{told[0].upper()}{told[1:]}.")


def _out_of_order(known: dict[str, date]) -> Iterator[Finding]:
    for earlier, later in ORDER:
        if earlier not in known or later not in known or known[earlier] <= known[later]:
            continue
        evidence = f"It {WORDS[later]} on {long_day(known[later])} and {WORDS[earlier]} on {long_day(known[earlier])}."
        title = f"{WORDS[later].capitalize()} before it {WORDS[earlier]}"
        if earlier == "opens":
            yield RULE.stop(title, evidence, f"Check both days: it must open before it {WORDS[later]}.", later)
        else:
            yield RULE.warn(title, evidence, "Check both days, or say how people can join once it has started.", later)


def _past(case: Case, known: dict[str, date]) -> Iterator[Finding]:
    closes, starts = known.get("closes"), known.get("starts")
    if closes and closes < case.today:
        yield RULE.stop(
            "Closing date has passed",
            f"It closed on {long_day(closes)}.",
            "Enter a closing date that is today or later. To say that it has closed, close the listing instead.",
            "closes",
        )
    if starts and starts < _first_of_month(case) and not (closes and closes < case.today):
        yield RULE.warn(
            "Start has passed",
            f"It started on {long_day(starts)}.",
            "Enter the next start, or leave it empty and say when it usually starts.",
            "starts",
        )


def _first_of_month(case: Case) -> date:
    """Give the day a start must reach: the first of this month when only the month was typed."""
    return case.today if case.said("starts_day") else case.today.replace(day=1)


def _far(case: Case, known: dict[str, date]) -> Iterator[Finding]:
    for name, day in known.items():
        if (day.year - YEARS_AHEAD, day.month, day.day) > (case.today.year, case.today.month, case.today.day):
            yield RULE.warn(
                "More than two years ahead",
                f"It {WORDS[name]} on {long_day(day)}.",
                "Check the year.",
                name,
            )


def _odd_hour(case: Case, known: dict[str, date]) -> Iterator[Finding]:
    closes = known.get("closes")
    hour = case.round.get("closes_at")
    if closes is None or closes < case.today:
        return
    if isinstance(hour, time) and hour == time.min:
        yield RULE.warn(
            "Closes at midnight",
            f"People read midnight on {weekday_day(closes)} as the start of that day or as its end.",
            "Say 11:59pm on the last day.",
            "closes_hour",
        )
    elif closes.weekday() >= 5 and (not isinstance(hour, time) or hour >= LATE_IN_THE_DAY):
        yield RULE.warn(
            "Closes at the end of a weekend day",
            f"{weekday_day(closes)}, when nobody may be there to answer a question or mend the form.",
            "If you can, close on a working day and in working hours.",
            "closes",
        )


def _moved(case: Case, known: dict[str, date]) -> Iterator[Finding]:
    if case.live is None:
        return
    before, closes = typed_day(case.live, "closes"), known.get("closes")
    if said(case.live, "closing") not in ("", "fixed"):
        return
    if plain_day(before) is None or closes is None or before is None or closes == before:
        return
    if closes < before:
        yield RULE.warn(
            "Closing date moved back",
            f"From {long_day(before)} to {long_day(closes)}. People who saved it planned for the later day.",
            "Keep the day that was announced if you can, or close early and say why.",
            "closes",
        )
    elif before < case.today:
        late = (case.today - before).days
        yield RULE.warn(
            f"Closing date moved later, {late} day{'s' * (late != 1)} after it passed",
            f"From {long_day(before)} to {long_day(closes)}.",
            "If this is a new round, reuse the listing for it instead.",
            "closes",
        )
