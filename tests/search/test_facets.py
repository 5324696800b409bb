"""The facets as declared, and what a listing answers to them."""

from directory.catalogue.models import Level, Location
from directory.catalogue.vocabulary import Delivery, Framework, Pay, Reach
from directory.search.document import document_of
from directory.search.facets import FACETS, FACETS_BY_NAME
from tests.search.rows import glasgow, leeds, row


def test_every_facet_is_answered_by_the_listing_or_by_its_time() -> None:
    assert all((facet.of is None) != (facet.at is None) for facet in FACETS)


def test_names_and_values_are_fit_for_addresses() -> None:
    values = [value for facet in FACETS for value in (facet.name, *(option.value for option in facet.options))]
    assert all(value.replace("-", "").isalnum() and value == value.lower() for value in values)
    for facet in FACETS:
        assert len({option.value for option in facet.options}) == len(facet.options)
    assert len(FACETS_BY_NAME) == len(FACETS)


def test_levels_show_both_scales() -> None:
    labels = {option.value: option.label for option in FACETS_BY_NAME["level"].options}
    assert labels["level-3"] == "Level 3, SCQF 6"
    assert labels["level-6"] == "Level 6, SCQF 9 and 10"


def test_a_place_in_england_is_in_its_region_and_in_england() -> None:
    values = document_of(row(locations=[leeds()])).values["where"]
    assert set(values) == {"yorkshire-and-the-humber", "england"}


def test_a_place_in_scotland_is_in_scotland() -> None:
    assert document_of(row(locations=[glasgow()])).values["where"] == ("scotland",)


def test_uk_wide_and_online_are_places_of_their_own() -> None:
    everywhere = row(locations=[Location(reach=Reach.UK_WIDE)], delivery=Delivery.ONLINE)
    assert set(document_of(everywhere).values["where"]) == {"uk-wide", "online"}
    somewhere = row(locations=[Location(reach=Reach.NATION, nation="England")])
    assert document_of(somewhere).values["where"] == ("england",)


def test_a_scottish_level_answers_as_the_level_of_the_same_challenge() -> None:
    listing = row(levels=[Level(framework=Framework.SCQF, number=6), Level(framework=Framework.RQF, number=3)])
    assert document_of(listing).values["level"] == ("level-3",)


def test_pay_that_is_not_said_is_an_answer() -> None:
    assert document_of(row()).values["pay"] == ("not-said",)
    assert document_of(row(pay=Pay.WAGE)).values["pay"] == ("paid",)
    assert document_of(row()).values["delivery"] == ()
