"""A file's bytes as plain tables of strings, whatever program wrote it; or a sentence that says why not."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.foundation.refusals import Refusal
from directory.submissions.sheets.columns import recognised

LARGEST = 2_000_000
LARGEST_UNPACKED = 80_000_000
MOST_PARTS = 2_000
ROWS_ABOVE = 20  # how far down headings are looked for
SECONDS_TO_OPEN = 25
LONGEST_CELL = 30_000
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")
SAVE_AS = "Open it, save it as an Excel workbook (.xlsx) or as CSV, then choose that file."
OPENING = Path(__file__).with_name("opening.py")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
OTHER_FILES = {
    b"%PDF": "This is a PDF, not a spreadsheet.",
    b"{\\rtf": "This is a document, not a spreadsheet.",
    b"\x89PNG": "This is a picture, not a spreadsheet.",
    b"\xff\xd8\xff": "This is a picture, not a spreadsheet.",
    b"GIF8": "This is a picture, not a spreadsheet.",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as rows of strings; ``notes`` say what a person should know of how it was read."""

    name: str
    rows: list[list[str]]
    notes: tuple[str, ...] = ()


def tables(content: bytes) -> list[Table]:
    """Read every table in a file; raises Refusal when it can't be read. What it is is told by its bytes."""
    if not content:
        raise Refusal("This file is empty. Choose another one.")
    if len(content) > LARGEST:
        raise Refusal("This file is larger than 2 MB. Split it into several, or take pictures out of it.")
    for opening_bytes, words in OTHER_FILES.items():
        if content.startswith(opening_bytes):
            raise Refusal(f"{words} {SAVE_AS}")
    if content.startswith(WORKBOOK):
        _look_inside(content)
        return _workbook(content)
    if content.startswith(OLD_WORKBOOK):
        return _workbook(content)
    return [_text(content)]


def guarded(text: str) -> str:
    """Give a cell for CSV that no spreadsheet program takes for a formula."""
    return f"'{text}" if re.match(r"'*[=+\-@\t\r]", text) else text


def _unguarded(text: str) -> str:
    return text[1:] if GUARDED.match(text) else text


def _look_inside(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError):
        raise Refusal(f"This file is damaged, and can’t be opened. {SAVE_AS}") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refusal("This file is far larger inside than it looks. Take out what isn’t listings and save it again.")
    if any(name.startswith("Index/") or name.endswith(".iwa") for name in names):
        raise Refusal("This is a Numbers file. In Numbers, choose File, Export To, Excel, then choose that file.")
    if not any(name.startswith("xl/") for name in names) and "content.xml" not in names:
        raise Refusal(f"This isn’t a spreadsheet that we can read. {SAVE_AS}")


def _workbook(content: bytes) -> list[Table]:
    try:
        done = subprocess.run(  # noqa: S603 - our own script, and what was sent is only its input
            [sys.executable, "-I", str(OPENING)],
            input=content,
            capture_output=True,
            timeout=SECONDS_TO_OPEN,
            check=False,
        )
        told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"trouble": "damaged"}
    except (subprocess.TimeoutExpired, ValueError):
        told = {"trouble": "damaged"}
    if told.get("trouble") == "password":
        raise Refusal("This file has a password. Take it off, save the file, then choose it again.")
    if "trouble" in told:
        raise Refusal(f"This file is damaged, or too large to open. {SAVE_AS}")
    return [_filled(sheet) for sheet in told["sheets"]]


def _filled(sheet: dict[str, Any]) -> Table:
    """Give each row of cells merged downwards what stands in the first of them."""
    name = str(sheet["name"])
    if sheet["too_large"]:
        raise Refusal(
            f"The sheet ‘{name}’ is too large: a file may hold 500 rows of listings and 60 columns. "
            "If it looks smaller, copy only your listings to a new file."
        )
    rows: list[list[str]] = sheet["rows"]
    spread = 0
    for (top, left), (bottom, right) in sheet["merged"]:
        if left == right and bottom > top and bottom < len(rows) and left < len(rows[top]):
            for row in range(top + 1, bottom + 1):
                if rows[row][left] == "":
                    rows[row][left] = rows[top][left]
                    spread += 1
    notes = (f"Some cells were merged over several rows. Each of {spread} rows was given what they say.",)
    return Table(name, rows, notes if spread else ())


def _text(content: bytes) -> Table:
    text, notes = _decoded(content)
    if text.lstrip()[:1] == "<":
        raise Refusal(f"This is a web page with the name of a spreadsheet. {SAVE_AS}")
    told = re.match(r"sep=([,;\t|])\r?\n", text)
    body = text[told.end() :] if told else text
    delimiter = told[1] if told else _delimiter(body)
    rows = _records(body, delimiter, strict=False)
    try:
        _records(body, delimiter, strict=True)
    except csv.Error as trouble:
        if "end of data" in str(trouble):
            raise Refusal(
                f'A quotation mark (") is opened and never closed. {_last_opened(rows)} '
                "Take it away or close it, then choose the file again."
            ) from None
        notes.append('Some quotation marks (") don’t pair up. Check what stands around them.')
    cells = [[_unguarded(cell) for cell in row] for row in rows]
    return Table("", [[], *cells] if told else cells, tuple(notes))


def _last_opened(rows: list[list[str]]) -> str:
    return f"It is in row {len(rows)}." if rows else ""


def _records(text: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict))
    except csv.Error as trouble:
        if "field larger" in str(trouble):
            raise Refusal("A cell is longer than 30,000 characters. Shorten it, then choose the file again.") from None
        if strict:
            raise
        raise Refusal(f"This file can’t be read as CSV. {SAVE_AS}") from None


def _delimiter(text: str) -> str:
    """Find what parts the cells: what gives the most headings we know, then the most rows of one width above one."""

    def agreement(delimiter: str) -> tuple[int, int, int]:
        try:
            rows = [row for row in _records(text[:200_000], delimiter, strict=False) if any(row)]
        except Refusal:
            return (0, 0, 0)
        known = max((recognised(row) for row in rows[:ROWS_ABOVE]), default=0)
        wide = [len(row) for row in rows if len(row) > 1]
        common = max(set(wide), key=lambda width: (wide.count(width), width), default=0)
        return (known, wide.count(common), common)

    return max(DELIMITERS, key=agreement)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """Give the file's letters; an encoding that isn't marked is one that fits, and is told."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _letters(content, encoding), []
    nulls = content[:2_000].count(0)
    if nulls > len(content[:2_000]) // 4:
        first = "utf-16-le" if content[1:2_000:2].count(0) > content[:2_000:2].count(0) else "utf-16-be"
        return _letters(content, first), []
    try:
        return _letters(content, "utf-8", raising=True), []
    except UnicodeDecodeError:
        text = _letters(content, "cp1252")
        return text, ["We read its letters as older Windows programs write them. Check £ signs, dashes and accents."]


def _letters(content: bytes, encoding: str, *, raising: bool = False) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if raising:
            raise
        text = "\0"
    if "\0" in text:
        raise Refusal(f"This isn’t a spreadsheet that we can read. {SAVE_AS}")
    return text
