"""Organisations' pages: who they are, and all that the public may see of what they offer."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Involvement, Opportunity, Role, Standing
from directory.catalogue.vocabulary import Running
from directory.organisations.models import Organisation
from directory.parts import Parts
from tests.search.rows import organisation, row
from tests.web.pages import Page, publish, see, within, words

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


def cards_under(page: Page, heading: str) -> list[str]:
    return [words(title) for title in within(page.section(heading), look="card-title")]


def test_every_organisation_has_a_page_with_its_listings(reader: FlaskClient, site: Parts) -> None:
    with site.sessions() as session:
        known = {one.slug: one for one in session.scalars(select(Organisation))}
        offered = {slug: set[str]() for slug in known}
        for slug, organisation_id in session.execute(select(Opportunity.slug, Opportunity.organisation_id)):
            (owner,) = (one.slug for one in known.values() if one.id == organisation_id)
            offered[owner].add(f"/opportunities/{slug}")
    assert len(known) > 100
    for slug, one in known.items():
        page = see(reader, f"/organisations/{slug}")
        assert page.heading == one.name
        assert offered[slug] <= set(page.cards), slug
        assert len(page.cards) == len(set(page.cards)), slug
        assert page.cards or "Nothing here" in page.text


def test_the_list_of_organisations_leads_to_as_many_listings_as_it_says(reader: FlaskClient) -> None:
    page = see(reader, "/organisations")
    rows = [line for lists in page.some("columns") for line in within(lists, "li")]
    assert len(rows) > 100
    names = [words(within(line, "a")[0]) for line in rows]
    assert names == sorted(names, key=str.casefold)
    assert f"{len(rows)} organisations" in page.text
    for line in rows[::6]:
        (link,) = within(line, "a")
        (count,) = within(line, look="quiet-count")
        theirs = see(reader, link.attrib["href"])
        offered = [heading for heading in theirs.headings if heading in ("What it offers", "Not running now")]
        found = sum(len(cards_under(theirs, heading)) for heading in offered)
        assert found == int(re.findall(r"\d+", words(count))[0]), words(link)


def test_what_it_offers_what_it_takes_part_in_and_what_is_over_stand_apart(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    other = organisation("Catapult")
    publish(
        session,
        row("Own", organisation=lifearc),
        row("Over", organisation=lifearc, running=Running.ENDED),
        row("Shared", organisation=other, involvements=[Involvement(organisation=lifearc, role=Role.HOST)]),
        row("Somebody else's", organisation=other),
        row("Secret", organisation=lifearc, standing=Standing.WITHDRAWN),
    )
    page = see(client, "/organisations/lifearc")
    assert cards_under(page, "What it offers") == ["Own"]
    assert cards_under(page, "What it takes part in") == ["Shared"]
    assert cards_under(page, "Not running now") == ["Over"]
    assert "Secret" not in page.text


def test_an_organisation_with_nothing_now_says_so_and_leads_on(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(session, row("Secret", organisation=lifearc, standing=Standing.WITHDRAWN))
    page = see(client, "/organisations/lifearc")
    assert page.cards == []
    assert "Nothing here from LifeArc" in page.text
    assert page.links["See all opportunities"] == "/search"
    assert "LifeArc" not in see(client, "/organisations").text


@pytest.mark.parametrize("slug", ["nobody", "LifeArc", "x%00y", "%ff", "🧬", "a" * 500])
def test_an_organisation_that_nobody_knows_is_not_found(reader: FlaskClient, slug: str) -> None:
    assert "/search" in see(reader, f"/organisations/{slug}", 404).links.values()


def test_what_is_not_known_of_an_organisation_is_left_out(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(session, row("Own", organisation=lifearc))
    page = see(client, "/organisations/lifearc")
    assert "None" not in page.text
    assert page.some("band-who")
    assert words(page.some("band-who")[0]) == "Charity"
