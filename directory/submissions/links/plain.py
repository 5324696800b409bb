"""Words as they are read: markup taken away, space made one, and too much cut where a sentence or a word ends."""

import html
import re
import time
from html.parser import HTMLParser

# As many letters at a time: whatever a page does, there is a moment to stop between two pieces.
PIECE = 65_536
SECONDS_FOR_A_PAGE = 3.0
LONGEST_DESCRIPTION = 200_000
BLOCKS = frozenset(
    "address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr legend li main nav ol option p pre section summary table tbody td th thead title tr ul".split()
)
PARAGRAPHS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol blockquote section article table".split())
UNSEEN = frozenset("script style noscript template svg select textarea iframe object".split())
UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:[a-zA-Z]{2,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")


def one_line(text: str) -> str:
    """Put words on one line, without what can't be seen."""
    return " ".join(UNSHOWN.sub("", text.replace("\r", "\n")).split())


def paragraphs(text: str) -> str:
    """Read a description that may hold markup, perhaps escaped twice, as paragraphs with an empty line between."""
    text = text[:LONGEST_DESCRIPTION]
    for _twice in range(2):
        if not MARKUP.search(text):
            break
        text = _without_markup(text) if "<" in text else html.unescape(text)
    parts = re.split(r"\n[^\S\n]*\n\s*", UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = ("\n".join(filter(None, (one_line(line) for line in part.split("\n")))) for part in parts)
    return "\n\n".join(filter(None, lines))


def bounded(text: str, most: int) -> str:
    """Cut words that are too many: after a sentence where one ends in the second half, else after a word."""
    if len(text) <= most:
        return text
    kept = text[:most]
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)", kept)]
    if ends and ends[-1] > most // 2:
        return kept[: ends[-1]]
    shorter = text[: most - 1]
    at = max(shorter.rfind(" "), shorter.rfind("\n"))
    return f"{shorter[: at if at > most // 2 else most - 1].rstrip(' ,;:.-–—')}…"


def feed(parser: HTMLParser, text: str) -> None:
    """Read markup piece by piece, for no longer than a page is worth.

    The end is never announced: a parser then goes over what is left unfinished again and again.
    """
    end = time.monotonic() + SECONDS_FOR_A_PAGE
    for at in range(0, len(text), PIECE):
        parser.feed(text[at : at + PIECE])
        if time.monotonic() > end:
            break


def _without_markup(text: str) -> str:
    reader = _Words()
    feed(reader, f"{text}<br>")
    return "".join(reader.words)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN and not self._unseen:
            self._unseen = tag
        elif tag == "li":
            self.words.append("\n- ")
        elif tag in BLOCKS:
            self.words.append("\n\n" if tag in PARAGRAPHS else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        elif tag in PARAGRAPHS:
            self.words.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(" ".join(re.split(r"\s+", data)))
