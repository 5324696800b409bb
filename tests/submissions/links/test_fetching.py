"""Fetching is bounded in time, size and patience, asks robots.txt first, and reads the letters a page is written in."""

import time
from datetime import timedelta

import pytest

from directory.submissions.links.fetching import CannotFetch, Fetcher, Why
from tests.submissions.links.web_of_ours import NOW, Reply, Web, packed, page, passing_on

URL = "http://larkfield.example/jobs/1"


def test_a_page_is_fetched_and_says_who_asks(web: Web) -> None:
    web.pages["http://larkfield.example/jobs/1?from=a&b=c%20d"] = page("Quality apprentice")
    fetched = web.fetcher().fetch("http://larkfield.example/jobs/1?from=a&b=c%20d#apply", NOW)
    assert (fetched.status, fetched.content_type, fetched.hops) == (200, "text/html", ())
    assert fetched.final_url == "http://larkfield.example/jobs/1?from=a&b=c%20d"
    assert "Quality apprentice" in fetched.text
    assert {sent["User-Agent"] for sent in web.headers} == {"WayInBot/1.0 (+https://wayin.example)"}


def test_a_secured_page_is_fetched_by_its_name(web: Web) -> None:
    web.pages["https://larkfield.example/jobs"] = page("Secured")
    assert "Secured" in web.fetcher().fetch("larkfield.example/jobs", NOW).text


def test_a_certificate_of_nobody_we_trust_or_for_another_name_is_refused(web: Web) -> None:
    web.pages["https://larkfield.example/jobs"] = page("Secured")
    assert "certificate" in str(refusal(web.fetcher(trust=False), "https://larkfield.example/jobs"))
    assert "certificate" in str(refusal(web.fetcher(), "https://other.example/jobs"))
    assert web.asked == []


def test_letters_of_every_language_may_stand_in_an_address(web: Web) -> None:
    web.pages["http://xn--bcher-kva.example/%C3%BCber?q=%C3%A9"] = page("Found")
    assert "Found" in web.fetcher().fetch("http://Bücher.example/über?q=é", NOW).text


def test_one_setting_switches_it_off(web: Web) -> None:
    assert refusal(web.fetcher(WAYIN_FETCH_LINKS="no"), URL).why is Why.SWITCHED_OFF
    assert (web.looked_up, web.asked) == ([], [])


def test_a_page_that_drips_is_given_up_in_time(web: Web) -> None:
    web.pages[URL] = Reply("a page that takes very long to say anything at all", drip=0.1)
    began = time.monotonic()
    assert "too long" in str(refusal(web.fetcher(seconds=0.7), URL))
    assert time.monotonic() - began < 1.6


def test_a_robots_file_that_drips_counts_too(web: Web) -> None:
    web.pages["http://larkfield.example/robots.txt"] = Reply("User-agent: * Disallow: nothing", drip=0.1)
    began = time.monotonic()
    assert refusal(web.fetcher(seconds=0.7), URL).why is Why.UNREACHABLE
    assert time.monotonic() - began < 1.6


def test_three_megabytes_are_too_many(web: Web) -> None:
    web.pages[URL] = page("x" * 3_000_000)
    assert refusal(web.fetcher(), URL).why is Why.SIZE


def test_a_page_that_unpacks_to_far_more_than_was_sent_is_not_unpacked(web: Web) -> None:
    web.pages[URL] = packed(b"\0" * 50_000_000)
    began = time.monotonic()
    assert refusal(web.fetcher(), URL).why is Why.SIZE
    assert time.monotonic() - began < 2


def test_a_packed_page_is_unpacked(web: Web) -> None:
    web.pages[URL] = packed(b"<p>Packed " * 1000)
    assert web.fetcher().fetch(URL, NOW).text.count("Packed") == 1000


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "nonsense"])
def test_a_packing_that_we_did_not_ask_for_is_refused(packing: str, web: Web) -> None:
    web.pages[URL] = Reply(b"x", headers=(("Content-Type", "text/html"), ("Content-Encoding", packing)))
    assert refusal(web.fetcher(), URL).why is Why.KIND


def test_what_claims_to_be_packed_and_is_not_is_refused(web: Web) -> None:
    web.pages[URL] = Reply(b"<p>plain", headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip")))
    assert refusal(web.fetcher(), URL).why is Why.KIND


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/png", "text/plain", "application/javascript", "", "nonsense"]
)
def test_what_is_no_page_is_not_read(kind: str, web: Web) -> None:
    web.pages[URL] = Reply(b"x", headers=(("Content-Type", kind),) if kind else ())
    problem = refusal(web.fetcher(), URL)
    assert (problem.why, problem.status, problem.final_url) == (Why.KIND, 200, URL)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_a_page_that_does_not_answer_well_is_told_by_its_status(status: int, web: Web) -> None:
    web.pages[URL] = Reply("no", status=status)
    problem = refusal(web.fetcher(), URL)
    assert (problem.why, problem.status) == (Why.STATUS, status)
    assert f"status {status}" in str(problem)


