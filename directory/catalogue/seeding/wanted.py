"""What the catalogue should hold by the seed data: read, checked and placed on the map, or refused whole."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.catalogue.seeding.checks import between_entries
from directory.catalogue.seeding.files import Entry, read
from directory.catalogue.seeding.fingerprints import of_entry
from directory.catalogue.seeding.listings import Listing
from directory.catalogue.seeding.problems import BadSeedData, SeedProblem
from directory.catalogue.seeding.shapes import LocationShape, OpportunityShape
from directory.catalogue.seeding.synonyms import Said
from directory.catalogue.vocabulary import Reach
from directory.places.gazetteer import Gazetteer
from directory.places.place import Kind, Place
from directory.places.points import Point


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that the files ask for. The lists are plain values, each with its slug."""

    organisations: list[dict[str, Any]]
    skills: list[dict[str, Any]]
    glossary: list[dict[str, Any]]
    synonyms: list[Said]
    listings: list[Listing]


def wanted(folder: Path, gazetteer: Gazetteer) -> Wanted:
    """Read what the folder asks for; raises BadSeedData with every problem there is."""
    files = read(folder)
    places = _Places(gazetteer)
    listings = [_listing(entry, places) for entry in files.opportunities.entries]
    if problems := [*files.problems, *between_entries(files), *places.problems]:
        raise BadSeedData(problems)
    organisations = [entry.said.model_dump() for entry in files.organisations.entries]
    return Wanted(
        organisations=[{**values, "seed_fingerprint": of_entry(values)} for values in organisations],
        skills=[entry.said.model_dump() for entry in files.skills.entries],
        glossary=[entry.said.model_dump() for entry in files.glossary.entries],
        synonyms=[Said(entry.said.words, entry.said.finds or []) for entry in files.synonyms.entries],
        listings=listings,
    )


class _Places:
    """Finds the point of each site, and notes those that it can't find."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.problems: list[SeedProblem] = []

    def point(self, entry: Entry[OpportunityShape], number: int, location: LocationShape) -> Point | None:
        """Find the point of a site, by its postcode if it gives one; other locations have none."""
        if location.reach is not Reach.SITE:
            return None
        named = location.postcode or location.place or ""
        place = self._outcode(named) if location.postcode else self._settlement(named, location)
        if place and place.region == location.region:
            return place.point
        words = f"names {named}, which the gazetteer doesn't know in {location.region}"
        field = "postcode" if location.postcode else "place"
        self.problems.append(SeedProblem(entry.file, entry.said.slug, f"locations {number}, {field}", words))
        return None

    def _outcode(self, postcode: str) -> Place | None:
        found = self._gazetteer.find(postcode)
        return found.place if found and found.place.kind is Kind.OUTCODE and not found.corrected_from else None

    def _settlement(self, name: str, location: LocationShape) -> Place | None:
        return self._gazetteer.place_in(name, region=location.region, nation=location.nation)


def _listing(entry: Entry[OpportunityShape], places: _Places) -> Listing:
    values = entry.said.model_dump(exclude={"slug", "added"})
    for number, (said, location) in enumerate(zip(values["locations"], entry.said.locations, strict=True), 1):
        point = places.point(entry, number, location)
        said["latitude"], said["longitude"] = (point.latitude, point.longitude) if point else (None, None)
    values["skills"].sort()
    return Listing(entry.said.slug, entry.said.added, values)
