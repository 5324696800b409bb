"""Every sort of page, looked at as people with other eyes, other screens and other settings meet it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import CLOSES_THIS_WEEK, CLOSES_TOMORROW, OPENS_SOON, WITHDRAWN

MANY_FILTERS = "kind=apprenticeship&kind=placement&stage=16-18&stage=undergraduate&where=scotland&where=online&pay=paid"
EVERY_PAGE = {
    "home": "/",
    "everything": "/search",
    "an unknown place on page 2": "/search?near=Xyzzyville&within=10&kind=resource&page=2",
    "all and some words, near one of several": "/search?q=cell+therapy&kind=apprenticeship&near=Newport&within=25",
    "many filters": f"/search?q=lab&{MANY_FILTERS}&near=Glasgow&within=50&sort=newest",
    "nothing found": "/search?kind=fellowship&where=scotland&pay=unpaid",
    "every state": "/search?when=open&when=opens&when=not-running",
    "taking a search away": "/search/download?kind=course&where=scotland",
    "closes tomorrow": f"/opportunities/{CLOSES_TOMORROW}",
    "closes this week": f"/opportunities/{CLOSES_THIS_WEEK}",
    "opens soon": f"/opportunities/{OPENS_SOON}",
    "a usual window": "/opportunities/sanger-prize",
    "no dates": "/opportunities/lifearc-virtual-work-experience",
    "an umbrella": "/opportunities/atac-advanced-therapies-apprenticeships",
    "ended": "/opportunities/nuffield-research-placements",
    "a resource": "/opportunities/bia-bigimpact",
    "organisations": "/organisations",
    "an organisation": "/organisations/nihr",
    "about": "/about",
    "how we check": "/how-we-check",
    "privacy": "/privacy",
    "accessibility": "/accessibility",
    "data and licences": "/data-and-licences",
    "glossary": "/glossary",
    "not here": "/no/such/page",
    "withdrawn": f"/opportunities/{WITHDRAWN}",
}

WIDE, PHONE, NARROWEST = 1280, 390, 320
HEIGHT = 900
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# WCAG 1.4.12: what a reader may set, all at once. An adopted sheet is let in by the site's own policy.
SPACED_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
CUT_OFF = """() => [...document.querySelectorAll("body *")]
  .filter((box) => box.checkVisibility() && box.clientWidth > 2 && box.textContent.trim())
  .filter((box) => ["hidden", "clip"].includes(getComputedStyle(box).overflowY))
  .filter((box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.className || box.localName)"""
MOVING = """() => [...document.querySelectorAll("*")]
  .flatMap((box) => [null, "::before", "::after"].map((part) => [box, getComputedStyle(box, part)]))
  .filter(([box, style]) => [style.transitionDuration, style.animationDuration].join().split(",")
    .some((seconds) => parseFloat(seconds) > 0.001))
  .map(([box]) => box.className || box.localName)"""


def batched(number: int) -> list[list[str]]:
    """Share the pages out among this many tests: a new window for each page takes longer than the page."""
    return [list(EVERY_PAGE)[first::number] for first in range(number)]


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})


@pytest.fixture
def still_page(context: Callable[..., BrowserContext]) -> Page:
    """The window of a visitor who wants nothing to move: colours change at once, so they can be measured."""
    return context(reduced_motion="reduce", color_scheme="light").new_page()


@pytest.mark.parametrize("names", batched(8), ids=", ".join)
def test_nobody_is_kept_out(still_page: Page, axe: Callable[..., None], names: list[str]) -> None:
    for name in names:
        still_page.goto(EVERY_PAGE[name])
        for width in (WIDE, PHONE):
            resize(still_page, width)
            still_page.emulate_media(color_scheme="light")
            axe(still_page)
            still_page.emulate_media(color_scheme="dark")
            axe(still_page, colours=True)


@pytest.mark.parametrize(("drawer", "name"), [("Filters", "nothing found"), ("Menu", "about")])
def test_nobody_is_kept_out_of_an_open_drawer(
    still_page: Page, axe: Callable[..., None], drawer: str, name: str
) -> None:
    resize(still_page, PHONE)
    still_page.goto(EVERY_PAGE[name])
    still_page.get_by_role("button", name=drawer).click()
    axe(still_page)
    still_page.emulate_media(color_scheme="dark")
    axe(still_page, colours=True)


def test_nobody_is_kept_out_of_what_is_folded(still_page: Page, axe: Callable[..., None]) -> None:
    still_page.goto(EVERY_PAGE["all and some words, near one of several"])
    still_page.evaluate("document.querySelectorAll('details').forEach((part) => part.open = true)")
    axe(still_page)


@pytest.mark.parametrize("names", batched(2), ids=", ".join)
def test_no_page_scrolls_sideways(page: Page, names: list[str]) -> None:
    """At the narrowest, with text twice as large, with text spaced out, and in forced colours."""
    found = {}
    for name in names:
        resize(page, NARROWEST)
        page.emulate_media(forced_colors="none")
        page.goto(EVERY_PAGE[name])
        found[name, "narrow"] = page.evaluate(SIDEWAYS)
        page.emulate_media(forced_colors="active")
        found[name, "narrow, forced colours"] = page.evaluate(SIDEWAYS)
        page.emulate_media(forced_colors="none")
        page.evaluate(SPACED_OUT)
        found[name, "narrow, spaced out"] = page.evaluate(SIDEWAYS)
        resize(page, 640)
        page.evaluate("document.adoptedStyleSheets = []")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[name, "text twice as large"] = page.evaluate(SIDEWAYS)
        resize(page, PHONE)
        found[name, "text twice as large on a phone"] = page.evaluate(SIDEWAYS)
    assert {where: pixels for where, pixels in found.items() if pixels > 0} == {}


@pytest.mark.parametrize("width", [NARROWEST, WIDE])
def test_spaced_out_text_is_not_cut_off(page: Page, width: int) -> None:
    resize(page, width)
    cut = {}
    for name in ("home", "many filters", "nothing found", "closes tomorrow", "an umbrella", "organisations", "privacy"):
        page.goto(EVERY_PAGE[name])
        page.evaluate(SPACED_OUT)
        cut[name] = page.evaluate(CUT_OFF)
    assert {name: boxes for name, boxes in cut.items() if boxes} == {}


def test_nothing_moves_for_those_who_asked_for_that(still_page: Page) -> None:
    for name in ("home", "everything", "closes tomorrow"):
        still_page.goto(EVERY_PAGE[name])
        assert still_page.evaluate(MOVING) == [], name


def test_forced_colours_still_tell_chosen_from_not(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/search?kind=apprenticeship")
    colours = "box => getComputedStyle(box).backgroundColor"
    ticked, empty = (
        page.get_by_role("checkbox", name=name).evaluate(colours) for name in ("Apprenticeship", "Placement")
    )
    assert ticked != empty
    filled, hollow = (page.locator(wells).first.evaluate(colours) for wells in (".wells .on", ".wells i:not(.on)"))
    assert filled != hollow


def test_every_page_works_without_javascript(plain_page: Page) -> None:
    """Nothing is left on it that only works with JavaScript, and what the page is called says where one is."""
    titles = {}
    for name, path in EVERY_PAGE.items():
        plain_page.goto(path)
        assert plain_page.get_by_role("main").inner_text().strip(), name
        assert plain_page.get_by_role("heading", level=1).count() == 1, name
        assert plain_page.locator(".js-only:visible").count() == 0, name
        titles[name] = plain_page.title()
    assert all(title.endswith(" · Way In") for title in titles.values())


@pytest.mark.parametrize("height", [720, 900])
def test_no_fact_is_cut_off_in_the_panel_beside_the_story(page: Page, height: int) -> None:
    page.set_viewport_size({"width": 1280, "height": height})
    page.goto("/opportunities/atac-advanced-therapies-apprenticeships")
    panel = page.locator(".key-facts")
    assert panel.evaluate("panel => panel.scrollHeight <= panel.clientHeight")
    end = panel.locator(".key-facts-end")
    end.scroll_into_view_if_needed()
    box = end.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= height
