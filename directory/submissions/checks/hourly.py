"""What pay comes to by the hour, with the sum shown."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from directory.catalogue.vocabulary import Hours, PayPeriod
from directory.submissions.checks.case import Case, number, word

FULL_TIME_HOURS = Decimal("37.5")  # a week, where nobody says
SHORTEST_FULL_TIME = Decimal(30)
WEEKS_IN_A_YEAR = Decimal(52)
PENNY = Decimal("0.01")
PERIOD_WORDS = {PayPeriod.WEEK: " a week", PayPeriod.YEAR: " a year", PayPeriod.AWARD: " in all"}


@dataclass(frozen=True, slots=True)
class Hourly:
    """Pay by the hour. ``at_most`` is what it would be in the shortest week that it can mean."""

    amount: Decimal
    sum: str
    at_most: Decimal
    hours: Decimal
    weeks: Decimal | None
    period: str
    assumed: bool = False
    part_time: bool = False

    @property
    def words(self) -> str:
        """Say it: "£11.60 an hour", or about how much with the sum behind it."""
        shown = self.amount.quantize(PENNY, ROUND_FLOOR)
        if not self.sum:
            return f"{money(shown)} an hour"
        guess = ", hours that we assumed" if self.assumed else ""
        return f"About {money(shown)} an hour ({self.sum}{guess})"

    def as_period(self, rate: Decimal) -> str:
        """Say what ``rate`` comes to in the period the pay is for; empty when that is the hour."""
        if self.weeks is None:
            return ""
        amount = (rate * self.weeks * self.hours).to_integral_value("ROUND_CEILING")
        return f"{money(amount)}{PERIOD_WORDS[PayPeriod(self.period)]} for {self.hours:f} hours a week"


def money(amount: Decimal) -> str:
    """Say an amount of money: "£22,600", "£12.80"."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() and amount >= 100 else f"£{amount:,.2f}"


def hourly(case: Case) -> Hourly | None:
    """Work out the lowest pay by the hour; None when there is no amount, or no knowing what it is for."""
    amount = number(case.values, "pay_minimum") or number(case.values, "pay_maximum")
    period = word(case.values, "pay_period")
    if amount is None:
        return None
    pay = Decimal(str(amount))
    said = number(case.values, "weekly_hours")
    hours = Decimal(str(said)) if said and said <= 168 else FULL_TIME_HOURS
    if period == PayPeriod.HOUR:
        return Hourly(pay, "", pay, hours, None, period)
    weeks = _weeks(case, period)
    if weeks is None:
        return None
    part_time = not said and word(case.values, "hours") in (Hours.PART_TIME, Hours.FLEXIBLE)
    shortest = hours if said else SHORTEST_FULL_TIME
    parts = [f"{money(pay)}{PERIOD_WORDS[PayPeriod(period)]}"]
    parts += [] if period == PayPeriod.WEEK else [f"{weeks.normalize():f} weeks"]
    return Hourly(
        amount=pay / (weeks * hours),
        sum=" ÷ ".join([*parts, f"{hours.normalize():f} hours"]),
        at_most=pay / (weeks * shortest),
        hours=hours.normalize(),
        weeks=weeks,
        period=period,
        assumed=not said,
        part_time=part_time,
    )


def _weeks(case: Case, period: str) -> Decimal | None:
    if period == PayPeriod.WEEK:
        return Decimal(1)
    if period == PayPeriod.YEAR:
        return WEEKS_IN_A_YEAR
    length = number(case.values, "length_weeks")
    return Decimal(str(length)) if period == PayPeriod.AWARD and length else None
