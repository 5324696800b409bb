"""Somebody pastes the address of their own page, and the form is filled in with what it says."""

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.request_state import FETCHER
from directory.submissions.models import Submission
from tests.submissions.links.web_of_ours import opened, page
from tests.web.pages import Page, see


def test_an_address_that_may_not_be_opened_is_said_and_stays_in_its_box(client: FlaskClient, session: Session) -> None:
    for address in (
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "ftp://example.org/",
        "nonsense",
        "",
    ):
        page = Page(client.post("/organisations/add/link", data={"url": address}))
        assert page.status == 422, address
        assert page.title.startswith("Error:")
        assert f'value="{address}"' in page.response.text
    assert session.scalars(select(Submission)).all() == []


def test_the_box_is_there_unless_it_is_switched_off(client: FlaskClient) -> None:
    assert "Paste a link" in see(client, "/organisations/add").headings


POSTING = """
<script type="application/ld+json">
{"@context": "https://schema.org", "@type": "JobPosting", "title": "Cell therapy laboratory apprentice",
 "description": "<p>You grow cells.</p>", "hiringOrganization": {"@type": "Organization", "name": "Larkfield"},
 "validThrough": "2027-03-01T17:00:00+00:00", "employmentType": "FULL_TIME"}
</script><h1>Cell therapy laboratory apprentice</h1>
"""


UNCLEAR = """
<h1>Cell therapy laboratory internship</h1><p>Closing date: 5 March 2027</p><p>Closing date: 9 March 2027</p>
<p>Lab research in Leeds.</p>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "JobPosting", </script>
"""


def test_what_a_page_leaves_open_is_told_where_it_is_asked_until_it_is_answered(
    client: FlaskClient, session: Session
) -> None:
    with opened() as web:
        web.pages["https://larkfield.example/job"] = page(UNCLEAR)
        client.application.extensions[FETCHER] = web.fetcher()
        response = client.post("/organisations/add/link", data={"url": "https://larkfield.example/job"})
    first = response.headers["Location"]
    assert "Part of your page’s data for search engines is broken, so it wasn’t read." in see(client, first).text
    dates = first.replace("organisation", "dates")
    told = "Your page gives more than one day that it closes: 5 March 2027, 9 March 2027. Enter the one that is right."
    assert told in see(client, dates).text
    client.post(dates, data={"pay": "hour"})
    assert told in see(client, dates).text
    client.post(dates, data={"closing": "fixed", "closes_day": "9", "closes_month": "3", "closes_year": "2027"})
    assert told not in see(client, dates).text


def test_an_answer_that_somebody_changed_comes_from_the_page_no_longer(client: FlaskClient) -> None:
    with opened() as web:
        web.pages["https://larkfield.example/job"] = page(POSTING)
        client.application.extensions[FETCHER] = web.fetcher()
        response = client.post("/organisations/add/link", data={"url": "https://larkfield.example/job"})
    role = response.headers["Location"].replace("organisation", "role")
    assert 'id="title-origin"' in client.get(role).text
    client.post(role, data={"title": "Laboratory apprentice", "description": "You grow cells."})
    page_now = client.get(role).text
    assert 'id="title-origin"' not in page_now
    assert 'id="description-origin"' in page_now


def test_what_a_page_says_is_filled_in_with_where_it_comes_from(client: FlaskClient, session: Session) -> None:
    with opened() as web:
        web.pages["https://larkfield.example/job"] = page(POSTING)
        client.application.extensions[FETCHER] = web.fetcher()
        response = client.post("/organisations/add/link", data={"url": "https://larkfield.example/job"})
    assert response.status_code == 303
    role = see(client, response.headers["Location"].replace("organisation", "role"))
    assert "From your page’s data for search engines" in role.text
    (draft,) = session.scalars(select(Submission))
    assert draft.title == "Cell therapy laboratory apprentice"
    assert draft.answers["closes_year"] == "2027"
