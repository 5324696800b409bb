"""Typing what one means, and taking back what was read into it, with and without JavaScript."""

from playwright.sync_api import Page, expect

from tests.journeys.test_filtering import chips, heading, main, option


def test_a_typed_sentence_becomes_filters_that_come_off_one_by_one(any_page: Page) -> None:
    any_page.goto("/")
    any_page.get_by_label("What interests you?").fill("paid apprenticeship in Scotland for year 12")
    any_page.keyboard.press("Tab")  # the suggestions would lie over what is below
    any_page.get_by_role("button", name="Show opportunities").click()
    expect(main(any_page)).to_contain_text("year 12 as 16–18")
    expect(chips(any_page)).to_have_count(6)
    before = heading(any_page).inner_text()
    chips(any_page).filter(has_text="Scotland").click()
    expect(chips(any_page)).to_have_count(5)
    expect(heading(any_page)).not_to_have_text(before)
    expect(any_page.get_by_label("What interests you?")).to_have_value("paid apprenticeship in Scotland for year 12")


def test_a_filter_that_was_typed_can_be_unticked(any_page: Page) -> None:
    any_page.goto("/search?q=online+course")
    button = any_page.get_by_role("button", name="Filters (1)")
    if button.is_visible():
        button.click()
    box = option(any_page, "Online").first
    expect(box).to_be_checked()
    box.uncheck()
    any_page.locator(".filters-foot button").click()
    expect(chips(any_page)).to_have_count(0)
    expect(main(any_page)).not_to_contain_text("We read")


def test_only_the_words_is_a_search_of_its_own(any_page: Page) -> None:
    any_page.goto("/search?q=lab+work+near+Cardiff")
    any_page.get_by_role("link", name="Only look for the words").click()
    expect(chips(any_page)).to_have_count(0)
    expect(any_page.get_by_role("link", name="Only look for the words")).to_have_count(0)
