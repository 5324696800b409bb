"""The appearance setting, pressed by a person."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


def test_a_visitor_chooses_the_dark_scheme_and_stays_on_the_page(any_page: Page) -> None:
    any_page.goto("/about?from=journey")
    press(any_page, "Dark")
    expect(any_page.locator("html")).to_have_attribute("data-theme", "dark")
    assert any_page.url.endswith("/about?from=journey")
    any_page.reload()
    expect(any_page.locator("html")).to_have_attribute("data-theme", "dark")
    press(any_page, "Auto")
    any_page.reload()
    expect(any_page.locator("html")).not_to_have_attribute("data-theme", "dark")


def press(page: Page, name: str) -> None:
    """Press a button of the appearance setting and wait until the choice is kept and shown."""
    button = page.get_by_role("button", name=name)
    with page.expect_response("**/appearance?**"):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_error_page_keeps_nobody_out(page: Page, axe: Callable[[Page], None], scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/no/such/page")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
