"""The kinds of value that seed data is written in: words, slugs, addresses, days, hours."""

import re
from collections.abc import Callable, Container
from datetime import date, time
from typing import Annotated, TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from directory.places.regions import NATIONS, REGIONS

LONGEST_URL = 500
NATION_OF = {region.name: region.nation for region in REGIONS}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HOUR = re.compile(r"\d\d:\d\d")
_YEAR_MONTH_OR_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

_Value = TypeVar("_Value")


def _printable(text: str) -> str:
    if _CONTROL_CHARACTER.search(text):
        raise ValueError("holds a character that can't be shown")
    return text


def _on_one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must be on one line")
    return text


def _paragraphs(text: str) -> str:
    """Part paragraphs by an empty line: YAML's folded style leaves one break between them, the literal style two."""
    parts = text.split("\n\n") if "\n\n" in text else text.split("\n")
    return "\n\n".join(" ".join(part.split()) for part in parts if part.strip())


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or re.search(r"\s", text):
        raise ValueError("must be a web address that begins with https:// or http://")
    return text


def _written_like(example: str, pattern: re.Pattern[str], make: Callable[[str], _Value]) -> Callable[[object], _Value]:
    def read(value: object) -> _Value:
        if isinstance(value, str) and pattern.fullmatch(value):
            try:
                return make(value)
            except ValueError:
                pass
        raise ValueError(f"must be written like {example}")

    return read


def _year_month_or_day(text: str) -> str:
    date.fromisoformat(text + "-01-01"[len(text) - len("2026") :])
    return text


def _year_as_text(value: object) -> object:
    return str(value) if type(value) is int else value


def _one_of(choices: Container[str], words: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be {words}")
        return text

    return check


# A word of one of our closed lists; everything else in a strict shape is taken as it is written.
WORD = Field(strict=False)

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_printable)]
Line = Annotated[Words, AfterValidator(_on_one_line)]
Prose = Annotated[Words, AfterValidator(_paragraphs)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(max_length=LONGEST_URL), AfterValidator(_web_address)]
Month = Annotated[int, Field(ge=1, le=12)]
Amount = Annotated[int, Field(ge=0, le=10_000_000)]
Day = Annotated[date, BeforeValidator(_written_like("2026-11-24", _DAY, date.fromisoformat))]
Hour = Annotated[time, BeforeValidator(_written_like("16:00", _HOUR, time.fromisoformat))]
SourceDate = Annotated[
    str,
    BeforeValidator(_written_like("2026, 2026-11 or 2026-11-24", _YEAR_MONTH_OR_DAY, _year_month_or_day)),
    BeforeValidator(_year_as_text),
]
Nation = Annotated[str, AfterValidator(_one_of(NATIONS, f"one of: {', '.join(NATIONS)}"))]
NationOrUk = Annotated[str, AfterValidator(_one_of((*NATIONS, "UK"), f"one of: {', '.join(NATIONS)}, UK"))]
RegionName = Annotated[str, AfterValidator(_one_of(NATION_OF, f"one of: {', '.join(NATION_OF)}"))]
Zone = Annotated[str, AfterValidator(_one_of(available_timezones(), "a time zone such as Europe/London"))]
