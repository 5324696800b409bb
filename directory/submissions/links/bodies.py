"""What was sent, as text: unpacked no further than the limit, in the letters it was written in."""

import codecs
import re
import zlib
from http.client import HTTPMessage

from directory.submissions.links.network import MOST_BYTES, TOO_LARGE, Answer
from directory.submissions.links.refused import CannotFetch, Why

ENCODINGS_WE_ASK_FOR = "gzip"
GZIP_OR_ZLIB = 47  # zlib's word for "see which of the two it is"
PACKED = frozenset({"gzip", "x-gzip", "deflate"})
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers read these as the wider Windows page, and so do the people who wrote them.
WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252", "cp1252"})
LETTERS = re.compile(
    r"utf-?8|utf-16(?:le|be)?|iso-8859-(?:[2-9]|1[0-6])|windows-125[0-8]|macintosh|koi8-[ru]|shift_jis|euc-(?:jp|kr)"
    r"|big5|gbk|gb18030|gb2312"
)
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([a-zA-Z0-9_-]{1,30})", re.IGNORECASE)
DECLARED_WITHIN = 2_048


def text_of(answer: Answer) -> str:
    """Read the body as text. Raises CannotFetch when it is too large, or packed in a way that we don't know."""
    body = _unpacked(answer)
    return body.decode(_letters(body, answer.headers), "replace").replace("\0", "").removeprefix("\ufeff")


def _unpacked(answer: Answer) -> bytes:
    packing = str(answer.headers.get("Content-Encoding", "")).strip().lower()
    if not answer.is_whole:
        raise CannotFetch(Why.SIZE, TOO_LARGE)
    if packing in ("", "identity"):
        return answer.body
    if packing not in PACKED:
        raise CannotFetch(Why.KIND, "That page was sent in a form that we can’t read.")
    unpacking = zlib.decompressobj(GZIP_OR_ZLIB)
    try:
        text = unpacking.decompress(answer.body, MOST_BYTES + 1)
    except zlib.error:
        raise CannotFetch(Why.KIND, "That page was sent in a form that we can’t read.") from None
    if len(text) > MOST_BYTES:
        raise CannotFetch(Why.SIZE, TOO_LARGE)
    return text


def _letters(body: bytes, headers: HTTPMessage) -> str:
    for mark, name in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return name
    declared = DECLARED.search(body[:DECLARED_WITHIN])
    for said in (headers.get_content_charset(), declared and declared[1].decode("ascii")):
        name = (said or "").lower()
        if name in WESTERN:
            return "cp1252"
        if LETTERS.fullmatch(name):
            return name
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
