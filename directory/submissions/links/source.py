"""A fetched page, and what is needed to read it: what it says to search engines, what people see, where it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin, urlsplit

from directory.places.gazetteer import Gazetteer
from directory.submissions.links.days import day_first
from directory.submissions.links.fetching import Fetched
from directory.submissions.links.linked_data import LinkedData
from directory.submissions.links.page import Page, read_page
from directory.submissions.links.prefilled import Gathering
from directory.submissions.links.refused import CannotFetch
from directory.submissions.links.targets import LONGEST, read_target

BRITISH = re.compile(r"\.(?:uk|scot|wales|cymru|london)$")


@dataclass(frozen=True)
class Source:
    """One page while it is read. ``skills`` are the words for each skill by its slug."""

    url: str
    page: Page
    data: LinkedData
    gazetteer: Gazetteer
    skills: Mapping[str, Sequence[str]]
    today: date
    puts_day_first: bool | None
    gathered: Gathering = field(default_factory=Gathering)

    def address(self, said: str) -> str:
        """Give an address on the page as a whole one; empty when it is none that we would open."""
        if not said.strip():
            return ""
        try:
            target = read_target(urljoin(self.url, said.strip()))
        except (CannotFetch, ValueError):
            return ""
        url = target.origin if target.path == "/" else target.url
        return url if len(url) <= LONGEST else ""


def read_source(fetched: Fetched, gazetteer: Gazetteer, skills: Mapping[str, Sequence[str]], today: date) -> Source:
    """Take a page apart; never raises."""
    if "json" in fetched.content_type:
        page, blocks = Page(), [fetched.text]
    else:
        page = read_page(fetched.text)
        blocks = page.data
    return Source(fetched.final_url, page, LinkedData(blocks), gazetteer, skills, today, order_of_days(fetched, page))


def order_of_days(fetched: Fetched, page: Page) -> bool | None:
    """Say whether dates in numbers put the day first on this page; None when nothing tells."""
    host = urlsplit(fetched.final_url).hostname or ""
    british = bool(BRITISH.search(host)) or page.language in ("en-gb", "cy", "gd")
    return day_first("\n".join(page.lines), is_british=british)
