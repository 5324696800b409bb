"""What search engines are told: a map of what is worth finding, and what to leave alone."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.actions import amend, hide, withdraw
from directory.catalogue.vocabulary import Running
from directory.exports import sitemap
from directory.submissions.links.robots import allows, read_rules
from tests.contracts.listings import NOW
from tests.search.rows import row
from tests.web.pages import publish

pytestmark = pytest.mark.usefixtures("now")

SITE = "http://127.0.0.1:8000"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def pages(client: FlaskClient, at: str = "/sitemap.xml") -> dict[str, str | None]:
    """Give the pages of a map, each with when it last changed."""
    response = client.get(at)
    assert (response.status_code, response.mimetype) == (200, "application/xml")
    found = ElementTree.fromstring(response.data).iter(f"{MAPS}url")
    return {one.findtext(f"{MAPS}loc", "").removeprefix(SITE): one.findtext(f"{MAPS}lastmod") for one in found}


def test_the_map_names_what_runs_and_when_it_changed(client: FlaskClient, session: Session) -> None:
    runs, ended = row("Runs", slug="runs"), row("Ended", slug="ended", running=Running.ENDED)
    hidden, gone = row("Hidden", slug="hidden"), row("Gone", slug="gone")
    for other in (ended, hidden, gone):
        other.organisation = runs.organisation
    publish(session, runs, ended, hidden, gone)
    amend(session, runs, {"title": "Runs on"}, NOW - timedelta(days=3))
    hide(session, hidden, NOW)
    withdraw(session, gone, NOW)
    session.commit()
    found = pages(client)
    listed = {page: changed for page, changed in found.items() if page.startswith("/opportunities/")}
    assert listed == {"/opportunities/runs": "2026-11-21T09:00:00+00:00"}
    assert {"/", "/about", "/organisations/lifearc"} <= found.keys()
    assert all(client.get(page).status_code == 200 for page in found)


def test_a_map_too_long_is_parted(client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    first = row("First")
    publish(session, first, *(row(f"Number {number}", organisation=first.organisation) for number in range(9)))
    whole = pages(client)
    monkeypatch.setattr(sitemap, "MOST_PAGES", 7)
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    maps = [(one.text or "").removeprefix(SITE) for one in index.iter(f"{MAPS}loc")]
    assert len(maps) == -(-len(whole) // 7)
    assert [page for one in maps for page in pages(client, one)] == list(whole)
    for beyond in ("/sitemap-0.xml", f"/sitemap-{len(maps) + 1}.xml"):
        assert client.get(beyond).status_code == 404


def test_robots_are_told_where_the_map_is_and_what_to_leave_alone(client: FlaskClient) -> None:
    text = client.get("/robots.txt").text
    assert f"Sitemap: {SITE}/sitemap.xml" in text.splitlines()
    rules = read_rules(text, "AnyBot")
    for left_alone in ("/search?q=lab", "/search.csv", "/search.ics?kind=course", "/search/download", "/complete?q=a"):
        assert not allows(rules, left_alone), left_alone
    assert not allows(rules, "/opportunities/lab-work.ics")
    for welcome in ("/", "/search", "/opportunities/lab-work", "/organisations/lifearc", "/sitemap.xml"):
        assert allows(rules, welcome), welcome
