"""What a cell says of pay: how much, up to how much, for what time; or that there is none."""

import re
from dataclasses import dataclass

from directory.submissions.sheets.text import NotRead, folded, short

PERIODS = {
    "year": r"per\s+annum|p\.?\s?a\b\.?|(?:per|a|each|/)\s*(?:year|yr)\b|annual(?:ly)?|yearly|/\s*annum",
    "hour": r"per\s+hour|\bp\.?\s?h\b\.?|p/h\b|(?:an|each|/)\s*(?:hour|hr)\b|hourly|per\s+hr\b",
    "week": r"per\s+week|\bp\.?\s?w\b\.?|p/w\b|(?:a|each|/)\s*(?:week|wk)\b|weekly",
}
OTHER_PERIODS = re.compile(
    r"\b(?:per|a|each)\s+(?:day|month)\b|/\s*(?:day|month)\b|\bdaily\b|\bmonthly\b|\bp\.?c\.?m\b"
)
GRANT = re.compile(r"\b(?:stipend|bursary|grant|scholarship)\b")
AWARD = re.compile(r"\b(?:in total|total|one[- ]off|lump sum|one sum|for the whole)\b")
NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(k\b)?"
AMOUNT = re.compile(NUMBER)
POUNDS = re.compile(rf"(?:£|gbp)\s*{NUMBER}|(?<=\d|k|£)(?:\.00)?\s*(?:-|to|and)\s*{NUMBER}")
GRADES = re.compile(r"\b(?:grade|band|level|point|spine point|scale)\s*\d+[a-z]?\b(?!\s*(?:k\b|[,.]\d))")
OTHER_MONEY = re.compile(r"[€$¥₹]|\b(?:eur|euros?|usd|us dollars?|chf)\b")
OTHER_POINTS = re.compile(r"\d\.\d{3},\d")  # as written where a comma stands before the cents
FILLING = re.compile(r"\b(?:salary|pay|wage|wages|of|to|between|and|tax|before|gross|the|is|gbp)\b")
WORDS = {
    "unpaid": ("unpaid", "no", "none", "not paid", "voluntary", "no pay", "nil", "0", "£0", "n a unpaid"),
    "costs": (
        *("expenses", "expenses only", "expenses paid", "travel paid", "travel expenses", "travel and lunch paid"),
        *("unpaid expenses covered", "expenses covered", "costs covered", "no but costs are covered"),
        *("unpaid travel expenses paid", "travel expenses paid", "travel and lunch", "unpaid expenses paid"),
    ),
    "funded": ("funded", "fully funded", "its funded with no amount to name", "full funding"),
    "paid": ("paid", "yes", "paid tbc", "paid amount tbc", "yes but the amount isnt settled yet"),
    "year": ("yes a salary", "salary", "salaried", "annual salary"),
    "hour": ("yes by the hour", "hourly", "by the hour"),
    "week": ("yes by the week", "weekly", "by the week"),
    "stipend": ("yes a stipend or grant", "stipend", "bursary", "grant"),
    "award": ("yes one sum for all of it", "one sum", "one off"),
}
IN_WORDS = {words: choice for choice, several in WORDS.items() for words in several}
SAID = {
    "year": "£{} a year",
    "hour": "£{} an hour",
    "week": "£{} a week",
    "stipend": "a stipend of £{} a year",
    "award": "£{} for all of it",
}


@dataclass(frozen=True, slots=True)
class Money:
    """What was read. ``choice`` is an answer of the question "pay"; ``is_said``, that the cell says it in words.

    ``rest`` holds the cell again when it says more than that.
    """

    choice: str | None
    low: str = ""
    high: str = ""
    is_said: bool = True
    rest: str = ""

    @property
    def words(self) -> str:
        """Say the amount as we write pay."""
        amounts = " to £".join(_with_commas(amount) for amount in (self.low, self.high) if amount)
        return SAID[self.choice].format(amounts) if self.choice else f"£{amounts}"


def read_money(text: str) -> Money:
    """Read what a cell says of pay; raises NotRead with what to enter."""
    words = folded(text)
    if words in IN_WORDS:
        return Money(IN_WORDS[words])
    plain = " ".join(text.lower().replace("–", "-").replace("—", "-").split())
    if OTHER_PERIODS.search(plain):
        raise NotRead(f"‘{short(text)}’ is by the day or month. Enter the pay for a year, a week or an hour")
    if OTHER_MONEY.search(plain):
        raise NotRead(f"‘{short(text)}’ isn’t in pounds. Enter the pay in pounds, like 23400")
    if OTHER_POINTS.search(plain):
        raise NotRead(f"We can’t tell the pounds from the pence in ‘{short(text)}’. Enter it like 23,400.50")
    rest, period = plain, None
    for name, pattern in PERIODS.items():
        if re.search(pattern, rest):
            if period:
                raise NotRead(f"‘{short(text)}’ names more than one time. Enter the pay for a year, a week or an hour")
            rest, period = re.sub(pattern, " ", rest), name
    graded = [match.span() for match in GRADES.finditer(rest)]
    found = [
        match
        for match in (POUNDS if re.search("£|gbp", rest) else AMOUNT).finditer(rest)
        if not any(start <= match.start() < end for start, end in graded)
    ]
    amounts = [(_amount(match), match[0].endswith("k")) for match in found]
    low, high = _range(amounts, text)
    rest = "".join(rest[start:end] for start, end in _between(found, len(rest)))
    if high is None and re.search(r"\bup to\b", rest):
        low, high = None, low
    rest = re.sub(r"\bup to\b|\bfrom\b", " ", rest) if high is not None else rest
    grant, whole = GRANT.search(rest), AWARD.search(rest)
    said = "stipend" if grant and period in (None, "year") and not whole else "award" if whole else period
    rest = AWARD.sub(" ", GRANT.sub(" ", rest)) if said in ("stipend", "award") else rest
    left = re.sub(r"[^a-z0-9]+", "", FILLING.sub(" ", rest))
    guess = said or _by_size(low or high or 0)
    return Money(guess, _plain(low), _plain(high), said is not None, text if left else "")


def _amount(match: re.Match[str]) -> float:
    number = next(group for group in match.groups() if group and group != "k")
    return float(number.replace(",", "")) * (1_000 if match[0].endswith("k") else 1)


def _range(amounts: list[tuple[float, bool]], text: str) -> tuple[float | None, float | None]:
    """Give the lowest and the highest; in "22-24k" both are thousands."""
    if not amounts:
        raise NotRead(f"‘{short(text)}’ doesn’t say how much. Enter the pay as a number, like 23400")
    if len(amounts) > 2:
        raise NotRead(f"‘{short(text)}’ has more than two amounts. Enter the lowest and the highest")
    low = amounts[0][0]
    if len(amounts) == 1:
        return low, None
    high, in_thousands = amounts[1]
    if in_thousands and not amounts[0][1] and low < 1_000:
        low *= 1_000
    if not low <= high <= 5 * low:
        raise NotRead(f"‘{short(text)}’ isn’t a range that we can read. Enter it like £22,600 to £24,000 a year")
    return low, high


def _between(found: list[re.Match[str]], end: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for match in found for edge in match.span()), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _by_size(amount: float) -> str | None:
    """Give the time that an amount can only be for."""
    if amount >= 10_000:
        return "year"
    return "hour" if 5 <= amount < 60 else None


def _plain(amount: float | None) -> str:
    return "" if amount is None else f"{amount:.2f}".removesuffix(".00")


def _with_commas(amount: str) -> str:
    whole, _, pence = amount.partition(".")
    return f"{int(whole):,}" + (f".{pence}" if pence else "")
