"""What is taken away: some listings in their order, and what they are called together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlencode

from directory.foundation.settings import Settings

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """A search, a list or what somebody saved, the same for every format.

    ``title`` names it without the site's name ("Apprenticeships in Scotland") and ``description`` says more in a
    sentence. ``path`` and ``pairs`` are the page that shows it, in its one spelling and without a page number; a format
    stands at the same address with its ending. ``ids`` are all its listings, in the page's order. ``version`` differs
    whenever the ids, the notes or the listings themselves may, and ``until`` is when they next may by time alone; the
    UK's midnight always counts, so None will do. ``notes`` are a list's words about its listings, by id.
    Of the listings that are no longer public, the calendar cancels those in ``gone``, or any when that is None.
    """

    title: str
    description: str
    path: str
    ids: tuple[int, ...]
    version: str
    pairs: Pairs = ()
    until: datetime | None = None
    notes: Mapping[int, str] = field(default_factory=dict)
    gone: frozenset[int] | None = None

    def page(self, settings: Settings, *more: tuple[str, str]) -> str:
        """Give the public address of its page."""
        return _address(settings, self.path, (*self.pairs, *more))

    def address(self, settings: Settings, ending: str, *more: tuple[str, str]) -> str:
        """Give the public address of one of its formats: "csv", "xlsx", "ics", "atom" or "json"."""
        return _address(settings, f"{self.path}.{ending}", (*self.pairs, *more))


def _address(settings: Settings, path: str, pairs: Pairs) -> str:
    return f"{settings.site_address}{quote(path)}{f'?{urlencode(pairs)}' if pairs else ''}"
