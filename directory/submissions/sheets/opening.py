"""Open a workbook in a process of its own: whatever is in it, only that process can run out of memory or time.

Run as a script with the workbook on standard input; prints JSON: {"sheets": [{"name", "rows", "merged"}]} or
{"trouble": ...}. Cells are strings already, dates as ISO writes them.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 1_500_000_000  # bytes of addresses, most of which an interpreter never touches
MOST_SECONDS = 20
MOST_ROWS_READ = 5_000
MOST_COLUMNS_READ = 1_000


def written(value: Any) -> str:
    """Write a cell as a person would type it, with nothing lost."""
    match value:
        case bool():
            return "Yes" if value else "No"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(value)


def opened(content: bytes) -> dict[str, Any]:
    """Give every visible sheet that holds anything."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return {
                "sheets": [
                    _sheet(workbook, about.name)
                    for about in workbook.sheets_metadata
                    if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible
                ]
            }
    except PasswordError:
        return {"trouble": "password"}
    except CalamineError:
        return {"trouble": "damaged"}


def _sheet(workbook: CalamineWorkbook, name: str) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_name(name)
    too_large = sheet.total_height > MOST_ROWS_READ or sheet.total_width > MOST_COLUMNS_READ
    rows = [] if too_large else sheet.to_python(skip_empty_area=False)
    try:
        merged = [[list(start), list(end)] for start, end in sheet.merged_cell_ranges or []]
    except CalamineError:
        merged = []
    return {
        "name": name,
        "rows": [[written(value) for value in row] for row in rows],
        "merged": merged,
        "too_large": too_large,
    }


def _bound() -> None:
    try:
        import resource
    except ImportError:  # not on this machine: the caller's time limit holds all the same
        return
    for limit, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    _bound()
    sys.stdout.buffer.write(json.dumps(opened(sys.stdin.buffer.read())).encode())
