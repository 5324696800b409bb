"""A teacher takes a search away as a spreadsheet with chosen columns; a student adds a deadline to a calendar."""

from pathlib import Path

import pytest

from tests.journeys.conftest import CLOSES_TOMORROW, Page
from tests.web.taken_away import csv_rows, events, xlsx_rows

RESULTS = "/search?kind=fellowship"


def downloaded(page: Page, words: str, *, role: str = "button") -> bytes:
    """Press what is called so and give the file that comes."""
    with page.expect_download() as coming:
        page.get_by_role(role, name=words).click()
    return Path(coming.value.path()).read_bytes()


def test_a_search_becomes_a_spreadsheet_with_chosen_columns(any_page: Page) -> None:
    any_page.goto(RESULTS)
    number = int(any_page.locator("h1").inner_text().split()[0])
    any_page.get_by_role("link", name="Spreadsheet").click()
    any_page.get_by_label("Where to apply").uncheck()
    any_page.get_by_label("Skill areas").check()
    found = xlsx_rows(downloaded(any_page, "Download for Excel"))
    assert (len(found), "Skill areas" in found[0], "Where to apply" in found[0]) == (number, True, False)
    assert {one["Kind"] for one in found} == {"Fellowship"}
    assert len(csv_rows(downloaded(any_page, "Download as CSV"))) == number
    any_page.locator(".back-link").click()  # with JavaScript it says where that is
    any_page.wait_for_url(f"**{RESULTS}")


def test_a_deadline_becomes_an_entry_of_a_calendar(any_page: Page) -> None:
    any_page.goto(f"/opportunities/{CLOSES_TOMORROW}")
    said = [str(one["SUMMARY"]) for one in events(downloaded(any_page, "Add to calendar", role="link"))]
    assert [words.partition(":")[0] for words in said] == ["Closes", "Starts"]


@pytest.mark.parametrize("words", ["Calendar", "Feed"])
def test_every_way_is_explained_where_its_word_leads(any_page: Page, words: str) -> None:
    any_page.goto(RESULTS)
    any_page.get_by_role("link", name=words, exact=True).click()
    any_page.get_by_role("heading", name=words.lower()).wait_for()
    assert any_page.url.endswith(f"#{words.lower()}")
