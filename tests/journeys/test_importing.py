"""Somebody brings a messy spreadsheet in a real browser, and sees what became of every row before sending any."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.submissions.sheets.files import as_csv, listing, table

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MESSY = as_csv(
    [
        ["Larkfield 2027"],
        *table(
            listing(Skills="Quality") | {"Favourite colour": "blue"},
            listing(Job_title="Taster <b>week</b> – lab", Skills="Quality", Closing_date="asap"),
            listing(Skills="Quality"),
        ),
    ],
    "cp1252",
    ";",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file as somebody's old program wrote it."""
    path = tmp_path / "larkfield listings.csv"
    path.write_bytes(MESSY)
    return path


def bring(page: Page, file: Path) -> None:
    page.goto("/submit/spreadsheet")
    page.get_by_label("Your file").set_input_files(file)
    page.get_by_label("Your email address at work").fill("sam@larkfield.example")
    page.get_by_label("Your name").fill("Sam Reed")
    page.get_by_role("button", name="Read my file").click()


def test_from_a_messy_file_to_drafts_that_wait_for_one_letter(any_page: Page, file: Path) -> None:
    bring(any_page, file)
    assert any_page.get_by_role("heading", level=1).inner_text() == "3 rows read"
    assert "Nothing has been made or sent yet" in any_page.inner_text("main")
    any_page.get_by_role("button", name="Make 2 drafts").click()
    any_page.get_by_role("button", name="Send all that are ready").click()
    assert "waits for you to confirm sam@larkfield.example" in any_page.inner_text("main")


def test_a_large_file_is_read_and_one_far_too_large_is_told(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    file.write_bytes(as_csv(table(*(listing(Description="word " * 5_000, Job_title=f"Lab {n}") for n in range(60)))))
    assert 1_400_000 < file.stat().st_size < 2_000_000
    bring(page, file)
    assert page.get_by_role("heading", level=1).inner_text() == "60 rows read"
    file.write_bytes(b"x" * 5_000_000)
    bring(page, file)
    assert "That file is larger than 2 MB" in page.inner_text("main")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_of_it_fits_and_keeps_nobody_out(
    page: Page, file: Path, axe: Callable[..., None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    bring(page, file)
    run = page.url
    for address in ("/submit/spreadsheet", run, f"{run}/columns"):
        page.goto(address)
        assert page.evaluate(SIDEWAYS) <= 0, address
        axe(page)
    page.goto(run)
    page.get_by_role("button", name="Make 2 drafts").click()
    expect(page).not_to_have_url(run)
    page.wait_for_load_state()
    assert page.evaluate(SIDEWAYS) <= 0
    axe(page)
