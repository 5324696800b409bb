"""What leaves the reader's device, and what stays on it: nothing, until they press the appearance setting."""

from playwright.sync_api import Page, expect

from tests.journeys.test_every_page import EVERY_PAGE

KEPT = "[localStorage.length, sessionStorage.length, document.cookie]"


def test_no_request_leaves_the_site_and_nothing_is_kept(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in EVERY_PAGE.values():
        page.goto(path)
        assert page.context.cookies() == [], path
        assert page.evaluate(KEPT) == [0, 0, ""], path
    assert len(asked) > len(EVERY_PAGE), "styles and scripts should have been seen too"
    assert [url for url in asked if not url.startswith(f"{address}/")] == []


def test_searching_and_filtering_keep_nothing(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.get_by_label("What interests you?").fill("lab work")
    page.keyboard.press("Tab")  # the suggestions would lie over what is below
    page.get_by_role("button", name="Show opportunities").click()
    page.get_by_role("checkbox", name="Placement").check()
    status = page.get_by_role("form", name="Filters").get_by_role("status")
    expect(status).to_contain_text("result")
    page.get_by_role("article").first.get_by_role("link").click()
    expect(page.get_by_role("region", name="Key facts")).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate(KEPT) == [0, 0, ""]
    assert [url for url in asked if not url.startswith(f"{address}/")] == []


def test_the_appearance_setting_keeps_one_cookie_and_auto_takes_it_away(any_page: Page) -> None:
    any_page.goto("/")
    for name, kept in (("Dark", ["appearance"]), ("Light", ["appearance"]), ("Auto", [])):
        button = any_page.get_by_role("button", name=name)
        with any_page.expect_response("**/appearance?**"):
            button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert [cookie["name"] for cookie in any_page.context.cookies()] == kept
    assert any_page.evaluate("localStorage.length") == 0


def test_links_that_leave_the_site_wait_to_be_pressed(page: Page, address: str) -> None:
    """Nothing is fetched ahead from where they lead, and the way to apply says where that is."""
    page.goto("/opportunities/in2stem")
    way = page.get_by_role("region", name="Key facts").get_by_role("link").last
    url = way.get_attribute("href")
    assert url and not url.startswith(address)
    expect(page.get_by_role("region", name="Key facts")).to_contain_text(
        f"Opens {url.split('/')[2].removeprefix('www.')}"
    )
    assert page.locator("link[rel~=preconnect], link[rel~=prefetch], link[rel~=dns-prefetch], iframe").count() == 0
