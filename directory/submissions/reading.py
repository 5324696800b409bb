"""What was typed, as catalogue values: all that can be read, and for the rest a sentence that says what to enter."""

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

from directory.accounts.addresses import email_address
from directory.catalogue.vocabulary import Closing, EligibilityAbout, Need, Pay, PayPeriod, Recurrence
from directory.foundation.date_words import long_day
from directory.places.gazetteer import Gazetteer
from directory.submissions.fields import QUESTIONS, Answers, Look, Question, one, questions, several
from directory.submissions.placing import levels, locations

WEEKS_IN = {"days": 1 / 5, "weeks": 1.0, "months": 52 / 12, "years": 52.0}
PAY = {
    "year": (Pay.WAGE, PayPeriod.YEAR),
    "hour": (Pay.WAGE, PayPeriod.HOUR),
    "week": (Pay.WAGE, PayPeriod.WEEK),
    "stipend": (Pay.BURSARY, PayPeriod.YEAR),
    "award": (Pay.BURSARY, PayPeriod.AWARD),
    "funded": (Pay.FUNDED, PayPeriod.YEAR),
    "paid": (Pay.WAGE, None),
    "costs": (Pay.UNPAID, None),
    "unpaid": (Pay.UNPAID, None),
}
NEEDS_AN_AMOUNT = {"year": "a year as a number, like 23400", "hour": "an hour as a number, like 12.80"}
NEEDS_AN_AMOUNT["week"] = "a week as a number, like 320"
COSTS_COVERED = "Unpaid, and costs are covered."
YEARS_AHEAD = 5
OLDEST_AGE = 99
MOST_MONEY = 1_000_000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
HOUR = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])?\.?\s*m?\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that can't be used as it is: the question's name, and what to enter."""

    field: str
    words: str


@dataclass(frozen=True)
class Proposal:
    """What was read: catalogue values by name, only those that could be read; and what is to be put right."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def problems_of(self, name: str) -> tuple[str, ...]:
        """Give the sentences about one question."""
        return tuple(problem.words for problem in self.problems if problem.field == name)


class _Unreadable(ValueError):
    """An answer can't be read; its words are for the person who typed it."""


def read(
    answers: Answers,
    gazetteer: Gazetteer,
    skills: Collection[str],
    today: date,
    *,
    asked: Callable[[Question], bool] = lambda _question: True,
) -> Proposal:
    """Read answers as catalogue values named as seed files name them; never raises.

    Only the questions ``asked`` are missed when they have no answer. Beyond the catalogue's values it gives
    ``weekly_hours``, ``unpaid_reason`` and what is asked of the organisation.
    """
    reader = _Reader(answers, gazetteer, skills, today, asked)
    return Proposal(reader.values, tuple(reader.problems))


