"""A postcode is read in any spelling, whole or in part."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places import Gazetteer, Kind

FOLDER = Path(__file__).parents[2] / "seed_data" / "gazetteer"

with (FOLDER / "outcodes.csv").open(encoding="utf-8", newline="") as _file:
    OUTCODES = {row["outcode"]: row["region"] for row in csv.DictReader(_file)}
AREAS = {code[: 2 if code[1].isalpha() else 1] for code in OUTCODES}

# Second halves never hold these letters, which are the ones taken for digits and for each other.
SECOND_HALVES = st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("SG1 2FX", "sg1"),
        ("sg12fx", "sg1"),
        ("  Sg1   2fX ", "sg1"),
        ("SG1-2FX", "sg1"),
        ("near SG1 2FX", "sg1"),
        ("SG1 2", "sg1"),
        ("SG12F", "sg1"),
        ("SG12", "sg12"),
        ("eh1", "eh1"),
        ("EH1 1AA", "eh1"),
        ("EH11AA", "eh1"),
        ("EH11", "eh11"),
        ("EH1 1", "eh1"),
        ("E H 1 1 1 A A", "eh11"),
        ("M1", "m1"),
        ("w1a 1aa", "w1a"),
        ("EC1A1BB", "ec1a"),
        ("W1", "w1"),
        ("sg", "sg"),
        ("CO", "co"),
        ("ME", "me"),
    ],
)
def test_any_spelling_of_a_postcode_is_read(gazetteer: Gazetteer, typed: str, key: str) -> None:
    finding = gazetteer.find(typed)
    assert finding is not None
    assert (finding.place.key, finding.corrected_from) == (key, None)


@given(code=st.sampled_from(sorted(OUTCODES)), end=SECOND_HALVES, gap=st.sampled_from(["", " ", "  ", "-"]))
def test_every_first_half_in_every_spelling_finds_its_region(
    gazetteer: Gazetteer, code: str, end: str, gap: str
) -> None:
    for typed in (
        code,
        code.lower(),
        f" {code} ",
        f"{code}{gap}{end}",
        f"{code}{gap}{end}".lower(),
        f"in {code} {end}",
    ):
        finding = gazetteer.find(typed)
        assert finding is not None, typed
        assert finding.place.region == OUTCODES[finding.place.name]
        assert finding.place.name == code
        assert finding.corrected_from is None


@pytest.mark.parametrize("area", sorted(AREAS))
def test_every_postcode_area_is_a_place_of_its_own(gazetteer: Gazetteer, area: str) -> None:
    finding = gazetteer.find(f"{area.lower()} postcodes")
    assert finding is not None
    assert (finding.place.kind, finding.place.name) == (Kind.POSTCODE_AREA, area)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("S014 0YN", "so14"),
        ("S014", "so14"),
        ("0X1 1AA", "ox1"),
        ("M1 OAA", "m1"),
        ("EH1O", "eh10"),
        ("CRO", "cr0"),
        ("CRO 2AB", "cr0"),
        ("1P1", "ip1"),
        ("SWIA 1AA", "sw1a"),
    ],
)
def test_an_o_for_a_nought_is_put_right_and_said(gazetteer: Gazetteer, typed: str, key: str) -> None:
    finding = gazetteer.find(typed)
    assert finding is not None
    assert (finding.place.key, finding.corrected_from) == (key, typed)


@pytest.mark.parametrize(("typed", "key"), [("BT58", "bt"), ("BT58 1AA", "bt"), ("W1Z", "w1"), ("SG99 9ZZ", "sg")])
def test_an_unknown_postcode_is_widened_and_said(gazetteer: Gazetteer, typed: str, key: str) -> None:
    finding = gazetteer.find(typed)
    assert finding is not None
    assert (finding.place.key, finding.corrected_from) == (key, typed)


@pytest.mark.parametrize("typed", ["GIR 0AA", "gir0aa", "S0 1AA", "S01AA", "S0"])
def test_a_lookalike_is_never_shortened_to_another_area_too(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) is None


@pytest.mark.parametrize("typed", ["ZZ9 9ZZ", "GY1 1AA", "IM1", "JE2", "QQ", "1", "123456"])
def test_what_is_no_postcode_of_the_uk_finds_nothing(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.find(typed) is None


def test_a_whole_postcode_is_found_in_an_address(gazetteer: Gazetteer) -> None:
    for typed in ("14 High Street, Leeds LS2 9JT", "m1 4bt manchester", "Stevenage SG1"):
        finding = gazetteer.find(typed)
        assert finding is not None and finding.place.kind is Kind.OUTCODE


def test_a_road_is_not_a_postcode(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("M4 corridor") is None


def test_only_the_first_half_of_a_postcode_is_kept(gazetteer: Gazetteer) -> None:
    finding = gazetteer.find("SG1 2FX")
    assert finding is not None
    assert "2fx" not in repr(finding).lower()
