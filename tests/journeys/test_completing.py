"""Going on from the first letters: by keyboard, by mouse, by touch, and without JavaScript."""

import re
from collections.abc import Callable
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

WORDS, NEAR = "What interests you?", "Town or postcode"
BOLD = "option => [...option.querySelectorAll('b')].map(part => part.textContent)"


def field(page: Page, label: str = WORDS) -> Locator:
    return page.get_by_label(label, exact=True)


def offers(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def begin(page: Page, letters: str, label: str = WORDS) -> Locator:
    """Type letters one by one and wait for what is offered for all of them."""
    field(page, label).click()
    with page.expect_response(lambda answer: "/complete?" in answer.url and unquote_plus(answer.url).endswith(letters)):
        page.keyboard.type(letters)
    expect(offers(page).first).to_be_visible()
    return field(page, label)


def chosen(page: Page) -> str | None:
    """Give the text of the option that the field says is active, which must be the only one marked so."""
    active = page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
    marked = page.locator("[role=option][aria-selected=true]")
    if active is None:
        expect(marked).to_have_count(0)
        return None
    expect(marked).to_have_count(1)
    expect(marked).to_have_id(active)
    return marked.locator(".combobox-text").inner_text()


def test_the_field_says_what_it_is_and_how_many_are_offered(page: Page) -> None:
    page.goto("/")
    words = begin(page, "lifea")
    expect(words).to_have_role("combobox")
    expect(words).to_have_attribute("aria-expanded", "true")
    expect(words).to_have_attribute("aria-autocomplete", "list")
    assert page.locator(f"#{words.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    count = offers(page).count()
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_text(f"{count} suggestions")
    title = offers(page).filter(has_text="LifeArc Virtual Work Experience")
    expect(title).to_have_accessible_name("LifeArc Virtual Work Experience Virtual experience · LifeArc")
    assert title.evaluate(BOLD) == ["LifeA"]
    page.keyboard.type("zzzz")
    expect(offers(page)).to_have_count(0)
    expect(words).to_have_attribute("aria-expanded", "false")
    expect(words).to_have_value("lifeazzzz")


def test_arrows_go_through_the_offers_and_leave_the_words_alone(page: Page) -> None:
    page.goto("/")
    words = begin(page, "lifea")
    texts = offers(page).locator(".combobox-text").all_inner_texts()
    assert chosen(page) is None, "nothing is chosen before somebody chooses"
    for text in (*texts, None, texts[0]):
        page.keyboard.press("ArrowDown")
        assert chosen(page) == text
    for text in (None, texts[-1]):
        page.keyboard.press("ArrowUp")
        assert chosen(page) == text
    expect(words).to_have_value("lifea")
    expect(words).to_be_focused()
    for key in ("Home", "End", "ArrowLeft", "ArrowRight"):
        page.keyboard.press("ArrowUp")
        assert chosen(page) is not None
        page.keyboard.press(key)
        assert chosen(page) is None, key
    page.keyboard.press("Home")
    page.keyboard.type("x")
    expect(words).to_have_value("xlifea")


def test_escape_closes_first_and_empties_after(page: Page) -> None:
    page.goto("/")
    words = begin(page, "lifea")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(offers(page)).to_have_count(0)
    expect(words).to_have_value("lifea")
    assert chosen(page) is None
    page.keyboard.press("ArrowDown")
    expect(offers(page).first).to_be_visible()
    assert chosen(page) is not None
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(words).to_have_value("")


def test_tab_goes_on_and_takes_nothing(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 400})
    page.goto("/")
    words = begin(page, "gene")
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("listbox", name="Suggestions").evaluate("list => list.scrollHeight > list.clientHeight")
    page.keyboard.press("Tab")
    expect(field(page, "Where are you now?")).to_be_focused()
    expect(offers(page)).to_have_count(0)
    expect(words).to_have_value("gene")


@pytest.mark.parametrize("start", ["/", "/search?kind=virtual-experience"])
def test_enter_takes_a_title_and_finds_that_listing_first(page: Page, start: str) -> None:
    page.goto(start)
    begin(page, "lifearc vir")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?.*q=LifeArc\+Virtual\+Work\+Experience$"))
    expect(page.get_by_role("article").first).to_contain_text("LifeArc Virtual Work Experience")
    if "kind" in start:
        expect(page.get_by_role("checkbox", name="Virtual experience")).to_be_checked()


def test_enter_with_nothing_chosen_searches_for_what_is_typed(page: Page, address: str) -> None:
    page.goto("/")
    begin(page, "lifea")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/search?q=lifea")


def test_a_place_may_end_a_sentence(page: Page) -> None:
    page.goto("/")
    begin(page, "lab in lee")
    offers(page).filter(has_text="lab in Leeds").click()
    expect(page.get_by_role("main")).to_contain_text("Leeds")
    expect(field(page)).to_have_value(re.compile("^lab"))


def test_pressing_with_the_mouse_takes_an_offer(page: Page) -> None:
    page.goto("/search")
    begin(page, "quali")
    offer = offers(page).filter(has_text="Skill area")
    offer.hover()
    offer.click()
    expect(page).to_have_url(re.compile(r"/search\?q=Quality$"))


@pytest.mark.parametrize("path", ["/", "/search"])
def test_touching_takes_an_offer(context: Callable[..., BrowserContext], path: str) -> None:
    page = context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto(path)
    field(page).tap()
    page.keyboard.type("lifearc")
    offer = offers(page).filter(has_text="LifeArc Virtual Work Experience")
    expect(offer).to_be_visible()
    assert all((one.bounding_box() or {"height": 0})["height"] >= 44 for one in offers(page).all())
    listbox = page.get_by_role("listbox", name="Suggestions").bounding_box()
    assert listbox and listbox["x"] >= 0 and listbox["x"] + listbox["width"] <= 390
    assert listbox["width"] >= 300
    offer.tap()
    expect(page.get_by_role("article").first).to_contain_text("LifeArc Virtual Work Experience")


def test_a_place_fills_its_field_and_waits_for_the_rest(page: Page, address: str) -> None:
    page.goto("/search?kind=course")
    near = begin(page, "newp", NEAR)
    assert len(set(offers(page).all_inner_texts())) == offers(page).count() > 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(near).to_have_value("Newport, Wales")
    expect(near).to_be_focused()
    expect(page).to_have_url(f"{address}/search?kind=course")
    expect(offers(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("near Newport, Wales")


def test_a_place_taken_among_the_filters_is_counted_at_once(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/search")
    page.get_by_role("button", name=re.compile("^Filters")).click()
    begin(page, "leed", "Near")
    page.keyboard.press("Escape")
    expect(page.get_by_role("form", name="Filters")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(offers(page).first).to_be_visible()
    with page.expect_request(re.compile(r"/search\?.*near=Leeds")):
        page.keyboard.press("Enter")
    expect(field(page, "Near")).to_have_value("Leeds")


def test_letters_that_are_still_being_composed_ask_for_nothing(page: Page) -> None:
    page.goto("/")
    words = field(page)
    words.focus()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "lifea", "selectionStart": 5, "selectionEnd": 5})
    page.wait_for_timeout(400)
    expect(words).to_have_value("lifea")
    assert [url for url in asked if "/complete" in url] == []
    session.send("Input.insertText", {"text": "lifea"})
    expect(offers(page).first).to_be_visible()


def test_quick_typing_asks_once_and_an_old_answer_never_shows(page: Page) -> None:
    page.goto("/")
    asked: list[str] = []

    def slowly(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    page.route("**/complete?**", slowly)
    field(page).press_sequentially("lifearc", delay=20)
    expect(offers(page).first).to_be_visible()
    assert len(asked) == 1
    field(page).fill("l")
    expect(offers(page)).to_have_count(0)


def test_a_server_that_does_not_answer_spoils_nothing(context: Callable[..., BrowserContext]) -> None:
    page = context().new_page()
    page.goto("/")
    page.route("**/complete?**", lambda route: route.fulfill(status=414, body="<h1>Too long</h1>"))
    field(page).press_sequentially("lifearc")
    page.wait_for_timeout(300)
    expect(offers(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").first).to_contain_text("LifeArc")


@pytest.mark.parametrize(
    ("path", "label", "width"),
    [
        ("/", WORDS, 1280),
        ("/", WORDS, 320),
        ("/", NEAR, 390),
        ("/search", WORDS, 390),
        ("/search", NEAR, 1280),
        ("/search", "Near", 320),
    ],
)
def test_nobody_is_kept_out_of_an_open_list(
    context: Callable[..., BrowserContext], axe: Callable[..., None], path: str, label: str, width: int
) -> None:
    page = context(reduced_motion="reduce", color_scheme="light").new_page()
    page.set_viewport_size({"width": width, "height": 900 if width > 320 else 256})
    page.goto(path)
    if label == "Near" and width < 1000:
        page.get_by_role("button", name=re.compile("^Filters")).click()
    begin(page, "new", label)
    page.keyboard.press("ArrowDown")
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page, colours=True)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[role=option][aria-selected=true]")).to_be_in_viewport(ratio=0.9)


def test_forced_colours_tell_the_chosen_offer_from_the_others(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/")
    begin(page, "lifea")
    page.keyboard.press("ArrowDown")
    colours = "option => getComputedStyle(option).backgroundColor"
    assert offers(page).nth(0).evaluate(colours) != offers(page).nth(1).evaluate(colours)


@pytest.mark.parametrize("path", ["/", "/search?q=lab"])
def test_without_javascript_the_browser_suggests_what_the_page_knows(plain_page: Page, path: str) -> None:
    plain_page.goto(path)
    ideas = plain_page.locator(f"datalist#{field(plain_page).get_attribute('list')} option")
    values = ideas.evaluate_all("ideas => ideas.map(idea => idea.value)")
    assert "Quality" in values
    assert plain_page.get_by_role("listbox").count() == 0
    field(plain_page).fill(values[-1])
    plain_page.keyboard.press("Enter")
    expect(plain_page.get_by_role("article").first).to_be_visible()


def test_with_javascript_the_two_do_not_lie_over_each_other(page: Page) -> None:
    page.goto("/")
    expect(field(page)).not_to_have_attribute("list", re.compile("."))
    expect(field(page, NEAR)).to_have_attribute("autocomplete", "off")