class _Reader:
    def __init__(
        self,
        answers: Answers,
        gazetteer: Gazetteer,
        skills: Collection[str],
        today: date,
        asked: Callable[[Question], bool],
    ) -> None:
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._answers = answers
        self._skills = skills
        self._today = today
        plain: dict[str, Any] = {}
        kind = one(answers, "kind")
        for question in questions(kind=kind):
            try:
                plain[question.name] = self._plain(question)
            except _Unreadable as problem:
                self._wrong(question.name, str(problem))
                continue
            unsaid = plain[question.name] in (None, "", []) and not (question.name == "closing" and self._closes_on())
            if unsaid and not question.optional and asked(question):
                self._wrong(question.name, _missing(question))
        self._plainly(plain)
        self._where(plain, gazetteer)
        self._when(plain, asked)
        self._money(plain, asked)
        self._who(plain)

    def _wrong(self, name: str, words: str) -> None:
        self.problems.append(Problem(name, words))

    def _plain(self, question: Question) -> Any:
        """Read one answer by its look alone; None when there is none."""
        if question.look is Look.SOME_OF:
            chosen = several(self._answers, question.name)
            options = self._skills if question.name == "skills" else {value for value, _label in question.options}
            return [value for value in dict.fromkeys(chosen) if value in options]
        if question.look is Look.DATE:
            return self._date(question)
        said = "\n".join(several(self._answers, question.name)) if question.look is Look.LINES else ""
        said = said or one(self._answers, question.name).replace("\r\n", "\n")
        if not said:
            return None
        if len(said) > question.most:
            raise _Unreadable(
                f"{_named(question)} must be {question.most:,} characters or fewer. You have {len(said):,}"
            )
        if CONTROL.search(said):
            raise _Unreadable(f"{_named(question)} has a character that can’t be shown. Type it again")
        return READERS[question.look](question, said)

    def _date(self, question: Question) -> date | None:
        day, month, year = (one(self._answers, name) for name in question.names)
        if not (day or month or year):
            return None
        name = _DATE_NAMES[question.name]
        if not year:
            raise _Unreadable(f"{name} must include a year")
        if not month:
            raise _Unreadable(f"{name} must include a month")
        if not day and question.name != "starts":
            raise _Unreadable(f"{name} must include a day")
        try:
            read = date(int(year) + (2000 if len(year) == 2 else 0), _month(month), int(day or 1))
        except (ValueError, OverflowError):
            raise _Unreadable(f"{name} must be a real date, like 27 11 {self._today.year}") from None
        if not 2000 <= read.year <= self._today.year + YEARS_AHEAD:
            raise _Unreadable(f"{name} must be between 2000 and {self._today.year + YEARS_AHEAD}")
        return read

    def _closes_on(self) -> bool:
        """Say whether a closing date was typed, which says how it closes."""
        return any(one(self._answers, name) for name in QUESTIONS["closes"].names)

    def _plainly(self, plain: dict[str, Any]) -> None:
        """Take what the catalogue says as it was said."""
        for name in (
            *("kind", "title", "summary", "delivery", "hours", "recurrence", "stages", "applicant", "how_to_apply"),
            *("apply_url", "info_url", "skills", "minimum_age", "maximum_age", "cost", "weekly_hours"),
            *("unpaid_reason", "organisation_name", "organisation_url", "organisation_kind", "organisation_about"),
        ):
            if plain.get(name) not in (None, "", []):
                self.values[name] = plain[name]
        for name, column in (("support", "support_words"), ("access", "access_words"), ("cost_note", "cost_words")):
            if plain.get(name):
                self.values[column] = plain[name]
        if plain.get("description"):
            paragraphs = re.split(r"\n\s*\n", plain["description"])
            self.values["description"] = "\n\n".join(" ".join(part.split()) for part in paragraphs if part.strip())
        for name in ("title", "summary"):
            if name in self.values:
                self.values[name] = " ".join(self.values[name].split())
        if plain.get("subjects"):
            self.values["subjects"] = [part.strip() for part in plain["subjects"].split(",") if part.strip()]

    def _where(self, plain: dict[str, Any], gazetteer: Gazetteer) -> None:
        found, unknown = locations(
            gazetteer, several(self._answers, "places"), plain.get("nations") or [], plain.get("delivery")
        )
        for name in unknown:
            words = "Try a town, or the first half of a postcode like G51"
            self._wrong("places", f"We don’t know ‘{name}’. {words}")
        if found:
            self.values["locations"] = found
        elif plain.get("delivery") == "on-site" and not unknown:
            self._wrong("places", "Enter a town or a postcode, or choose where people can join from")
        nations = {row["nation"] for row in found if row["nation"]}
        if plain.get("levels"):
            self.values["levels"] = levels(plain["levels"], nations)

    def _when(self, plain: dict[str, Any], asked: Callable[[Question], bool]) -> None:
        opens, closes, starts = (plain.get(name) for name in ("opens", "closes", "starts"))
        closing = plain.get("closing")
        if closing == "fixed" and closes is None and not self._is_wrong("closes"):
            self._wrong("closes", "Enter the closing date, or choose another way it closes")
        if closing not in (None, "fixed"):
            closes = None
        if closing is None and closes:
            closing = "fixed"
        if opens and closes and closes < opens:
            self._wrong("closes", f"Closing date must be after the opening date, {long_day(opens)}")
            closes = None
        if starts and opens and starts < opens:
            self._wrong("starts", f"Start must be after the opening date, {long_day(opens)}")
            starts = None
        a_round = {
            "opens_on": opens,
            "closing": Closing(closing) if closing and (closing != "fixed" or closes) else Closing.UNKNOWN,
            "closes_on": closes,
            "closes_at": plain.get("closes_hour") if closes else None,
            "starts_on": starts,
            "places": plain.get("intake_places"),
        }
        if any(value for value in a_round.values() if value is not Closing.UNKNOWN):
            self.values["rounds"] = [a_round]
        if closing == "rolling":
            self.values.setdefault("recurrence", Recurrence.ROLLING)
        self._length(plain)

    def _length(self, plain: dict[str, Any]) -> None:
        number, unit = plain.get("length"), plain.get("length_unit")
        if number and not unit:
            self._wrong("length_unit", "Choose days, weeks, months or years")
        elif number and unit:
            counted = f"{number:g} {unit}"
            self.values["length_words"] = counted.removesuffix("s") if number == 1 else counted
            self.values["length_weeks"] = round(number * WEEKS_IN[unit], 2)

    def _money(self, plain: dict[str, Any], asked: Callable[[Question], bool]) -> None:
        choice, low, high = plain.get("pay"), plain.get("pay_from"), plain.get("pay_to")
        if not choice:
            return
        pay, period = PAY[choice]
        self.values["pay"] = pay
        if choice in NEEDS_AN_AMOUNT and low is None and not self._is_wrong("pay_from"):
            self._wrong("pay_from", f"Enter the pay for {NEEDS_AN_AMOUNT[choice]}")
        if low is not None and high is not None and high < low:
            self._wrong("pay_to", "The higher pay must be more than the lower")
            high = None
        if period and (low is not None or high is not None):
            self.values |= {"pay_minimum": low, "pay_maximum": low if high is None else high, "pay_period": period}
        notes = [COSTS_COVERED] if choice == "costs" else []
        if words := " ".join([*notes, *filter(None, [plain.get("pay_note")])]):
            self.values["pay_words"] = words

    def _who(self, plain: dict[str, Any]) -> None:
        rows = [
            {"need": need, "about": EligibilityAbout.ENTRY, "text": text}
            for name, need in (("needed", Need.NEEDED), ("nice", Need.NICE), ("not_needed", Need.NOT_NEEDED))
            if plain.get(name)
            for text in plain[name]
        ]
        if rows:
            self.values["eligibility"] = rows
        youngest, oldest = plain.get("minimum_age"), plain.get("maximum_age")
        if youngest and oldest and oldest < youngest:
            self._wrong("maximum_age", "The oldest age must be more than the youngest")
        if not (plain.get("apply_url") or plain.get("how_to_apply") or plain.get("page_not_live")):
            answered = any(name in self._answers for name in ("apply_url", "stages", "how_to_apply"))
            if answered and not self._is_wrong("apply_url"):
                self._wrong("apply_url", "Enter where people apply, or say how, or tick ‘the page isn’t live yet’")

    def _is_wrong(self, name: str) -> bool:
        return any(problem.field == name for problem in self.problems)


