"""Every page on which somebody writes or decides: by keyboard, with large text, with a thumb, and on paper."""

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import MODERATORS
from tests.journeys.post import sign_in
from tests.journeys.test_every_page import SIDEWAYS
from tests.journeys.test_keyboard import walk
from tests.journeys.test_print import RELATIVE
from tests.journeys.test_submitting import PAGES_OF_A_MODERATOR, send, write

SOMEBODY = reversed(MODERATORS)  # others than test_submitting takes, so that the newest email is its own
STEPS = ("organisation", "role", "dates?fix=", "who", "check", "all", "whole-page", "later", "discard")
CLAIMED = "autolus-apprenticeships"
ANYBODYS = (
    *("/organisations/add", "/submit/spreadsheet", "/sign-in", "/organisations", "/organisations/autolus"),
    *(f"/opportunities/{CLAIMED}/claim", f"/opportunities/{CLAIMED}/report", "/organisations/autolus/claim"),
)
OF_ONE = (
    *(
        "/moderation/organisations/autolus",
        f"/moderation/unchecked/{CLAIMED}",
        f"/moderation/unchecked/{CLAIMED}/correct",
    ),
    *("/moderation/words/1", "/moderation/skills/add", "/moderation/reasons/1", "/moderation/record/1"),
)

# What stands alone and is smaller than a thumb; a link within a sentence is as high as its line.
SMALL = """() => [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary)")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.type !== "hidden")
  .filter((one) => !one.classList.contains("cover"))
  .filter((one) => one.localName !== "a" || getComputedStyle(one).display !== "inline"
    || one.parentElement.textContent.trim() === one.textContent.trim())
  .filter((one) => !one.closest(".slide, .key-facts, .opportunity, .band, .columns, .check, .strip"))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([one, box]) => Math.round(box.width) < 44 || Math.round(box.height) < 44)
  .map(([one, box]) => `${one.textContent.trim() || one.name} ${Math.round(box.width)} by ${Math.round(box.height)}`)"""


@pytest.fixture
def desks(context: Callable[..., BrowserContext]) -> tuple[Page, list[str]]:
    """A moderator's window who also writes: it may open every page there is, given with their addresses."""
    page = context(reduced_motion="reduce", color_scheme="light").new_page()
    page.goto("/sign-in?onward=/moderation")
    who = next(SOMEBODY)
    page.get_by_label("Your email address").fill(who)
    page.get_by_role("button", name="Email me a link and a code").click()
    sign_in(page, who)
    writer = context(java_script_enabled=False).new_page()
    email = f"{'long' * 9}.{token_hex(3)}@larkfield.example"
    write(writer, "Sent internship", email)
    send(writer, email)
    writer.goto(f"/opportunities/{CLAIMED}/claim")
    writer.get_by_role("radio", name="right as it is").check()
    writer.get_by_label("How do you speak for them?").fill("I run the apprenticeships.")
    if (name := writer.get_by_label("Your name")).count():
        name.fill("Ali Grant")
    writer.get_by_role("button", name="Go on").click()
    page.goto("/moderation")
    item = page.get_by_role("main").get_by_role("link", name="Sent internship").first.get_attribute("href")
    write(page, "Cell growing internship", who)
    draft = page.url.rsplit("/", 1)[0]
    sent = (f"{item}", f"{item}/edits", f"{item}/preview")
    mine = [f"{draft}/{step}" for step in STEPS]
    return page, [*mine, *ANYBODYS, *PAGES_OF_A_MODERATOR, "/account/leave", *OF_ONE, "/moderation", *sent]


def test_tab_comes_to_everything_in_the_order_it_is_read(desks: tuple[Page, list[str]]) -> None:
    page, paths = desks
    page.set_viewport_size({"width": 390, "height": 800})
    for path in paths:
        page.goto(path)
        if page.locator(".error-summary").count():
            assert page.evaluate("document.activeElement.className") == "error-summary", path
            continue
        operable, met = walk(page)
        assert [one["place"] for one in met] == list(range(len(operable))), (
            f"{path}: out of order, skipped, or held fast"
        )
        assert [one["words"] for one in met if not one["ringed"]] == [], f"{path}: focus can't be seen"
        assert [one["words"] for one in met if not one["uncovered"]] == [], f"{path}: focus is hidden"


def test_text_twice_as_large_fits_a_phone_and_a_thumb_hits_everything(desks: tuple[Page, list[str]]) -> None:
    page, paths = desks
    found: dict[tuple[str, str], object] = {}
    titles: dict[str, str] = {}
    for path in paths:
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(path)
        assert titles.setdefault(page.title(), path) == path, "two pages are called the same"
        found[path, "small"] = page.evaluate(SMALL)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[path, "large text"] = page.evaluate(SIDEWAYS)
        page.set_viewport_size({"width": 320, "height": 800})
        page.evaluate("document.documentElement.style.fontSize = ''")
        found[path, "narrow"] = page.evaluate(SIDEWAYS)
    assert {where: what for where, what in found.items() if what} == {}


def test_nothing_is_printed_that_only_works_on_a_screen(desks: tuple[Page, list[str]]) -> None:
    """What was typed is: on paper a box to write into stays a box, and holds all of its words."""
    page, paths = desks
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    for path in (*paths, "/mine"):
        page.goto(path)
        for role in ("navigation", "button", "search"):
            printed = [one.inner_text() for one in page.get_by_role(role).all() if one.is_visible()]
            assert [words for words in printed if role != "navigation" or " of " not in words] == [], (path, role)
        assert page.evaluate(SIDEWAYS) <= 0, path
        cut = (
            "[...document.querySelectorAll('textarea')].filter((box) => box.scrollHeight > box.clientHeight + 2).length"
        )
        assert page.evaluate(cut) == 0, path
    page.goto("/mine")
    assert RELATIVE.findall(page.get_by_role("main").inner_text()) == []
