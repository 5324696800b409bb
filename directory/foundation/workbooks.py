"""Excel workbooks in which text is text, whatever it looks like."""

from typing import IO, Any

from xlsxwriter import Workbook

LONGEST_CELL = 32_767  # letters: Excel's own limit
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(file: IO[bytes], **options: Any) -> Any:
    """Open a workbook to write, in which no text becomes a formula, a link or a number; the library takes options."""
    return Workbook(file, PLAIN | options)


def as_text(words: str) -> str:
    """Give what a cell may hold of ``words``.

    The library takes text between <r> and </r> for its own marked-up text and writes it as it stands, formulas and all;
    a space at the end makes it text.
    """
    cut = words[:LONGEST_CELL]
    return f"{cut[: LONGEST_CELL - 1]} " if cut.endswith("</r>") else cut
