"""The links across every page of moderating, and numbered pages of anything that is long."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from directory.web.results import Link, PageLink

PAGE_SIZE = 25
MOST_PAGES = 10_000
AROUND = 2
KEPT = ("purpose", "subject")  # of the address, from page to page
DESKS = (
    ("Queue", "/moderation"),
    ("Reports", "/moderation/reports"),
    ("Lists", "/moderation/lists"),
    ("Unchecked listings", "/moderation/unchecked"),
    ("Organisations", "/moderation/organisations"),
    ("Words", "/moderation/words"),
    ("Skills", "/moderation/skills"),
    ("Reasons", "/moderation/reasons"),
    ("Decided", "/moderation/done"),
    ("Record", "/moderation/record"),
)


def desks() -> list[Link]:
    """Link to each desk that there is."""
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    here = request.path.rstrip("/")
    within = [path for _label, path in DESKS[1:] if here == path or here.startswith(f"{path}/")]
    return [Link(label, path, path in (within or [here])) for label, path in DESKS if path in there]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of something long is shown."""

    number: int
    total: int

    @property
    def start(self) -> int:
        """Give how many come before it."""
        return (self.number - 1) * PAGE_SIZE

    @property
    def words(self) -> str:
        """Say which of how many: "1 to 25 of 1,000"; nothing of none."""
        last = min(self.start + PAGE_SIZE, self.total)
        return f"{self.start + 1:,} to {last:,} of {self.total:,}" if self.total else ""

    @property
    def pages(self) -> list[PageLink]:
        """Link to the first, the last and those around."""
        last = _pages(self.total)
        near = {1, last, *range(self.number - AROUND, self.number + AROUND + 1)}
        return list(self._linked([number for number in sorted(near) if 1 <= number <= last]))

    @property
    def previous(self) -> str | None:
        """Link to the page before."""
        return _address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """Link to the page after."""
        return _address(self.number + 1) if self.number < _pages(self.total) else None

    def _linked(self, numbers: list[int]) -> Iterator[PageLink]:
        for before, number in zip([0, *numbers], numbers, strict=False):
            if number > before + 1:
                yield PageLink("…", None)
            yield PageLink(str(number), _address(number), number == self.number)


def paging(total: int) -> Paging:
    """Give the page that the address asks for; one that doesn't exist is the nearest that does."""
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return Paging(min(max(number, 1), _pages(total)), total)


def _pages(total: int) -> int:
    return max(1, min(-(-total // PAGE_SIZE), MOST_PAGES))


def _address(number: int) -> str:
    kept: dict[str, Any] = {name: value for name in KEPT if (value := request.args.get(name))}
    return url_for(request.endpoint or "", **kept, page=number)
