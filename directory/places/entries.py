"""The places that have names: settlements as they are listed, and the larger places that they add up to."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from directory.places.place import Kind
from directory.places.points import Point, centre_of, miles_between
from directory.places.regions import NATIONS, REGIONS

# "Bearsden, Glasgow" is not in the city, but is near enough for the city to say which Bearsden.
MILES_TO_BE_OF_A_TOWN = 15

# The weight, in people, of a settlement whose population is not recorded.
PEOPLE_OF_A_SMALL_VILLAGE = 200


class Entry(NamedTuple):
    """A named place before anyone asks for it; ``counties`` are those that a larger place reaches.

    A tuple, not a dataclass: six thousand are made at every start.
    """

    name: str
    county: str | None
    region: str | None
    nation: str
    latitude: float
    longitude: float
    population: int
    kind: Kind = Kind.SETTLEMENT
    counties: frozenset[str] = frozenset()

    @property
    def point(self) -> Point:
        """Give where it is."""
        return Point(self.latitude, self.longitude)

    def is_in(self, wider: "Entry") -> bool:
        """Say whether naming the wider place too would tell this one from others of its name."""
        match wider.kind:
            case Kind.NATION:
                return self.nation == wider.nation
            case Kind.REGION:
                return self.region == wider.region
            case Kind.SETTLEMENT:
                return wider.name in (self.county, self.region) or self._is_by(wider)
            case _:
                return (self.counties or {self.county}) <= wider.counties

    def _is_by(self, town: "Entry") -> bool:
        smaller = self.kind is Kind.SETTLEMENT and self.population < town.population
        return smaller and miles_between(self.point, town.point) < MILES_TO_BE_OF_A_TOWN


class Area(NamedTuple):
    """What a county or a part of the country is made of, in today's counties and boroughs.

    Its people, and so its centre, are those of ``core``. ``reach`` takes in more, where the name is given to places
    that are beside it today: "Croydon, Surrey".
    """

    core: frozenset[str]
    reach: frozenset[str]


def larger_places(settlements: Collection[Entry], areas: Mapping[str, Area]) -> list[Entry]:
    """List the counties, areas, regions and nations that settlements lie in.

    One that bears the name of a town in it is no second place: "Leeds" is the city, not its council's area. The region
    of London goes by its first other name instead.
    """
    towns = {(entry.name, entry.county) for entry in settlements}
    by_county: defaultdict[str, list[Entry]] = defaultdict(list)
    by_region: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in settlements:
        by_county[entry.county or ""].append(entry)
        by_region[entry.region or ""].append(entry)
    larger = []
    counties = {county: Area(frozenset({county}), frozenset({county})) for county in by_county}
    for name, area in (counties | dict(areas)).items():
        if (name, name) not in towns:
            inside = [entry for county in sorted(area.core) for entry in by_county[county]]
            larger.append(_sum(Kind.COUNTY if name in counties else Kind.AREA, name, inside, area.reach))
    for region in REGIONS:
        if not region.is_nation:
            name = region.also[0] if (region.name, region.name) in towns else region.name
            larger.append(_sum(Kind.REGION, name, by_region[region.name]))
    by_nation = {nation: [entry for entry in settlements if entry.nation == nation] for nation in NATIONS}
    return larger + [_sum(Kind.NATION, nation, inside) for nation, inside in by_nation.items()]


def _sum(kind: Kind, name: str, inside: Collection[Entry], counties: frozenset[str] = frozenset()) -> Entry:
    """Add settlements up: where their people are, how many, and the region and nation that they are in.

    A village may be counted again in the town it belongs to, so the sum orders places by size and says no more.
    """
    point = centre_of((e.latitude, e.longitude, e.population or PEOPLE_OF_A_SMALL_VILLAGE) for e in inside)
    regions = {entry.region for entry in inside}
    return Entry(
        name,
        county=name if kind is Kind.COUNTY else None,
        region=regions.pop() if len(regions) == 1 else None,
        nation=Counter(entry.nation for entry in inside).most_common(1)[0][0],
        latitude=point.latitude,
        longitude=point.longitude,
        population=sum(entry.population for entry in inside),
        kind=kind,
        counties=counties,
    )
