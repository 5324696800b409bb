"""A dry run: what would become of each row, before anything is made of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directory.places.gazetteer import Gazetteer
from directory.submissions.fields import Answer, Answers, one
from directory.submissions.reading import read
from directory.submissions.sheets.choices import Skills
from directory.submissions.sheets.columns import Column, match
from directory.submissions.sheets.reading import Row, Sheet
from directory.submissions.sheets.rows import Reading, Said, read_row
from directory.submissions.sheets.text import folded

SAME_LISTING = (
    *("organisation_name", "kind", "title", "places", "nations", "apply_url", "levels"),
    *("closes_day", "closes_month", "closes_year", "starts_day", "starts_month", "starts_year"),
)


class Fate(StrEnum):
    """What would become of a row."""

    READY = "ready"
    NEEDS_WORK = "needs work"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What would become of one row; ``like`` is the number of the row it repeats."""

    number: int
    fate: Fate
    title: str
    answers: dict[str, Answer]
    readings: tuple[Said, ...]
    problems: tuple[Said, ...]
    unread: dict[str, str]
    like: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would become of every row, and which column is which."""

    rows: tuple[RowOutcome, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]

    def of(self, fate: Fate) -> tuple[RowOutcome, ...]:
        """Give the rows of one fate."""
        return tuple(row for row in self.rows if row.fate is fate)

    @property
    def drafts(self) -> tuple[RowOutcome, ...]:
        """Give the rows that drafts are made of: all but those that repeat another."""
        return tuple(row for row in self.rows if row.fate is not Fate.DUPLICATE)


def dry_run(
    sheet: Sheet,
    mapping: Mapping[int, str],
    gazetteer: Gazetteer,
    skills: Skills,
    today: date,
    common: Answers | None = None,
) -> Outcome:
    """Say what would become of every row; never raises.

    ``mapping`` holds the columns that a person decided, by index; the others are matched by their headings. ``common``
    are answers for every row whose own cells don't say otherwise.
    """
    columns = match(sheet.headers, mapping)
    seen: dict[tuple[str, ...], int] = {}
    known: dict[str, int] = {column.question: column.index for column in columns if column.question}
    rows = []
    for row in sheet.rows:
        reading = read_row(row, columns, skills)
        answers = {**(common or {}), **reading.answers}
        like = seen.setdefault(_sameness(answers), row.number)
        problems = (*reading.problems, *_unfit(answers, reading, known, gazetteer, skills, today))
        fate = Fate.DUPLICATE if like != row.number else Fate.NEEDS_WORK if problems else Fate.READY
        rows.append(_outcome(row, reading, answers, problems, fate, like if fate is Fate.DUPLICATE else None))
    return Outcome(tuple(rows), columns, sheet.notes)


def common_troubles(outcome: Outcome) -> list[tuple[str, int]]:
    """Give what many rows lack or have wrong in the same words, and how many: one thing to put right once."""
    counted = Counter((said.question, said.words) for row in outcome.drafts for said in row.problems)
    return [(words, count) for (_question, words), count in counted.most_common(5) if count > 2]


def _outcome(
    row: Row, reading: Reading, answers: dict[str, Answer], problems: tuple[Said, ...], fate: Fate, like: int | None
) -> RowOutcome:
    title = " ".join(one(answers, "title").split()) or "No title yet"
    return RowOutcome(row.number, fate, title, answers, reading.readings, problems, reading.unread, like)


def _unfit(
    answers: Answers, reading: Reading, known: Mapping[str, int], gazetteer: Gazetteer, skills: Skills, today: date
) -> list[Said]:
    """Give what the form itself would say of the answers, about cells that nothing was said of yet."""
    said_already = {said.question for said in reading.problems}
    if "pay_from" in said_already:
        said_already |= {"pay"}
    if "closes" in said_already:
        said_already |= {"closing"}
    return [
        Said(known.get(problem.field), problem.field, problem.words)
        for problem in read(answers, gazetteer, skills, today).problems
        if problem.field not in said_already
    ]


def _sameness(answers: Answers) -> tuple[str, ...]:
    same = tuple(folded(one(answers, name)) for name in SAME_LISTING)
    return same if one(answers, "title") else (*same, repr(sorted(answers.items())))
