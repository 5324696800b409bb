"""An adviser makes a list from a search in a few minutes, a class opens it, and it is gone when it is deleted."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect


def test_a_list_goes_from_a_search_to_a_class(any_page: Page, context: Callable[..., BrowserContext]) -> None:
    page = any_page
    page.goto("/")
    page.get_by_role("link", name="Lists for classes").click()
    page.get_by_role("link", name="Start from a search").first.click()
    page.goto("/search?kind=apprenticeship")
    page.get_by_role("link", name="Share as a list").click()
    page.get_by_label("What is it called?").fill("Year 12: earn while you learn")
    page.get_by_role("button", name="Make the list").click()
    expect(page.get_by_role("status").first).to_contain_text("it is your edit link")
    edit = page.url

    pins, found = page.locator(".pin"), page.locator("#add .kept-list")
    for number in range(2):
        page.get_by_label("Find by words").fill("summer school")
        page.get_by_role("button", name="Find", exact=True).click()
        found.get_by_role("button").first.click()
        expect(pins).to_have_count(number + 1)
    second = pins.nth(1).locator("a").first.inner_text()
    pins.nth(1).get_by_role("button", name="Up").press("Enter")
    expect(pins.first.locator("a").first).to_have_text(second)
    pins.first.get_by_label("Note").fill("Bring a form on Thursday.")
    pins.first.get_by_role("button", name="Save note").click()
    expect(pins.first.get_by_label("Note")).to_have_value("Bring a form on Thursday.")
    pins.nth(1).get_by_role("button", name="Take off").click()
    expect(pins).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(pins).to_have_count(2)

    code = page.locator(".list-ways dd b").inner_text()
    phone = context(java_script_enabled=False).new_page()
    phone.goto("/class")
    phone.get_by_label("The four words").fill(code.upper().replace(" ", ""))
    phone.get_by_role("button", name="Open the list").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Year 12: earn while you learn")
    expect(phone.get_by_text("Bring a form on Thursday.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Apprenticeships", exact=True)).to_be_visible()
    public = phone.url
    phone.goto(f"{public}/print")
    expect(phone.get_by_text("Details change.")).to_be_visible()

    page.goto(edit)
    page.get_by_role("link", name="Delete the list").click()
    page.get_by_role("button", name="Delete the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It’s gone")
    assert phone.goto(public).status == 404  # type: ignore[union-attr]


def test_making_a_list_keeps_nobody_out(context: Callable[..., BrowserContext], axe: Callable[..., None]) -> None:
    page = context(reduced_motion="reduce", color_scheme="light").new_page()
    page.goto("/lists/new?rule=kind%3Dapprenticeship")
    page.get_by_label("What is it called?").fill("Year 12")
    page.get_by_role("button", name="Make the list").click()
    edit = page.url.split("?")[0]
    pages = ("/advisers", "/lists/new?rule=q%3Dlab", f"{edit}?find=lab", f"{edit}/evidence", f"{edit}/delete")
    for path in (*pages, "/lists/find", "/lists/find/sent", "/class?code=nothing"):
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
