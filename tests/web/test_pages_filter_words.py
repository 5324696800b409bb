"""Words that are filters, as visitors see them: said, ticked, taken off, and left as words."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KindName
from tests.search.rows import glasgow, leeds, organisation, row
from tests.web.pages import pairs, publish, see

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture(autouse=True)
def catalogue(session: Session) -> None:
    lifearc = organisation("LifeArc")
    apprenticeship = {"kind": KindName.APPRENTICESHIP, "stages": ["16-18"], "organisation": lifearc}
    publish(
        session,
        row("Cell work", slug="cell", locations=[leeds()], **apprenticeship),
        row("Gene work", slug="gene", locations=[glasgow()], **apprenticeship),
        row("Work in year 12", slug="news", stages=["14-16"], organisation=lifearc),
    )


def test_the_page_says_how_words_were_read_and_ticks_them(client: FlaskClient) -> None:
    page = see(client, "/search?q=apprenticeship+near+Leeds+year+12")
    assert page.heading == "1 opportunity"
    assert "We read near Leeds as within 25 miles of Leeds and year 12 as 16–18." in page.text
    assert '<input class="box" type="checkbox" name="stage" value="16-18" checked>' in page.response.text
    assert 'id="filter-near" name="near" value="Leeds"' in page.response.text


def test_each_chip_leads_to_the_search_without_it(client: FlaskClient) -> None:
    page = see(client, "/search?q=apprenticeship+near+Leeds")
    off = see(client, page.chips["Near Leeds"])
    assert pairs(page.chips["Near Leeds"]) == [("q", "apprenticeship near Leeds"), ("words", "near")]
    assert off.cards == ["/opportunities/cell", "/opportunities/gene"]
    assert "Near Leeds" not in off.chips


def test_the_words_alone_are_one_link_away(client: FlaskClient) -> None:
    page = see(client, "/search?q=work+year+12")
    assert set(page.cards) == {"/opportunities/cell", "/opportunities/gene"}
    words_alone = see(client, page.links["Only look for the words"])
    assert words_alone.cards[0] == "/opportunities/news"
    assert "We read" not in words_alone.text


def test_the_form_of_filters_says_all_that_it_changes(client: FlaskClient) -> None:
    """What is unticked there stays so, though the words still say it."""
    page = see(client, "/search?q=year+12")
    assert '<input type="hidden" name="words" value="stage">' in page.response.text
    unticked = see(client, "/search?q=year+12&words=stage")
    assert unticked.heading == "3 opportunities"
    assert see(client, "/search?q=year+12&words=stage&stage=14-16").cards == ["/opportunities/news"]


def test_one_meaning_has_one_address(client: FlaskClient) -> None:
    page = see(client, "/search?q=year+12&words=stage&stage=16-18")
    assert (page.link("canonical") or "").endswith("/search?q=year+12")


def test_new_words_leave_what_was_read_behind(client: FlaskClient) -> None:
    page = see(client, "/search?q=year+12+near+Leeds&kind=course")
    bar = page.response.text[page.response.text.index('role="search"') : page.response.text.index("</form>")]
    assert 'name="kind" value="course"' in bar
    assert 'name="stage"' not in bar
    assert 'id="near" name="near" value=""' in bar
