"""A real browser at a real server with the real catalogue, for journeys; with and without JavaScript.

A journey takes ``page`` (JavaScript on), ``plain_page`` (off) or ``any_page`` (runs once for each), all of them open at
``address``; ``axe`` finds what keeps people out.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
Browser, BrowserContext, Page = playwright.Browser, playwright.BrowserContext, playwright.Page
ConsoleMessage = playwright.ConsoleMessage

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--disable-quic", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
QUIET += ["--disable-component-update"]

# WCAG 2.2 AA, and AAA for the contrast of text, as the design promises.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the product is being served for this run, by the real command from a data folder of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [Path(sys.executable).parent / "wayin", "serve", "--port", str(port)],
        env=os.environ | {"WAYIN_DATA_FOLDER": str(tmp_path_factory.mktemp("journeys")), "WAYIN_LOG_LEVEL": "warning"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with serving:
        assert serving.stdout is not None
        assert "is open at" in serving.stdout.readline(), "the server says on standard error why it did not start"
        yield f"http://127.0.0.1:{port}"
        serving.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium or Chrome."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"no browser is installed: looked for {', '.join(BROWSERS)}")
    with playwright.sync_playwright() as running:
        # Root is not let into Chromium's sandbox.
        alone = ["--no-sandbox"] if os.geteuid() == 0 else []
        launched = running.chromium.launch(executable_path=program, args=[*QUIET, *alone])
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Open visits: each has cookies of its own, and fails the test if its pages complain in the console."""
    opened = []
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # That a page of ours answered 404 is for the journey to judge; a missing style or script is not.
        is_page = message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]
        if message.type == "error" and not is_page:
            complaints.append(message.text)

    def open_context(**options: object) -> BrowserContext:
        visit = browser.new_context(base_url=address, locale="en-GB", timezone_id="Europe/London", **options)
        visit.on("console", note)
        visit.on("weberror", lambda mistake: complaints.append(str(mistake.error)))
        opened.append(visit)
        return visit

    yield open_context
    for visit in opened:
        visit.close()
    assert complaints == []


@pytest.fixture
def page(context: Callable[..., BrowserContext]) -> Page:
    """A new visitor's window."""
    return context().new_page()


@pytest.fixture
def plain_page(context: Callable[..., BrowserContext]) -> Page:
    """The window of a visitor without JavaScript."""
    return context(java_script_enabled=False).new_page()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def any_page(request: pytest.FixtureRequest, context: Callable[..., BrowserContext]) -> Page:
    """A new visitor's window, once with JavaScript and once without."""
    return context(java_script_enabled=request.param == "with JavaScript").new_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Look for what keeps people out of a page; AssertionError lists it."""
    from axe_playwright_python.sync_playwright import Axe

    looking = Axe()

    def look(page: Page) -> None:
        results = looking.run(page, options=RULES)
        assert results.violations_count == 0, results.generate_report()

    return look
