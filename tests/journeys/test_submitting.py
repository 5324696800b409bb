"""Organisations put a listing in, moderators decide, students find it: as people do it, with script and without."""

from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex

from playwright.sync_api import BrowserContext, Page, expect

from directory.foundation import clock
from tests.journeys.conftest import MODERATORS
from tests.journeys.post import code_to, newest_to, sign_in

NEXT_YEAR = clock.uk_today() + timedelta(days=200)

SOMEBODY = iter(MODERATORS)  # each time another, so that the newest email is its own
PAGES_OF_A_MODERATOR = (
    *("/account", "/mine", "/organisations/add", "/submit/spreadsheet", "/moderation/unchecked", "/moderation/done"),
    *("/moderation/organisations", "/moderation/words", "/moderation/skills", "/moderation/reports"),
    *("/moderation/reasons", "/moderation/record"),
)


def main(page: Page):
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


def moderate(context: Callable[..., BrowserContext]) -> Page:
    """Open a moderator's window."""
    page = context(java_script_enabled=False).new_page()
    who = next(SOMEBODY)
    page.goto("/sign-in?onward=/moderation")
    page.get_by_label("Your email address").fill(who)
    page.get_by_role("button", name="Email me a link and a code").click()
    code = code_to(page, who)
    page.goto("/sign-in/code")
    page.get_by_label("The code from the email").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("waiting")
    return page


def decide(moderator: Page, title: str, way: str) -> None:
    """Open what waits by this title, and decide it."""
    moderator.goto("/moderation")
    moderator.get_by_role("link", name=title).click()
    moderator.get_by_role("radio", name=way).check()


def carry_out(moderator: Page) -> None:
    """Press the button under a decision, and see that it was taken."""
    moderator.get_by_role("button", name="Decide").click()
    expect(moderator.get_by_role("status").first).to_be_visible()


def test_a_listing_goes_from_no_account_to_published_and_found(
    any_page: Page, context: Callable[..., BrowserContext]
) -> None:
    title, email = f"Cell growing internship {token_hex(3)}", f"{token_hex(3)}@larkfield.example"
    write(any_page, title, email)
    send(any_page, email)
    found = any_page.get_by_role("link", name=title)
    any_page.goto(f"/search?q={title}")
    expect(found).to_have_count(0)
    moderator = moderate(context)
    decide(moderator, title, "Approve Goes live")
    carry_out(moderator)
    any_page.goto(f"/search?q={title}")
    expect(found.first).to_be_visible()
    newest_to(any_page, email, "is live")


def test_what_is_returned_keeps_everything_and_is_sent_again(
    any_page: Page, context: Callable[..., BrowserContext]
) -> None:
    title, email = f"Gene reading internship {token_hex(3)}", f"{token_hex(3)}@larkfield.example"
    write(any_page, title, email)
    send(any_page, email)
    moderator = moderate(context)
    decide(moderator, title, "Return with reasons")
    moderator.get_by_role("checkbox", name="Dates don’t add up").check()
    moderator.get_by_label("Message").fill("When does it start?")
    carry_out(moderator)
    newest_to(any_page, email, "When does it start?")
    any_page.goto("/mine")
    any_page.get_by_role("main").get_by_role("link", name="Fix and send").click()
    expect(any_page.get_by_role("main")).to_contain_text("What our moderator asks you to change")
    any_page.get_by_role("navigation", name="Steps").get_by_role("link", name="Dates and pay").click()
    starts = any_page.get_by_role("group", name="When does it start?")
    starts.get_by_label("Month").fill(str(NEXT_YEAR.month))
    starts.get_by_label("Year").fill(str(NEXT_YEAR.year + 1))
    go_on(any_page)
    any_page.get_by_role("navigation", name="Steps").get_by_role("link", name="Check and send").click()
    expect(any_page.get_by_role("main")).to_contain_text("Learn to grow cells")
    any_page.get_by_role("button", name="Send for review").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Sent for review")


def test_nobody_is_kept_out_of_writing_or_deciding(
    context: Callable[..., BrowserContext], axe: Callable[..., None]
) -> None:
    page = context(reduced_motion="reduce", color_scheme="light").new_page()
    title, email = f"Vector making internship {token_hex(3)}", f"{token_hex(3)}@larkfield.example"
    write(page, title, email)
    draft = page.url.rsplit("/", 1)[0]
    for step in ("organisation", "role", "dates?fix=", "who", "check", "all", "later"):
        page.goto(f"{draft}/{step}")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            axe(page)
        page.emulate_media(color_scheme="dark")
        axe(page, colours=True)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, step
    page.goto(f"{draft}/check")
    send(page, email)
    moderator = context(reduced_motion="reduce", color_scheme="light").new_page()
    moderator.goto("/sign-in?onward=/moderation")
    axe(moderator)
    who = next(SOMEBODY)
    moderator.get_by_label("Your email address").fill(who)
    moderator.get_by_role("button", name="Email me a link and a code").click()
    axe(moderator)
    sign_in(moderator, who)
    axe(moderator)
    moderator.get_by_role("link", name=title).click()
    for path in (moderator.url, *PAGES_OF_A_MODERATOR):
        moderator.goto(path)
        for width in (1280, 390):
            moderator.set_viewport_size({"width": width, "height": 900})
            axe(moderator)
        moderator.emulate_media(color_scheme="dark")
        axe(moderator, colours=True)
        moderator.emulate_media(color_scheme="light")
        moderator.set_viewport_size({"width": 320, "height": 900})
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert moderator.evaluate(sideways) <= 0, path
