"""After publishing: a listing is edited, claimed and reported, as people do it, with script and without."""

from collections.abc import Callable
from secrets import token_hex

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.post import newest_to, sign_in
from tests.journeys.test_submitting import carry_out, decide, go_on, main, moderate, send, write

SEEDED = "autolus-apprenticeships"


def test_a_live_listing_is_edited_and_stays_as_it_was_until_it_is_approved(
    any_page: Page, context: Callable[..., BrowserContext]
) -> None:
    title, email = f"Cell freezing internship {token_hex(3)}", f"{token_hex(3)}@larkfield.example"
    write(any_page, title, email)
    send(any_page, email)
    moderator = moderate(context)
    decide(moderator, title, "Approve Goes live")
    carry_out(moderator)
    any_page.goto("/mine")
    main(any_page).get_by_role("link", name="Keep it true").click()
    any_page.get_by_label("How many places are left?").fill("3")
    any_page.get_by_role("button", name="Say how many are left").click()
    any_page.get_by_role("button", name="Edit it").click()
    any_page.get_by_label("In one sentence").fill("Learn to freeze cells so that they live.")
    go_on(any_page)
    any_page.get_by_role("navigation", name="Steps").get_by_role("link", name="Check and send").click()
    any_page.get_by_role("button", name="Send for review").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Sent for review")
    any_page.goto(f"/search?q={title}")
    any_page.get_by_role("link", name=title).first.click()
    described = any_page.locator("meta[name=description]")
    expect(described).to_have_attribute("content", "Learn to grow cells with the people who do it every day.")
    decide(moderator, title, "Approve Goes live")
    expect(main(moderator)).to_contain_text("In one sentence")
    carry_out(moderator)
    any_page.reload()
    expect(described).to_have_attribute("content", "Learn to freeze cells so that they live.")


def test_an_organisation_claims_a_listing_that_is_here_already(any_page: Page) -> None:
    email = f"{token_hex(3)}@elsewhere.example"
    any_page.goto(f"/opportunities/{SEEDED}")
    main(any_page).get_by_role("link", name="Is this yours?").click()
    any_page.get_by_role("radio", name="right as it is").check()
    any_page.get_by_label("Your name").fill("Ali Grant")
    any_page.get_by_label("Your email address at work").fill(email)
    any_page.get_by_label("How do you speak for them?").fill("I run the apprenticeships.")
    any_page.get_by_role("button", name="Go on").click()
    sign_in(any_page, email)
    expect(main(any_page)).to_contain_text("moderators")


def test_a_problem_is_reported_and_followed_to_its_answer(
    any_page: Page, context: Callable[..., BrowserContext]
) -> None:
    words, email = f"It closed last week {token_hex(3)}", f"{token_hex(3)}@example.org"
    any_page.goto(f"/opportunities/{SEEDED}")
    main(any_page).get_by_role("link", name="Something wrong? Tell us").click()
    any_page.get_by_role("radio").first.check()
    any_page.get_by_label("What did you see?").fill(words)
    any_page.get_by_label("Your email address").fill(email)
    any_page.get_by_role("button", name="Send the report").click()
    follow = any_page.url
    assert "/reports/" in follow
    moderator = moderate(context)
    moderator.goto(follow.replace("/reports/", "/moderation/reports/"))
    expect(main(moderator)).to_contain_text(words)
    moderator.get_by_role("radio", name="Nothing").or_(moderator.get_by_role("radio").last).first.check()
    moderator.get_by_label("What do you tell whoever reported it?").fill("We looked, and it is still open.")
    moderator.get_by_role("button", name="Answer the report").click()
    expect(main(moderator)).to_contain_text("Answered")
    any_page.goto(follow)
    expect(main(any_page)).to_contain_text("We looked, and it is still open.")
    newest_to(any_page, email, "We looked, and it is still open.")
