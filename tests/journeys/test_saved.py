"""A visitor saves, compares, shares and prints: with script and without, and nothing is kept but on their device."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect


def button(page: Page, act: str, title: str) -> Locator:
    """Give the button that does something with one of what is saved."""
    return page.get_by_role("button", name=re.compile(rf"^{act}\W+{re.escape(title)}$"))


def save_first(page: Page, many: int) -> list[str]:
    """Save the first few results, each where it stands, and give their titles."""
    titles = []
    for number in range(many):
        card = page.get_by_role("article").nth(number)
        titles.append(card.get_by_role("heading").inner_text())
        card.get_by_role("button", name="Save").click()
        expect(page.get_by_role("article").nth(number).get_by_role("button", name="Saved")).to_be_visible()
    return titles


def test_what_is_saved_is_compared_shared_and_printed(any_page: Page, context: Callable[..., BrowserContext]) -> None:
    page = any_page
    page.goto("/search?q=lab")
    titles = save_first(page, 3)
    page.goto("/saved")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved (3)")
    button(page, "Up", titles[2]).click()
    expect(page.get_by_role("article").nth(1).get_by_role("heading")).to_have_text(titles[2])
    button(page, "Remove", titles[1]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved (2)")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved (3)")

    for title in titles[:2]:
        page.get_by_role("checkbox", name=re.compile(rf"^Compare\W+{re.escape(title)}$")).check()
    page.get_by_role("button", name=re.compile("^Compare .*chosen")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare 2")
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(table.get_by_role("rowheader", name="You need")).to_be_visible()

    page.goto("/saved")
    page.get_by_role("link", name="Share or send to yourself").click()
    link = page.get_by_label("The link").input_value()
    other = context(java_script_enabled=False).new_page()
    other.goto(link[link.index("/shared") :])
    expect(other.get_by_role("article")).to_have_count(3)
    other.get_by_role("button", name="Save all to this device").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Saved (3)")
    other.emulate_media(media="print")
    expect(button(other, "Remove", titles[0])).to_be_hidden()
    expect(other.get_by_role("article").first).to_be_visible()


def test_a_note_of_ones_own_stays_on_the_device(page: Page) -> None:
    page.goto("/search?q=lab")
    (title,) = save_first(page, 1)
    page.goto("/saved")
    note = page.get_by_label(f"Your note on {title}")
    note.fill("Ask Mum")
    page.reload()
    expect(page.get_by_label(f"Your note on {title}")).to_have_value("Ask Mum")
    page.get_by_role("button", name="Delete everything saved here").click()
    expect(page.get_by_role("status").first).to_contain_text("Everything saved here is removed")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label(f"Your note on {title}")).to_have_value("")


def test_saving_and_comparing_keep_nobody_out(context: Callable[..., BrowserContext], axe: Callable[..., None]) -> None:
    page = context(reduced_motion="reduce", color_scheme="light").new_page()
    page.goto("/search?q=lab")
    save_first(page, 2)
    page.goto("/saved")
    items = page.get_by_role("link", name="Share or send to yourself").get_attribute("href")
    assert items
    query = items.split("?", 1)[1]
    for path in ("/saved", f"/shared?{query}", f"/shared/link?{query}", f"/compare?{query}", "/compare"):
        page.goto(path)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            axe(page)
        page.emulate_media(color_scheme="dark")
        axe(page, colours=True)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 900})
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(sideways) <= 0, path
