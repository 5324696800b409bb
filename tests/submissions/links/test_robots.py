"""robots.txt is read as RFC 9309 says."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.submissions.links.robots import allows, read_rules


@pytest.mark.parametrize(
    ("text", "path", "welcome"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow:", "/", True),
        ("User-agent: *\nDisallow: /", "/jobs", False),
        ("user-agent : *\ndisallow : /jobs # ours", "/jobs/1", False),
        ("User-agent: *\nDisallow: /jobs\nAllow: /jobs/open", "/jobs/open/1", True),
        ("User-agent: *\nAllow: /jobs\nDisallow: /jobs", "/jobs", True),
        ("User-agent: *\nDisallow: /*/apply", "/jobs/apply", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /jobs$", "/jobs", False),
        ("User-agent: *\nDisallow: /jobs$", "/jobs/1", True),
        ("User-agent: *\nDisallow: *", "/jobs", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: WayInBot\nDisallow: /private", "/jobs", True),
        ("User-agent: wayinbot/2.0\nDisallow: /", "/jobs", False),
        ("User-agent: OtherBot\nUser-agent: WayInBot\nDisallow: /", "/jobs", False),
        ("User-agent: OtherBot\nDisallow: /", "/jobs", True),
        (
            "User-agent: WayInBot\nAllow: /a\nUser-agent: *\nDisallow: /\nUser-agent: WayInBot\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: *\nCrawl-delay: 5\nDisallow: /caf%C3%A9", "/caf%c3%a9", False),
        ("Disallow: /", "/", True),
        ("<html><a href='x'>Disallow: /</a>", "/", True),
    ],
)
def test_the_longest_rule_of_our_group_wins(text: str, path: str, welcome: bool) -> None:
    assert allows(read_rules(text, "WayInBot"), path) is welcome


def test_no_pattern_takes_long() -> None:
    rules = read_rules("User-agent: *\n" + f"Disallow: /{'*a' * 200}b\n" * 2_000, "WayInBot")
    began = time.monotonic()
    assert allows(rules, "/" + "a" * 1_900)
    assert time.monotonic() - began < 3


@given(st.text(), st.text())
def test_nothing_written_there_raises(text: str, path: str) -> None:
    allows(read_rules(f"User-agent: *\n{text}\nDisallow: {text}", "WayInBot"), path)