_DATE_NAMES = {"opens": "Opening date", "closes": "Closing date", "starts": "Start"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _month(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1 if text[:1].isalpha() else int(text)


def _named(question: Question) -> str:
    return {"title": "Title", "summary": "The sentence", "description": "What people will do"}.get(
        question.name, f"‘{question.label.rstrip('?')}’"
    )


def _missing(question: Question) -> str:
    if question.look in (Look.ONE_OF, Look.SOME_OF):
        return f"Choose an answer to ‘{question.label}’"
    return MISSING.get(question.name, f"Enter an answer to ‘{question.label}’")


MISSING = {
    "organisation_name": "Enter the name of your organisation",
    "organisation_url": "Enter the address of its website, like https://example.org",
    "your_name": "Enter your name",
    "your_email": "Enter your email address, like name@example.org",
    "title": "Enter a title",
    "summary": "Enter one sentence that says what it is",
    "description": "Enter what people will do",
}


def _number(question: Question, text: str) -> float:
    try:
        number = float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        number = math.nan
    if not 0 < number < 100_000:
        raise _Unreadable(f"Enter ‘{question.label.rstrip('?')}’ as a number, like 12")
    return number


def _whole(question: Question, text: str) -> int | float:
    number = _number(question, text)
    if question.name in ("minimum_age", "maximum_age", "intake_places"):
        if number != int(number):
            raise _Unreadable(f"Enter ‘{question.label.rstrip('?')}’ as a whole number, like 16")
        if question.name != "intake_places" and number > OLDEST_AGE:
            raise _Unreadable(f"‘{question.label}’ must be {OLDEST_AGE} or less")
        return int(number)
    if question.name == "weekly_hours" and number > 168:
        raise _Unreadable("A week has 168 hours. Enter the hours of work in one, like 37.5")
    return number


def _pounds(question: Question, text: str) -> float:
    try:
        amount = float(re.sub(r"[£,\s]|GBP", "", text, flags=re.IGNORECASE))
    except ValueError:
        amount = math.nan
    if not 0 < amount < MOST_MONEY:
        raise _Unreadable("Enter the pay as a number, like 23400")
    return round(amount, 2)


def web_address(text: str) -> str:
    """Read a full web address; raises ValueError with what to enter."""
    try:
        parts = urlsplit(text if "://" in text or ":" in text.partition("/")[0] else f"https://{text}")
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises when it is no number
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or "." not in host.strip(".") or parts.username or re.search(r"\s", text):
        raise _Unreadable("Enter a full web address, like https://example.org/apply")
    return parts.geturl()


def _email(_question: Question, text: str) -> str:
    address = email_address(text)
    if address is None:
        raise _Unreadable("Enter an email address, like name@example.org")
    return address


def _hour(text: str) -> time:
    words = text.strip().lower()
    if words in ("noon", "midday", "12 noon"):
        return time(12)
    found = HOUR.fullmatch(words)
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or "").lower()
        if half:
            hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
        elif not found[2]:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise _Unreadable("Enter the time like 5pm or 17:00")


def _chosen(question: Question, text: str) -> str | None:
    return text if text in {value for value, _label in question.options} else None


def _line(question: Question, text: str) -> Any:
    if question.name == "closes_hour":
        return _hour(text)
    return " ".join(text.split())


READERS: dict[Look, Callable[[Question, str], Any]] = {
    Look.LINE: _line,
    Look.TEXT: lambda _question, text: text,
    Look.TICK: lambda _question, text: text,
    Look.LINES: lambda _question, text: [line for line in text.split("\n") if line],
    Look.ONE_OF: _chosen,
    Look.NUMBER: _whole,
    Look.MONEY: _pounds,
    Look.LINK: lambda _question, text: web_address(text),
    Look.EMAIL: _email,
}
