"""Narrowing, widening, ordering and turning the pages of results, and coming back to them."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, expect

NOTHING = "/search?kind=fellowship&where=scotland&pay=unpaid"


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def titles(page: Page) -> list[str]:
    return main(page).get_by_role("article").get_by_role("heading").all_inner_texts()


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="Filters in use").get_by_role("link", name=re.compile(", remove$"))


def option(page: Page, name: str) -> Locator:
    """Give a tick box by its label, which its count follows."""
    return page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(name)} [\d,]+ results?$"))


def counted(page: Page, name: str) -> int:
    """Give how many results the row of an option promises."""
    row = page.locator("label").filter(has=option(page, name)).text_content()
    assert row
    return int(re.findall(r"([\d,]+) results?$", row)[0].replace(",", ""))


def show(page: Page) -> None:
    """Press the button under the filters."""
    page.get_by_role("form", name="Filters").get_by_role("button", name=re.compile("^(Show|Update|Nothing)")).click()


def choose_order(page: Page, name: str) -> None:
    page.get_by_text("Sort:").click()
    main(page).get_by_role("link", name=name, exact=True).click()


def pairs(page: Page) -> set[tuple[str, str]]:
    """Give what the address asks for."""
    return set(parse_qsl(urlsplit(page.url).query))


def expect_total(page: Page, total: int) -> None:
    expect(heading(page)).to_have_text(f"{total:,} {'opportunity' if total == 1 else 'opportunities'}")


def test_an_option_narrows_to_as_many_as_it_says_and_its_chip_takes_it_off(any_page: Page) -> None:
    any_page.goto("/search")
    before, first = heading(any_page).inner_text(), titles(any_page)
    promised = counted(any_page, "Fellowship")
    option(any_page, "Fellowship").check()
    show(any_page)
    expect_total(any_page, promised)
    expect(main(any_page)).to_contain_text("fellowships")
    expect(any_page).to_have_title(f"{promised} opportunities: fellowships · Way In")
    expect(option(any_page, "Fellowship")).to_be_checked()
    for card in main(any_page).get_by_role("article").all():
        expect(card).to_contain_text("Fellowship")
    assert pairs(any_page) == {("kind", "fellowship")}
    expect(chips(any_page)).to_have_text(["Fellowship, remove"])
    chips(any_page).click()
    expect(heading(any_page)).to_have_text(before)
    assert titles(any_page) == first
    expect(chips(any_page)).to_have_count(0)
    expect(option(any_page, "Fellowship")).not_to_be_checked()


def test_options_of_one_facet_widen_and_facets_narrow_each_other(page: Page) -> None:
    page.goto("/search?q=research")
    option(page, "Internship").check()
    show(page)
    expect(chips(page)).to_have_count(1)
    interns, placements = counted(page, "Internship"), counted(page, "Placement")
    option(page, "Placement").check()
    show(page)
    expect_total(page, interns + placements)
    promised = counted(page, "Undergrad")
    assert promised < interns + placements
    option(page, "Undergrad").check()
    show(page)
    expect_total(page, promised)
    expect(chips(page)).to_have_text(["Placement, remove", "Internship, remove", "Undergrad, remove"])
    expect(main(page)).to_contain_text("for ‘research’, placements or internships open to undergrad")
    main(page).get_by_role("link", name="Clear all").click()
    expect(chips(page)).to_have_count(0)
    assert pairs(page) == {("q", "research")}


def test_new_words_keep_the_filters_and_filters_keep_the_words(any_page: Page) -> None:
    any_page.goto("/search?q=lab&kind=placement&sort=newest")
    any_page.get_by_label("What interests you?").fill("research")
    any_page.keyboard.press("Tab")  # the suggestions would lie over what is below
    any_page.get_by_role("button", name="Search", exact=True).click()
    expect(main(any_page)).to_contain_text("for ‘research’, placements")
    option(any_page, "Graduate").check()
    show(any_page)
    expect(main(any_page)).to_contain_text("for ‘research’, placements open to graduate")
    assert {("q", "research"), ("kind", "placement"), ("stage", "graduate"), ("sort", "newest")} <= pairs(any_page)


def test_an_option_that_finds_nothing_can_still_be_ticked_and_leads_on(any_page: Page) -> None:
    any_page.goto("/search?kind=fellowship&where=scotland")
    any_page.get_by_text("PayAny", exact=True).click()
    assert counted(any_page, "Unpaid") == 0
    option(any_page, "Unpaid").check()
    show(any_page)
    expect(heading(any_page)).to_have_text("Nothing matches all of that yet")
    expect(chips(any_page)).to_have_count(3)
    assert titles(any_page) == []


def test_every_change_offered_when_nothing_is_found_finds_what_it_says(plain_page: Page) -> None:
    plain_page.goto(NOTHING)
    expect(plain_page.get_by_role("heading", name="Change one thing")).to_be_visible()
    offers = main(plain_page).get_by_role("link", name=re.compile(r"^Show \d+"))
    promised = [int(re.findall(r"\d+", name)[0]) for name in offers.all_text_contents()]
    assert promised != []
    for place, total in enumerate(promised):
        offers.nth(place).click()
        expect_total(plain_page, total)
        assert titles(plain_page) != []
        plain_page.go_back()
        expect(heading(plain_page)).to_have_text("Nothing matches all of that yet")


def test_the_button_tells_what_the_ticks_would_find_and_focus_stays(page: Page) -> None:
    page.goto("/search")
    box = option(page, "Internship")
    promised = counted(page, "Internship")
    box.focus()
    page.keyboard.press("Space")
    filters = page.get_by_role("form", name="Filters")
    expect(filters.get_by_role("button", name=f"Show {promised} results")).to_be_visible()
    expect(filters.get_by_role("status")).to_have_text(f"{promised} results")
    expect(box).to_be_focused()
    assert pairs(page) == set()
    page.keyboard.press("Space")
    expect(filters.get_by_role("status")).not_to_have_text(f"{promised} results")
    expect(box).to_be_focused()


def test_a_long_list_is_searched_within(page: Page) -> None:
    page.goto("/search")
    page.get_by_text("OrganisationAny", exact=True).click()
    organisations = page.get_by_role("group", name="Organisation").last
    organisations.get_by_role("searchbox").fill("lifearc")
    expect(organisations.get_by_role("checkbox")).to_have_count(1)
    organisations.get_by_role("checkbox").check()
    show(page)
    expect(main(page)).to_contain_text("from LifeArc")


def test_the_rows_of_a_long_list_that_are_folded_can_be_unfolded(page: Page) -> None:
    page.goto("/search")
    expect(option(page, "Course")).to_be_hidden()
    page.get_by_text(re.compile(r"^\d+ more: Kind$")).click()
    promised = counted(page, "Course")
    option(page, "Course").check()
    show(page)
    expect_total(page, promised)
    expect(option(page, "Course")).to_be_visible()


def test_filters_open_as_a_drawer_on_a_phone(any_page: Page) -> None:
    any_page.set_viewport_size({"width": 390, "height": 844})
    any_page.goto("/search")
    expect(option(any_page, "Internship")).to_be_hidden()
    any_page.get_by_role("button", name="Filters", exact=True).click()
    promised = counted(any_page, "Internship")
    option(any_page, "Internship").check()
    show(any_page)
    expect_total(any_page, promised)
    expect(option(any_page, "Internship")).to_be_hidden()
    any_page.get_by_role("button", name="Filters (1)").click()
    expect(option(any_page, "Internship")).to_be_checked()


def test_the_drawer_closes_by_its_button_and_by_escape_and_focus_returns(any_page: Page) -> None:
    any_page.set_viewport_size({"width": 390, "height": 844})
    any_page.goto("/search")
    opener = any_page.get_by_role("button", name="Filters", exact=True)
    drawer = any_page.get_by_role("form", name="Filters")
    opener.click()
    expect(drawer).to_be_visible()
    drawer.get_by_role("button", name="Close").click()
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    expect(drawer).to_be_visible()
    any_page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()


def test_an_order_changes_the_order_and_nothing_else(any_page: Page) -> None:
    any_page.goto("/search?q=cell+therapy&kind=resource")
    before, usual = heading(any_page).inner_text(), titles(any_page)
    choose_order(any_page, "Newest")
    expect(any_page.get_by_text("Sort: Newest")).to_be_visible()
    expect(heading(any_page)).to_have_text(before)
    assert ("sort", "newest") in pairs(any_page)
    choose_order(any_page, "Best match")
    expect(any_page.get_by_text("Sort: Best match")).to_be_visible()
    assert titles(any_page) == usual
    assert pairs(any_page) == {("q", "cell therapy"), ("kind", "resource")}


def test_the_soonest_to_act_on_stand_first(plain_page: Page) -> None:
    """Two close and one opens, in the days that the journeys gave them: before all whose dates nobody confirmed."""
    plain_page.goto("/search")
    deadlines = main(plain_page).locator(".card .deadline").all_inner_texts()
    assert [text.split()[0] for text in deadlines[:3]] == ["Closes", "Closes", "Opens"]
    assert "Tomorrow" in deadlines[0]


def test_every_result_stands_on_one_page(plain_page: Page) -> None:
    plain_page.goto("/search?kind=placement&kind=resource")
    total = int(heading(plain_page).inner_text().split()[0])
    seen = titles(plain_page)
    pages = plain_page.get_by_role("navigation", name="Pages of results")
    expect(pages).to_contain_text(f"1 to 20 of {total}")
    expect(pages.get_by_role("link", name="Previous")).to_have_count(0)
    number = 1
    while pages.get_by_role("link", name="Next").count():
        pages.get_by_role("link", name="Next").click()
        number += 1
        expect(pages.locator("[aria-current=page]")).to_have_text(f"Page {number}")
        expect(chips(plain_page)).to_have_count(2)
        seen += titles(plain_page)
    assert number > 1
    expect(pages).to_contain_text(f"to {total} of {total}")
    assert len(seen) == len(set(seen)) == total
    pages.get_by_role("link", name="Page 1", exact=True).click()
    expect(pages.locator("[aria-current=page]")).to_have_text("Page 1")
    assert titles(plain_page) == seen[:20]


def test_back_and_forward_give_every_state_again(any_page: Page) -> None:
    any_page.goto("/search")
    states = []

    def note() -> None:
        states.append((any_page.url, heading(any_page).inner_text(), titles(any_page)))

    note()
    option(any_page, "Placement").check()
    show(any_page)
    expect(chips(any_page)).to_have_count(1)
    note()
    option(any_page, "Undergrad").check()
    show(any_page)
    expect(chips(any_page)).to_have_count(2)
    note()
    any_page.get_by_role("link", name=states[-1][2][0]).click()
    expect(any_page.get_by_role("region", name="Key facts")).to_be_visible()
    for url, said, cards in reversed(states):
        any_page.go_back()
        expect(any_page).to_have_url(url)
        expect(heading(any_page)).to_have_text(said)
        assert titles(any_page) == cards
    for url, said, cards in states[1:]:
        any_page.go_forward()
        expect(any_page).to_have_url(url)
        expect(heading(any_page)).to_have_text(said)
        assert titles(any_page) == cards


def test_back_shows_the_ticks_that_its_results_were_found_with(any_page: Page) -> None:
    """Not what was ticked there last, which the heading, the chips and the counts know nothing of."""
    any_page.goto("/search?kind=placement")
    option(any_page, "Undergrad").check()
    show(any_page)
    expect(chips(any_page)).to_have_count(2)
    any_page.go_back()
    expect(chips(any_page)).to_have_text(["Placement, remove"])
    expect(option(any_page, "Placement")).to_be_checked()
    expect(option(any_page, "Undergrad")).not_to_be_checked()


def test_the_back_link_leads_to_the_very_results(page: Page) -> None:
    page.goto("/search?q=cell&stage=graduate&page=2")
    url = page.url
    main(page).get_by_role("article").nth(2).get_by_role("link").click()
    page.get_by_role("link", name="Back to your results").click()
    expect(page).to_have_url(url)


def test_the_back_link_leads_to_all_results_for_who_came_from_elsewhere(plain_page: Page, address: str) -> None:
    plain_page.goto("/opportunities/bia-bigimpact")
    plain_page.get_by_role("link", name="All opportunities").first.click()
    expect(plain_page).to_have_url(f"{address}/search")


def test_an_address_gives_everybody_the_same_page(context: Callable[..., BrowserContext]) -> None:
    seen = []
    for options in ({}, {"java_script_enabled": False}, {"viewport": {"width": 390, "height": 844}}):
        other = context(**options).new_page()
        other.goto("/search?q=cell+therapy&near=Newport&within=50&stage=graduate&sort=newest&page=2")
        seen.append((other.title(), heading(other).inner_text(), titles(other), chips(other).all_inner_texts()))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2] != []
