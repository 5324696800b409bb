"""Looking near a place, whatever a person calls it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

SHOW = re.compile("^(Show|Update)")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def total(page: Page) -> int:
    return int(heading(page).inner_text().split()[0].replace(",", ""))


def filters(page: Page) -> Locator:
    return page.get_by_role("form", name="Filters")


def look_near(page: Page, place: str) -> None:
    """Type a place in the bar above the results."""
    page.get_by_label("Town or postcode").fill(place)
    page.keyboard.press("Tab")  # the suggestions would lie over what is below
    page.get_by_role("button", name="Search", exact=True).click()


def test_a_radius_cuts_places_but_not_what_is_tied_to_none(any_page: Page) -> None:
    any_page.goto("/search")
    everything = total(any_page)
    filters(any_page).get_by_label("Near", exact=True).fill("Leeds")
    any_page.keyboard.press("Tab")  # the suggestions would lie over what is below
    filters(any_page).get_by_label("Within", exact=True).select_option(label="25 miles")
    filters(any_page).get_by_role("button", name=SHOW).click()
    expect(main(any_page)).to_contain_text("within 25 miles of Leeds or with no exact place")
    counts = main(any_page).get_by_text(re.compile(r"^\d+ within 25 miles of Leeds\."))
    expect(counts).to_contain_text("Not tied to one place:")
    numbers = [
        int(number) for number in re.findall(r"(\d+) (?:within|online|UK-wide|known|with no)", counts.inner_text())
    ]
    assert len(numbers) >= 4
    assert sum(numbers) == total(any_page) < everything
    expect(any_page.get_by_text("Sort: Nearest")).to_be_visible()
    expect(main(any_page).get_by_role("article").first).to_contain_text("Leeds")
    expect(any_page.get_by_role("list", name="Filters in use")).to_contain_text("Near Leeds")
    any_page.get_by_role("link", name="Within 25 miles").click()
    expect(heading(any_page)).to_have_text(f"{everything} opportunities")
    expect(main(any_page)).to_contain_text("near Leeds")


def test_a_wider_radius_finds_no_fewer(plain_page: Page) -> None:
    found = []
    for miles in (5, 25, 100, 500):
        plain_page.goto(f"/search?near=Leeds&within={miles}")
        found.append(total(plain_page))
    assert found == sorted(found)
    assert found[0] < found[-1]


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("leeds", "Leeds"),
        ("LS2", "LS2"),
        ("ls2 9jt", "LS2"),
        ("Ls29JT", "LS2"),
        ("G51", "G51"),
        ("Caerdydd", "Cardiff"),
        ("Dùn Èideann", "Edinburgh"),
    ],
)
def test_a_place_is_known_by_any_of_its_names(plain_page: Page, typed: str, taken: str) -> None:
    plain_page.goto("/search")
    look_near(plain_page, typed)
    expect(main(plain_page)).to_contain_text(re.compile(rf"near {taken}", re.IGNORECASE))
    expect(main(plain_page)).not_to_contain_text("We don’t know a place")
    expect(plain_page.get_by_role("list", name="Filters in use")).to_contain_text("Near ")


def test_an_unknown_place_is_said_and_the_rest_still_runs(any_page: Page) -> None:
    any_page.goto("/search?q=lab&kind=placement")
    found = heading(any_page).inner_text()
    look_near(any_page, "Xyzzyville")
    expect(main(any_page)).to_contain_text("We don’t know a place called ‘Xyzzyville’.")
    expect(heading(any_page)).to_have_text(found)
    expect(main(any_page)).to_contain_text("for ‘lab’, placements")
    expect(any_page.get_by_label("Town or postcode")).to_have_value("Xyzzyville")
    expect(main(any_page)).not_to_contain_text("near Xyzzyville")
    look_near(any_page, "York")
    expect(main(any_page)).not_to_contain_text("We don’t know a place")
    expect(main(any_page)).to_contain_text("near York")


def test_of_several_places_the_largest_is_taken_and_the_others_are_one_click_away(plain_page: Page) -> None:
    plain_page.goto("/search?kind=course")
    look_near(plain_page, "Newport")
    expect(main(plain_page)).to_contain_text("There is more than one")
    expect(main(plain_page)).to_contain_text("This is Newport, Wales.")
    others = main(plain_page).get_by_role("link", name=re.compile("^Newport, "))
    assert others.count() > 1
    other = others.first.inner_text()
    others.first.click()
    expect(main(plain_page)).to_contain_text(f"near {other}")
    expect(plain_page.get_by_role("checkbox", name="Course")).to_be_checked()
    expect(main(plain_page)).not_to_contain_text("near Newport, Wales")


def test_distances_are_told_on_the_cards_and_grow(plain_page: Page) -> None:
    plain_page.goto("/search?near=Leeds&within=100&where=england")
    told = [
        int(miles)
        for text in main(plain_page).get_by_role("article").all_inner_texts()
        for miles in re.findall(r"about (\d+) miles away", text)
    ]
    assert len(told) > 1
    assert told == sorted(told)
