"""What an opportunity's page says of dates that have just passed."""

from datetime import time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.models import Intake
from directory.catalogue.vocabulary import Closing, Recurrence
from directory.foundation.clock import UK
from directory.organisations.models import Organisation
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.web.pages import publish, see, words
from tests.web.test_pages_opportunity import at, deadline

pytestmark = pytest.mark.usefixtures("now")

TODAY = NOW.astimezone(UK).date()
DAY = timedelta(days=1)


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


def test_a_date_is_past_from_its_moment_on(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    early, later = time(8, 30), time(16)  # it is 9 o'clock
    today = Intake(
        closing=Closing.FIXED, opens_on=TODAY, opens_at=early, closes_on=TODAY, closes_at=later, starts_on=TODAY
    )
    past = Intake(closing=Closing.FIXED, opens_on=TODAY - DAY, closes_on=TODAY, closes_at=early, starts_on=TODAY - DAY)
    publish(session, row(slug="today", organisation=lifearc, intakes=[today]))
    publish(session, row(slug="past", organisation=lifearc, intakes=[past]))
    said = words(see(client, at("today")).section("Dates"))
    for phrase in ("Opened at 8:30am", "Closes at 4pm", "Starts"):
        assert phrase in said
    page = see(client, at("past"))
    assert "Earlier rounds" in page.headings
    for phrase in ("Opened", "Closed at 8:30am", "Started"):
        assert phrase in words(page.section("Dates"))


def test_a_yearly_programme_that_closed_lately_is_closed_and_says_its_usual_month(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    past = Intake(closing=Closing.FIXED, closes_on=TODAY - 3 * DAY)
    known = {"recurrence": Recurrence.ANNUAL, "usually_opens": 11, "intakes": [past]}
    publish(session, row(slug="yearly", organisation=lifearc, **known))
    assert deadline(see(client, at("yearly"))) == "Closed Sat 21 Nov Usually opens in November"
    assert see(client, "/search").cards == []
