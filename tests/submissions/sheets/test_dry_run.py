"""A dry run says what would become of every row; the template and the file to fix come back as they went."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from directory.foundation.refusals import Refusal
from directory.places.gazetteer import Gazetteer
from directory.submissions.fields import QUESTIONS
from directory.submissions.sheets.columns import ASKED, How, match
from directory.submissions.sheets.fix_it import fix_it_csv, fix_it_workbook
from directory.submissions.sheets.outcome import Fate, Outcome, common_troubles, dry_run
from directory.submissions.sheets.reading import Row, Sheet, read_sheet
from directory.submissions.sheets.rows import read_row
from directory.submissions.sheets.template import COLUMNS, EXAMPLE, template_csv, template_workbook
from tests.submissions.sheets.files import COMMON, LISTING, SKILLS, as_csv, as_workbook, listing, table

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def run(gazetteer: Gazetteer) -> Any:
    """What becomes of a sheet's rows."""

    def outcome(sheet: Sheet, mapping: Mapping[int, str] | None = None) -> Outcome:
        return dry_run(sheet, mapping or {}, gazetteer, SKILLS, TODAY, COMMON)

    return outcome


def of(*rows: dict[str, str]) -> Sheet:
    return read_sheet(as_csv(table(*rows)))


def problems(outcome: Outcome, row: int = 0) -> dict[str, str]:
    return {said.question: said.words for said in outcome.rows[row].problems}


def test_a_row_that_says_everything_is_ready(run: Any) -> None:
    outcome = run(of(listing()))
    assert problems(outcome) == {}
    assert outcome.rows[0].fate is Fate.READY
    answers = outcome.rows[0].answers
    assert (answers["closes_day"], answers["closes_month"], answers["closes_year"]) == ("30", "1", "2027")
    assert (answers["pay"], answers["pay_from"], answers["pay_to"]) == ("year", "22600", "24000")
    assert answers["your_email"] == "sam@larkfield.example"


def test_a_row_that_lacks_something_says_what(run: Any) -> None:
    outcome = run(of(listing(Job_title="", Closing_date="asap", Location="Xyzzyville")))
    assert outcome.rows[0].fate is Fate.NEEDS_WORK
    assert problems(outcome)["title"] == "Enter a title"
    assert "asap" in problems(outcome)["closes"]
    assert "Xyzzyville" in problems(outcome)["places"]
    assert outcome.rows[0].unread["Closing date"] == "asap"


def test_a_row_that_repeats_another_is_told_and_no_draft_is_made_of_it(run: Any) -> None:
    outcome = run(of(listing(), listing(Job_title="Another"), listing(Job_title="quality  Control apprentice")))
    assert [(row.fate, row.like) for row in outcome.rows] == [
        (Fate.READY, None), (Fate.READY, None), (Fate.DUPLICATE, 2),
    ]  # fmt: skip
    assert len(outcome.drafts) == 2


def test_a_column_nobody_knows_is_kept(run: Any) -> None:
    outcome = run(of(listing() | {"Favourite colour": "blue"}))
    assert outcome.columns[-1].how is How.UNKNOWN
    assert outcome.rows[0].unread == {"Favourite colour": "blue"}


def test_of_unknown_columns_with_one_name_every_cell_is_kept(run: Any) -> None:
    rows = table(listing())
    outcome = run(read_sheet(as_csv([[*rows[0], "Notes", "Notes"], [*rows[1], "blue", "green"]])))
    assert outcome.rows[0].unread == {"Notes": "blue\ngreen"}


def test_of_two_columns_with_one_name_the_second_is_kept_and_told(run: Any) -> None:
    rows = table(listing())
    outcome = run(read_sheet(as_csv([[*rows[0], "Job title"], [*rows[1], "Other title"]])))
    assert outcome.columns[-1].how is How.TWICE
    assert outcome.rows[0].answers["title"] == "Quality control apprentice"
    assert outcome.rows[0].unread == {"Job title": "Other title"}


def test_a_heading_with_a_slip_is_matched_and_shown() -> None:
    (column,) = match(["Aplication deadline"])
    assert (column.question, column.how) == ("closes", How.NEARLY)


