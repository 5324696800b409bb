"""Whatever program wrote it, a file is read as a person sees it, or refused in a sentence."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from directory.foundation.refusals import Refusal
from directory.submissions.sheets.reading import Sheet, read_sheet
from directory.submissions.sheets.tables import guarded, tables
from tests.submissions.sheets.files import LISTING, as_csv, as_open_document, as_workbook, listing, table

ROWS = table(listing(), listing(Job_title="Café – £10 “taster”"))


def cells(sheet: Sheet, heading: str) -> list[str]:
    return [row.cells[sheet.headers.index(heading)] for row in sheet.rows]


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        read_sheet(content)
    return str(refusal.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_csv_is_read_whatever_its_letters_and_delimiters(encoding: str, delimiter: str) -> None:
    sheet = read_sheet(as_csv(ROWS, encoding, delimiter))
    assert list(sheet.headers) == list(LISTING)
    assert cells(sheet, "Job title") == ["Quality control apprentice", "Café – £10 “taster”"]
    assert any("older Windows programs" in note for note in sheet.notes) == (encoding == "cp1252")


def test_open_document_is_read() -> None:
    sheet = read_sheet(as_open_document([["Job title", "Closing date"], ["Fish & chips", "2027-04-03"]]))
    assert sheet.rows[0].cells == ("Fish & chips", "2027-04-03")


def test_a_workbook_gives_dates_truths_and_numbers_as_people_write_them() -> None:
    row = [date(2027, 4, 3), datetime(2027, 4, 3, 17, 0), time(9, 30), True, 22600.0, 37.5, "=1+1"]  # noqa: DTZ001
    book = as_workbook(
        [["Closing date", "Start date", "Time", "Paid", "Salary", "Hours per week", "Job title"], row],
        strings_to_formulas=False,
    )
    assert read_sheet(book).rows[0].cells == (
        *("2027-04-03", "2027-04-03 17:00", "09:30", "Yes", "22600", "37.5"),
        "=1+1",
    )


def test_a_formula_gives_what_it_shows() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Job title", "Salary"])
        sheet.write(1, 0, "Intern")
        sheet.write_formula(1, 1, "=20000+2600", None, 22600)
    assert read_sheet(written.getvalue()).rows[0].cells == ("Intern", "22600")


def test_an_error_stands_as_it_shows_and_a_link_behind_its_words() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet("Empty").write(0, 0, "")
        sheet = book.add_worksheet("Our ‘listings’ & more")
        sheet.write_row(0, 0, ["Job title", "Salary", "URL", "Apply by email", "Notes"])
        sheet.write_url(1, 0, "https://larkfield.example/jobs?a=1&b=2", string="Intern")
        sheet.write_formula(1, 1, "=VLOOKUP(1,Z1,1)", None, "#N/A")
        sheet.write_url(1, 2, "https://larkfield.example/apply")
        sheet.write_url(1, 3, "mailto:jobs@larkfield.example", string="Write to us")
        sheet.write_url(1, 4, "internal:Empty!A1", string="See there")
    assert read_sheet(written.getvalue()).rows[0].cells == (
        *("Intern (https://larkfield.example/jobs?a=1&b=2)", "#N/A", "https://larkfield.example/apply"),
        *("Write to us (jobs@larkfield.example)", "See there"),
    )


def test_cells_merged_downwards_stand_in_every_row_and_it_is_told() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Organisation", "Job title"])
        sheet.merge_range(1, 0, 3, 0, "Larkfield")
        for number in (1, 2, 3):
            sheet.write(number, 1, f"Job {number}")
    read = read_sheet(written.getvalue())
    assert cells(read, "Organisation") == ["Larkfield"] * 3
    assert any("merged" in note for note in read.notes)


def test_headings_may_stand_below_a_title_and_what_is_above_is_told() -> None:
    sheet = read_sheet(as_csv([["Our listings 2027"], [], *ROWS]))
    assert list(sheet.headers) == list(LISTING)
    assert [row.number for row in sheet.rows] == [4, 5]
    assert any("Our listings 2027" in note for note in sheet.notes)


def test_a_first_row_that_may_be_a_listing_is_told() -> None:
    sheet = read_sheet(as_csv([["Larkfield", "Lab intern", "Leeds"], ["Larkfield", "Taster week", "York"]]))
    assert "We took row 1 as the headings, and know none of them" in " ".join(sheet.notes)
    assert read_sheet(as_csv(table(listing()))).notes == ()


def test_empty_rows_and_columns_are_passed_over_and_rows_keep_their_numbers() -> None:
    sheet = read_sheet(as_csv([["Job title", "", "URL", ""], [], ["A", "", "B", "note"], ["", "", "", ""], ["C"]]))
    assert sheet.headers == ("Job title", "URL", "")
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, ("A", "B", "note")), (5, ("C", "", ""))]


def test_headings_that_stand_again_are_no_listing() -> None:
    sheet = read_sheet(as_csv([*ROWS, ROWS[0], ROWS[1]]))
    assert [row.number for row in sheet.rows] == [2, 3, 5]
    assert any("row 4" in note for note in sheet.notes)


def test_other_sheets_of_a_workbook_are_told() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["Remember", "to call"])
        sheet = book.add_worksheet("2027")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    read = read_sheet(written.getvalue())
    assert list(read.headers) == list(LISTING)
    assert "We read the sheet ‘2027’ and not ‘Notes’." in read.notes


def test_excels_own_first_line_names_the_delimiter() -> None:
    sheet = read_sheet(b"sep=;\r\nJob title;URL\r\nA, B;https://a.example\r\n")
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, ("A, B", "https://a.example"))]


def test_five_hundred_rows_are_read_and_one_more_is_refused() -> None:
    rows = table(*(listing(Job_title=f"Apprentice {number}") for number in range(501)))
    assert len(read_sheet(as_csv(rows[:501])).rows) == 500
    assert "501 rows" in refused(as_csv(rows))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n,,\n", "no rows"),
        (as_csv([["Job title", "URL"]]), "no rows below"),
        (b"%PDF-1.7 something", "PDF"),
        (b"<html><table><tr><td>Job title</td></tr></table>", "web page"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "damaged"),
        (b"Job title,URL\nA\0,B\n", "isn’t a spreadsheet"),
        (b"\xff\xfe\x00\xd8\x00", "isn’t a spreadsheet"),
        (b'Job title,URL\n"A,B\nC,D\n', "never closed"),
        (b"x" * 2_000_001, "larger than 2 MB"),
        (as_csv([["Job title", "URL"], ["a" * 30_001, ""]]), "30,000"),
        (as_csv([["Job title", "URL"], ["a" * 140_000, ""]]), "30,000"),
        (as_csv([[f"Heading {number}" for number in range(61)], ["x"] * 61]), "61 columns"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    said = refused(content)
    assert words in said
    assert said.endswith(".")


def test_a_file_that_unpacks_to_far_too_much_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 90_000_000)
    assert len(written.getvalue()) < 200_000
    assert "larger inside" in refused(written.getvalue())


def test_a_cell_at_the_far_corner_does_no_harm() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Job title")
        sheet.write(1_048_575, 16_383, "far away")
    assert "too large" in refused(written.getvalue())


def test_a_zip_that_is_no_spreadsheet_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert "isn’t a spreadsheet" in refused(written.getvalue())


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda content: b"Job title,URL\n" + content))
@example(b"\xef\xbb\xbf")
@example(b"sep=,\n")
@example(b"\r\r\r")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(Refusal):
        assert read_sheet(content).rows


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"))).map(tuple))
def test_guarded_cells_come_back_as_they_were(row: tuple[str, ...]) -> None:
    written = [guarded(cell) for cell in (*row, "end")]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in written)
    (_headings, back) = tables(as_csv([["Job title", "URL"], written], "utf-8-sig", ","))[0].rows
    assert back == [*row, "end"]
