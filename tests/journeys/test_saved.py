"""A student saves, puts in order, compares, shares and prints, with no account; another device opens the link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.test_every_page import HEIGHT, NARROWEST, PHONE, SIDEWAYS, WIDE, resize
from tests.journeys.test_print import sheets

RESULTS = "/search?kind=fellowship"


def save_first(page: Page, number: int) -> list[str]:
    """Save the first so many of the results, and give their titles."""
    page.goto(RESULTS)
    titles = []
    for at in range(number):
        button = page.locator("main button.save").nth(at)
        titles.append(button.locator(".visually-hidden").inner_text().removeprefix(", "))
        button.click()
        expect(button).to_have_class(re.compile("is-saved"))
        expect(page.locator("[data-saved-count]").first).to_have_text(str(at + 1))
    return titles


def titles_on(page: Page) -> list[str]:
    return [words.strip() for words in page.locator(".saved-item .card h2").all_inner_texts()]


def test_save_compare_share_and_open_on_another_device(any_page: Page, context: Callable[..., BrowserContext]) -> None:
    first, second, third = save_first(any_page, 3)
    assert re.search(rf"{re.escape(RESULTS)}(#save-\d+)?$", any_page.url)
    any_page.get_by_role("banner").get_by_role("link", name="Saved").first.click()
    assert titles_on(any_page) == [first, second, third]

    any_page.get_by_role("button", name="To the top").last.click()
    expect(any_page.locator(".saved-item .card h2").first).to_contain_text(third)
    assert titles_on(any_page) == [third, first, second]
    any_page.get_by_role("button", name="Remove").nth(1).click()
    expect(any_page.locator(".undo[role=status]")).to_contain_text(f"‘{first}’ is removed")
    assert titles_on(any_page) == [third, second]
    any_page.get_by_role("button", name="Undo").click()
    expect(any_page.locator(".saved-item")).to_have_count(3)
    assert titles_on(any_page) == [third, first, second]

    for box in any_page.get_by_role("checkbox", name="Compare").all()[:2]:
        box.check()
    any_page.locator("#comparing button").click()
    any_page.get_by_role("heading", name="Compare 2").wait_for()
    assert any_page.get_by_role("columnheader").count() == 2
    any_page.go_back()

    any_page.get_by_role("link", name="Share or send to yourself").click()
    link = any_page.get_by_label("The link").input_value()
    other = context().new_page()
    other.goto(link)
    assert titles_on(other) == [third, first, second]
    assert other.context.cookies() == []
    other.get_by_role("button", name="Save all to this device").click()
    expect(other.locator("[data-saved-count]").first).to_have_text("3")


def test_saving_is_said_to_who_cannot_see_it(page: Page) -> None:
    save_first(page, 1)
    expect(page.locator("#saving + [role=status]")).to_have_text("Saved")
    page.locator("main button.save").first.press("Enter")
    expect(page.locator("#saving + [role=status]")).to_have_text("Removed")
    expect(page.locator("main button.save").first).to_be_focused()
    expect(page.locator("[data-saved-count]").first).to_be_hidden()


def test_a_note_of_ones_own_stays_on_the_device(page: Page) -> None:
    save_first(page, 2)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    page.goto("/saved")
    page.get_by_label("Your note").first.fill("Ask Mum about the train")
    page.reload()
    expect(page.get_by_label("Your note").first).to_have_value("Ask Mum about the train")
    page.get_by_role("button", name="Remove").first.click()  # its note waits for an undo
    page.get_by_role("button", name="Delete everything saved here").click()
    page.get_by_role("heading", name="Saved", exact=True).wait_for()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('note-'))") == []
    assert not any("train" in one for one in sent)


def test_what_is_saved_prints_with_lines_to_write_on(any_page: Page) -> None:
    save_first(any_page, 3)
    any_page.goto("/saved")
    any_page.set_viewport_size({"width": 794, "height": 1123})
    any_page.emulate_media(media="print")
    for role in ("button", "checkbox", "textbox"):
        assert not any(one.is_visible() for one in any_page.get_by_role(role).all()), role
    expect(any_page.locator(".ruled").first).to_be_visible()
    assert sheets(any_page) <= 2
    any_page.emulate_media(media="screen")
    for box in any_page.get_by_role("checkbox", name="Compare").all():
        box.check()
    any_page.locator("#comparing button").click()
    any_page.emulate_media(media="print")
    assert not any(one.is_visible() for one in any_page.get_by_role("button").all())
    assert sheets(any_page) <= 3


@pytest.mark.parametrize("names", [("/saved", "/shared/link"), ("/shared", "/compare")], ids=" and ".join)
def test_nobody_is_kept_out_of_what_is_saved(
    context: Callable[..., BrowserContext], axe: Callable[..., None], names: tuple[str, str]
) -> None:
    page = context(reduced_motion="reduce", color_scheme="light").new_page()
    save_first(page, 3)
    page.goto("/saved")
    items = re.search(r"items=([\d.]+)", page.locator(".saved-tools a").first.get_attribute("href") or "")
    assert items
    for name in names:
        page.goto(f"{name}?items={items[1]}")
        for width in (WIDE, PHONE):
            resize(page, width)
            page.emulate_media(color_scheme="light")
            axe(page)
            page.emulate_media(color_scheme="dark")
            axe(page, colours=True)
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        assert page.evaluate(SIDEWAYS) <= 0, name
        resize(page, WIDE)
