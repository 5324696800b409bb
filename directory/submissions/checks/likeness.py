"""How alike two listings are, by title, organisation, link, dates and place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, utils

from directory.submissions.checks.case import Candidate, Case, rows, word
from directory.submissions.checks.domains import is_front_page, page

SAME_TITLE = 88  # of 100
RELATED_TITLE = 55
SAME_ORGANISATION = 92
LONGEST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two listings share. ``title`` is of 100; ``place`` and ``dates`` are None where one doesn't say."""

    title: float
    organisation: bool
    link: bool
    place: bool | None
    dates: bool | None

    @property
    def same_title(self) -> bool:
        """Say whether the titles are one."""
        return self.title >= SAME_TITLE

    @property
    def signs(self) -> int:
        """Count which of title, organisation and link are the same: two of three are a likely duplicate.

        Many listings of one organisation share a page to apply on, so a link counts only where titles are related.
        """
        link = self.link and self.title >= RELATED_TITLE
        return self.same_title + self.organisation + link

    @property
    def another_round(self) -> bool:
        """Say whether it seems the same programme at another time or place."""
        return self.dates is False or self.place is False

    @property
    def percent(self) -> int:
        """Give one figure for how alike they are, for people to read: never more than the title bears out."""
        shared = [self.organisation, self.link, self.place, self.dates]
        said = [sign for sign in shared if sign is not None]
        return round(0.7 * self.title + 30 * sum(said) / len(said))


def likeness(case: Case, other: Candidate) -> Likeness:
    """Compare a submission with a candidate."""
    titles = (word(case.values, "title") or case.said("title"), other.title)
    places = places_of(case.values)
    days = [(case.day("opens"), other.opens_on), (case.day("closes"), other.closes_on)]
    known = [(ours, theirs) for ours, theirs in days if ours and theirs]
    return Likeness(
        title=alike(*titles),
        organisation=bool(case.organisation) and alike(case.organisation, other.organisation) >= SAME_ORGANISATION,
        link=bool(links_of(case.values) & {page(link) for link in other.links}),
        place=bool(places & other.places) if places and other.places else None,
        dates=all(ours == theirs for ours, theirs in known) if known else None,
    )


def alike(one: str, other: str) -> float:
    """Say how alike two names are, 0 to 100, whatever their order of words, case and marks."""
    first, second = (utils.default_process(text[:LONGEST_COMPARED]) for text in (one, other))
    return fuzz.token_sort_ratio(first, second) if first and second else 0.0


def links_of(values: Mapping[str, Any]) -> set[str]:
    """Give the pages that values link to; a site's front page tells nothing."""
    said = (word(values, name) for name in ("apply_url", "info_url"))
    return {page(link) for link in said if link and not is_front_page(link)}


def places_of(values: Mapping[str, Any]) -> frozenset[str]:
    """Give the places that values name."""
    return frozenset(place.casefold() for row in rows(values, "locations") if (place := word(row, "place")))
