"""Whether the page that people apply on answers, where it leads, and whether it says that it is closed."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from directory.submissions.checks.case import LinkResult
from directory.submissions.links.days import moment
from directory.submissions.links.days_near import CLOSES, near
from directory.submissions.links.fetching import CannotFetch, Fetched, Fetcher, Why
from directory.submissions.links.linked_data import LinkedData
from directory.submissions.links.page import Page, read_page
from directory.submissions.links.plain import bounded
from directory.submissions.links.source import order_of_days

LONGEST_TITLE = 200
MOST_DATES = 20
_ALL = r"(?:applications?|bookings?|registrations?|recruitment|entries|nominations)"
_ONE = (
    r"(?:this|the) (?:vacancy|job|role|post|position|opportunity|advert|advertisement|programme|scheme|course|call"
    r"|event)"
)
CLOSED = re.compile(
    rf"\b{_ALL} (?:for .{{1,80}} )?(?:are|have|is|has) (?:now |been )*closed\b"
    rf"|\b{_ALL} (?:are|is) no longer (?:being )?(?:accepted|open)\b"
    rf"|\bno longer (?:accepting|taking) (?:new )?{_ALL}\b"
    rf"|\b{_ONE} (?:is|has) (?:now |been )*(?:closed|expired|filled|ended)\b"
    rf"|\b{_ONE} is no longer (?:available|open|accepting|live|advertised)\b"
    r"|\bthe (?:closing date|deadline)(?: for (?:this \w+|applications))? has (?:now )?passed\b",
    re.IGNORECASE,
)
# What would be said of another day, or of a thing that isn't so.
NOT_YET = re.compile(
    r"\b(?:if|when|once|until|after|unless|before|may|might|not|previous|last year'?s?)\b", re.IGNORECASE
)


def link_result(url: str, fetcher: Fetcher, now: datetime) -> LinkResult:
    """Open the page that people apply on; never raises.

    ``status`` is None when nothing answered, and when we didn't ask: ``problem`` then says why, and ``is_unread`` that
    it is no fault of the page's.
    """
    try:
        fetched = fetcher.fetch(url, now)
    except CannotFetch as problem:
        unread = problem.why in (Why.ROBOTS, Why.SWITCHED_OFF, Why.KIND, Why.SIZE)
        return LinkResult(problem.status, problem.final_url or url, "", False, (), now, str(problem), unread)
    page = Page() if "json" in fetched.content_type else read_page(fetched.text)
    return LinkResult(
        fetched.status,
        fetched.final_url,
        bounded(page.title or page.heading, LONGEST_TITLE),
        says_closed(page.lines),
        tuple(_closing_days(fetched, page)),
        now,
    )


def says_closed(lines: Iterable[str]) -> bool:
    """Say whether a page says clearly that nobody can apply any more, now and of itself."""
    for line in lines:
        for found in CLOSED.finditer(line):
            before = re.split(r"[.!?;]\s", line[: found.start()])[-1]
            if not NOT_YET.search(before):
                return True
    return False


def _closing_days(fetched: Fetched, page: Page) -> Iterator[date]:
    """Give the days near words for closing, and those that the data for search engines gives."""
    order = order_of_days(fetched, page)
    data = LinkedData(page.data)
    told = [day.day for day, _line in near(page.lines, CLOSES, puts_day_first=order)]
    told += [
        at.date
        for at in map(
            moment, filter(None, (data.text(one, "validThrough", "applicationDeadline") for one in data.things))
        )
        if at
    ]
    return islice(dict.fromkeys(day for day in told if day), MOST_DATES)
