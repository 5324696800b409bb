"""A real browser at a real server with the real catalogue, for journeys; with and without JavaScript.

A journey takes ``page`` (JavaScript on), ``plain_page`` (off) or ``any_page`` (runs once for each), all of them open at
``address``; ``axe`` finds what keeps people out. Four listings stand at moments of which the catalogue may hold none
today (``set_to_moments``); everything else is as people find it.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from directory.accounts import actions
from directory.accounts.models import AccountRole
from directory.app import assemble, prepare
from directory.catalogue.actions import amend, confirm, withdraw
from directory.catalogue.models import Intake
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.vocabulary import Closing, Signal
from directory.foundation import clock
from directory.foundation.database import transaction
from directory.foundation.progress import quietly
from directory.foundation.settings import Settings
from directory.parts import Parts

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
Browser, BrowserContext, Page = playwright.Browser, playwright.BrowserContext, playwright.Page
ConsoleMessage = playwright.ConsoleMessage

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--disable-quic", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
QUIET += ["--disable-component-update", "--in-process-gpu"]

CLOSES_TOMORROW, CLOSES_THIS_WEEK = "nihr-pre-doctoral-fellowship", "nihr-doctoral-fellowship"
OPENS_SOON, WITHDRAWN = "nihr-undergraduate-internship-programme", "nihr-hee-internship-clinical-academic"

MODERATORS = tuple(f"moderator.{number}@example.org" for number in range(40))

# WCAG 2.2 AA, and for the contrast of text AAA, as the design promises: what meets that meets AA.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}
# All that another colour scheme can change.
RULES_OF_COLOUR = {
    "runOnly": {"type": "rule", "values": ["color-contrast-enhanced", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the product is being served for this run, by the real command from a data folder of its own."""
    variables = {"WAYIN_DATA_FOLDER": str(tmp_path_factory.mktemp("journeys")), "WAYIN_LOG_LEVEL": "warning"}
    furnish(assemble(Settings.from_environment(variables)))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [Path(sys.executable).parent / "wayin", "serve", "--port", str(port)],
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        text=True,
    )
    with serving:
        assert serving.stdout is not None
        said = iter(serving.stdout.readline, "")
        assert any("is open at" in line for line in said), "the server says on standard error why it did not start"
        yield f"http://127.0.0.1:{port}"
        serving.terminate()


def furnish(parts: Parts) -> None:
    """Load the real catalogue, and set four of its listings to the moments that pages must be seen at."""
    prepare(parts, quietly)
    with transaction(parts.database) as session:
        set_to_moments(session)
        for email in MODERATORS:
            actions.grant(session, actions.add(session, email, email, clock.now()), AccountRole.MODERATOR, clock.now())
    prepare(parts, quietly)
    parts.database.dispose()


def set_to_moments(session: Session) -> None:
    """One closes tomorrow and was checked, one closes this week, one opens soon by an old check, one is withdrawn."""
    now = clock.now()
    today = now.astimezone(clock.UK).date()

    def day(days: int) -> date:
        return today + timedelta(days=days)

    rounds = {
        CLOSES_TOMORROW: Intake(
            closing=Closing.FIXED, closes_on=day(1), closes_at=time(13), starts_on=day(90), places=12
        ),
        CLOSES_THIS_WEEK: Intake(closing=Closing.FIXED, opens_on=day(-20), closes_on=day(5)),
        OPENS_SOON: Intake(closing=Closing.FIXED, opens_on=day(10), closes_on=day(60)),
    }
    checks = {CLOSES_TOMORROW: now, OPENS_SOON: now - timedelta(days=100)}
    for slug in (*rounds, WITHDRAWN):
        listing = opportunity_by_slug(session, slug)
        assert listing is not None, slug
        if slug in rounds:
            amend(session, listing, {"intakes": [rounds[slug]]}, now)
        else:
            withdraw(session, listing, now)
        if slug in checks:
            confirm(session, listing, Signal.PERSON, checks[slug])


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
def axe() -> Callable[..., None]:
    """Look for what keeps people out of a page, or only at its ``colours``; AssertionError lists it."""
    from axe_playwright_python.sync_playwright import Axe

    looking = Axe()

    def look(page: Page, *, colours: bool = False) -> None:
        results = looking.run(page, options=RULES_OF_COLOUR if colours else RULES)
        assert results.violations_count == 0, f"{page.url} {page.viewport_size}: {results.generate_report()}"

    return look
