"""Of several places with one name the largest is taken, and the others are one click away."""

import pytest

from directory.places import Gazetteer, Kind, Place


def others(gazetteer: Gazetteer, typed: str) -> list[str]:
    finding = gazetteer.find(typed)
    assert finding is not None
    return [place.label for place in finding.others]


def found(gazetteer: Gazetteer, typed: str) -> Place:
    finding = gazetteer.find(typed)
    assert finding is not None
    return finding.place


def test_the_largest_is_taken_and_the_others_follow_by_size(gazetteer: Gazetteer) -> None:
    finding = gazetteer.find("newport")
    assert finding is not None
    assert finding.place.label == "Newport, Wales"
    assert [place.label for place in finding.others][:2] == ["Newport, Isle of Wight", "Newport, Telford and Wrekin"]
    assert [place.population for place in finding.others] == sorted(
        (place.population for place in finding.others), reverse=True
    )


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Newport, Isle of Wight", "Newport, Isle of Wight"),
        ("newport-isle-of-wight", "Newport, Isle of Wight"),
        ("Newport (Isle of Wight)", "Newport, Isle of Wight"),
        ("newport iow", "Newport, Isle of Wight"),
        ("Newport, Shropshire", "Newport, Telford and Wrekin"),
        ("Newport Cymru", "Newport, Wales"),
        ("Bangor NI", "Bangor, Northern Ireland"),
        ("Bangor, Co. Down", "Bangor, Northern Ireland"),
        ("Bangor Wales UK", "Bangor, Gwynedd"),
        ("Perth Scotland", "Perth"),
        ("Richmond, North Yorkshire", "Richmond, North Yorkshire"),
        ("Richmond Yorks", "Richmond, North Yorkshire"),
        ("Ashford, Surrey", "Ashford, Surrey"),
        ("St Ives Cornwall", "St Ives, Cornwall"),
        ("Croydon, Surrey", "Croydon"),
        ("Chatham, Kent", "Chatham"),
        ("Stevenage, Herts, England", "Stevenage"),
        ("Bearsden, Glasgow", "Bearsden"),
        ("London (Whitechapel)", "Whitechapel"),
        ("Whitechapel, London", "Whitechapel"),
    ],
)
def test_saying_where_it_is_chooses_among_them(gazetteer: Gazetteer, typed: str, label: str) -> None:
    assert found(gazetteer, typed).label == label


def test_having_said_which_leaves_no_others(gazetteer: Gazetteer) -> None:
    assert others(gazetteer, "Newport, Isle of Wight") == []
    assert others(gazetteer, "Newport, Wales") == ["Newport, Pembrokeshire"]


def test_another_name_of_a_larger_place_is_taken_before_a_smaller_place(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "newcastle").label == "Newcastle upon Tyne"
    assert others(gazetteer, "newcastle") == ["Newcastle under Lyme", "Newcastle, Northern Ireland"]


def test_a_place_that_dwarfs_its_namesakes_needs_no_more_than_its_name(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "swindon").label == "Swindon"
    assert others(gazetteer, "swindon") == ["Swindon, Gloucestershire"]


def test_there_are_never_more_than_six_others(gazetteer: Gazetteer) -> None:
    assert max(len(others(gazetteer, name)) for name in ("newport", "whitchurch", "walton", "stone", "sutton")) <= 6


def test_london_is_the_city_and_greater_london_the_region(gazetteer: Gazetteer) -> None:
    city, region = found(gazetteer, "London"), found(gazetteer, "Greater London")
    assert (city.kind, city.key) == (Kind.SETTLEMENT, "london")
    assert (region.kind, region.key, region.region) == (Kind.REGION, "greater-london", "London")


def test_every_place_is_found_by_its_label_and_by_its_key_and_no_two_share_one(gazetteer: Gazetteer) -> None:
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    places = {place for letter in letters for place in gazetteer.complete(letter, 10_000)}
    assert len(places) > 6_000
    lost = [
        (typed, place)
        for place in places
        for typed in (place.label, place.key)
        if (finding := gazetteer.find(typed)) is None or finding.place != place or finding.corrected_from
    ]
    assert lost == []
    assert len({place.key for place in places}) == len({place.label for place in places}) == len(places)


def test_a_place_in_a_listing_is_found_within_its_region_and_nation(gazetteer: Gazetteer) -> None:
    stevenage = gazetteer.place_in("Stevenage", "East of England", "England")
    assert stevenage is not None and stevenage.county == "Hertfordshire"
    richmond = gazetteer.place_in("Richmond", "Yorkshire and The Humber")
    assert richmond is not None and richmond.county == "North Yorkshire"
    crumlin = gazetteer.place_in("Crumlin", nation="Northern Ireland")
    assert crumlin is not None and crumlin.county == "Antrim and Newtownabbey"


def test_a_place_in_a_listing_is_never_guessed(gazetteer: Gazetteer) -> None:
    assert gazetteer.place_in("Stevanage") is None
    assert gazetteer.place_in("Stevenage", "Scotland") is None
    assert gazetteer.place_in("Stevenage", nation="Wales") is None
    assert gazetteer.place_in("Online", nation="UK") is None
    assert gazetteer.place_in("") is None


@pytest.mark.parametrize(
    ("name", "region", "nation"),
    [
        *[
            (name, None, "UK")
            for name in ("Birmingham", "Bristol", "London", "Milton Keynes", "Swindon", "Tranent", "York")
        ],
        *[
            (name, "South East", "England")
            for name in ("Harwell", "Milton Park", "Sandwich", "Slough", "Egham", "Tadworth")
        ],
        *[
            (name, "North West", "England")
            for name in ("Alderley Edge", "Alderley Park", "Speke", "Ulverston", "Crewe")
        ],
        *[(name, "East of England", "England") for name in ("Ware", "South Mimms", "Hinxton", "Babraham", "Knebworth")],
        *[(name, "North East", "England") for name in ("Barnard Castle", "Seaton Delaval", "Billingham", "Wilton")],
        *[(f"London ({name})", "London", "England") for name in ("Colindale", "Lambeth", "Whitechapel")],
        *[(name, None, "Scotland") for name in ("Rosyth", "Roslin", "Montrose", "Livingston", "St Andrews")],
        *[(name, None, "Northern Ireland") for name in ("Craigavon", "Portadown", "Coleraine", "Lurgan")],
        *[(name, None, "Wales") for name in ("Cardiff", "Bridgend", "Treforest", "Pencoed")],
        ("Hull", "Yorkshire and The Humber", "England"),
        ("Keele", "West Midlands", "England"),
    ],
)
def test_places_where_listings_are_are_known(gazetteer: Gazetteer, name: str, region: str | None, nation: str) -> None:
    assert gazetteer.place_in(name, region, nation) is not None
