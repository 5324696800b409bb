"""Anybody can say that something is wrong with a listing, and follow it to a moderator's answer."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import AccountRole
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.vocabulary import StageName
from directory.foundation.letters import Letter
from directory.submissions.models import Report
from tests.search.rows import organisation, row
from tests.submissions.kept import again, somebody
from tests.web.pages import Page, see
from tests.web.signed_in import SignedIn, with_role

pytestmark = pytest.mark.usefixtures("now")

ADDRESS = "/opportunities/a-placement/report"


@pytest.fixture(autouse=True)
def listing(session: Session) -> Opportunity:
    session.add(row("A placement", slug="a-placement", stages=[str(StageName.SIXTEEN_TO_EIGHTEEN)]))
    session.add(row("Another", slug="gone", standing=Standing.HIDDEN, organisation=organisation("Elsewhere")))
    session.commit()
    return again(session, "a-placement")


@pytest.fixture
def mo(client: FlaskClient, session: Session) -> SignedIn:
    return SignedIn(client, session, with_role(session, somebody(session, "mo@wayin.example"), AccountRole.MODERATOR))


def send(client: FlaskClient, **said: str) -> str:
    response = client.post(ADDRESS, data={"about": "closed", **said})
    assert response.status_code == 303, Page(response).text
    return response.headers["Location"].partition("?")[0]


def test_every_listing_leads_to_the_form(client: FlaskClient) -> None:
    page = see(client, "/opportunities/a-placement")
    assert page.links["Something wrong? Tell us"] == ADDRESS
    assert see(client, ADDRESS).heading == "What’s wrong with this?"


def test_a_report_is_followed_by_an_address_nobody_can_guess(client: FlaskClient, session: Session) -> None:
    response = client.post(ADDRESS, data={"about": "wrong", "words": "My name is Ada", "email": "ada@school.example"})
    page = see(client, response.headers["Location"])
    assert page.heading == "Your report"
    assert "Thank you." in page.text
    assert "you told us about ‘A placement’ at LifeArc: something on the page is wrong." in page.text
    assert "ada" not in page.response.text.lower()
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert [letter.to for letter in session.scalars(select(Letter))] == ["ada@school.example"]
    see(client, "/reports/no-such-report", 404)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"about": ""}, "Choose what is wrong"),
        ({"about": "<script>"}, "Choose what is wrong"),
        ({"words": "x" * 1001}, "It must be 1,000 characters or fewer. You have 1,001"),
        ({"email": "nobody"}, "Enter an email address, like name@example.org, or leave it empty"),
    ],
)
def test_what_cannot_be_taken_says_what_to_enter_and_keeps_the_rest(
    client: FlaskClient, session: Session, said: dict[str, str], words: str
) -> None:
    page = Page(client.post(ADDRESS, data={"about": "closed", "words": "It <b>closed</b>", **said}))
    assert page.status == 422
    assert page.text.count(words) == 2
    assert said.get("words", "It &lt;b&gt;closed&lt;/b&gt;") in page.response.text
    assert session.scalars(select(Report)).all() == []


def test_what_the_public_cannot_see_cannot_be_reported(client: FlaskClient) -> None:
    for slug, status in (("gone", 410), ("no-such-listing", 404)):
        assert client.get(f"/opportunities/{slug}/report").status_code == status
        assert client.post(f"/opportunities/{slug}/report", data={"about": "closed"}).status_code == status


def test_one_network_can_only_report_so_much(client: FlaskClient, session: Session) -> None:
    statuses = {client.post(ADDRESS, data={"about": "wrong", "words": str(number)}).status_code for number in range(21)}
    assert statuses == {303, 429}
    assert len(session.scalars(select(Report)).all()) == 20


def test_only_moderators_see_reports(client: FlaskClient, session: Session) -> None:
    key = send(client).rpartition("/")[2]
    pat = SignedIn(client, session, somebody(session, "pat@elsewhere.example"))
    for path in ("/moderation/reports", f"/moderation/reports/{key}"):
        assert client.get(path).status_code == 303
        assert pat.client.get(path).status_code == 403
    assert pat.post(f"/moderation/reports/{key}", outcome="withdrawn", message="Ha").status_code == 403
    assert client.post(f"/moderation/reports/{key}", data={"outcome": "withdrawn", "message": "Ha"}).status_code == 403
    assert again(session, "a-placement").standing is Standing.PUBLISHED


def test_what_is_unsafe_for_the_young_is_marked_urgent(client: FlaskClient, mo: SignedIn) -> None:
    send(client)
    key = send(client, about="unsafe", words="He asked to meet alone.").rpartition("/")[2]
    page = see(mo.client, "/moderation/reports")
    assert "2 wait for an answer." in page.text
    assert page.headings == ["It doesn’t seem safe", "It has closed"]
    assert page.text.count("Urgent: under-18s") == 1
    assert "He asked to meet alone." in see(mo.client, f"/moderation/reports/{key}").text
    see(mo.client, "/moderation/reports?page=-3")
    see(mo.client, "/moderation/reports?page=rubbish")


def test_a_report_is_answered_once_for_all_to_see(client: FlaskClient, session: Session, mo: SignedIn) -> None:
    followed = send(client, email="ada@school.example")
    address = f"/moderation{followed}"
    for said, words in (
        ({"message": "Thank you"}, "Choose what comes of it"),
        ({"outcome": "burnt", "message": "Thank you"}, "Choose what comes of it"),
        ({"outcome": "withdrawn"}, "Write what you found"),
        ({"outcome": "withdrawn", "message": "x" * 2001}, "must be 2,000 characters or fewer"),
    ):
        page = Page(mo.post(address, **said))
        assert page.status == 422
        assert page.text.count(words) == 2
    assert Page(mo.post(address, token="wrong", outcome="withdrawn", message="Typed")).text.count("away a while") == 2
    assert mo.post(address, outcome="withdrawn", message="It had closed.").status_code == 303
    assert Page(mo.post(address, outcome="fixed", message="Again.")).status == 422
    text = see(client, followed).text
    assert "We took the listing off the site. It had closed." in text
    see(client, "/opportunities/a-placement", 410)
    assert [letter.subject for letter in session.scalars(select(Letter).order_by(Letter.id))] == [
        "We have your report",
        "The answer to your report",
    ]
    assert "0 wait for an answer." in see(mo.client, "/moderation/reports").text
