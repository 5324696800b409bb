"""What was sent, as somebody could have typed it: every view reads this, so none has to think of what no key makes."""

import re
from collections.abc import Mapping
from typing import IO

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]

# How Word and old programs end a line: a soft break, a page's end, NEL.
ENDS_A_LINE = re.compile("[\x0b\x0c\x85]")
# Controls, halves of letters, and numbers that Unicode keeps free of letters: databases and pages can't hold them all.
NOBODY_TYPES = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


def as_typed(text: str) -> str:
    """Give text without what nobody can type; letters of every language, and how lines end, stay as they are."""
    return NOBODY_TYPES.sub("", ENDS_A_LINE.sub("\n", text))


class TypedForms(FormDataParser):
    """Reads forms so. A part that has no name answers nothing, and is left out."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Mapping[str, str] | None = None
    ) -> Parsed:
        """Read a form: what remains unread of it, its words and its files, by the names of their boxes."""
        left, form, files = super().parse(stream, mimetype, content_length, dict(options or {}))
        typed = [(name, as_typed(value)) for name, values in form.lists() if name for value in values]
        return left, self.cls(typed), files


class Sent(Request):
    """A request whose form is read so."""

    form_data_parser_class = TypedForms