def test_five_hops_are_followed_and_a_sixth_is_not(web: Web) -> None:
    for number in range(1, 8):
        web.pages[f"http://larkfield.example/{number}"] = passing_on(f"/{number + 1}")
    web.pages["http://larkfield.example/6"] = page("The end")
    fetched = web.fetcher().fetch("http://larkfield.example/1", NOW)
    assert fetched.hops == tuple(f"http://larkfield.example/{number}" for number in range(1, 6))
    web.pages["http://larkfield.example/0"] = passing_on("/1")
    assert refusal(web.fetcher(), "http://larkfield.example/0").why is Why.REDIRECTS


def test_a_circle_is_seen(web: Web) -> None:
    web.pages["http://larkfield.example/a"] = passing_on("/b")
    web.pages["http://larkfield.example/b"] = passing_on("/a")
    assert "circle" in str(refusal(web.fetcher(), "http://larkfield.example/a"))
    assert len(web.pages_asked()) == 2


def test_a_page_may_pass_on_to_https_and_never_back(web: Web) -> None:
    web.pages["http://larkfield.example/"] = passing_on("https://larkfield.example/", 301)
    web.pages["https://larkfield.example/"] = page("Secured")
    assert "Secured" in web.fetcher().fetch("http://larkfield.example/", NOW).text
    web.pages["https://larkfield.example/"] = passing_on("http://larkfield.example/plain")
    assert refusal(web.fetcher(), "https://larkfield.example/").why is Why.REDIRECTS


@pytest.mark.parametrize("location", ["/caf\u00e9", "http://larkfield.example/caf%C3%A9", "caf%C3%A9", " /caf%C3%A9 "])
def test_onward_addresses_are_read_as_browsers_do(location: str, web: Web) -> None:
    web.pages["http://larkfield.example/"] = passing_on(location.encode().decode("latin-1"))
    web.pages["http://larkfield.example/caf%C3%A9"] = page("Found")
    assert "Found" in web.fetcher().fetch("http://larkfield.example/", NOW).text


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("<p>Université".encode(), "text/html; charset=utf-8", "Université"),
        ("<p>Université".encode("cp1252"), "text/html; charset=iso-8859-1", "Université"),
        ("<p>£20 – “good”".encode("cp1252"), "text/html; charset=ISO-8859-1", "£20 – “good”"),
        ("<p>£20".encode("cp1252"), "text/html", "£20"),
        ("<p>£20".encode(), "text/html", "£20"),
        ("<p>Ŵyl £20".encode("utf-16"), "text/html", "Ŵyl £20"),
        ("\ufeff<p>£20".encode(), "text/html; charset=windows-1252", "<p>£20"),
        ("<meta charset=windows-1252><p>£20".encode("cp1252"), "text/html", "£20"),
        ("<p>£20".encode(), "text/html; charset=unicode_escape", "£20"),
        ("<p>£20".encode(), "text/html; charset=zip", "£20"),
        (b"<p>a\0b\xff", "text/html; charset=utf-8", "ab\ufffd"),
    ],
)
def test_a_page_is_read_in_the_letters_it_is_written_in(body: bytes, kind: str, words: str, web: Web) -> None:
    web.pages[URL] = Reply(body, headers=(("Content-Type", kind),))
    assert words in web.fetcher().fetch(URL, NOW).text


def test_a_site_that_wants_no_robots_is_left_alone(web: Web) -> None:
    web.pages["http://larkfield.example/robots.txt"] = Reply("User-agent: *\nDisallow: /jobs/\nAllow: /jobs/2")
    web.pages["http://larkfield.example/jobs/2"] = page("Found")
    fetcher = web.fetcher()
    assert refusal(fetcher, URL).why is Why.ROBOTS
    assert "Found" in fetcher.fetch("http://larkfield.example/jobs/2", NOW).text
    assert web.pages_asked() == ["http://larkfield.example/jobs/2"]


def test_where_a_page_passes_on_to_is_asked_as_well(web: Web) -> None:
    web.pages["http://larkfield.example/"] = passing_on("http://jobs.example/1")
    web.pages["http://jobs.example/robots.txt"] = Reply("User-agent: WayInBot\nDisallow: /")
    assert refusal(web.fetcher(), "http://larkfield.example/").final_url == "http://jobs.example/1"
    assert web.pages_asked() == ["http://larkfield.example/"]


def test_what_a_site_asks_of_robots_is_remembered_for_an_hour(web: Web) -> None:
    web.pages[URL] = page("Found")
    fetcher = web.fetcher()
    for minutes, times in ((0, 1), (59, 1), (61, 2)):
        fetcher.fetch(URL, NOW + timedelta(minutes=minutes))
        assert web.asked.count("http://larkfield.example/robots.txt") == times


@pytest.mark.parametrize(("status", "welcome"), [(404, True), (403, True), (410, True), (429, False), (500, False)])
def test_no_robots_file_forbids_nothing_and_a_faulty_one_everything(status: int, welcome: bool, web: Web) -> None:
    web.pages[URL] = page("Found")
    web.pages["http://larkfield.example/robots.txt"] = Reply(status=status)
    if welcome:
        assert "Found" in web.fetcher().fetch(URL, NOW).text
    else:
        assert refusal(web.fetcher(), URL).why is Why.UNREACHABLE
        assert web.pages_asked() == []


def refusal(fetcher: Fetcher, url: str) -> CannotFetch:
    with pytest.raises(CannotFetch) as refused:
        fetcher.fetch(url, NOW)
    return refused.value