@pytest.mark.parametrize(
    ("header", "question"),
    [
        ("Opp. type", "kind"), ("App deadline", "closes"), ("Commencing", "starts"), ("URL to apply", "apply_url"),
        ("Salary (p.a.)", "pay_from"), ("Wage/hr", "pay_from"), ("Yr group", "stages"), ("Blurb", "description"),
    ],
)  # fmt: skip
def test_a_heading_that_offices_use_is_known(header: str, question: str) -> None:
    (column,) = match([header])
    assert (column.question, column.how) == (question, How.OFTEN)


def test_a_person_says_which_column_is_which(run: Any) -> None:
    sheet = of({"What we call it": "Lab intern"} | {k: v for k, v in LISTING.items() if k != "Job title"})
    assert "title" in problems(run(sheet))
    outcome = run(sheet, {0: "title"})
    assert outcome.rows[0].title == "Lab intern"
    assert outcome.columns[0].how is How.CHOSEN
    assert run(sheet, {0: ""}).columns[0].question is None


def test_every_question_is_known_by_its_own_label_and_name() -> None:
    for question in ASKED:
        for heading in (question.label, question.name):
            assert match([heading])[0].question == question.name


def test_cells_that_disagree_are_told(run: Any) -> None:
    outcome = run(of(listing(Closing_date="ongoing") | {"How does it close?": "On a closing date"}))
    assert "Make them agree" in problems(outcome)["closing"]


def test_an_amount_is_for_the_time_that_another_column_says(run: Any) -> None:
    answers = run(of(listing(Salary="12.50") | {"Is it paid?": "Yes, by the hour"})).rows[0].answers
    assert (answers["pay"], answers["pay_from"]) == ("hour", "12.50")
    answers = run(of(listing(Salary="£22,600 per annum") | {"Paid": "Yes"})).rows[0].answers
    assert (answers["pay"], answers["pay_from"]) == ("year", "22600")


def test_where_a_title_or_a_name_leads_is_used_where_no_column_says_it(run: Any) -> None:
    linked = {
        "Job_title": "Lab intern (https://larkfield.example/jobs/7)",
        "Organisation": "Larkfield (https://larkfield.example/about)",
    }
    answers = run(of(listing(**linked, URL=""))).rows[0].answers
    assert (answers["title"], answers["apply_url"]) == ("Lab intern", "https://larkfield.example/jobs/7")
    outcome = run(of(listing(**linked)))
    answers, said = outcome.rows[0].answers, " ".join(one.words for one in outcome.rows[0].readings)
    assert (answers["organisation_name"], answers["organisation_url"]) == ("Larkfield", "https://larkfield.example")
    assert answers["apply_url"] == "https://larkfield.example/apply"
    assert "We took the web address from ‘URL’: https://larkfield.example/apply" in said
    assert problems(outcome) == {}


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "Err:508"])
def test_an_error_of_the_spreadsheet_is_never_an_answer(run: Any, error: str) -> None:
    outcome = run(of(listing(Summary=error, Notes_on_pay=error)))
    assert outcome.rows[0].fate is Fate.NEEDS_WORK
    assert f"‘{error}’ is an error" in problems(outcome)["summary"]


def test_what_many_rows_lack_is_said_once(run: Any) -> None:
    outcome = run(of(*(listing(Job_title=f"Job {number}", Summary="") for number in range(4))))
    assert common_troubles(outcome) == [("Enter one sentence that says what it is", 4)]


def test_a_sheet_is_kept_and_given_back() -> None:
    sheet = of(listing(), listing(Job_title="Another"))
    assert Sheet.of(sheet.kept()) == sheet


def test_the_template_as_it_is_holds_no_listing() -> None:
    for template in (template_workbook(SKILLS), template_csv()):
        with pytest.raises(Refusal, match="no rows below"):
            read_sheet(template)


def test_the_example_is_a_listing_that_is_ready_but_never_read(run: Any) -> None:
    cells = {QUESTIONS[name].label: said for name, said in EXAMPLE.items()}
    organisation = {"Organisation": "Larkfield", "Organisation website": "https://a.example", "Sector": "employer"}
    outcome = run(of(cells | organisation))
    assert problems(outcome) == {}


