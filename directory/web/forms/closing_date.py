"""A closing date typed into three boxes, read as a submission's is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.foundation import clock
from directory.request_state import parts
from directory.submissions.reading import read

BOXES = ("closes_day", "closes_month", "closes_year")


@dataclass(frozen=True, slots=True)
class ClosingDate:
    """What stands in the boxes, the day it means, and what is wrong with it; empty boxes are neither."""

    boxes: Mapping[str, str]
    day: date | None = None
    problem: str | None = None


def closing_date(form: Mapping[str, str]) -> ClosingDate:
    """Read the boxes of a form."""
    boxes = {name: form.get(name, "").strip()[:20] for name in BOXES}
    if not any(boxes.values()):
        return ClosingDate(boxes)
    said = read({"closing": "fixed", **boxes}, parts().gazetteer, (), clock.uk_today(), asked=lambda _question: False)
    problems = said.problems_of("closes")
    rounds = said.values.get("rounds", ())
    return ClosingDate(boxes, rounds[0]["closes_on"] if rounds else None, problems[0] if problems else None)
