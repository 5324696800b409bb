"""A typed name is found in any spelling and any language of these islands, and never a wrong one."""

import pytest

from directory.places import Gazetteer, Kind


def label(gazetteer: Gazetteer, typed: str) -> str | None:
    finding = gazetteer.find(typed)
    return finding.place.label if finding else None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("stevenage", "Stevenage"),
        ("  STEVENAGE  ", "Stevenage"),
        ("kings lynn", "King's Lynn"),
        ("King’s Lynn", "King's Lynn"),
        ("St. Alban's", "St Albans"),
        ("Saint Albans", "St Albans"),
        ("Newcastle-on-Tyne", "Newcastle upon Tyne"),
        ("newcastle upon tyne", "Newcastle upon Tyne"),
        ("Ashton Under Lyne", "Ashton-under-Lyne"),
        ("miltonkeynes", "Milton Keynes"),
        ("Gt Yarmouth", "Great Yarmouth"),
        ("Brighton & Hove", "Brighton and Hove"),
        ("Ynys Môn", "Isle of Anglesey"),
        ("ynys mon", "Isle of Anglesey"),
    ],
)
def test_case_accents_hyphens_and_apostrophes_do_not_matter(gazetteer: Gazetteer, typed: str, found: str) -> None:
    assert label(gazetteer, typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "near Leeds",
        "Leeds, UK",
        "in leeds",
        "leeds city centre",
        "the City of Leeds, United Kingdom",
        "Leeds area",
        "nr Leeds",
    ],
)
def test_words_people_wrap_a_place_in_come_off(gazetteer: Gazetteer, typed: str) -> None:
    assert label(gazetteer, typed) == "Leeds"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Abertawe", "Swansea"),
        ("Caerdydd", "Cardiff"),
        ("Bangor Fawr", "Bangor, Gwynedd"),
        ("Penybont ar Ogwr", "Bridgend"),
        ("Y Drenewydd", "Newtown"),
        ("Llundain", "London"),
        ("Rhydychen", "Oxford"),
        ("Manceinion", "Manchester"),
        ("Glaschu", "Glasgow"),
        ("Dùn Èideann", "Edinburgh"),
        ("dun eideann", "Edinburgh"),
        ("Obar Dheathain", "Aberdeen"),
        ("Dùn Dè", "Dundee"),
        ("Inbhir Àir", "Ayr"),
        ("Steòrnabhagh", "Stornoway"),
        ("Béal Feirste", "Belfast"),
        ("Doire", "Derry/Londonderry"),
        ("An Caisleán Nua", "Newcastle, Northern Ireland"),
        ("Pennsans", "Penzance"),
    ],
)
def test_welsh_gaelic_irish_and_cornish_names_are_known(gazetteer: Gazetteer, typed: str, found: str) -> None:
    assert label(gazetteer, typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("B'ham", "Birmingham"),
        ("Brum", "Birmingham"),
        ("Soton", "Southampton"),
        ("L'derry", "Derry/Londonderry"),
        ("Derry", "Derry/Londonderry"),
        ("Londonderry", "Derry/Londonderry"),
        ("Hull", "Kingston upon Hull"),
        ("Stoke", "Stoke-on-Trent"),
        ("Tunbridge Wells", "Royal Tunbridge Wells"),
        ("Bo'ness", "Bo'ness"),
        ("EK", "East Kilbride"),
        ("Porton Down", "Porton"),
        ("Discovery Park", "Sandwich"),
    ],
)
def test_short_and_common_names_are_known(gazetteer: Gazetteer, typed: str, found: str) -> None:
    assert label(gazetteer, typed) == found


