"""Listings like one."""

from sqlalchemy.orm import Session

from directory.catalogue.kinds import KindName
from directory.catalogue.models import Opportunity
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.vocabulary import Running
from directory.search.engine import SearchEngine
from directory.search.similar import similar
from tests.contracts.listings import NOW
from tests.search.conftest import Publish
from tests.search.rows import glasgow, leeds


def titles(session: Session, engine: SearchEngine, one: Opportunity, most: int) -> list[str]:
    whole = opportunity_by_slug(session, one.slug)
    assert whole
    return [row.title for row in similar(session, engine, whole, most, NOW)]


def test_the_most_alike_comes_first_and_the_listing_itself_never(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    alike = {"kind": KindName.PLACEMENT, "stages": ["undergraduate"], "skills": ["Quality"]}
    one = publish("Lab placement", **alike, locations=[leeds()])
    publish("Course", kind=KindName.COURSE, stages=["undergraduate"], skills=["Quality"], locations=[glasgow()])
    publish("Far away", **alike, locations=[glasgow()])
    publish("Lab placement too", **alike, locations=[leeds()])
    publish("Nearby", **alike, locations=[leeds()])
    publish("Something else", kind=KindName.RESOURCE, stages=["phd"])
    found = titles(session, engine, one, 5)
    assert found == ["Lab placement too", "Nearby", "Far away", "Course"]
    assert titles(session, engine, one, 2) == found[:2]


def test_its_own_parts_and_what_it_is_part_of_are_left_out(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    umbrella = publish("Lab placements", kind=KindName.PLACEMENT)
    part = publish("Lab placements, Leeds", kind=KindName.PLACEMENT, parent=umbrella)
    publish("Lab placements, York", kind=KindName.PLACEMENT, parent=umbrella)
    publish("Another", kind=KindName.PLACEMENT)
    session.expire_all()
    assert titles(session, engine, umbrella, 3) == ["Another"]
    assert titles(session, engine, part, 3) == ["Lab placements, York", "Another"]


def test_what_is_over_is_not_offered(publish: Publish, session: Session, engine: SearchEngine) -> None:
    one = publish("Lab placement", kind=KindName.PLACEMENT, stages=["undergraduate"])
    publish("Lab placement over", kind=KindName.PLACEMENT, stages=["undergraduate"], running=Running.ENDED)
    assert titles(session, engine, one, 3) == []


def test_of_a_listing_of_which_little_is_known_the_kind_is_enough(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    one = publish("One", kind=KindName.PLACEMENT)
    publish("Two", kind=KindName.PLACEMENT)
    publish("Three", kind=KindName.COURSE)
    assert titles(session, engine, one, 1) == ["Two"]