def test_a_filled_template_comes_back(run: Any) -> None:
    for template in (template_workbook(SKILLS), template_csv()):
        rows = _rows_of(template)
        filled = [*rows, [EXAMPLE.get(question.name, "") for question in COLUMNS]]
        for content in (as_workbook(filled, strings_to_formulas=False), as_csv(filled, "utf-8-sig")):
            outcome = run(read_sheet(content))
            assert len(outcome.rows) == 1
            assert {column.how for column in outcome.columns} == {How.LABEL}
            assert set(problems(outcome)) == {"organisation_name", "organisation_url", "organisation_kind"}


@pytest.mark.parametrize("give_back", [fix_it_csv, fix_it_workbook])
def test_the_file_to_fix_comes_back_as_it_went_and_then_put_right(run: Any, give_back: Any) -> None:
    sheet = of(
        listing(Summary="=1+1", Description="+44 and\nmore, “quoted”"),
        listing(Job_title="'-quoted", Closing_date="asap") | {"Favourite colour": "@blue"},
    )
    outcome = run(sheet)
    given = give_back(sheet, outcome)
    again = read_sheet(given)
    assert again.headers == ("What to fix", *sheet.headers)
    assert [row.cells[1:] for row in again.rows] == [row.cells for row in sheet.rows]
    assert "Summary: ‘=1+1’ begins like a formula" not in again.rows[1].cells[0]
    assert "Closing date: We can’t read ‘asap’ as a date" in again.rows[1].cells[0]
    rerun = run(again)
    assert [row.fate for row in rerun.rows] == [row.fate for row in outcome.rows]
    assert rerun.columns[0].how is How.OURS
    rows = [list(again.headers), *(list(row.cells) for row in again.rows)]
    rows[2][again.headers.index("Closing date")] = "30/01/2027"
    fixed = run(read_sheet(as_csv(rows)))
    assert fixed.rows[1].fate is Fate.READY
    assert give_back(again, rerun).count(b"What to fix") == given.count(b"What to fix")


def test_no_cell_given_back_is_a_formula(run: Any) -> None:
    sheet = of(listing(Summary='=cmd|"/c calc"', Description="@SUM(A1)"))
    for row in csv.reader(io.StringIO(fix_it_csv(sheet, run(sheet)).decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    book = fix_it_workbook(sheet, run(sheet))
    assert '=cmd|"/c calc"' in _rows_of(book)[1]


HEADINGS = st.sampled_from([*LISTING, "Favourite colour", "Closing time", "Pay to", "Start date", "Duration", ""])
CELLS = st.sampled_from(
    [*LISTING.values(), "ongoing", "asap", "£12", "Yes", "2027", "=1", "<b>x</b>", "Leeds; Remote", ""]
)


@given(st.lists(st.tuples(HEADINGS, CELLS | st.text(max_size=30)), min_size=1, max_size=12))
def test_every_cell_is_read_noted_or_reported(pairs: list[tuple[str, str]]) -> None:
    headings, cells = ([heading for heading, _cell in pairs], tuple(cell for _heading, cell in pairs))
    row = Row(2, cells)
    columns = match(headings)
    reading = read_row(row, columns, SKILLS)
    told = {said.column for said in (*reading.readings, *reading.problems)}
    answered = "".join("".join(str(answer).split()) for answer in reading.answers.values()).casefold()
    for column in columns:
        cell = cells[column.index]
        if not cell.strip() or column.index in told or column.name in reading.unread:
            continue
        assert column.question, f"{column} isn't told of"
        assert _said(cell, answered, reading.answers, column.question), (cell, reading)


def _said(cell: str, answered: str, answers: Mapping[str, Any], question: str) -> bool:
    return "".join(cell.split()).casefold() in answered or any(name in answers for name in QUESTIONS[question].names)


def _rows_of(content: bytes) -> list[list[str]]:
    if content.startswith(b"PK"):
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [[str(cell) for cell in row] for row in sheet.to_python()]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
