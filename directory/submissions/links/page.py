"""A page of HTML as the parts worth reading: what it says to search engines, its headings, its visible lines."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from directory.submissions.links.plain import BLOCKS, UNSEEN, feed, one_line

MOST_LINES = 4_000
LONGEST_LINE = 2_000
MOST_BLOCKS_OF_DATA = 40
MOST_ANCHORS = 2_000
ASIDE = frozenset({"nav", "footer", "aside"})  # where other pages are spoken of


@dataclass
class Page:
    """What stands on a page. ``meta`` is by name or property, ``anchors`` are (address, words)."""

    title: str = ""
    heading: str = ""
    language: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    anchors: list[tuple[str, str]] = field(default_factory=list)


def read_page(text: str) -> Page:
    """Read a page, however broken; never raises."""
    reader = _Reader()
    feed(reader, text)
    return reader.finished()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._page = Page()
        self._line: list[str] = []
        self._data: list[str] | None = None
        self._title: list[str] | None = None
        self._heading: list[str] | None = None
        self._anchor: tuple[str, list[str]] | None = None
        self._unseen = ""
        self._aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if self._unseen:
            return
        if tag == "script" and "ld+json" in said.get("type", "").lower():
            self._data = []
        if tag in UNSEEN:
            self._unseen = tag
            return
        if tag in BLOCKS:
            self._end_line()
        if tag == "meta":
            name = (said.get("property") or said.get("name") or "").strip().lower()
            if name and said.get("content"):
                self._page.meta.setdefault(name[:100], said["content"])
        elif tag == "html":
            self._page.language = said.get("lang", "").strip().lower()
        elif tag == "title" and not self._page.title:
            self._title = []
        elif tag == "h1" and not self._page.heading:
            self._heading = []
        elif tag == "a" and said.get("href") and len(self._page.anchors) < MOST_ANCHORS:
            self._anchor = said["href"], []
        elif tag in ASIDE:
            self._aside += 1

    def handle_endtag(self, tag: str) -> None:
        if self._data is not None and tag == "script":
            if len(self._page.data) < MOST_BLOCKS_OF_DATA:
                self._page.data.append("".join(self._data))
            self._data = None
        if self._unseen:
            self._unseen = "" if tag == self._unseen else self._unseen
            return
        if tag in BLOCKS:
            self._end_line()
        if tag == "title" and self._title is not None:
            self._page.title, self._title = one_line("".join(self._title)), None
        elif tag == "h1" and self._heading is not None:
            self._page.heading, self._heading = one_line(" ".join(self._heading)), None
        elif tag == "a" and self._anchor is not None:
            self._page.anchors.append((self._anchor[0], one_line(" ".join(self._anchor[1]))))
            self._anchor = None
        elif tag in ASIDE and self._aside:
            self._aside -= 1

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)
        if self._unseen:
            return
        if self._title is not None:
            self._title.append(data)
            return
        if self._heading is not None:
            self._heading.append(data)
        if self._anchor is not None:
            self._anchor[1].append(data)
        if not self._aside:
            self._line.append(data)

    def finished(self) -> Page:
        """Give the page as far as it went."""
        if self._data:  # the end of the page is the end of its data
            self._page.data.append("".join(self._data))
        self._end_line()
        return self._page

    def _end_line(self) -> None:
        line = one_line("".join(self._line))[:LONGEST_LINE]
        self._line = []
        if line and len(self._page.lines) < MOST_LINES:
            self._page.lines.append(line)
