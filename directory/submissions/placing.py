"""Where something is, read from towns, postcodes and nations; and the nation whose levels those are."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from directory.catalogue.vocabulary import Framework, Reach
from directory.places.gazetteer import Gazetteer
from directory.places.place import Kind, Place

AWARDED_IN = {Framework.RQF: ("England", "Northern Ireland"), Framework.SCQF: ("Scotland",)}


def locations(
    gazetteer: Gazetteer, typed: Sequence[str], nations: Collection[str], delivery: str | None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Give the locations as catalogue values, and the names that no place has."""
    found: list[dict[str, Any]] = []
    unknown: list[str] = []
    for name in typed:
        finding = gazetteer.find(name)
        if finding is None or finding.corrected_from:
            unknown.append(name)
        else:
            found.append(_at(finding.place, name))
    if delivery == "online" or (delivery == "hybrid" and not typed):
        named = [nation for nation in nations if nation != "UK"]
        found += [_location(Reach.ONLINE, nation=nation) for nation in named] or [_location(Reach.ONLINE)]
    elif "UK" in nations:
        found.append(_location(Reach.UK_WIDE))
    else:
        around = {row["nation"] for row in found}
        found += [_location(Reach.NATION, nation=nation) for nation in nations if nation not in around]
    return found, unknown


def _at(place: Place, typed: str) -> dict[str, Any]:
    if place.kind is Kind.NATION:
        return _location(Reach.NATION, nation=place.nation)
    if place.is_wide and place.region:
        return _location(Reach.REGION, region=place.region, nation=place.nation)
    site = _location(Reach.SITE, place=place.name, region=place.region, nation=place.nation)
    if place.kind is Kind.OUTCODE:
        site |= {"place": place.county or place.name, "postcode": place.name}
    return site | {"latitude": place.point.latitude, "longitude": place.point.longitude}


def _location(reach: Reach, **said: str | None) -> dict[str, Any]:
    blank = dict.fromkeys(("place", "region", "nation", "postcode", "latitude", "longitude"))
    return {"reach": reach, **blank, **said}


def levels(chosen: Iterable[str], nations: Collection[str]) -> list[dict[str, Any]]:
    """Give levels such as "RQF 3" as the nation counts them where it is; Wales has a framework of its own."""
    rows: list[dict[str, Any]] = []
    for level in chosen:
        framework, _, number = level.partition(" ")
        if framework == Framework.SCQF:
            rows.append(_level(Framework.SCQF, number, "Scotland"))
            continue
        where = [nation for nation in nations if nation != "Scotland"] or ["England"]
        for nation in sorted(where):
            rows.append(_level(Framework.CQFW if nation == "Wales" else Framework.RQF, number, nation))
    return rows


def _level(framework: Framework, number: str, nation: str) -> dict[str, Any]:
    return {"framework": framework, "number": int(number), "nation": nation, "local_name": None}
