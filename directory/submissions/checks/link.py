"""Does the link to apply answer, and lead where it says?"""

from collections.abc import Iterator

from directory.foundation.clock import UK
from directory.foundation.date_words import hour, long_day, uk_day
from directory.submissions.checks.case import Case, LinkResult, word
from directory.submissions.checks.domains import (
    PORTALS,
    SHORTENERS,
    host,
    is_among,
    is_front_page,
    owner,
    page,
    split,
)
from directory.submissions.checks.finding import Finding, Rule

RULE = Rule(
    "link", "The link opens the page on which people apply, on the organisation’s own site or one that it uses."
)
FIELD = "apply_url"
LONGEST_SHOWN = 80
GONE = frozenset({404, 410})
SHUT_TO_ROBOTS = frozenset({401, 403, 405, 406, 429})


def check(case: Case) -> Iterator[Finding]:
    """Look at the address itself, and at what came of opening it."""
    url = word(case.values, "apply_url") or case.said("apply_url")
    if not url or not host(url):
        return
    found = [*_address(case, url), *_answer(case, url)]
    yield from found
    if not found and case.link is not None:
        yield RULE.ok("Link works", _worked(case, url, case.link), FIELD)


def _address(case: Case, url: str) -> Iterator[Finding]:
    if is_among(url, SHORTENERS):
        yield RULE.stop(
            "Link hides where it leads",
            f"{host(url)} passes people on to another address.",
            "Give the full address of the page on which people apply.",
            FIELD,
        )
    elif _is_elsewhere(case, url):
        yield RULE.warn(
            "Link leads to another site",
            f"It opens {host(url)}, and the organisation’s site is {host(case.organisation_url)}.",
            "If you use that site to take applications, say so in ‘How to apply’. If you don’t, put the link right.",
            FIELD,
        )
    if split(url).scheme == "http":
        yield RULE.warn(
            "Link isn’t secure",
            "It begins with http://, so what people send can be read on the way.",
            "Give the address that begins with https://.",
            FIELD,
        )


def _is_elsewhere(case: Case, url: str) -> bool:
    own = owner(case.organisation_url)
    return bool(own) and owner(url) != own and not is_among(url, PORTALS)


def _answer(case: Case, url: str) -> Iterator[Finding]:
    if case.said("page_not_live"):
        if case.link is None or case.link.status is None or case.link.status in GONE:
            yield RULE.warn(
                "Page isn’t live yet", "The organisation says so.", "Check it again before it opens.", FIELD
            )
        return
    result = case.link
    if result is None:
        return
    if result.is_unread:
        yield RULE.warn(
            "We couldn’t look at the page",
            f"{_shown(url)}: {result.problem}",
            "Open it yourself and see that it is right.",
            FIELD,
        )
    elif result.status is None:
        yield RULE.stop(
            "Link doesn’t answer",
            result.problem or f"{_shown(url)} didn’t answer {_when(result)}.",
            "Check it, or tick ‘the page isn’t live yet’.",
            FIELD,
        )
    elif result.status in GONE:
        yield RULE.stop(
            "Page isn’t there",
            f"{_shown(url)} answered ‘not found’ {_when(result)}.",
            "Check it, or tick ‘the page isn’t live yet’.",
            FIELD,
        )
    elif result.status in SHUT_TO_ROBOTS:
        yield RULE.warn(
            "We couldn’t look at the page",
            f"{host(url)} didn’t let us in (status {result.status}).",
            "Open it yourself and see that it is right.",
            FIELD,
        )
    elif result.status >= 400:
        yield RULE.warn(
            "Page has a fault",
            f"{_shown(url)} answered with status {result.status} {_when(result)}.",
            "Try it again later.",
            FIELD,
        )
    else:
        yield from _opened(case, url, result)


def _opened(case: Case, url: str, result: LinkResult) -> Iterator[Finding]:
    final = result.final_url or url
    if owner(final) != owner(url) and not is_among(url, SHORTENERS) and not is_among(final, PORTALS):
        yield RULE.warn(
            "Link leads elsewhere",
            f"{host(url)} passes people on to {host(final)}.",
            "Give the address it ends at, if that is the right page.",
            FIELD,
        )
    elif is_front_page(final) and not is_front_page(url):
        yield RULE.warn(
            "Link leads to the front page",
            f"{_shown(url)} passes people on to {host(final)}.",
            "Give the address of the role’s own page.",
            FIELD,
        )
    if result.says_closed:
        yield RULE.stop(
            "Page says it is closed",
            f"{_shown(final)}, {_when(result)}.",
            "Check the link, or wait until the page is open.",
            FIELD,
        )
    closes = case.day("closes")
    ahead = [day for day in result.dates_found if day >= case.today]
    if closes and ahead and closes not in result.dates_found:
        yield RULE.warn(
            "Page shows another date",
            f"It speaks of {', '.join(long_day(day) for day in ahead[:3])}, and the closing date here is "
            f"{long_day(closes)}.",
            "See which is right.",
            "closes",
        )


def _worked(case: Case, url: str, result: LinkResult) -> str:
    same = case.day("closes") in result.dates_found
    told = " The page shows the same closing date." if same else ""
    return f"{_shown(url)} answered {_when(result)}.{told}"


def _when(result: LinkResult) -> str:
    at = hour(result.checked_at.astimezone(UK).time().replace(second=0, microsecond=0))
    return f"at {at} on {long_day(uk_day(result.checked_at))}"


def _shown(url: str) -> str:
    whole = page(url)
    return whole if len(whole) <= LONGEST_SHOWN else f"{whole[: LONGEST_SHOWN - 1]}…"
