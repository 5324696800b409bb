"""The gazetteer's tables agree with each other, with the regions, and with what their licence asks."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from directory.places import NATIONS, REGIONS, Gazetteer
from directory.places.regions import OTHER_NAMES
from directory.places.spelling import ELSEWHERE, fold

NATION_OF = {region.name: region.nation for region in REGIONS}


def rows(folder: Path, *tables: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for table in tables:
        with (folder / table).open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return found


@pytest.fixture(scope="module")
def settlements(folder: Path) -> list[dict[str, str]]:
    return rows(folder, "places.csv", "places_by_hand.csv")


def test_a_name_and_a_county_mean_one_place(settlements: list[dict[str, str]]) -> None:
    names = Counter((fold(row["name"]), row["county"]) for row in settlements)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_place_is_in_the_uk_and_in_one_of_its_regions(folder: Path, settlements: list[dict[str, str]]) -> None:
    for row in settlements + rows(folder, "outcodes.csv"):
        assert NATION_OF[row["region"]] == row["nation"], row
        assert 49.8 < float(row["lat"]) < 60.9 and -8.7 < float(row["lon"]) < 1.8, row


def test_every_county_is_in_one_region(settlements: list[dict[str, str]]) -> None:
    places = {(row["county"], row["region"]) for row in settlements}
    assert len(places) == len({county for county, _ in places})


def test_every_alias_points_at_a_place_by_name_and_county(folder: Path, settlements: list[dict[str, str]]) -> None:
    known = {(row["name"], row["county"]) for row in settlements}
    aliases = rows(folder, "place_aliases.csv")
    assert [row for row in aliases if (row["name"], row["county"]) not in known] == []
    assert len(aliases) > 700


def test_every_alias_is_another_name_and_comes_once(folder: Path) -> None:
    aliases = rows(folder, "place_aliases.csv")
    assert [row for row in aliases if fold(row["alias"]) == fold(row["name"])] == []
    assert len({(fold(row["alias"]), row["name"], row["county"]) for row in aliases}) == len(aliases)


def test_every_alias_finds_its_place_or_offers_it(folder: Path, gazetteer: Gazetteer) -> None:
    for row in rows(folder, "place_aliases.csv"):
        finding = gazetteer.find(row["alias"])
        assert finding is not None, row
        assert (row["name"], row["county"]) in {(p.name, p.county) for p in (finding.place, *finding.others)}, row


def test_areas_are_made_of_counties_and_their_aliases_of_areas(
    folder: Path, settlements: list[dict[str, str]], gazetteer: Gazetteer
) -> None:
    counties = {row["county"] for row in settlements}
    areas = rows(folder, "areas.csv")
    assert [row for row in areas if row["county"] not in counties or row["part"] not in ("core", "edge")] == []
    names = {row["area"] for row in areas}
    assert {row["area"] for row in areas if row["part"] == "core"} == names
    for row in rows(folder, "area_aliases.csv"):
        assert row["area"] in names | counties
        finding = gazetteer.find(row["alias"])
        assert finding is not None and finding.place.name == row["area"], row


def test_every_other_name_of_a_region_or_nation_finds_it(gazetteer: Gazetteer) -> None:
    for name, aliases in OTHER_NAMES.items():
        for alias in (name, *aliases):
            finding = gazetteer.find(alias)
            assert finding is not None, alias
            assert name in (finding.place.name, finding.place.region), alias


def test_the_twelve_regions_are_the_map_s(folder: Path) -> None:
    shapes = json.loads((folder / "uk_regions_svg.json").read_text(encoding="utf-8"))["regions"]
    assert {(shape["name"], shape["nation"]) for shape in shapes} == {(r.name, r.nation) for r in REGIONS}
    assert len({region.slug for region in REGIONS}) == 12
    assert [region.name for region in REGIONS if region.is_nation] == ["Scotland", "Wales", "Northern Ireland"]
    assert {region.nation for region in REGIONS} == set(NATIONS)


def test_places_elsewhere_are_not_in_the_tables(gazetteer: Gazetteer) -> None:
    assert [name for name in ELSEWHERE if gazetteer.find(name)] == []


def test_the_licence_names_every_table_and_the_attributions_to_show(folder: Path) -> None:
    licence = " ".join((folder / "LICENCE.md").read_text(encoding="utf-8").split())
    assert "Place and postcode data © GeoNames (geonames.org), CC BY 4.0, changed:" in licence
    assert "Boundaries: Office for National Statistics, licensed under the Open Government Licence v3.0." in licence
    assert "Contains OS data © Crown copyright and database right 2022." in licence
    assert [file.name for file in folder.iterdir() if file.name not in licence and file.name != "LICENCE.md"] == []
