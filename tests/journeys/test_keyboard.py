"""Everything by keyboard alone: Tab, Enter, Space and Escape, and always knowing where one is."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

# What Tab should come to, in the order that it is read; of one question's round buttons, the chosen or first one.
OPERABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.type !== "hidden")
  .filter((one) => {
    if (one.type !== "radio") return true;
    const group = [...one.form.elements[one.name]];
    return one === (group.find((other) => other.checked) ?? group[0]);
  })
  .map((one, place) => { one.dataset.place = place; return one.textContent.trim().slice(0, 60) || one.name; })"""

# Where focus is; whether the eye is told; and whether something of it can be seen that nothing lies over.
FOCUSED = """() => {
  const one = document.activeElement;
  const ring = one.classList.contains("cover") ? getComputedStyle(one, "::after") : getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const shares = [.05, .25, .5, .75, .95];
  const points = shares.flatMap((x) => shares.map((y) => [box.left + box.width * x, box.top + box.height * y]));
  return {
    place: one.dataset.place === undefined ? null : Number(one.dataset.place),
    ringed: ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2,
    uncovered: points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (one.contains(top) || top.contains(one));
    }),
    words: one.textContent.trim().slice(0, 60) || one.name,
  };
}"""

PAGES = {
    "home": "/",
    "results": "/search?q=cell+therapy&kind=apprenticeship&where=scotland",
    "nothing found": "/search?kind=fellowship&where=scotland&pay=unpaid",
    "opportunity": "/opportunities/atac-advanced-therapies-apprenticeships",
    "about": "/about",
}


def press(page: Page, key: str, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def tab_to(page: Page, goal: Locator, key: str = "Tab", most: int = 150) -> None:
    """Press Tab until focus is on ``goal``."""
    for _ in range(most):
        press(page, key)
        if goal.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{key} never came to {goal}")


def walk(page: Page) -> tuple[list[str], list[dict[str, Any]]]:
    """Press Tab through the whole page: what should be met, and what was."""
    operable = page.evaluate(OPERABLE)
    met = []
    for _ in operable:
        press(page, "Tab")
        met.append(page.evaluate(FOCUSED))
    return operable, met


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_tab_comes_to_everything_in_the_order_it_is_read(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(path)
    operable, met = walk(page)
    assert [one["place"] for one in met] == list(range(len(operable))), "out of order, skipped, or held fast"
    assert [one["words"] for one in met if not one["ringed"]] == [], "focus can't be seen"
    assert [one["words"] for one in met if not one["uncovered"]] == [], "focus is hidden under something"


def test_the_first_thing_is_the_way_past_the_header(any_page: Page) -> None:
    any_page.goto("/search")
    press(any_page, "Tab")
    skip = any_page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(any_page, "Enter")
    press(any_page, "Tab")
    expect(any_page.get_by_label("What interests you?")).to_be_focused()


def test_a_search_from_the_home_page_to_an_opportunity_and_back(any_page: Page) -> None:
    any_page.goto("/")
    press(any_page, "Tab")
    press(any_page, "Enter")
    press(any_page, "Tab")
    expect(any_page.get_by_label("What interests you?")).to_be_focused()
    any_page.keyboard.type("cell therapy")
    press(any_page, "Tab")
    expect(any_page.get_by_label("Where are you now?")).to_be_focused()
    press(any_page, "Tab", 2)
    expect(any_page.get_by_role("button", name="Show opportunities")).to_be_focused()
    press(any_page, "Enter")
    expect(any_page.get_by_role("main")).to_contain_text("for ‘cell therapy’")

    box = any_page.get_by_role("checkbox", name="Apprenticeship")
    tab_to(any_page, box)
    press(any_page, "Space")
    expect(box).to_be_checked()
    tab_to(any_page, any_page.get_by_role("form", name="Filters").get_by_role("button", name=re.compile("^(Show|Upd)")))
    press(any_page, "Enter")
    expect(any_page.get_by_role("main")).to_contain_text("for ‘cell therapy’, apprenticeships")
    results = any_page.url

    card = any_page.get_by_role("article").first.get_by_role("link")
    title = card.inner_text()
    tab_to(any_page, card)
    press(any_page, "Enter")
    expect(any_page.get_by_role("heading", level=1)).to_have_text(title)
    any_page.go_back()
    expect(any_page).to_have_url(results)
    expect(any_page.get_by_role("checkbox", name="Apprenticeship")).to_be_checked()


def test_enter_in_a_field_searches(any_page: Page) -> None:
    any_page.goto("/search?kind=placement")
    any_page.get_by_label("Town or postcode").focus()
    any_page.keyboard.type("Bristol")
    press(any_page, "Enter")
    expect(any_page.get_by_role("main")).to_contain_text("placements, near Bristol")


def test_the_order_is_chosen_and_its_menu_closes(page: Page) -> None:
    page.goto("/search?q=lab")
    summary = page.get_by_text("Sort:")
    opener = page.locator("summary").filter(has=summary)
    newest = page.get_by_role("main").get_by_role("link", name="Newest")
    opener.focus()
    press(page, "Enter")
    expect(newest).to_be_visible()
    press(page, "Tab")
    press(page, "Escape")
    expect(newest).to_be_hidden()
    expect(opener).to_be_focused()
    press(page, "Enter")
    tab_to(page, newest, most=4)
    press(page, "Enter")
    expect(page.get_by_text("Sort: Newest")).to_be_visible()


def test_a_facet_opens_and_folds(plain_page: Page) -> None:
    plain_page.goto("/search")
    level = plain_page.get_by_role("checkbox", name="Level 3")
    expect(level).to_be_hidden()
    plain_page.locator("summary").filter(has_text=re.compile("^Level")).focus()
    press(plain_page, "Enter")
    expect(level).to_be_visible()
    press(plain_page, "Space")
    expect(level).to_be_hidden()


@pytest.mark.parametrize(("opener", "sheet"), [("Filters", "filters"), ("Menu", "menu")])
def test_a_drawer_opens_beside_its_button_and_lets_go(any_page: Page, opener: str, sheet: str) -> None:
    """Tab goes from the button into the drawer; Escape closes it and gives focus back."""
    any_page.set_viewport_size({"width": 390, "height": 844})
    any_page.goto("/search?kind=fellowship&where=scotland&pay=unpaid")
    button = any_page.get_by_role("button", name=re.compile(f"^{opener}"))
    button.focus()
    press(any_page, "Enter")
    drawer = any_page.locator(f"#{sheet}")
    expect(drawer).to_be_visible()
    press(any_page, "Tab")
    assert drawer.evaluate("drawer => drawer.contains(document.activeElement)")
    press(any_page, "Escape")
    expect(drawer).to_be_hidden()
    expect(button).to_be_focused()


def test_a_drawer_that_focus_leaves_does_not_stay_over_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/about")
    page.get_by_role("button", name="Menu").press("Enter")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_visible()
    menu.get_by_role("link").last.focus()
    press(page, "Tab")
    expect(menu).to_be_hidden()


def test_the_appearance_is_chosen(any_page: Page) -> None:
    any_page.goto("/about")
    dark = any_page.get_by_role("button", name="Dark")
    dark.focus()
    press(any_page, "Enter")
    expect(dark).to_have_attribute("aria-pressed", "true")
    expect(any_page.locator("html")).to_have_attribute("data-theme", "dark")
