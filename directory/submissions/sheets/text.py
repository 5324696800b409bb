"""A cell's text as plain words: web code taken out, and letters that look garbled pointed at, never guessed."""

import html
import re
from dataclasses import dataclass
from html.entities import html5
from html.parser import HTMLParser

BLOCKS = {"p": "\n\n", "div": "\n", "br": "\n", "li": "\n", "tr": "\n", "ul": "\n", "ol": "\n", "table": "\n"}
BLOCKS |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote"), "\n\n")
INLINE = frozenset(
    "a abbr b big body cite code del em font head hr html i img ins label mark meta o:p q s small span strong strike "
    "sub sup tbody td th thead title u".split()
)
UNSEEN = frozenset({"script", "style"})
REFERENCE = r"&(?:[a-z]+\d*|#\d+|#x[0-9a-f]+);"
TAG = rf"</?(?:{'|'.join(sorted((*BLOCKS, *INLINE, *UNSEEN)))})(?:\s[^<>]*|/)?>"
REMARK = r"<!--[\s\S]*?-->|<!(?:doctype|\[(?:if|endif))[^<>]*>|<\?xml[^<>]*>"
LOOKS_CODED = re.compile(f"{TAG}|{REMARK}|{REFERENCE}", re.IGNORECASE)
REMARKS = re.compile(REMARK, re.IGNORECASE)
NO_TAG = re.compile(f"<(?!{TAG[1:]})", re.IGNORECASE)
NO_REFERENCE = re.compile(f"&(?!{REFERENCE[1:]})", re.IGNORECASE)
GARBLED = re.compile(r"â€.?|Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[£©®°·»«½¼¾\u00a0]|ï»¿|\ufffd")
SPACES = re.compile(r"[^\S\n]+")
EXCEL_RETURN = "_x000D_"


class NotRead(ValueError):
    """A cell can't be read as what its column asks; its words say what to type."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cell's words. ``coded`` says that web code was taken out; ``links`` are where its links led."""

    text: str
    coded: bool = False
    links: tuple[str, ...] = ()
    garbled: str = ""


def cleaned(cell: str) -> Cleaned:
    """Take web code out of a cell and put its spaces right; never raises."""
    text, links = cell.replace(EXCEL_RETURN, "\n"), []
    for _layer in range(3):  # code is often written as code again
        parser = _Words()
        if not LOOKS_CODED.search(text) or not parser.read(text) or parser.words == text:
            break
        text = parser.words
        links += parser.links
    found = GARBLED.search(text)
    return Cleaned(spaced(text), text != cell.replace(EXCEL_RETURN, "\n"), tuple(links), found[0] if found else "")


def spaced(text: str) -> str:
    """Give text with single spaces, at most one empty line together, and none around it."""
    lines = [SPACES.sub(" ", line).strip() for line in re.split(r"\r\n|\r|\n", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def short(text: str, most: int = 60) -> str:
    """Give the beginning of a text for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"


def folded(text: str) -> str:
    """Give text for comparing: small letters, and only letters, digits and single spaces."""
    plain = text.lower().replace("&", " and ").replace("–", "-").replace("’", "").replace("'", "")
    return " ".join(re.sub(r"[^\w£+]+", " ", plain).replace("_", " ").split())


class _Words(HTMLParser):
    """The words of a page. It is fed tags it knows and nothing else: any other "<" is a sign that somebody typed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.links: list[str] = []
        self._said: list[str] = []
        self._unseen = 0
        self._leads: list[tuple[str, int]] = []

    def read(self, text: str) -> bool:
        """Read a text; False when what isn't to be seen never ends, so that words would be lost."""
        text = NO_REFERENCE.sub("&amp;", REMARKS.sub("", text))
        self.feed(NO_TAG.sub("&lt;", text))
        self.close()
        return self._unseen == 0

    @property
    def words(self) -> str:
        return "".join(self._said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "a":
            self._leads.append((dict(attrs).get("href") or "", len(self._said)))
        elif tag == "img":
            self._said.append(dict(attrs).get("alt") or "")
        else:
            self._said.append(BLOCKS.get(tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "a" and self._leads:
            self._close_link(*self._leads.pop())
        elif tag != "br":
            self._said.append(BLOCKS.get(tag, ""))

    def _close_link(self, target: str, start: int) -> None:
        if target:
            self.links.append(target)
        if target and target.removeprefix("mailto:") not in "".join(self._said[start:]):
            self._said.append(f" ({target})")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._said.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(html.unescape(f"&{name};") if f"{name};" in html5 else f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(html.unescape(f"&#{name};"))
