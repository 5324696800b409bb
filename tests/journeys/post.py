"""The emails that the product being walked through has sent, read where a person on this machine reads them."""

import re

from playwright.sync_api import Page, expect

LINK = re.compile(r"(/sign-in/link/[\w-]+)")
CODE = re.compile(r"asked for it: (\d{6})")


def newest_to(page: Page, email: str, saying: str = "") -> str:
    """Give the words of the newest email to an address that says this; it comes by the worker, in a moment."""
    for _ in range(60):
        page.goto("/dev/mail")
        row = page.get_by_role("row").filter(has_text=email).first
        if row.count():
            row.get_by_role("link").click()
            words = page.get_by_role("main").inner_text()
            if saying in words:
                return words
        page.wait_for_timeout(250)
    raise AssertionError(f"No email that says {saying!r} came to {email}")


def sign_in(page: Page, email: str) -> None:
    """Sign in by the newest link that was sent to an address."""
    found = LINK.search(newest_to(page, email, "/sign-in/link/"))
    assert found
    page.goto(found[1])
    page.get_by_role("button", name="Sign in and go on").click()


def code_to(page: Page, email: str) -> str:
    """Give the newest code that was sent to an address."""
    found = CODE.search(newest_to(page, email, "asked for it"))
    assert found
    return found[1]


__all__ = ["code_to", "expect", "newest_to", "sign_in"]
