"""A letter's link asks whether a listing is still open, and one button answers, whoever is signed in or isn't."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity
from directory.catalogue.timing import State, timing
from directory.foundation import clock
from directory.places.gazetteer import Gazetteer
from tests.contracts.listings import DAY, NOW
from tests.submissions.kept import ALL_YEAR, acts, again, kept, somebody
from tests.submissions.test_asking import link, run
from tests.web.pages import Page, see
from tests.web.signed_in import SignedIn

AFTER = datetime(2027, 1, 31, 9, tzinfo=NOW.tzinfo)


@pytest.fixture
def listing(session: Session, gazetteer: Gazetteer) -> Opportunity:
    """Closed the day before it is asked about."""
    return kept(session, gazetteer, somebody(session))


@pytest.fixture
def address(session: Session, listing: Opportunity, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    run(session, AFTER)
    return f"/still-open/{link(session)}"


DATE = {"closes_day": "1", "closes_month": "3", "closes_year": "2027"}


def test_looking_answers_nothing(client: FlaskClient, session: Session, listing: Opportunity, address: str) -> None:
    page = see(client, address)
    assert page.heading == "Is ‘Quality control apprentice’ still open?"
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in page.response.headers["Cache-Control"]
    assert acts(session, listing) == []


def test_no_is_one_button(client: FlaskClient, session: Session, listing: Opportunity, address: str) -> None:
    for _ in range(2):
        assert client.post(address, data={"answer": "closed"}).headers["Location"] == address
    assert "this was answered: no, it’s closed" in see(client, address).text
    assert acts(session, listing) == ["said closed"]


def test_yes_after_the_deadline_needs_a_date(
    client: FlaskClient, session: Session, listing: Opportunity, address: str
) -> None:
    page = Page(client.post(address, data={"answer": "open"}))
    assert page.status == 422
    assert page.text.count("Enter the new closing date") == 2
    for _ in range(2):
        assert client.post(address, data={"answer": "open", **DATE}).status_code == 303
    assert acts(session, listing) == ["extended"]
    assert timing(again(session, listing.slug).schedule, AFTER).state is State.OPEN


@pytest.mark.parametrize("said", [{}, {"answer": "perhaps"}, {"answer": "open", **DATE, "closes_month": "13"}])
def test_what_is_no_answer_is_asked_again(
    client: FlaskClient, session: Session, listing: Opportunity, address: str, said: dict[str, str]
) -> None:
    assert client.post(address, data=said).status_code == 422
    assert acts(session, listing) == []


def test_yes_is_one_button(
    client: FlaskClient, session: Session, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = kept(session, gazetteer, somebody(session), **ALL_YEAR)
    at = NOW + 61 * DAY
    monkeypatch.setattr(clock, "now", lambda: at)
    run(session, at)
    client.post(f"/still-open/{link(session)}", data={"answer": "open"})
    assert acts(session, row) == ["confirmed"]


def test_a_link_that_is_not_ours_or_too_old_says_so(
    client: FlaskClient, session: Session, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AFTER + timedelta(days=61))
    for bad in (address, f"{address}x", "/still-open/rubbish", "/still-open/W10"):
        assert see(client, bad, 410).heading == "That link no longer works"
        assert client.post(bad, data={"answer": "open"}).status_code == 410


def test_it_answers_for_its_reader_whoever_is_signed_in(
    client: FlaskClient, session: Session, listing: Opportunity, address: str
) -> None:
    pat = SignedIn(client, session, somebody(session, "pat@elsewhere.example"))
    assert pat.post(address, token="wrong", answer="closed").status_code == 422
    assert pat.post(address, answer="closed").status_code == 303
    assert acts(session, listing) == ["said closed"]
