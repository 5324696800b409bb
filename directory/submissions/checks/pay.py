"""Is the pay at least the legal minimum, for everybody it may go to, from the first day to the last?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from directory.catalogue.kinds import KindName
from directory.catalogue.vocabulary import Pay
from directory.foundation.date_words import long_day
from directory.submissions.checks.ages import SCHOOL_LEAVING_AGE, oldest, youngest
from directory.submissions.checks.case import Case, number, word
from directory.submissions.checks.finding import Finding, Rule
from directory.submissions.checks.hourly import Hourly, hourly, money
from directory.submissions.checks.rates import Rates, RateTable, minimum_wage

RULE = Rule(
    "minimum-wage",
    "A worker above school-leaving age gets at least the minimum wage for their age. An apprentice who is under 19, or "
    "in the first year, gets at least the apprentice rate.",
    "https://www.gov.uk/national-minimum-wage-rates",
)
# A stipend for one of these may be a worker's pay. A PhD student or a fellow on a stipend is no worker.
MAY_BE_WORK = frozenset(
    {
        *(KindName.APPRENTICESHIP, KindName.INTERNSHIP, KindName.PLACEMENT, KindName.WORK_EXPERIENCE),
        KindName.GRADUATE_SCHEME,
    }
)
EXEMPT = frozenset({"school-age", "course"})  # of the reasons for no pay, those that also allow a little
ROOM_FOR_A_RISE = Decimal("1.1")
EXTRA_HOURS = "Say the weekly hours, so that nobody has to guess."


@dataclass(frozen=True, slots=True)
class _Minimum:
    """The minimum for the youngest it takes and for the oldest, and whose those are."""

    least: Decimal
    most: Decimal
    words: str


def check(case: Case) -> Iterator[Finding]:
    """Compare the pay with the minimum in force when it starts, and with the next while it lasts."""
    return check_with(case, minimum_wage())


def check_with(case: Case, table: RateTable) -> Iterator[Finding]:
    """Compare the pay with the minimums of ``table``."""
    pay = hourly(case)
    if pay is None or not _is_pay(case):
        return
    end = oldest(case.values)
    if end is not None and end < SCHOOL_LEAVING_AGE:
        yield RULE.ok("No legal minimum at school age", f"{pay.words}. Everybody is under {SCHOOL_LEAVING_AGE}.")
        return
    start = case.day("starts") or max(case.day("closes") or case.today, case.today)
    rates = table.on(start)
    if rates is not None:
        yield _compare(case, pay, start, rates, table)


def _is_pay(case: Case) -> bool:
    pay = word(case.values, "pay")
    return pay == Pay.WAGE or (pay == Pay.BURSARY and case.kind in MAY_BE_WORK)


def _compare(case: Case, pay: Hourly, start: date, rates: Rates, table: RateTable) -> Finding:
    now = _minimum(case, rates)
    when = "" if table.knows(start) else _unknown(table)
    evidence = f"{pay.words}. {now.words}{when}"
    if pay.amount < now.least:
        return _below(case, pay, now, evidence)
    if pay.amount < now.most:
        return RULE.warn(
            "Pay is below the legal minimum for some",
            evidence,
            f"Pay everybody at least {_at_least(pay, now.most)}, or each the minimum for their age, and say so.",
            "pay_from",
        )
    for later in table.between(start, _last_day(case, start)):
        then = _minimum(case, later)
        if pay.amount < then.most:
            return RULE.warn(
                "Pay falls below the legal minimum while it lasts",
                f"{evidence} From {long_day(later.since)} it isn’t enough: {then.words[0].lower()}{then.words[1:]}",
                f"Say that pay rises by {long_day(later.since)}, to at least {_at_least(pay, then.most)}.",
                "pay_from",
            )
    if when and pay.amount < now.most * ROOM_FOR_A_RISE:
        return RULE.warn(
            "Pay may be below the next legal minimum",
            evidence,
            "Check the pay again once the new rates are out, or say that it will rise with them.",
            "pay_from",
        )
    above = "above" if pay.amount > now.most else "at"
    return RULE.ok(f"Pay is {above} the legal minimum", evidence + _after_a_year(case, pay, rates), "pay_from")


def _below(case: Case, pay: Hourly, now: _Minimum, evidence: str) -> Finding:
    fix = f"Pay at least {_at_least(pay, now.least)}. If the amount or the hours are wrong, put them right."
    if word(case.values, "unpaid_reason") in EXEMPT:
        return RULE.warn(
            "Pay is below the legal minimum, with an exemption",
            evidence,
            "Check that the reason given holds for everybody who may take part.",
            "unpaid_reason",
        )
    if word(case.values, "pay") == Pay.BURSARY and case.kind != KindName.APPRENTICESHIP:
        return RULE.warn(
            "A stipend that is less than the minimum wage",
            f"{evidence} Whoever works for the organisation is likely to be a worker, whatever the money is called.",
            f"{fix} If they do no work, say what they do instead.",
            "pay_from",
        )
    if pay.part_time or (pay.assumed and pay.at_most >= now.least):
        return RULE.warn("Pay may be below the legal minimum", evidence, EXTRA_HOURS, "weekly_hours")
    return RULE.stop("Pay is below the legal minimum", evidence, fix, "pay_from")


def _minimum(case: Case, rates: Rates) -> _Minimum:
    if case.kind == KindName.APPRENTICESHIP:
        return _Minimum(rates.apprentice, rates.apprentice, f"Apprentice minimum is {money(rates.apprentice)}.")
    low = max(youngest(case.values) or SCHOOL_LEAVING_AGE, SCHOOL_LEAVING_AGE)
    high = oldest(case.values)
    least, most = rates.at(low), rates.at(99 if high is None else max(high, low))
    if least == most:
        return _Minimum(least, most, f"The minimum {_band(low)} is {money(least)}.")
    steps = [(low, least)] + [(age, rates.at(age)) for age in (18, 21) if age > low and (high is None or age <= high)]
    return _Minimum(least, most, f"The minimum is {_joined([f'{money(rate)} {_band(age)}' for age, rate in steps])}.")


def _band(age: int) -> str:
    return "from 21" if age >= 21 else "at 18 to 20" if age >= 18 else "under 18"


def _joined(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _at_least(pay: Hourly, rate: Decimal) -> str:
    period = pay.as_period(rate)
    return f"{money(rate)} an hour" + (f", which is {period}" if period else "")


def _unknown(table: RateTable) -> str:
    day = table.rates[-1].until + timedelta(days=1)
    return f" That holds until {long_day(table.rates[-1].until)}: we don’t know the rates from {long_day(day)} yet."


def _last_day(case: Case, start: date) -> date:
    """Say when it ends; an apprentice's own rate is for the first year."""
    weeks = number(case.values, "length_weeks") or 0
    if case.kind == KindName.APPRENTICESHIP:
        weeks = min(weeks, 52)
    try:
        return start + timedelta(weeks=weeks)
    except OverflowError:
        return start


def _after_a_year(case: Case, pay: Hourly, rates: Rates) -> str:
    """Say what is due once an apprentice of 19 or more has done a year, where that is more than the pay."""
    long = (number(case.values, "length_weeks") or 0) > 52
    if case.kind != KindName.APPRENTICESHIP or not long or pay.amount >= rates.adult:
        return ""
    young = f"{money(rates.young)} at 19 or 20, " if pay.amount < rates.young else ""
    return f" After the first year the minimum is {young}{money(rates.adult)} from 21."
