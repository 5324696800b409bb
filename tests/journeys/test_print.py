"""What comes out of a printer: no controls, absolute dates, whole addresses, few sheets."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from directory.foundation import clock
from tests.journeys.conftest import CLOSES_THIS_WEEK, CLOSES_TOMORROW

RELATIVE = re.compile(r"\b(today|tomorrow|in \d+ (days?|weeks?|months?))\b", re.IGNORECASE)
OPPORTUNITIES = (
    CLOSES_TOMORROW,
    "atac-advanced-therapies-apprenticeships",
    "wellcome-biomedical-vacation-scholarships",
    "in2stem",
    "nuffield-research-placements",
    "bia-bigimpact",
)


@pytest.fixture
def paper(page: Page) -> Page:
    """A page as it will be printed."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    return page


def sheets(page: Page) -> int:
    """Print to A4 and count the sheets."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize(
    "path", ["/", "/search?q=lab&kind=placement&page=1", "/opportunities/in2stem", "/organisations/nihr", "/about"]
)
def test_nothing_is_printed_that_only_works_on_a_screen(paper: Page, path: str) -> None:
    paper.goto(path)
    for role in ("navigation", "button", "checkbox", "searchbox", "textbox", "combobox", "search"):
        printed = [one.inner_text() for one in paper.get_by_role(role).all() if one.is_visible()]
        assert [words for words in printed if role != "navigation" or " of " not in words] == [], role
    expect(paper.get_by_role("form", name="Filters")).to_be_hidden()
    expect(paper.get_by_role("contentinfo")).to_be_hidden()
    expect(paper.get_by_role("link", name="Skip to main content")).to_be_hidden()
    expect(paper.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(("slug", "days"), [(CLOSES_TOMORROW, 1), (CLOSES_THIS_WEEK, 5)])
def test_deadlines_become_absolute(paper: Page, slug: str, days: int) -> None:
    day = clock.now().astimezone(clock.UK).date() + timedelta(days=days)
    paper.goto(f"/opportunities/{slug}")
    facts = paper.get_by_role("region", name="Key facts")
    expect(facts).to_contain_text(f"Closes {day:%a} {day.day} {day:%b} {day.year}")
    assert RELATIVE.findall(paper.locator("main .opportunity").inner_text()) == []


def test_deadlines_on_cards_become_absolute(paper: Page) -> None:
    paper.goto("/search?when=open&when=opens")
    stubs = [stub.inner_text() for stub in paper.locator(".card .deadline").all()]
    assert len(stubs) >= 3  # other journeys may have published more
    for words in stubs:
        assert re.search(r"\d{4}", words), words
        assert RELATIVE.findall(words) == []


def test_the_way_to_apply_is_printed_as_an_address(paper: Page) -> None:
    paper.goto("/opportunities/in2stem")
    way = paper.get_by_role("region", name="Key facts").get_by_role("link").last
    printed = way.evaluate("way => getComputedStyle(way, '::after').content")
    assert way.get_attribute("href") in printed
    assert "https://" in printed
    expect(way).to_be_visible()


def test_paper_is_white_with_black_words_even_for_who_reads_in_the_dark(paper: Page) -> None:
    paper.emulate_media(media="print", color_scheme="dark")
    paper.goto("/opportunities/in2stem")
    words, sheet = paper.locator("body").evaluate(
        "body => [getComputedStyle(body).color, getComputedStyle(body).backgroundColor]"
    )
    assert max(map(int, re.findall(r"\d+", words)[:3])) < 80
    assert sheet in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_the_sources_are_printed_without_links_that_only_work_on_a_screen(paper: Page) -> None:
    paper.goto("/opportunities/in2stem")
    sources = paper.locator(".provenance li")
    assert sources.count()
    for source in sources.all():
        expect(source).to_be_visible()
        assert source.bounding_box()["height"] > 0
    expect(paper.locator("main").get_by_role("link", name="How we check")).to_be_hidden()
    paper.goto("/search")
    expect(paper.locator("main")).to_contain_text("closed, paused or ended")
    expect(paper.get_by_role("link", name="Show them")).to_be_hidden()


@pytest.mark.parametrize("slug", OPPORTUNITIES)
def test_an_opportunity_takes_three_sheets_at_most(paper: Page, slug: str) -> None:
    paper.goto(f"/opportunities/{slug}")
    assert 1 <= sheets(paper) <= 3


def test_a_page_of_results_takes_seven_sheets_at_most(paper: Page) -> None:
    paper.goto("/search")
    assert 1 <= sheets(paper) <= 7
