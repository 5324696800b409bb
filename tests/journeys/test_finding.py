"""From the home page to what a person came for."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

SEARCH_WORDS = "What interests you?"
SHOW = "Show opportunities"


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def cards(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("article")


def total(page: Page) -> int:
    """Give how many the heading of the results counts."""
    expect(heading(page)).to_have_text(re.compile(r"^[\d,]+ opportunit(y|ies)$"))
    return int(heading(page).inner_text().split()[0].replace(",", ""))


def number(text: str) -> int:
    """Give the first number in ``text``."""
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])


def open_first(page: Page) -> str:
    """Open the first card and give its title, which the page must have too."""
    link = cards(page).first.get_by_role("link")
    title = link.inner_text()
    link.click()
    expect(heading(page)).to_have_text(title)
    return title


@pytest.mark.parametrize(
    "words", ["a cell therapy apprenticeship in Scotland", "cell therapy apprenticeships Scotland"]
)
def test_a_cell_therapy_apprenticeship_in_scotland_is_found_by_typing_it(any_page: Page, words: str) -> None:
    any_page.goto("/")
    any_page.get_by_label(SEARCH_WORDS).fill(words)
    any_page.keyboard.press("Enter")
    expect(any_page.get_by_role("main")).to_contain_text(f"for ‘{words}’")
    expect(cards(any_page).first).to_contain_text("Apprenticeship")
    open_first(any_page)
    expect(any_page.get_by_role("main")).to_contain_text("Apprenticeship")
    expect(any_page.get_by_role("region", name="Key facts")).to_contain_text("Scotland")


def test_a_cell_therapy_apprenticeship_in_scotland_is_found_by_ticking(any_page: Page) -> None:
    any_page.goto("/")
    any_page.get_by_label(SEARCH_WORDS).fill("cell therapy")
    any_page.keyboard.press("Tab")  # the suggestions would lie over what is below
    any_page.get_by_role("button", name=SHOW).click()
    any_page.get_by_role("checkbox", name="Apprenticeship").check()
    any_page.get_by_role("checkbox", name="Scotland").check()
    any_page.get_by_role("form", name="Filters").get_by_role("button", name=re.compile("^(Show|Update)")).click()
    expect(any_page.get_by_role("main")).to_contain_text("for ‘cell therapy’, apprenticeships, in Scotland")
    for card in cards(any_page).all():
        expect(card).to_contain_text("Apprenticeship")
    open_first(any_page)
    expect(any_page.get_by_role("region", name="Key facts")).to_contain_text("Scotland")


def test_work_experience_online_is_found_by_typing_it(any_page: Page) -> None:
    any_page.goto("/")
    any_page.get_by_label(SEARCH_WORDS).fill("work experience I can do online")
    any_page.keyboard.press("Tab")  # the suggestions would lie over what is below
    any_page.get_by_role("button", name=SHOW).click()
    expect(cards(any_page).first).to_contain_text("experience")
    expect(cards(any_page).first).to_contain_text("Online")
    open_first(any_page)
    expect(any_page.get_by_role("region", name="Key facts")).to_contain_text("Online")


def test_work_experience_online_is_found_from_a_quick_search(any_page: Page) -> None:
    any_page.goto("/")
    any_page.get_by_role("list", name="Quick searches").get_by_role("link", name="Online").click()
    expect(any_page.get_by_role("checkbox", name="Online").first).to_be_checked()
    for kind in ("Work experience", "Virtual experience"):
        any_page.get_by_role("checkbox", name=kind).check()
    any_page.get_by_role("form", name="Filters").get_by_role("button", name=re.compile("^(Show|Update)")).click()
    expect(any_page.get_by_role("main")).to_contain_text("work experience or virtual experience, online")
    titles = cards(any_page).get_by_role("heading").all_inner_texts()
    assert "LifeArc Virtual Work Experience" in titles
    for card in cards(any_page).all():
        expect(card).to_contain_text(re.compile("(Work|Virtual) experience"))


def test_the_three_questions_are_asked_at_once(any_page: Page) -> None:
    any_page.goto("/")
    any_page.get_by_label(SEARCH_WORDS).fill("lab work")
    any_page.get_by_label("Where are you now?").select_option(label="16–18")
    any_page.get_by_label("Town or postcode").fill("Leeds")
    any_page.keyboard.press("Tab")  # the suggestions would lie over what is below
    any_page.get_by_role("button", name=SHOW).click()
    expect(any_page.get_by_role("main")).to_contain_text("for ‘lab work’, open to 16–18, near Leeds")
    assert any_page.title().endswith("open to 16–18, near Leeds · Way In")
    expect(any_page.get_by_label(SEARCH_WORDS)).to_have_value("lab work")
    expect(any_page.get_by_label("Town or postcode")).to_have_value("Leeds")
    expect(any_page.get_by_role("checkbox", name="16–18")).to_be_checked()


def test_each_question_may_stay_empty(plain_page: Page) -> None:
    plain_page.goto("/search")
    everything = total(plain_page)
    plain_page.goto("/")
    plain_page.get_by_role("button", name=SHOW).click()
    assert total(plain_page) == everything


def test_javascript_leaves_empty_answers_out_of_the_address(page: Page, address: str) -> None:
    page.goto("/")
    page.get_by_label("Town or postcode").fill("Cardiff")
    page.keyboard.press("Tab")  # the suggestions would lie over what is below
    page.get_by_role("button", name=SHOW).click()
    expect(page).to_have_url(f"{address}/search?near=Cardiff")


@pytest.mark.parametrize("section", ["Ten ways in", "Start from where you are"])
def test_every_tile_and_step_leads_to_what_it_says(plain_page: Page, section: str) -> None:
    """The number on it is the number found, and what it names is what was asked for."""
    plain_page.goto("/")
    region = plain_page.get_by_role("region", name=section)
    links = region.get_by_role("link")
    said = links.evaluate_all(
        "links => links.map(link => [link.href, link.textContent, link.closest('li, .kind-tile').textContent])"
    )
    assert len(said) == 10
    for address, name, whole in said:
        plain_page.goto(address)
        label = re.split(r"[,(]", name)[0].strip()
        counted = number(whole.replace(label, ""))
        expect(heading(plain_page)).to_have_text(re.compile(rf"^{counted} opportunit(y|ies)$"))
        expect(plain_page.get_by_role("main")).to_contain_text(re.compile(re.escape(label), re.IGNORECASE))
        assert plain_page.get_by_role("list", name="Filters in use").get_by_role("link").count() == 1


def test_every_quick_search_finds_something(plain_page: Page) -> None:
    plain_page.goto("/")
    links = plain_page.get_by_role("list", name="Quick searches").get_by_role("link")
    for address in links.evaluate_all("links => links.map(link => link.href)"):
        plain_page.goto(address)
        assert total(plain_page) > 0
        assert cards(plain_page).count() > 0


def test_the_shelf_leads_to_as_many_as_it_says(plain_page: Page) -> None:
    plain_page.goto("/")
    shelf = plain_page.get_by_role("region", name="Closing soon")
    assert shelf.get_by_role("article").count() == 2, "the two that the journeys let close within two weeks"
    everything = shelf.get_by_role("link", name=re.compile("^See all"))
    counted = number(everything.inner_text())
    everything.click()
    assert total(plain_page) == counted
    expect(plain_page.get_by_role("checkbox", name="Closing within 2 weeks")).to_be_checked()


def test_the_header_and_the_footer_lead_around_the_site(plain_page: Page) -> None:
    plain_page.goto("/")
    for landmark, link, arrives in (
        ("Main", "About", "About Way In"),
        ("Main", "How we check", "How we check listings"),
        ("Find", "Organisations", "Organisations"),
        ("Find", "Glossary", "Glossary"),
        ("About", "Accessibility", "Accessibility"),
        ("About", "Privacy and cookies", "Privacy and cookies"),
        ("About", "Data and licences", "Data and licences"),
    ):
        plain_page.get_by_role("navigation", name=landmark, exact=True).get_by_role("link", name=link).click()
        expect(heading(plain_page)).to_have_text(re.compile(arrives, re.IGNORECASE))


def test_an_organisation_leads_to_its_listings_and_back(plain_page: Page) -> None:
    plain_page.goto("/opportunities/lifearc-virtual-work-experience")
    title = heading(plain_page).inner_text()
    plain_page.get_by_role("main").get_by_role("link", name="LifeArc", exact=True).first.click()
    expect(heading(plain_page)).to_have_text("LifeArc")
    plain_page.get_by_role("link", name=title).click()
    expect(heading(plain_page)).to_have_text(title)


def test_what_has_ended_says_so_and_leads_on(plain_page: Page) -> None:
    plain_page.goto("/opportunities/nuffield-research-placements")
    expect(plain_page.get_by_role("main")).to_contain_text("ended")
    plain_page.get_by_role("link", name="See what is like it and still running").click()
    alike = plain_page.get_by_role("region", name="Like this one")
    expect(alike).to_be_in_viewport()
    alike.get_by_role("link").first.click()
    expect(plain_page.get_by_role("region", name="Key facts")).to_be_visible()


def test_what_is_not_here_or_was_taken_away_leads_back_to_searching(plain_page: Page) -> None:
    for path, status, says in (
        ("/opportunities/never-listed", 404, "That page isn't here"),
        ("/opportunities/nihr-hee-internship-clinical-academic", 410, "That opportunity has been taken away"),
    ):
        answer = plain_page.goto(path)
        assert answer is not None and answer.status == status
        expect(heading(plain_page)).to_have_text(says)
        plain_page.get_by_role("link", name="Search every way in").click()
        assert total(plain_page) > 0
