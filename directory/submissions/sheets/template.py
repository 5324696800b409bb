"""The template: a workbook with a column for each question, hints, answers to choose from, and an example."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from directory.foundation.workbooks import as_text, workbook
from directory.submissions.fields import QUESTIONS, Look, Question
from directory.submissions.sheets.choices import Skills, answers_named
from directory.submissions.sheets.columns import ASKED, letter
from directory.submissions.sheets.reading import HINT, MOST_ROWS, NOT_LISTINGS
from directory.submissions.sheets.tables import guarded

LISTINGS = "Listings"
CHOOSING = frozenset({Look.ONE_OF, Look.SOME_OF, Look.TICK})
LONG = frozenset({Look.TEXT, Look.LINES})
LEFT_TO_THE_FORM = frozenset({"organisation_name", "organisation_url", "organisation_kind", "organisation_about"})
COLUMNS: tuple[Question, ...] = tuple(question for question in ASKED if question.name not in LEFT_TO_THE_FORM)
HOW_TO_WRITE = {
    Look.DATE: "A date, like 27/11/2026.",
    Look.SOME_OF: "Choose one, or write several with ; between them.",
    Look.ONE_OF: "Choose one.",
    Look.LINES: "One thing a line, or with ; between them.",
    Look.TICK: "Yes, or leave it empty.",
}
EXAMPLE = {
    "kind": "Apprenticeship",
    "title": "Cell therapy laboratory apprentice",
    "summary": "Learn to test cell therapies before they reach patients.",
    "description": "You test samples and write down what you find. One day a week you study at college.",
    "delivery": "On site",
    "places": "Stevenage; Darlington",
    "levels": "Level 3",
    "skills": "Quality; Lab testing",
    "subjects": "biology, chemistry",
    "closing": "On a closing date",
    "closes": "27/11/2026",
    "closes_hour": "5pm",
    "starts": "February 2027",
    "recurrence": "Every year",
    "length": "18",
    "length_unit": "Months",
    "hours": "Full time",
    "weekly_hours": "37.5",
    "pay": "Yes, a salary",
    "pay_from": "22600",
    "pay_to": "24000",
    "stages": "16–18; School leaver",
    "minimum_age": "16",
    "needed": "Five GCSEs at grade 4 or above; Maths and a science among them",
    "not_needed": "Lab experience",
    "applicant": "You apply yourself",
    "how_to_apply": "Fill in the form on our site. It takes half an hour.",
    "apply_url": "https://larkfield.example/apply",
    "support": "Travel paid in the first month.",
    "intake_places": "4",
    "access": "Step-free labs. More time in tests.",
    "safeguarding_name": "Ada Reed",
    "safeguarding_contact": "safeguarding@larkfield.example",
}


def hint(question: Question) -> str:
    """Say under a heading how its cells are filled in."""
    parts = [HOW_TO_WRITE.get(question.look, ""), question.hint, "" if question.optional else "Needed."]
    return HINT + " ".join(filter(None, parts))


def template_csv() -> bytes:
    """Give the template as CSV: headings and hints. Marked as UTF-8, so that Excel reads it rightly."""
    return as_csv([[question.label for question in COLUMNS], [hint(question) for question in COLUMNS]])


def template_workbook(skills: Skills) -> bytes:
    """Give the template as a workbook."""
    written = io.BytesIO()
    with workbook(written, in_memory=True) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#f3e8f6", "border": 1})
        quiet = book.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_color": "#54425d"})
        cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        listings = book.add_worksheet(LISTINGS)
        _heads(listings, bold, quiet, cell)
        example = book.add_worksheet(f"Example {NOT_LISTINGS}")
        _heads(example, bold, quiet, cell)
        for column, question in enumerate(COLUMNS):
            example.write_string(2, column, EXAMPLE.get(question.name, ""), cell)
        lists = book.add_worksheet(f"Answers {NOT_LISTINGS}")
        for column, question in enumerate(question for question in COLUMNS if question.look in CHOOSING):
            offered = ["Yes"] if question.look is Look.TICK else answers_named(question.name, skills)
            lists.write_string(0, column, question.label, bold)
            lists.write_column(1, column, map(as_text, offered), cell)
            lists.set_column(column, column, 28)
            _offer(listings, question, f"'{lists.get_name()}'!${letter(column)}$2:${letter(column)}${len(offered) + 1}")
        listings.activate()
    return written.getvalue()


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as CSV that spreadsheet programs open rightly and take nothing in for a formula."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([guarded(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _heads(sheet: Any, bold: Any, quiet: Any, cell: Any) -> None:
    for column, question in enumerate(COLUMNS):
        sheet.write_string(0, column, question.label, bold)
        sheet.write_string(1, column, hint(question), quiet)
        sheet.set_column(column, column, 44 if question.look in LONG else 24, cell)
    sheet.set_row(1, 90)
    sheet.freeze_panes(2, 0)


def _offer(sheet: Any, question: Question, source: str) -> None:
    column = COLUMNS.index(QUESTIONS[question.name])
    sheet.data_validation(
        2,
        column,
        MOST_ROWS + 1,
        column,
        {"validate": "list", "source": f"={source}", "show_error": question.look is not Look.SOME_OF},
    )
