"""Organisations put a listing in, moderators decide, students find it: as people do it, with script and without."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import MODERATORS
from tests.journeys.post import code_to, newest_to, sign_in

NEXT_YEAR = date.today() + timedelta(days=200)  # noqa: DTZ011 - any day that is well ahead


def main(page: Page):  # noqa: ANN201
    return page.get_by_role("main")


def write(page: Page, title: str, email: str, organisation: str = "Larkfield Advanced Therapies") -> None:
    """Answer the five steps as somebody with one listing does, beginning at home."""
    page.goto("/")
    main(page).get_by_role("link", name="Add an opportunity").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_label("What is your organisation called?").fill(organisation)
    page.get_by_label("Its website").fill("https://larkfield.example")
    page.get_by_role("radio", name="Employer").check()
    page.get_by_label("Your name").fill("Sam Reed")
    page.get_by_label("Your email address at work").fill(email)
    go_on(page)
    page.get_by_role("radio", name="Internship A short role").check()
    page.get_by_label("Its title").fill(title)
    page.get_by_label("In one sentence").fill("Learn to grow cells with the people who do it every day.")
    page.get_by_label("What will people do?").fill("You grow cells.\n\nYou write down what you see.")
    page.get_by_role("radio", name="On site", exact=True).check()
    page.get_by_label("Where is it?").fill("Leeds")
    page.get_by_role("checkbox", name="Lab research").check()
    go_on(page)
    page.get_by_role("radio", name="On a closing date", exact=True).check()
    when = page.get_by_role("group", name="When does it close?")
    for part, value in (("Day", NEXT_YEAR.day), ("Month", NEXT_YEAR.month), ("Year", NEXT_YEAR.year)):
        when.get_by_label(part).fill(str(value))
    page.get_by_role("radio", name="Yes, by the hour").check()
    page.get_by_label("How much, before tax?").fill("14.50")
    go_on(page)
    page.get_by_role("checkbox", name="Graduate").check()
    page.get_by_label("Youngest age").fill("18")
    page.get_by_label("Where do people apply?").fill("https://larkfield.example/apply")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and send")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def send(page: Page, email: str) -> None:
    """Send what was written, and confirm the address as its email asks."""
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    sign_in(page, email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent for review")


def moderate(context: Callable[..., BrowserContext], number: int = 0) -> Page:
    """Open a moderator's window."""
    page = context(java_script_enabled=False).new_page()
    page.goto("/sign-in?onward=/moderation")
    page.get_by_label("Your email address").fill(MODERATORS[number])
    page.get_by_role("button", name="Email me a link and a code").click()
    code = code_to(page, MODERATORS[number])
    page.goto("/sign-in/code")
    page.get_by_label("The code from the email").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Queue")
    return page


def test_a_listing_goes_from_no_account_to_published_and_found(
    any_page: Page, context: Callable[..., BrowserContext], request: object
) -> None:
    title = f"Cell whispering internship {id(any_page) % 10_000}"
    email = f"sam{id(any_page) % 10_000}@larkfield.example"
    write(any_page, title, email)
    send(any_page, email)
    any_page.goto(f"/search?q={title}")
    expect(any_page.get_by_role("link", name=title)).to_have_count(0)
    moderator = moderate(context)
    moderator.get_by_role("link", name=title).click()
    moderator.get_by_role("radio", name="Approve", exact=True).check()
    moderator.get_by_role("button", name="Decide").click()
    assert "is live" in newest_to(any_page, email) or "published" in newest_to(any_page, email).lower()
    any_page.goto(f"/search?q={title}")
    expect(any_page.get_by_role("link", name=title)).to_be_visible()
