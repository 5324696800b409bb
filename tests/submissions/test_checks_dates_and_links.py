"""Dates that add up, and a link that leads where it says."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from directory.submissions.checks import dates
from directory.submissions.checks import link as links
from directory.submissions.checks.domains import host, owner, page
from tests.submissions.cases import ANSWERS, TODAY, case, days, link, told, wrong

WORKDAY = date(2027, 1, 29)


def found(hour: time | None = None, live: dict[str, Any] | None = None, **said: date) -> list[tuple[str, str]]:
    rounds = [{"closing": "fixed", "closes_at": hour}]
    answers = {**dict.fromkeys(days(opens=TODAY, closes=TODAY, starts=TODAY), ""), **days(**said)}
    return told(dates.check(case(answers, live=live, rounds=rounds)))


def test_dates_that_add_up_are_told() -> None:
    [finding] = dates.check(case(days(opens=date(2026, 12, 1))))
    assert finding.title == "Dates add up"
    assert finding.evidence == "Opens 1 December 2026, closes 29 January 2027, starts 7 March 2027."


@pytest.mark.parametrize(
    ("said", "findings"),
    [
        ({"opens": date(2027, 2, 1), "closes": WORKDAY}, [("stop", "Closes before it opens")]),
        ({"opens": date(2027, 2, 1), "starts": WORKDAY}, [("stop", "Starts before it opens")]),
        ({"closes": WORKDAY, "starts": date(2027, 1, 28)}, [("warn", "Starts before it closes")]),
        ({"closes": WORKDAY, "starts": WORKDAY}, [("ok", "Dates add up")]),
        ({"closes": TODAY - timedelta(1)}, [("stop", "Closing date has passed")]),
        ({"closes": TODAY}, [("ok", "Dates add up")]),
        ({"starts": TODAY - timedelta(1)}, [("warn", "Start has passed")]),
        ({"closes": date(2028, 11, 24)}, [("ok", "Dates add up")]),
        ({"starts": date(2028, 11, 26)}, [("ok", "Dates add up")]),
        ({"starts": date(2028, 11, 27)}, [("warn", "More than two years ahead")]),
        ({}, []),
    ],
)
def test_each_way_in_which_dates_do_not_add_up_is_told(said: dict[str, date], findings: list[tuple[str, str]]) -> None:
    assert found(**said) == findings


@pytest.mark.parametrize(
    ("day", "hour", "finding"),
    [
        (date(2027, 1, 30), time(23, 59), "Closes at the end of a weekend day"),
        (date(2027, 1, 31), None, "Closes at the end of a weekend day"),
        (date(2027, 1, 30), time(12), "Dates add up"),
        (date(2027, 1, 31), time(0), "Closes at midnight"),
        (WORKDAY, time(0), "Closes at midnight"),
        (WORKDAY, time(23, 59), "Dates add up"),
        (WORKDAY, None, "Dates add up"),
    ],
)
def test_an_hour_that_misleads_or_leaves_people_alone_is_told(day: date, hour: time | None, finding: str) -> None:
    assert [title for _verdict, title in found(hour, closes=day)] == [finding]


def test_only_the_month_of_a_start_is_read_as_the_whole_month() -> None:
    month = {"starts_day": "", "starts_month": "nov", "starts_year": "26"}
    assert told(dates.check(case({**month, "closes_year": ""}, rounds=None)))[0][1] == "Dates add up"


def test_a_closing_date_moved_back_is_told_and_one_moved_on_in_time_is_not() -> None:
    live = {"closing": "fixed", **days(closes=date(2027, 1, 29))}
    assert found(live=live, closes=date(2027, 1, 28)) == [("warn", "Closing date moved back")]
    assert found(live=live, closes=date(2027, 2, 1)) == [("ok", "Dates add up")]
    assert found(live=live, closes=date(2027, 1, 29)) == [("ok", "Dates add up")]


def test_a_closing_date_moved_on_after_it_passed_is_told() -> None:
    live = days(closes=TODAY - timedelta(3))
    assert found(live=live, closes=WORKDAY) == [("warn", "Closing date moved later, 3 days after it passed")]


def test_a_day_that_is_left_over_from_another_way_of_closing_is_not_read() -> None:
    assert told(dates.check(case({"closing": "rolling", **days(closes=date(2020, 1, 1))}))) == [("ok", "Dates add up")]


def test_a_link_that_works_says_when_and_what_the_page_shows() -> None:
    [finding] = links.check(case(link=link(dates_found=(WORKDAY,))))
    assert finding.title == "Link works"
    assert finding.evidence == (
        "clydewater.example/apply answered at 9:12am on 26 November 2026. The page shows the same closing date."
    )


@pytest.mark.parametrize(
    ("url", "finding"),
    [
        ("http://clydewater.example/apply", ("warn", "Link isn’t secure")),
        ("https://bit.ly/3xYz", ("stop", "Link hides where it leads")),
        ("https://other.example/apply", ("warn", "Link leads to another site")),
        ("https://clydewater.example.evil.test/apply", ("warn", "Link leads to another site")),
    ],
)
def test_an_address_that_is_not_right_is_told(url: str, finding: tuple[str, str]) -> None:
    assert told(links.check(case(apply_url=url))) == [finding]


@pytest.mark.parametrize(
    "url",
    [
        "https://apply.clydewater.example/x",
        "https://www.jobs.nhs.uk/candidate/1",
        "https://clydewater.wd3.myworkdayjobs.com/x",
    ],
)
def test_the_organisations_own_site_and_portals_it_may_use_are_fine(url: str) -> None:
    assert list(links.check(case(apply_url=url))) == []


@pytest.mark.parametrize(
    ("answered", "finding"),
    [
        (link(None), ("stop", "Link doesn’t answer")),
        (link(404), ("stop", "Page isn’t there")),
        (link(403), ("warn", "We couldn’t look at the page")),
        (link(503), ("warn", "Page has a fault")),
        (link(says_closed=True), ("stop", "Page says it is closed")),
        (link(final_url="https://other.example/x"), ("warn", "Link leads elsewhere")),
        (link(final_url="https://www.clydewater.example/"), ("warn", "Link leads to the front page")),
        (link(dates_found=(date(2027, 2, 5),)), ("warn", "Page shows another date")),
        (link(dates_found=(date(2020, 2, 5),)), ("ok", "Link works")),
        (link(), ("ok", "Link works")),
    ],
)
def test_what_came_of_opening_it_is_told(answered: Any, finding: tuple[str, str]) -> None:
    assert told(links.check(case(link=answered))) == [finding]


def test_a_page_that_is_not_live_yet_need_not_answer() -> None:
    for answered in (None, link(None), link(404)):
        assert told(links.check(case({"page_not_live": "yes"}, link=answered))) == [("warn", "Page isn’t live yet")]


def test_nothing_is_said_of_a_link_that_nobody_gave_or_can_read() -> None:
    assert list(links.check(case({"apply_url": ""}, apply_url=None))) == []
    assert list(links.check(case({"apply_url": "http://[::1"}, apply_url="http://[::1"))) == []


@pytest.mark.parametrize(
    ("url", "whose"),
    [
        ("https://apply.crick.ac.uk/x", "crick.ac.uk"),
        ("www.nhs.uk", "nhs.uk"),
        ("https://a.b.example.com:8000", "example.com"),
        ("nowhere", "nowhere"),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_a_domain_is_known_by_who_registered_it(url: str, whose: str) -> None:
    assert owner(url) == whose


def test_two_addresses_of_one_page_are_the_same() -> None:
    assert page("https://www.a.example/x/?b=1&a=2&utm_source=mail#top") == page("http://a.example/x?a=2&b=1")
    assert page("https://a.example/x") != page("https://a.example/y")
    assert host("HTTPS://WWW.A.Example./") == "a.example"


def test_the_good_submission_is_good() -> None:
    assert wrong(dates.check(case())) == []
    assert ANSWERS["apply_url"].startswith("https://")
