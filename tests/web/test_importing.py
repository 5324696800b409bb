"""Somebody brings a spreadsheet without an account: a dry run, drafts, and all sent by one confirmed address."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from directory.catalogue.models import Skill
from directory.foundation.letters import Letter
from directory.places.gazetteer import Gazetteer
from directory.submissions.models import SheetImport, State, Submission
from directory.submissions.sheets.reading import read_sheet
from tests.submissions.kept import kept, somebody
from tests.submissions.sheets.files import as_csv, as_workbook, listing, table
from tests.web.pages import Page, see, within
from tests.web.signed_in import SignedIn

LINK = re.compile(r"http://\S+(/sign-in/link/\S+)")
START = "/submit/spreadsheet"
ABOUT_ME = {"your_name": "Sam Reed", "your_email": "sam@larkfield.example"}
MESSY = as_csv(
    [
        ["Larkfield 2027"],
        *table(listing(), listing(Job_title="Taster <b>week</b>", Closing_date="asap"), listing(Salary="£9 – £10")),
    ],
    "cp1252",
    ";",
)


@pytest.fixture(autouse=True)
def skills(session: Session) -> None:
    words = {"quality": "Quality", "analytical": "Lab testing"}
    session.add_all(Skill(slug=slug, name=name, also=[]) for slug, name in words.items())
    session.commit()


def bring(client: FlaskClient, content: bytes = MESSY, **instead: str) -> TestResponse:
    data = {**ABOUT_ME, **instead, "sheet": FileStorage(io.BytesIO(content), "larkfield.csv", "sheet")}
    boundary, body = encode_multipart(data)
    return client.post(START, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def brought(client: FlaskClient, content: bytes = MESSY) -> str:
    response = bring(client, content)
    assert response.status_code == 303, Page(response).text
    return response.headers["Location"]


def drafts(session: Session) -> list[Submission]:
    session.expire_all()
    return list(session.scalars(select(Submission).order_by(Submission.id)))


def letters(session: Session) -> list[Letter]:
    session.expire_all()
    return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_the_way_in_offers_templates_and_asks_for_a_file(client: FlaskClient) -> None:
    page = see(client, START)
    assert page.heading == "Bring a spreadsheet"
    for address in (page.links["Template for Excel (.xlsx)"], page.links["Template as CSV"]):
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_dry_run_shows_every_row_and_makes_nothing(client: FlaskClient, session: Session) -> None:
    page = see(client, brought(client))
    assert page.heading == "3 rows read"
    assert "1 ready, 1 needs work, 1 repeats another row" in page.text
    assert "Larkfield 2027" in page.text
    assert "older Windows programs" in page.text
    assert "We can’t read ‘asap’ as a date" in page.text
    assert "We read ‘£22,600 - £24,000 per annum’ as £22,600 to £24,000 a year" in page.text
    assert [words.attrib["id"] for words in within(page.main, "tr") if "id" in words.attrib] == [
        "row-3",
        "row-4",
        "row-5",
    ]
    assert drafts(session) == []
    assert page.response.headers["Cache-Control"].find("no-store") >= 0
    assert page.response.headers["X-Robots-Tag"] == "noindex"


def test_rows_of_one_outcome_are_shown_alone(client: FlaskClient) -> None:
    page = see(client, f"{brought(client)}?show=needs-work&page=99")
    assert "Taster week" in page.text
    assert len([row for row in within(page.main, "tr") if "id" in row.attrib]) == 1


def test_many_rows_are_turned_by_pages(client: FlaskClient) -> None:
    rows = table(*(listing(Job_title=f"Apprentice {number}") for number in range(120)))
    address = brought(client, as_workbook(rows))
    assert "Page 1 of 3" in see(client, address).text
    assert "Apprentice 119" in see(client, f"{address}?page=3").text


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "This file is empty"), (b"%PDF-1.4", "PDF"), (b"PK\x03\x04nothing", "damaged"), (b"a" * 2_100_000, "2 MB")],
)
def test_a_file_that_cannot_be_read_keeps_what_was_typed(client: FlaskClient, content: bytes, words: str) -> None:
    page = Page(bring(client, content, organisation_name="Larkfield & Sons"))
    assert page.status == 422
    assert words in page.text
    assert page.title.startswith("Error: ")
    assert "Larkfield & Sons" in [box.attrib.get("value") for box in within(page.main, "input")]


def test_no_file_and_no_email_address_are_told_together(client: FlaskClient) -> None:
    page = Page(client.post(START, data={"your_email": "nobody"}, content_type="multipart/form-data"))
    assert page.status == 422
    assert "Two things to fix" in page.text
    assert page.links["Choose the file with your listings"] == "#sheet"


def test_far_too_much_is_refused_with_what_to_do(client: FlaskClient) -> None:
    page = Page(bring(client, b"x" * 2_600_000))
    assert page.status == 413
    assert "larger than 2 MB" in page.text


def test_only_the_file_may_be_large(client: FlaskClient) -> None:
    assert client.post(f"{START}/some-key/columns", data={"x": "y" * 70_000}).status_code in (404, 413)
    assert client.post("/organisations/add", data={"x": "y" * 70_000}).status_code == 413


def test_columns_and_what_every_row_says_can_be_changed(client: FlaskClient) -> None:
    rows = table({name: cell for name, cell in listing().items() if not name.startswith("Organisation")})
    rows[0][rows[0].index("Job title")] = "What we call it"
    address = brought(client, as_csv(rows))
    assert "Not read, and kept beside your drafts: ‘What we call it’" in see(client, address).text
    columns = see(client, f"{address}/columns")
    assert columns.heading == "Which column is which?"
    chosen = {f"column_{rows[0].index('What we call it')}": "title", "column_999": "title", "column_x": "title"}
    organisation = {
        "organisation_name": "Larkfield", "organisation_url": "https://l.example", "organisation_kind": "employer",
    }  # fmt: skip
    wrong = Page(client.post(f"{address}/columns", data={**chosen, **organisation, "your_email": "nobody"}))
    assert wrong.status == 422
    assert "Larkfield" in [box.attrib.get("value") for box in within(wrong.main, "input")]
    assert client.post(f"{address}/columns", data={**chosen, **organisation, **ABOUT_ME}).status_code == 303
    assert "1 ready" in see(client, address).text


@pytest.mark.parametrize("name", ["what-to-fix.xlsx", "what-to-fix.csv"])
def test_what_to_fix_is_downloaded_put_right_and_brought_again(client: FlaskClient, name: str) -> None:
    sheet = read_sheet(client.get(f"{brought(client)}/{name}").data)
    rows = [list(sheet.headers), *(list(row.cells) for row in sheet.rows)]
    assert rows[0][0] == "What to fix"
    rows[2][rows[0].index("Closing date")] = "30/01/2027"
    assert "2 ready, 0 need work" in see(client, brought(client, as_csv(rows))).text


def test_drafts_are_made_once_and_keep_what_was_not_read(client: FlaskClient, session: Session) -> None:
    address = brought(client)
    for _twice in range(2):
        assert client.post(f"{address}/drafts").headers["Location"] == f"{address}/drafts"
    made = drafts(session)
    assert [draft.title for draft in made] == ["Quality control apprentice", "Taster week"]
    assert made[1].origins["not_read"] == {"Closing date": "asap"}
    page = see(client, f"{address}/drafts")
    assert page.heading == "2 drafts"
    assert "1 ready to send" in page.text
    assert "asap" in page.text
    assert "From row 3 of your spreadsheet" in see(client, f"/submit/{made[0].key}/all").text
    assert client.post(f"{address}/columns", data=ABOUT_ME).status_code == 409


def test_each_draft_says_what_our_checks_see_before_it_is_sent(client: FlaskClient, session: Session) -> None:
    fee = "You pay a £50 registration fee."
    address = brought(client, as_csv(table(listing(), listing(Job_title="Lab intern", Description=fee))))
    client.post(f"{address}/drafts")
    page = see(client, f"{address}/drafts")
    before, after = page.text.split("Lab intern", 1)
    assert "Asks applicants to pay" in after and "Asks applicants" not in before
    client.post(f"{address}/send")
    assert "our checks see" in see(client, f"{address}/drafts").text


def test_all_that_are_ready_wait_for_one_letter_and_then_for_review(client: FlaskClient, session: Session) -> None:
    address = brought(client, as_csv(table(*(listing(Job_title=f"Apprentice {number}") for number in range(4)))))
    client.post(f"{address}/drafts")
    for _twice in range(2):
        assert client.post(f"{address}/send").status_code == 303
    assert {draft.state for draft in drafts(session)} == {State.UNCONFIRMED}
    assert "4 wait for you to confirm sam@larkfield.example" in see(client, f"{address}/drafts").text
    assert {letter.to for letter in letters(session)} == {"sam@larkfield.example"}
    way = LINK.search(letters(session)[-1].text)
    assert way
    assert client.post(way[1]).headers["Location"] == f"{address}/drafts"
    assert {draft.state for draft in drafts(session)} == {State.WAITING}
    assert "4 with our moderators" in see(client, f"{address}/drafts").text


def test_once_it_is_somebodys_nobody_else_may_see_it(app: Flask, client: FlaskClient, session: Session) -> None:
    address = brought(client, as_csv(table(listing())))
    client.post(f"{address}/drafts")
    client.post(f"{address}/send")
    way = LINK.search(letters(session)[-1].text)
    assert way
    client.post(way[1])
    stranger = app.test_client()
    for path in ("", "/columns", "/drafts", "/what-to-fix.xlsx", "/what-to-fix.csv"):
        assert stranger.get(f"{address}{path}").headers["Location"].startswith("/sign-in")
    for path in ("/columns", "/drafts", "/send"):
        assert stranger.post(f"{address}{path}").headers["Location"].startswith("/sign-in")
    assert stranger.get(f"{START}/no-such-key").status_code == 404


def test_whoever_is_signed_in_sends_straight_to_the_moderators(client: FlaskClient, session: Session) -> None:
    client.post("/sign-in", data={"email": "sam@larkfield.example"})
    way = LINK.search(letters(session)[-1].text)
    assert way
    client.post(way[1])
    token = _token(see(client, START))
    address = bring(client, as_csv(table(listing())), csrf_token=token).headers["Location"]
    before = len(letters(session))
    client.post(f"{address}/drafts", data={"csrf_token": token})
    client.post(f"{address}/send", data={"csrf_token": token})
    assert [draft.state for draft in drafts(session)] == [State.WAITING]
    assert len([letter for letter in letters(session)[before:] if "confirm" in letter.text.lower()]) == 0


def test_a_row_that_is_here_already_is_told(client: FlaskClient, session: Session, gazetteer: Gazetteer) -> None:
    live = kept(session, gazetteer, somebody(session))
    file = as_csv(table(listing(), listing(Job_title="Lab intern")))
    page = see(client, brought(client, file))
    assert "1 row has the title of what is on the site already" in page.text
    assert page.links[live.title] == f"/opportunities/{live.slug}"
    elsewhere = listing(Organisation="Somewhere Else", URL="https://else.example/apply")
    assert "on the site already" not in see(client, brought(client, as_csv(table(elsewhere)))).text


def test_a_file_brought_again_names_the_drafts_it_would_double(client: FlaskClient, session: Session) -> None:
    pat = SignedIn(client, session, somebody(session, "pat@larkfield.example"))
    file = as_csv(table(listing(), listing(Job_title="Lab intern")))
    first = bring(pat.client, file, csrf_token=pat.token).headers["Location"]
    pat.post(f"{first}/drafts")
    told = "2 rows have the title of what is on the site already, or of what you sent or began before"
    assert told not in see(pat.client, first).text
    page = see(pat.client, bring(pat.client, file, csrf_token=pat.token).headers["Location"])
    assert told in page.text
    assert page.links["Lab intern"] == f"/submit/{drafts(session)[1].key}"
    assert told not in see(client, brought(client, file)).text, "nobody learns what somebody else is writing"


def test_a_form_without_its_token_keeps_what_was_typed(client: FlaskClient, session: Session) -> None:
    client.post("/sign-in", data={"email": "sam@larkfield.example"})
    way = LINK.search(letters(session)[-1].text)
    assert way
    client.post(way[1])
    page = Page(bring(client, organisation_name="Larkfield & Sons"))
    assert page.status == 400
    assert "Larkfield & Sons" in [box.attrib.get("value") for box in within(page.main, "input")]
    assert session.scalars(select(SheetImport)).all() == []


def _token(page: Page) -> str:
    return next(box.attrib["value"] for box in within(page.main, "input") if box.attrib.get("name") == "csrf_token")
