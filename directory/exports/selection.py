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

    ``title`` names it without the site's name ("Apprenticeships in Scotland"), ``description`` says more in a sentence.
    ``path`` and ``pairs`` are the page that shows it, in its one spelling and without a page number; a format stands at
    the same address with its ending. ``ids`` are all its listings, in the page's order, until ``until`` when time alone
    can change them: the UK's midnight always counts, so None will do. ``notes`` are a list's words about its listings,
    by id, and ``changed_at`` is when those or the list last changed. Of the dates that are off, a calendar cancels
    those of the listings in ``gone``, or of any when it is None.
    """

    title: str
    description: str
    path: str
    ids: tuple[int, ...]
    pairs: Pairs = ()
    until: datetime | None = None
    notes: Mapping[int, str] = field(default_factory=dict)
    changed_at: datetime | None = None
    gone: frozenset[int] | None = None

    def page(self, settings: Settings) -> str:
        """Give the public address of its page."""
        return settings.site_address + on_site(self.path, self.pairs)

    def address(self, settings: Settings, ending: str, *more: tuple[str, str]) -> str:
        """Give the public address of one of its formats, by its ending: "csv", "atom"."""
        return settings.site_address + on_site(f"{self.path}.{ending}", (*self.pairs, *more))


def on_site(path: str, pairs: Pairs = ()) -> str:
    """Give an address of ours as pages write it, from its leading slash."""
    return f"{quote(path)}{f'?{urlencode(pairs)}' if pairs else ''}"
