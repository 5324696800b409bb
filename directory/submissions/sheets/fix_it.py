"""The rows of a file given back with what to fix, to be put right in a spreadsheet and brought again as they are."""

import io

from directory.foundation.workbooks import as_text, workbook
from directory.submissions.sheets.columns import WHAT_TO_FIX, How
from directory.submissions.sheets.outcome import Fate, Outcome, RowOutcome
from directory.submissions.sheets.reading import Sheet
from directory.submissions.sheets.template import as_csv

LISTINGS = "Listings"


def what_to_fix(row: RowOutcome, outcome: Outcome) -> str:
    """Say all that is to be put right in a row, each thing with its column's name."""
    if row.fate is Fate.DUPLICATE:
        return f"The same listing as row {row.like}. Take one of them out, or change what differs."
    lines = []
    for said in row.problems:
        where = f"{outcome.columns[said.column].name}: " if said.column is not None else ""
        lines.append(f"{where}{said.words}")
    return "\n".join(lines)


def fix_it_csv(sheet: Sheet, outcome: Outcome) -> bytes:
    """Give the rows as CSV."""
    kept = _kept(outcome)
    rows = [[WHAT_TO_FIX, *(sheet.headers[column] for column in kept)]]
    for row, said in zip(sheet.rows, outcome.rows, strict=True):
        rows.append([what_to_fix(said, outcome), *(row.cells[column] for column in kept)])
    return as_csv(rows)


def fix_it_workbook(sheet: Sheet, outcome: Outcome) -> bytes:
    """Give the rows as a workbook, in which the cells to look at are marked."""
    kept = _kept(outcome)
    written = io.BytesIO()
    with workbook(written, in_memory=True) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#f3e8f6", "border": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        wrong = book.add_format(
            {"text_wrap": True, "valign": "top", "num_format": "@", "bg_color": "#ffe6e6", "border": 2}
        )
        listings = book.add_worksheet(LISTINGS)
        for column, header in enumerate([WHAT_TO_FIX, *(sheet.headers[column] for column in kept)]):
            listings.write_string(0, column, as_text(header), bold)
            listings.set_column(column, column, 24 if column else 60, plain)
        for number, (row, said) in enumerate(zip(sheet.rows, outcome.rows, strict=True), 1):
            marked = {problem.column for problem in said.problems}
            listings.write_string(number, 0, as_text(what_to_fix(said, outcome)), plain)
            for column, index in enumerate(kept, 1):
                look = wrong if index in marked else plain
                listings.write_string(number, column, as_text(row.cells[index]), look)
        listings.freeze_panes(1, 1)
    return written.getvalue()


def _kept(outcome: Outcome) -> list[int]:
    """Give the columns that somebody brought: our own is written anew."""
    return [column.index for column in outcome.columns if column.how is not How.OURS]
