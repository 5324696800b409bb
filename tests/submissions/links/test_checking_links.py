"""The page people apply on is opened once, and says whether it answers, where it leads and whether it is closed."""

from datetime import date

import pytest

from directory.submissions.checks import link
from directory.submissions.checks.case import Case
from directory.submissions.links.checking import link_result, says_closed
from tests.submissions.links.samples import html, posting
from tests.submissions.links.web_of_ours import NOW, Reply, Web, page, passing_on

URL = "http://larkfield.example/apply"


def test_a_page_that_works_says_where_it_is_and_when_it_closes(web: Web) -> None:
    web.pages[URL] = passing_on("/apply/1")
    web.pages["http://larkfield.example/apply/1"] = Reply(
        html("<p>Apply by 5 March 2027</p>", posting(validThrough="2027-03-09"))
    )
    result = link_result(URL, web.fetcher(), NOW)
    assert (result.status, result.final_url, result.title) == (200, "http://larkfield.example/apply/1", "Jobs")
    assert (result.says_closed, result.dates_found) == (False, (date(2027, 3, 5), date(2027, 3, 9)))
    assert (result.checked_at, result.problem, result.is_unread) == (NOW, "", False)


def test_a_page_that_is_gone_has_its_status(web: Web) -> None:
    web.pages[URL] = Reply(status=410)
    result = link_result(URL, web.fetcher(), NOW)
    assert (result.status, result.is_unread) == (410, False)
    assert "gone" in result.problem


def test_a_host_that_does_not_exist_has_none(web: Web) -> None:
    web.names["larkfield.example"] = []
    result = link_result(URL, web.fetcher(), NOW)
    assert (result.status, result.final_url, result.is_unread) == (None, URL, False)
    assert "couldn’t find larkfield.example" in result.problem


def test_a_form_to_download_is_no_fault(web: Web) -> None:
    web.pages[URL] = Reply(b"%PDF", headers=(("Content-Type", "application/pdf"),))
    result = link_result(URL, web.fetcher(), NOW)
    assert (result.status, result.is_unread) == (200, True)


@pytest.mark.parametrize("forbidden", ["robots", "setting"])
def test_a_page_that_we_may_not_read_is_not_said_to_fail(forbidden: str, web: Web) -> None:
    web.pages["http://larkfield.example/robots.txt"] = Reply("User-agent: *\nDisallow: /")
    fetcher = web.fetcher(WAYIN_FETCH_LINKS="no" if forbidden == "setting" else "yes")
    result = link_result(URL, fetcher, NOW)
    assert (result.status, result.is_unread) == (None, True)
    case = Case({"apply_url": URL}, {"apply_url": URL}, NOW.date(), link=result)
    assert "We couldn’t look at the page" in [finding.title for finding in link.check(case)]


def test_a_page_that_says_it_is_closed_is_heard(web: Web) -> None:
    web.pages[URL] = page("<h1>Apply</h1><p>Applications for this role are now closed.</p>")
    assert link_result(URL, web.fetcher(), NOW).says_closed


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Applications are now closed.",
            "Applications have closed",
            "This vacancy has now closed.",
            "The role has been filled.",
        ),
        *(
            "This job is no longer available",
            "We are no longer accepting applications.",
            "The closing date has passed.",
        ),
        *("Applications for our 2027 programme are closed.", "Registration is now closed", "This vacancy has expired."),
        *("Applications are no longer being accepted", "The deadline for applications has passed"),
    ],
)
def test_clear_words_say_that_it_is_closed(words: str) -> None:
    assert says_closed(["Careers", words])


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Applications close on 5 March 2027.",
            "If this vacancy has closed, look at our others.",
            "Closed shoes are worn.",
        ),
        *("Once applications have closed we’ll write to you.", "The lab is closed on Sundays.", "Closing soon!"),
        *("This vacancy may be closed early.", "When the role has been filled we will say so.", "closed", ""),
        *("Last year’s applications are closed.", "We'll interview after applications have closed."),
    ],
)
def test_words_about_another_day_do_not(words: str) -> None:
    assert not says_closed([words])
