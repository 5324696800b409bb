"""An adviser shares a search as a list, fills and orders it, prints it, and a class opens it by its code."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.test_every_page import HEIGHT, NARROWEST, PHONE, SIDEWAYS, WIDE, resize

RESULTS = "/search?kind=fellowship"
TITLE = "Year 12 biology: spring options"


def make(page: Page, *, pins: int = 2) -> None:
    """Share a search as a list, and pin the first so many of what it finds."""
    page.goto(RESULTS)
    page.get_by_role("link", name="Share as a list").click()
    page.get_by_label("What is it called?").fill(TITLE)
    page.get_by_role("button", name="Make the list").click()
    expect(page.get_by_role("status").first).to_contain_text("The list is made")
    for number in range(1, pins + 1):
        page.locator("#current").get_by_role("button", name="Pin").first.click()
        expect(page.locator(".pin")).to_have_count(number)


def pinned(page: Page) -> list[str]:
    return [words.strip() for words in page.locator(".pin .pin-title a").all_inner_texts()]


def test_a_list_from_a_search_to_a_class_and_away(any_page: Page, context: Callable[..., BrowserContext]) -> None:
    make(any_page)
    first, second = pinned(any_page)
    note = any_page.get_by_label("Note", exact=False).first
    note.fill("Start here. The form is short.")
    any_page.get_by_role("button", name="Save note").first.click()
    expect(any_page.locator(".undo")).to_be_visible()
    expect(any_page.get_by_label("Note", exact=False).first).to_have_value("Start here. The form is short.")

    any_page.get_by_role("button", name="Down").first.press("Enter")  # no mouse
    expect(any_page.locator(".pin .pin-title a").first).to_have_text(second)
    any_page.get_by_role("button", name="Undo", exact=True).press("Enter")
    expect(any_page.locator(".pin .pin-title a").first).to_have_text(first)

    edit_address = any_page.get_by_label("Your edit link").input_value()
    code = any_page.locator(".list-ways b").inner_text()
    any_page.get_by_role("link", name="See it as a class does").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(any_page.locator("main")).to_contain_text("Start here. The form is short.")
    public = any_page.url
    any_page.get_by_role("link", name="Print", exact=True).click()
    expect(any_page.locator(".handout-code")).to_contain_text(code)
    assert any_page.locator(".handout-row").count() >= 2

    phone = context(viewport={"width": PHONE, "height": HEIGHT}).new_page()
    phone.goto("/class")
    phone.get_by_label("The four words").fill(code.upper())
    phone.get_by_role("button", name="Open the list").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(TITLE)

    any_page.goto(edit_address)
    any_page.get_by_role("link", name="Delete the list").click()
    any_page.get_by_role("button", name="Delete the list").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("It’s gone")
    newcomer = context().new_page()
    for gone in (public, edit_address):
        answer = newcomer.goto(gone)
        assert answer and answer.status in (404, 410), gone


def test_what_was_pressed_keeps_the_focus(page: Page) -> None:
    make(page)
    page.get_by_role("button", name="Down").first.press("Enter")
    expect(page.locator("#list-edit + [role=status]")).not_to_be_empty()
    assert page.evaluate("document.activeElement.closest('.pin, section') !== null")


@pytest.mark.parametrize("part", ["edit", "public"])
def test_nobody_is_kept_out_of_a_list(
    context: Callable[..., BrowserContext], axe: Callable[..., None], part: str
) -> None:
    page = context(reduced_motion="reduce", color_scheme="light").new_page()
    make(page)
    edit = page.get_by_label("Your edit link").input_value()
    public = page.locator(".list-ways a").first.get_attribute("href")
    ways = {
        "edit": (edit, f"{edit}/evidence"),
        "public": (public, f"{public}/share", f"{public}/print", f"{public}/qr"),
    }
    for address in ways[part]:
        page.goto(address or "")
        for width in (WIDE, PHONE):
            resize(page, width)
            page.emulate_media(color_scheme="light")
            axe(page)
            page.emulate_media(color_scheme="dark")
            axe(page, colours=True)
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        assert page.evaluate(SIDEWAYS) <= 0, address
        resize(page, WIDE)
