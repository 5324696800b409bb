"""The pages for reading: their numbers are today's, and refusals and mistakes read as plainly."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KINDS
from directory.catalogue.models import Confirmation, GlossaryTerm, Standing
from directory.catalogue.vocabulary import Signal
from directory.web.access import ANYONE, open_to
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.web.pages import Page, publish, see, total_at, within, words

pytestmark = pytest.mark.usefixtures("now")

PAGES = {
    "/about": "About",
    "/how-we-check": "How we check",
    "/privacy": "Privacy",
    "/accessibility": "Accessibility",
    "/data-and-licences": "Data and licences",
    "/glossary": "Glossary",
    "/organisations": "Organisations",
}


def signs(page: Page) -> list[int]:
    """Give the numbers in the table of signs: organisation, person, link."""
    (table,) = within(page.main, "table")
    return [int(words(within(row, "td")[-1])) for row in within(table, "tr") if within(row, "td")]


@pytest.mark.parametrize(("address", "heading"), PAGES.items())
def test_every_page_for_reading_is_there(reader: FlaskClient, address: str, heading: str) -> None:
    page = see(reader, address)
    assert page.heading.startswith(heading)
    assert page.title.startswith(page.heading)
    assert len(page.text) > 500


@pytest.mark.parametrize("address", ["/", "/search", *PAGES])
def test_every_page_leads_to_every_page_for_reading(reader: FlaskClient, address: str) -> None:
    page = see(reader, address)
    footer = page.tree.find(".//footer")
    assert set(PAGES) <= {link.attrib["href"] for link in within(footer, "a")}


@pytest.mark.parametrize("address", ["/", "/search?kind=fellowship", *PAGES])
def test_no_link_within_the_site_leads_nowhere(reader: FlaskClient, address: str) -> None:
    links = {link.attrib["href"] for link in see(reader, address).tree.iter("a")}
    here = sorted(link for link in links if link.startswith("/") and not link.startswith("/organisations/"))
    assert here
    assert [link for link in here[:40] if reader.get(link, follow_redirects=True).status_code != 200] == []


def test_about_counts_what_is_there_and_leads_to_each_kind(reader: FlaskClient) -> None:
    page = see(reader, "/about")
    running, over = total_at(reader, "/search"), total_at(reader, "/search?when=not-running")
    assert f"{running + over} listings" in page.text
    (organisations,) = re.findall(r"from (\d+) organisations", page.text)
    assert f"{organisations} organisations" in see(reader, "/organisations").text
    for kind in KINDS.values():
        assert page.links[kind.plural] == f"/search?kind={kind.name}"


def test_the_signs_of_freshness_are_counted_apart(client: FlaskClient, session: Session) -> None:
    lifearc = organisation("LifeArc")
    checks = [[Signal.PERSON], [Signal.PERSON, Signal.LINK], [Signal.LINK], [Signal.LINK, Signal.ORGANISATION], []]
    publish(
        session,
        *(
            row(organisation=lifearc, confirmations=[Confirmation(signal=one, at=NOW) for one in some])
            for some in checks
        ),
    )
    page = see(client, "/how-we-check")
    assert signs(page) == [1, 2, 3]
    assert "out of 5 listings" in page.text
    assert "nobody has confirmed" not in page.text


def test_no_check_is_claimed_that_nobody_made(client: FlaskClient, session: Session) -> None:
    wrong = Confirmation(signal=Signal.PERSON, at=NOW, right=False)
    publish(session, row(organisation=organisation("LifeArc"), confirmations=[wrong]))
    page = see(client, "/how-we-check")
    assert signs(page) == [0, 0, 0]
    assert "nobody has confirmed" in page.text


def test_the_sources_of_places_are_named_with_their_licences(reader: FlaskClient) -> None:
    page = see(reader, "/data-and-licences")
    for owed in ("GeoNames", "Office for National Statistics", "Creative Commons Attribution 4.0", "Crown copyright"):
        assert owed in page.text
    assert "https://www.geonames.org/" in page.links.values()
    assert any("open-government-licence" in link for link in page.links.values())


def test_the_glossary_explains_every_word_at_its_own_address(client: FlaskClient, session: Session) -> None:
    session.add_all(
        GlossaryTerm(slug=word.lower(), term=word, meaning=f"What {word} is.", also=also)
        for word, also in (("GMP", ["good manufacturing practice"]), ("AAV", []))
    )
    session.commit()
    page = see(client, "/glossary")
    assert "2 words" in page.text
    assert [words(term) for term in within(page.main, "dt")] == ["AAV", "GMP"]
    assert words(page.tree.find(".//*[@id='gmp']")) == "GMP What GMP is. Also: good manufacturing practice."


def test_privacy_tells_the_only_cookie_there_is(client: FlaskClient) -> None:
    assert "appearance" in see(client, "/privacy").text
    client.post("/appearance", data={"appearance": "dark"})
    assert client.get_cookie("appearance") is not None
    for address in ("/", "/search?q=cell&near=Leeds", *PAGES):
        assert "Set-Cookie" not in client.get(address).headers


def test_not_found_and_gone_are_different_answers_with_a_way_on(client: FlaskClient, session: Session) -> None:
    publish(session, row(slug="gone", organisation=organisation("LifeArc"), standing=Standing.WITHDRAWN))
    not_found, gone = see(client, "/opportunities/never-was", 404), see(client, "/opportunities/gone", 410)
    assert not_found.heading != gone.heading
    for page in (not_found, gone):
        assert {"/", "/search"} <= set(page.links.values())
        assert page.response.headers["Cache-Control"] == "no-store"


def test_our_own_mistake_says_it_is_ours_and_leads_home(app: Flask) -> None:
    def break_down() -> str:
        raise ZeroDivisionError

    app.add_url_rule("/breaking", view_func=open_to(ANYONE)(break_down))
    app.testing = False
    page = see(app.test_client(), "/breaking", 500)
    assert "our side" in page.heading
    assert "/" in page.links.values()
    assert page.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/", "/about", "/search?q=lab", "/opportunities/lifearc-virtual-work-experience"])
def test_a_page_says_its_own_address_whatever_host_was_asked(reader: FlaskClient, address: str) -> None:
    answer = reader.get(address, headers={"Host": "evil.example"})
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{address}">' in answer.text
    assert "evil.example" not in answer.text
