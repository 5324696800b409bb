"""A search from its address to all that a page says."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.catalogue.actions import withdraw
from directory.catalogue.kinds import KindName
from directory.catalogue.models import Intake, Location
from directory.catalogue.vocabulary import Closing, Pay, Reach, Running
from directory.places import Gazetteer
from directory.search.engine import SearchEngine
from directory.search.find import Found, find
from directory.search.indexing import refill
from directory.search.query import SearchQuery
from directory.search.views import FacetView, Link
from tests.contracts.listings import NOW
from tests.search.conftest import Publish
from tests.search.rows import glasgow, leeds


class Finder:
    """Searches as a page does, by the address."""

    def __init__(self, session: Session, engine: SearchEngine, gazetteer: Gazetteer) -> None:
        self._session, self._engine, self._gazetteer = session, engine, gazetteer

    def __call__(self, *pairs: tuple[str, str]) -> Found:
        return find(self._session, self._engine, self._gazetteer, SearchQuery.from_pairs(pairs), NOW)


@pytest.fixture
def search(session: Session, engine: SearchEngine, gazetteer: Gazetteer) -> Finder:
    return Finder(session, engine, gazetteer)


def titles(found: Found) -> list[str]:
    return [row.title for row in found.rows]


def facet(found: Found, name: str) -> FacetView:
    return next(view for view in found.facets if view.name == name)


def counts(found: Found, name: str) -> dict[str, int]:
    return {option.value: option.count for option in facet(found, name).options}


def labels(links: tuple[Link | None, ...]) -> list[str | None]:
    return [link.label if link else None for link in links]


def test_an_empty_index_is_filled_at_the_first_search(publish: Publish, search: Finder) -> None:
    publish("Lab work")
    assert titles(search()) == ["Lab work"]


def test_rows_come_in_the_engines_order_with_what_cards_need(publish: Publish, search: Finder) -> None:
    publish("Other", description="a lab")
    publish("Lab work", skills=["Quality"], locations=[leeds()])
    found = search(("q", "lab"))
    assert titles(found) == ["Lab work", "Other"]
    assert [skill.name for skill in found.rows[0].skills] == ["Quality"]
    assert (found.rows[0].organisation.name, found.rows[0].locations[0].place) == ("LifeArc", "Leeds")


def test_what_was_withdrawn_since_never_shows(publish: Publish, search: Finder, session: Session) -> None:
    publish("Lab work")
    row = publish("Lab secrets")
    assert len(titles(search(("q", "lab")))) == 2
    withdraw(session, row, NOW)
    assert titles(search(("q", "lab"))) == ["Lab work"]


def test_listings_with_some_words_stand_apart(publish: Publish, search: Finder) -> None:
    publish("Gene therapy")
    publish("Gene bank")
    found = search(("q", "gene therapy"))
    assert titles(found) == ["Gene therapy"]
    assert [row.title for row in found.rows_with_some_words] == ["Gene bank"]
    assert found.headline == "1 opportunity"
    assert found.which_is_which == "1 more has some of your words"


def test_chips_take_one_thing_away_each(publish: Publish, search: Finder) -> None:
    publish("Lab work")
    found = search(("q", "lab"), ("kind", "course"), ("kind", "placement"), ("near", "leeds"), ("within", "10"))
    assert labels(found.chips) == ["Near Leeds", "Within 10 miles", "Placement", "Course"]
    assert found.chips[0].query.to_pairs() == [("q", "lab"), ("kind", "placement"), ("kind", "course")]
    assert found.chips[2].query == found.query.without_choice("kind", "placement")
    assert found.cleared.to_pairs() == [("q", "lab")]


def test_facets_show_zeros_names_and_what_is_chosen(publish: Publish, search: Finder) -> None:
    publish(kind=KindName.COURSE, skills=["Quality"], by="Cell Catapult")
    publish(kind=KindName.PLACEMENT, skills=["Research"], by="LifeArc")
    found = search(("kind", "course"))
    kinds = facet(found, "kind")
    assert (kinds.is_on, kinds.summary) == (True, "Course")
    assert counts(found, "kind")["placement"] == 1
    assert counts(found, "kind")["fellowship"] == 0
    assert [(option.label, option.count) for option in facet(found, "skill").options] == [
        ("Quality", 1),
        ("Research", 0),
    ]
    assert [option.label for option in facet(found, "organisation").options] == ["Cell Catapult", "LifeArc"]
    assert (facet(found, "pay").is_on, facet(found, "pay").summary) == (False, "Any")


def test_long_facets_fold_but_never_what_is_chosen(publish: Publish, search: Finder) -> None:
    publish()
    folded = facet(search(("kind", "resource")), "kind")
    unfolded = [option.value for option in folded.options if option.first]
    assert unfolded == [*(kind.value for kind in list(KindName)[:6]), "resource"]
    assert folded.folded == 3


def test_places_unfold_those_with_the_most_listings(publish: Publish, search: Finder) -> None:
    publish(locations=[Location(reach=Reach.ONLINE), Location(reach=Reach.UK_WIDE)])
    unfolded = [option.value for option in facet(search(), "where").options if option.first]
    assert {"online", "uk-wide"} <= set(unfolded)


def test_skills_and_organisations_that_nobody_knows_are_dropped(publish: Publish, search: Finder) -> None:
    publish()
    found = search(("organisation", "nobody"), ("organisation", "lifearc"), ("skill", "nothing"), ("page", "7"))
    assert found.query.to_pairs() == [("organisation", "lifearc")]


def test_an_unknown_place_is_said_and_the_search_still_runs(publish: Publish, search: Finder) -> None:
    publish("Lab work")
    found = search(("q", "lab"), ("near", "xyzzyville"), ("within", "10"))
    assert titles(found) == ["Lab work"]
    assert found.place_is_unknown
    assert found.notices == ("We don’t know a place called ‘xyzzyville’. The rest of your search still ran.",)
    assert "Nearest" not in labels(found.sorts)


def test_of_several_places_the_largest_is_taken_and_the_others_are_links(publish: Publish, search: Finder) -> None:
    publish()
    found = search(("near", "Newport"))
    assert found.place is not None
    assert found.place_taken == f"There is more than one ‘Newport’. This is {found.place.place.label}."
    other = search(*found.other_places[0].query.to_pairs())
    assert other.place is not None
    assert other.place.place.label == found.other_places[0].label
    assert other.sentence == f"near {found.other_places[0].label}"


def test_a_radius_says_what_it_leaves_be(publish: Publish, search: Finder) -> None:
    publish("Here", locations=[leeds()])
    publish("There", locations=[glasgow()])
    publish("Online", locations=[Location(reach=Reach.ONLINE)])
    found = search(("near", "York"), ("within", "50"))
    assert (titles(found), found.inside, found.apart) == (
        ["Here", "Online"],
        "1 within 50 miles of York",
        ("1 online",),
    )


def test_words_that_tell_nothing_apart_are_left_out_and_said(publish: Publish, search: Finder) -> None:
    publish("Lab work")
    found = search(("q", "what is it"))
    assert (titles(found), found.sentence) == (["Lab work"], "")
    assert len(found.notices) == 1
    assert "Best match" not in labels(found.sorts)


def test_a_cut_is_said(publish: Publish, search: Finder) -> None:
    publish("Lab work")
    assert search(("q", "lab " * 3000)).notices == ("We searched for the first 300 characters of what you typed.",)


@pytest.mark.parametrize(
    ("pairs", "usual"),
    [
        ([], "Soonest to act on"),
        ([("q", "lab")], "Best match"),
        ([("near", "Leeds")], "Nearest"),
        ([("q", "lab"), ("near", "Leeds")], "Best match"),
        ([("q", "the"), ("near", "Leeds")], "Nearest"),
        ([("near", "xyzzyville")], "Soonest to act on"),
        ([("q", "lab"), ("sort", "newest")], "Newest"),
    ],
)
def test_each_search_has_its_usual_order(
    publish: Publish, search: Finder, pairs: list[tuple[str, str]], usual: str
) -> None:
    publish()
    assert [link.label for link in search(*pairs).sorts if link.chosen] == [usual]


def test_pages_are_addresses(publish: Publish, search: Finder) -> None:
    for number in range(1, 162):
        publish(f"Lab {number:03}")
    found = search(("page", "5"))
    assert labels(found.pages) == ["1", None, "3", "4", "5", "6", "7", None, "9"]
    assert (found.previous, found.next) == (found.query.with_page(4), found.query.with_page(6))
    assert len(titles(found)) == 20
    past = search(("page", "999"))
    assert (past.query.page, past.next, len(past.rows)) == (9, None, 1)


def test_a_single_page_has_no_pages(publish: Publish, search: Finder) -> None:
    publish()
    found = search()
    assert (found.pages, found.previous, found.next) == ((), None, None)


def test_what_is_not_running_is_counted_and_a_choice_away(publish: Publish, search: Finder) -> None:
    publish("Running")
    publish("Over", running=Running.ENDED)
    found = search()
    assert (titles(found), found.page.not_running) == (["Running"], 1)
    assert titles(search(("when", "not-running"))) == ["Over"]


def test_time_is_asked_at_the_moment_of_the_search(
    publish: Publish, session: Session, engine: SearchEngine, gazetteer: Gazetteer
) -> None:
    publish(intakes=[Intake(closing=Closing.FIXED, closes_on=(NOW + timedelta(days=3)).date())])
    refill(session, engine)
    totals = [
        find(session, engine, gazetteer, SearchQuery(), NOW + timedelta(days=days)).page.total for days in (0, 3, 4)
    ]
    assert totals == [1, 1, 0]


def test_the_title_says_the_whole_search(publish: Publish, search: Finder) -> None:
    publish("Lab work", kind=KindName.PLACEMENT, pay=Pay.WAGE)
    assert search(("q", "lab"), ("pay", "paid")).title == "1 opportunity for ‘lab’, paid"
    assert search(("kind", "placement")).title == "1 opportunity: placements"
    empty = search(("q", "zzz"))
    assert (empty.headline, empty.title) == ("Nothing matches all of that yet", "No opportunities for ‘zzz’")


NAMES = st.sampled_from(["q", "near", "within", "page", "sort", "kind", "organisation", "x"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, st.text(max_size=30)), max_size=5))
def test_no_address_raises(publish: Publish, search: Finder, pairs: list[tuple[str, str]]) -> None:
    publish("Lab work")
    found = search(*pairs)
    assert search(*found.query.to_pairs()).query == found.query


@pytest.mark.parametrize(
    ("typed", "sentence", "said"),
    [
        ("scotland", "in Scotland", "‘scotland’ isn’t one town, so it is a filter now: Scotland."),
        ("North East", "in the North East", "‘North East’ isn’t one town, so it is a filter now: the North East."),
        ("England", "in England", "‘England’ isn’t one town, so it is a filter now: England."),
        ("online", "online", "‘online’ isn’t one town, so it is a filter now: online."),
        ("UK", "", "We search the whole UK anyway, so ‘UK’ changes nothing."),
    ],
)
def test_what_is_wider_than_a_town_is_a_choice_and_no_distance(
    publish: Publish, search: Finder, typed: str, sentence: str, said: str
) -> None:
    publish(locations=[leeds()])
    found = search(("near", typed), ("within", "25"))
    assert (found.query.near, found.query.within, found.place) == ("", None, None)
    assert (found.sentence, found.notices) == (sentence, (said,))


def test_no_distance_is_told_from_the_middle_of_a_county(publish: Publish, search: Finder) -> None:
    publish(locations=[leeds()])
    found = search(("near", "Kent"))
    assert found.page.miles
    assert found.miles == {}
    assert found.sentence == "near the middle of Kent"


def test_a_misspelling_is_put_right_and_said(publish: Publish, search: Finder) -> None:
    publish("Immunology placement")
    found = search(("q", "imunology"))
    assert titles(found) == ["Immunology placement"]
    assert found.query.text == "immunology"
    assert found.put_right
    assert (found.put_right.label, found.put_right.query.to_pairs()) == (
        "imunology",
        [("q", "imunology"), ("literal", "1")],
    )


def test_a_literal_search_is_left_as_it_is_typed(publish: Publish, search: Finder) -> None:
    publish("Immunology placement")
    found = search(("q", "imunology"), ("literal", "1"))
    assert (titles(found), found.put_right, found.spelling) == ([], None, None)


def test_what_finds_something_is_not_put_right_but_a_better_spelling_is_offered(
    publish: Publish, search: Finder
) -> None:
    publish("Cellar study")
    for number in range(10):
        publish(f"Collar study {number}")
    found = search(("q", "cellar"))
    assert (titles(found), found.put_right) == (["Cellar study"], None)
    assert found.spelling
    assert (found.spelling.label, found.spelling.query.to_pairs()) == ("collar", [("q", "collar")])


def test_a_misspelling_of_nothing_is_left_alone(publish: Publish, search: Finder) -> None:
    publish("Immunology placement")
    found = search(("q", "zzzzzzzz"))
    assert (found.put_right, found.spelling) == (None, None)
    assert found.ways_out


def test_a_place_made_a_choice_is_still_said_when_words_are_put_right(publish: Publish, search: Finder) -> None:
    publish("Immunology placement", locations=[glasgow()])
    found = search(("q", "imunology"), ("near", "Scotland"))
    assert titles(found) == ["Immunology placement"]
    assert any("Scotland" in notice for notice in found.notices)


def test_choices_stay_when_words_are_put_right(publish: Publish, search: Finder) -> None:
    publish("Immunology placement", kind="placement")
    publish("Immunology course", kind="course")
    found = search(("q", "imunology"), ("kind", "course"))
    assert titles(found) == ["Immunology course"]