@pytest.mark.parametrize(
    ("typed", "found", "kind"),
    [
        ("Kent", "Kent", Kind.COUNTY),
        ("Herts", "Hertfordshire", Kind.COUNTY),
        ("Notts", "Nottinghamshire", Kind.COUNTY),
        ("County Durham", "County Durham", Kind.COUNTY),
        ("Co. Durham", "County Durham", Kind.COUNTY),
        ("Fife", "Fife", Kind.COUNTY),
        ("the Highlands", "Highland", Kind.COUNTY),
        ("Western Isles", "Na h-Eileanan Siar", Kind.COUNTY),
        ("Sir Benfro", "Pembrokeshire", Kind.COUNTY),
        ("Co Down", "County Down", Kind.AREA),
        ("Tees Valley", "Tees Valley", Kind.AREA),
        ("Greater Manchester", "Greater Manchester", Kind.AREA),
        ("East Anglia", "East Anglia", Kind.AREA),
        ("The Midlands", "Midlands", Kind.AREA),
        ("south wales valleys", "South Wales Valleys", Kind.AREA),
        ("Yorkshire", "Yorkshire and The Humber", Kind.REGION),
        ("the North East", "North East", Kind.REGION),
        ("South East England", "South East", Kind.REGION),
        ("Greater London", "Greater London", Kind.REGION),
        ("Cymru", "Wales", Kind.NATION),
        ("Alba", "Scotland", Kind.NATION),
        ("NI", "Northern Ireland", Kind.NATION),
        ("Lloegr", "England", Kind.NATION),
    ],
)
def test_counties_areas_regions_and_nations_are_places_too(
    gazetteer: Gazetteer, typed: str, found: str, kind: Kind
) -> None:
    finding = gazetteer.find(typed)
    assert finding is not None
    assert (finding.place.label, finding.place.kind) == (found, kind)
    assert finding.corrected_from is None


def test_a_county_is_where_its_people_are(gazetteer: Gazetteer) -> None:
    highland = gazetteer.find("Highlands")
    assert highland is not None
    assert 57.2 < highland.place.point.latitude < 57.8  # by Inverness, not in the empty middle


def test_a_region_is_its_own_region_and_england_has_none(gazetteer: Gazetteer) -> None:
    found = [gazetteer.find(typed) for typed in ("Greater London", "Yorkshire", "Wales", "England", "Midlands")]
    assert [finding and finding.place.region for finding in found] == [
        "London",
        "Yorkshire and The Humber",
        "Wales",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Edinburg", "Edinburgh"),
        ("Stevanage", "Stevenage"),
        ("Glasgwo", "Glasgow"),
        ("Lecister", "Leicester"),
        ("Loughbrough", "Loughborough"),
        ("Aberyswyth", "Aberystwyth"),
        ("Stevanage, Herts", "Stevenage"),
        ("near Cambrige", "Cambridge"),
    ],
)
def test_a_slip_is_forgiven_and_said(gazetteer: Gazetteer, typed: str, found: str) -> None:
    finding = gazetteer.find(typed)
    assert finding is not None
    assert (finding.place.label, finding.corrected_from) == (found, typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("Jersey", "Guernsey", "Isle of Man", "JE2 3AB", "Ireland", "Dublin", "Cork", "Waterford", "France", "Paris"),
        *("Rome", "Turkey", "Rotterdam", "Cape Town", "Seattle", "Boston, Massachusetts", "Cambridge, MA"),
        *("Perth, Australia", "Bangor, England", "Portland, ME"),
    ],
)
def test_a_place_outside_the_uk_is_not_taken_for_one_in_it(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\0",
        "near me",
        "UK",
        "online",
        "anywhere",
        "the",
        "qqqq",
        "🧬🧬",
        "מנצ׳סטר",
        "gene therapy",
        "a" * 10_000,
    ],
)
def test_what_is_no_place_is_none(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) is None


def test_the_end_of_an_address_will_do_and_is_said(gazetteer: Gazetteer) -> None:
    finding = gazetteer.find("12 Acacia Avenue, Leeds")
    assert finding is not None
    assert (finding.place.label, finding.corrected_from) == ("Leeds", "12 Acacia Avenue, Leeds")


def test_completion_offers_the_largest_that_begin_so(gazetteer: Gazetteer) -> None:
    assert [place.label for place in gazetteer.complete("steve", 3)] == ["Stevenage", "Stevenston", "Steventon"]
    assert gazetteer.complete("newport", 2)[0].label == "Newport, Wales"
    assert [place.label for place in gazetteer.complete("aberta", 1)] == ["Swansea"]
    assert [place.label for place in gazetteer.complete("Dùn Èid", 5)] == ["Edinburgh"]
    assert [place.label for place in gazetteer.complete("sg1", 3)] == ["SG1", "SG10", "SG11"]


def test_completion_puts_a_place_s_own_name_before_its_other_names(gazetteer: Gazetteer) -> None:
    labels = [place.label for place in gazetteer.complete("caer", 50)]
    assert labels.index("Caerphilly") < labels.index("Edinburgh")  # Caeredin


def test_completion_keeps_to_its_limit(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.complete("b", 5)) == 5
    assert gazetteer.complete("b", 0) == gazetteer.complete("", 5) == gazetteer.complete("\0", 5) == ()
