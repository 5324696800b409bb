"""Pay and prices as pages write them and as data gives them: in pounds, for a time that is said."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from directory.submissions.links.linked_data import LinkedData, Thing, word

MOST = 1_000_000
LONGEST_LABEL = 40
# What an amount for a time can be; outside it the page has the time wrong.
SENSIBLE = {"hour": (4, 500), "week": (20, 20_000), "year": (500, 500_000)}
UNITS = {
    **dict.fromkeys(("hour", "hourly", "hr", "h", "hur", "p1h", "pt1h"), "hour"),
    **dict.fromkeys(("week", "weekly", "wk", "wee", "p1w", "p7d"), "week"),
    **dict.fromkeys(("month", "monthly", "mon", "p1m"), "month"),
    **dict.fromkeys(("year", "yearly", "annual", "annually", "annum", "yr", "ann", "p1y", "p12m", "a"), "year"),
}
_MONEY = r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d{1,7}(?:\.\d{1,2})?"
AMOUNT = re.compile(
    rf"£\s?(?P<low>{_MONEY})(?P<k>k)?(?:\s{{0,2}}(?:-|–|—|to)\s{{0,2}}£?\s?(?P<high>{_MONEY})(?P<k2>k)?)?(?![\d,])"
    r"(?:\s{0,2}(?:(?:gross|pro rata)\s)?(?:per|an?|/|each|p\.?)\s{0,2}"
    r"(?P<unit>hour|hr|h|week|wk|month|year|annum|yr|a)\b)?",
    re.IGNORECASE,
)
OF_PAY = re.compile(r"\b(?:salar(?:y|ies)|pay|paid|wages?|stipend|bursary|earn|remuneration)\b", re.IGNORECASE)
PLAIN = re.compile(rf"(?P<low>{_MONEY})(?:\s{{0,2}}(?:-|–|to)\s{{0,2}}(?P<high>{_MONEY}))?")


@dataclass(frozen=True, slots=True)
class Amount:
    """Pounds, perhaps from and to, and the time they are for: "hour", "week", "year", or "" when none is said.

    ``said`` is how the page put it.
    """

    low: float
    high: float
    unit: str
    said: str = field(default="", compare=False)

    @property
    def is_sensible(self) -> bool:
        """Say whether it can be what people are paid."""
        least, most = SENSIBLE.get(self.unit, (0, MOST))
        return least <= self.low <= self.high <= most


@dataclass(frozen=True, slots=True)
class Unusable:
    """An amount that isn't in pounds or for a time that we ask about; ``words`` says which."""

    words: str


def pay_in(lines: list[str]) -> Iterator[tuple[Amount, str]]:
    """Go through the amounts of pay on a page, each with its line: those that say what time they are for."""
    for label, line in zip(["", *lines], lines, strict=False):
        if "£" in line and (OF_PAY.search(line) or (len(label) <= LONGEST_LABEL and OF_PAY.search(label))):
            for found in AMOUNT.finditer(line):
                unit = UNITS.get((found["unit"] or "").lower())
                low, high = _pounds(found["low"], found["k"]), _pounds(found["high"], found["k2"])
                if low and found["k2"] and low < 1_000:  # "£20 to £25k"
                    low *= 1_000
                amount = _amount(low, high, unit) if unit else None
                if amount and amount.is_sensible:
                    yield amount, line


def salary(data: LinkedData, said: Any, currency: str = "") -> Amount | Unusable | None:
    """Read a salary of data: a number, words, or a MonetaryAmount with a value of its own."""
    if isinstance(said, dict):
        return _monetary(data, said, currency)
    text = word(said)
    if isinstance(said, str) and (found := list(pay_in([f"pay {text}"]))):
        return found[0][0]
    if currency not in ("", "GBP") or ("£" not in text and not isinstance(said, int | float) and not currency):
        return Unusable(text) if text else None
    numbers = PLAIN.fullmatch(text.replace("£", "").strip())
    amount = numbers and _amount(_pounds(numbers["low"]), _pounds(numbers["high"]), "")
    return amount or (Unusable(text) if text else None)


def price(data: LinkedData, offer: Thing) -> Amount | Unusable | None:
    """Read what an offer costs; 0 is free."""
    for said in (offer, *data.inside(offer, "priceSpecification")):
        currency = data.text(said, "priceCurrency").upper() or data.text(offer, "priceCurrency").upper()
        low = number(next(iter(data.values(said, "price", "lowPrice")), None))
        high = number(next(iter(data.values(said, "highPrice")), None))
        if low is None:
            continue
        if low and currency != "GBP":
            return Unusable(f"{low:g} {currency}".strip())
        return Amount(low, max(low, high or low), "") if 0 <= low < MOST else None
    return None


def number(said: Any) -> float | None:
    """Read a number of data, typed as one or not."""
    if isinstance(said, bool):
        return None
    try:
        read = float(re.sub(r"[£,\s]|GBP", "", said) if isinstance(said, str) else said)
    except (TypeError, ValueError, OverflowError):
        return None
    return read if math.isfinite(read) else None


def plain(amount: float) -> str:
    """Spell pounds as the form takes them: 23400, 12.80."""
    return f"{amount:.0f}" if amount == round(amount) else f"{amount:.2f}"


def _monetary(data: LinkedData, said: Thing, currency: str) -> Amount | Unusable | None:
    currency = data.text(said, "currency", "priceCurrency").upper() or currency
    inner = next(iter(data.inside(said, "value")), said)
    unit = data.text(inner, "unitText", "unitCode") or data.text(said, "unitText", "unitCode", "duration")
    low, high = (
        number(next(iter(data.values(inner, *names)), None))
        for names in (("minValue", "value", "median"), ("maxValue",))
    )
    if low is None and high is None:
        return None
    low, high = low or high or 0.0, high or low or 0.0
    told = " ".join(filter(None, (f"{low:g}", f"to {high:g}" if high > low else "", currency, unit)))
    if currency not in ("GBP", "£"):
        return Unusable(told)
    time = UNITS.get(unit.lower().removeprefix("per ").strip(), "other" if unit else "")
    amount = _amount(low, high, time)
    if amount is None or time == "other":
        return Unusable(told) if amount else None
    return replace(amount, said=told)


def _amount(low: float | None, high: float | None, unit: str) -> Amount | None:
    if low is None or low <= 0:
        return None
    times = 12 if unit == "month" else 1
    low, high = low * times, (high if high and high > low else low) * times
    return Amount(round(low, 2), round(high, 2), "year" if unit == "month" else unit) if high < MOST else None


def _pounds(text: str | None, thousands: str | None = None) -> float | None:
    return float(text.replace(",", "")) * (1_000 if thousands else 1) if text else None
