"""Spreadsheets as those who open them find them: real dates and numbers, and where it all comes from."""

from datetime import date, datetime, time

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.models import Intake
from directory.catalogue.vocabulary import Closing, Pay, PayPeriod, Recurrence
from tests.search.rows import glasgow, row
from tests.web.pages import publish
from tests.web.taken_away import csv_rows, got, xlsx_rows

pytestmark = pytest.mark.usefixtures("now")

COLUMNS = "title,where,pay,pay_from,pay_to,pay_per,dates,opens,closes,closes_at,starts,places,weeks,age"


@pytest.fixture
def listings(session: Session) -> None:
    """One of which everything is known, one of which nothing is, one that usually runs and one in another zone."""
    whole = row(
        "Été, “lab” £ 🧬",
        slug="whole",
        pay=Pay.WAGE,
        pay_minimum=22_600.0,
        pay_maximum=24_000.5,
        pay_period=PayPeriod.YEAR,
        locations=[glasgow()],
        length_weeks=10.0,
        minimum_age=16,
        intakes=[
            Intake(
                position=0,
                zone="Europe/London",
                closing=Closing.FIXED,
                opens_on=date(2026, 11, 2),
                closes_on=date(2026, 12, 4),
                closes_at=time(23, 59),
                starts_on=date(2027, 9, 1),
                places=6,
            )
        ],
    )
    bare = row("Bare", slug="bare", organisation=whole.organisation)
    usual = row(
        "Usual",
        slug="usual",
        organisation=whole.organisation,
        recurrence=Recurrence.ANNUAL,
        intakes=[Intake(position=0, zone="Europe/London", closing=Closing.FIXED, closes_on=date(2025, 1, 15))],
    )
    abroad = row(
        "Abroad",
        slug="abroad",
        organisation=whole.organisation,
        intakes=[
            Intake(
                position=0,
                zone="America/New_York",
                closing=Closing.FIXED,
                closes_on=date(2026, 12, 4),
                closes_at=time(22),
            )
        ],
    )
    publish(session, whole, bare, usual, abroad)


@pytest.mark.usefixtures("listings")
def test_a_csv_has_iso_dates_plain_numbers_and_empty_cells(client: FlaskClient) -> None:
    rows = {one["Its page"].rpartition("/")[2]: one for one in csv_rows(got(client, f"/search.csv?columns={COLUMNS}"))}
    whole = rows["whole"]
    assert (whole["Title"], whole["Where"], whole["Age"]) == ("Été, “lab” £ 🧬", "Glasgow, Scotland", "16 or over")
    assert (whole["Pay from (£)"], whole["Pay to (£)"], whole["Pay is for"]) == ("22600", "24000.5", "one year")
    assert (whole["Opens"], whole["Closes"], whole["Closes at (UK time)"]) == ("2026-11-02", "2026-12-04", "23:59")
    assert (whole["Starts"], whole["Places"], whole["About how many weeks"]) == ("2027-09-01", "6", "10")
    assert {rows["bare"][name] for name in ("Where", "Pay", "Opens", "Closes", "Starts", "Places", "Age")} == {""}
    assert rows["usual"]["Closes"] == "", "last year's date is no date of the next round"
    assert rows["usual"]["Dates in words"] == "Usually closes January. Dates not confirmed"
    assert (rows["abroad"]["Closes"], rows["abroad"]["Closes at (UK time)"]) == ("2026-12-05", "03:00")


@pytest.mark.usefixtures("listings")
def test_a_workbook_has_typed_cells(client: FlaskClient) -> None:
    found = xlsx_rows(got(client, f"/search.xlsx?columns={COLUMNS}"))
    rows = {one["Its page"].rpartition("/")[2]: one for one in found}
    whole = rows["whole"]
    assert whole["Title"] == "Été, “lab” £ 🧬"
    assert (whole["Pay from (£)"], whole["Pay to (£)"], whole["Places"]) == (22_600.0, 24_000.5, 6.0)
    assert (whole["Opens"], whole["Closes"]) == (date(2026, 11, 2), date(2026, 12, 4))
    assert whole["Closes at (UK time)"] == time(23, 59)
    assert {rows["bare"][name] for name in ("Pay", "Opens", "Closes", "Places")} == {""}


@pytest.mark.usefixtures("listings")
def test_where_it_comes_from_and_when_is_inside(client: FlaskClient, now: datetime) -> None:
    (only,) = csv_rows(got(client, "/search.csv?columns=title&q=bare&literal=1"))
    assert only["Source"] == "http://127.0.0.1:8000/search?q=bare&literal=1"
    assert only["Licence"].endswith("http://127.0.0.1:8000/data-and-licences")
    assert only["Taken on"] == "2026-11-24"
    data = got(client, "/search.xlsx?columns=title&q=bare&literal=1")
    about = {one["What"]: one["Opportunities for ‘bare’"] for one in xlsx_rows(data, sheet=1)}
    assert (about["How many"], about["Taken on"], about["From"]) == ("1", "24 November 2026", "Way In")
    assert about["Latest"] == "http://127.0.0.1:8000/search?q=bare&literal=1"
    assert "CC BY 4.0" in about["Licence"]


@pytest.mark.usefixtures("listings")
def test_a_file_is_named_for_what_is_in_it(client: FlaskClient) -> None:
    named = client.get("/search.csv?kind=course&where=scotland").headers["Content-Disposition"]
    assert named == 'attachment; filename="way-in-courses-in-scotland.csv"'
    strange = client.get('/search.xlsx?q=";evil="').headers["Content-Disposition"]
    assert strange == 'attachment; filename="way-in-opportunities-for-evil.xlsx"'
