"""A class meets a list: on its page, on paper, by the code on the wall, and on the college's own site."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.journeys.conftest import BrowserContext, Page
from tests.journeys.test_every_page import PHONE, SIDEWAYS, WIDE, resize

TITLE = "Year 12 biology: spring options"
PARTS = ("", "/more", "/print", "/qr", "/share", "/embed", "/download", "/report")


def make(page: Page) -> str:
    """Make a list as an adviser does, from a search, with two pins and a note; gives its public path."""
    page.goto("/search?q=apprenticeship")
    page.get_by_role("link", name="Share as a list").click()
    page.get_by_label("What is it called?").fill(TITLE)
    page.get_by_role("button", name=re.compile("^Make")).click()
    page.wait_for_url("**/lists/edit/**")
    for number in (1, 2):
        found = page.locator("#current").get_by_role("button", name=re.compile("^Pin ")).first
        found.click()
        page.locator(f"li.pin:nth-child({number})").wait_for()
    page.get_by_label(re.compile("^Note")).first.fill("We’ll book IT room 3.")
    page.get_by_role("button", name=re.compile("^Save note")).first.click()
    found = re.search(r"/l/\w+$", page.locator(".list-ways a").first.inner_text())
    assert found
    return found[0]


@pytest.fixture
def path(context: Callable[..., BrowserContext]) -> str:
    """The public path of a list that somebody else made."""
    return make(context().new_page())


def test_a_class_opens_it_and_looks_at_all_of_it(path: str, any_page: Page) -> None:
    any_page.goto(path)
    assert any_page.locator("h1").inner_text() == TITLE
    assert "We’ll book IT room 3." in any_page.locator(".slip").first.inner_text()
    assert any_page.locator("#picked").is_visible()
    assert any_page.get_by_role("link", name=re.compile("Edit")).count() == 0
    any_page.get_by_role("link", name=re.compile("^Show all")).click()
    any_page.wait_for_url(f"**{path}/more")
    assert any_page.locator("article.card").count() > 3
    any_page.locator(".back-link").click()
    any_page.get_by_role("link", name="Print", exact=True).click()
    any_page.wait_for_url(f"**{path}/print")
    assert any_page.locator(".tick-box").first.is_visible()


def test_another_device_gets_there_by_the_code_on_the_wall(path: str, page: Page, plain_page: Page) -> None:
    page.goto(f"{path}/qr")
    words = page.locator(".wall-words").inner_text().split()
    assert len(words) == 4
    plain_page.goto("/")
    plain_page.get_by_role("link", name="Have a class code?").click()
    plain_page.get_by_label("The four words").fill(f"{words[0][:-1]}x {' '.join(words[1:])}")
    plain_page.get_by_role("button", name="Open the list").click()
    plain_page.get_by_role("link", name=" ".join(words)).click()
    plain_page.wait_for_url(f"**{path}")
    assert plain_page.locator("h1").inner_text() == TITLE


def test_the_link_is_copied_by_one_press(path: str, context: Callable[..., BrowserContext]) -> None:
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(path)
    page.get_by_role("link", name="Copy link").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(path)


def test_a_device_with_a_sheet_for_it_sends_the_link_on(path: str, context: Callable[..., BrowserContext]) -> None:
    with_a_sheet, without = context().new_page(), context().new_page()
    with_a_sheet.add_init_script("navigator.share = (said) => { window.sent = said; return Promise.resolve(); }")
    without.add_init_script("navigator.share = undefined")
    for page in (with_a_sheet, without):
        page.goto(f"{path}/share")
        page.get_by_role("button", name="Copy the link").wait_for()
    with_a_sheet.get_by_role("button", name="Send it on").click()
    assert with_a_sheet.evaluate("window.sent.url").endswith(path)
    assert not without.get_by_role("button", name="Send it on").is_visible()


def test_without_javascript_copying_leads_to_where_the_link_stands(path: str, plain_page: Page) -> None:
    plain_page.goto(path)
    plain_page.get_by_role("link", name="Copy link").click()
    plain_page.wait_for_url(f"**{path}/share")
    assert plain_page.get_by_label("The link").input_value().endswith(path)


@pytest.fixture
def college() -> Iterator[Callable[[str], str]]:
    """A site on another origin, whose one page has these lines in it."""
    body = ""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f'<!doctype html><html lang="en"><title>College</title><body>{body}'.encode())

        def log_message(self, *_said: object) -> None:
            """Keep the test's output to itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()

    def serve(lines: str) -> str:
        nonlocal body
        body = lines
        return f"http://localhost:{server.server_port}/"

    yield serve
    server.shutdown()
    server.server_close()


def test_it_stands_on_a_colleges_own_page(
    path: str, any_page: Page, address: str, college: Callable[[str], str]
) -> None:
    any_page.goto(f"{path}/share")
    any_page.get_by_label("How many at most").fill("2")
    any_page.get_by_role("button", name="Show the lines for this").click()
    any_page.wait_for_url("**most=2**")
    lines = any_page.get_by_label("The lines to paste").input_value()
    assert "most=2" in lines
    lines = re.sub(r'src="https?://[^/]+', f'src="{address}', lines)  # a test is served under a number, not a name
    any_page.goto(college(lines))
    frame = any_page.frame_locator("iframe")
    frame.get_by_role("heading", name=TITLE).wait_for()
    assert frame.locator(".embed-items > li").count() == 2
    with any_page.context.expect_page() as opening:
        frame.locator(".embed-name a").first.click()
    assert "/opportunities/" in opening.value.url
    assert any_page.context.cookies() == []


def test_the_lines_follow_the_choices_as_they_are_made(path: str, page: Page) -> None:
    page.goto(f"{path}/share")
    page.get_by_label("Light or dark").select_option("dark")
    page.get_by_label("Or your own colour").fill("#301030")
    page.get_by_label("Or your own colour").blur()
    page.get_by_text("would be hard to read").wait_for()
    assert "theme=dark&amp;colour=301030" in page.get_by_label("The lines to paste").input_value()
    page.frame_locator(".share-frame").get_by_role("heading", name=TITLE).wait_for()


def test_nobody_is_kept_out_of_any_of_its_pages(
    path: str, context: Callable[..., BrowserContext], axe: Callable[..., None]
) -> None:
    page = context(reduced_motion="reduce", color_scheme="light").new_page()
    for place in (
        *(f"{path}{part}" for part in PARTS),
        "/class",
        "/class?code=otter+maple+cello+lantren",
        "/l/nothing",
    ):
        page.goto(place)
        for width in (WIDE, PHONE):
            resize(page, width)
            page.emulate_media(color_scheme="light")
            axe(page, colours=place.endswith("/embed"))  # its outline goes on in the page round it
            page.emulate_media(color_scheme="dark")
            axe(page, colours=True)
        resize(page, 240 if place.endswith("/embed") else 320)
        assert page.evaluate(SIDEWAYS) == 0, place


def test_the_handout_and_the_wall_fit_their_paper(path: str, page: Page) -> None:
    pages = {}
    for part in ("print", "qr"):
        page.goto(f"{path}/{part}")
        pages[part] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert pages["qr"] == 1 and pages["print"] >= 1
