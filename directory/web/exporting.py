"""A search, a list or saved listings in every format, at the page's own address with an ending."""

from collections.abc import Callable, Mapping

from werkzeug import Response

from directory.exports.selection import Selection

FORMATS = ("csv", "xlsx", "ics", "atom", "json")


def answer(ending: str, version: str, select: Callable[[], Selection], asked: Mapping[str, str]) -> Response:
    """Answer with a selection in one of FORMATS.

    ``asked`` is the rest of the address: "columns" of a spreadsheet, "page" of a feed. ``select`` is called only when
    the visitor doesn't have this ``version`` already, so that asking again costs little.
    """
    raise NotImplementedError(ending, version, select, asked)
