"""What an organisation says of its own listing stands on its page: places left, ages, support, access."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity
from directory.places.gazetteer import Gazetteer
from tests.submissions.kept import kept, somebody
from tests.web.pages import Page, see, within, words

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def listing(session: Session, gazetteer: Gazetteer) -> Opportunity:
    return kept(session, gazetteer, somebody(session))


def page_of(client: FlaskClient, session: Session, listing: Opportunity) -> Page:
    session.commit()
    return see(client, f"/opportunities/{listing.slug}")


def support(page: Page) -> list[str]:
    return [words(paragraph) for paragraph in within(page.section("Support and access"), "p")]


def test_support_and_access_are_said(client: FlaskClient, session: Session, listing: Opportunity) -> None:
    assert support(page_of(client, session, listing)) == ["Travel paid in the first month.", "Step-free labs."]


def test_half_of_it_asks_for_the_rest(client: FlaskClient, session: Session, listing: Opportunity) -> None:
    listing.access_words = None
    said, asked = support(page_of(client, session, listing))
    assert said == "Travel paid in the first month."
    assert asked.startswith("Ask Larkfield Advanced Therapies what it can change for you")


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [(16, None, "16 or over"), (None, 18, "18 or under"), (16, 18, "16 to 18"), (16, 16, "16")],
)
def test_ages_are_said_where_people_decide(
    client: FlaskClient, session: Session, listing: Opportunity, least: int | None, most: int | None, said: str
) -> None:
    listing.minimum_age, listing.maximum_age = least, most
    page = page_of(client, session, listing)
    assert page.facts()["Age"] == said
    assert f"You need to be {said}." in words(page.section("Can I apply?"))


@pytest.mark.parametrize(
    ("places", "left", "said"), [(4, None, "4"), (4, 2, "4, 2 left"), (4, 0, "4, none left"), (None, 0, "None left")]
)
def test_places_left_are_said(
    client: FlaskClient, session: Session, listing: Opportunity, places: int | None, left: int | None, said: str
) -> None:
    listing.intakes[0].places, listing.intakes[0].places_left = places, left
    assert page_of(client, session, listing).facts()["Places"] == said
