"""A place on the map, and what looking for one found."""

from dataclasses import dataclass
from enum import StrEnum

from directory.places.points import Point


class Kind(StrEnum):
    """What sort of place it is, from a point to a country."""

    SETTLEMENT = "settlement"
    OUTCODE = "outcode"
    POSTCODE_AREA = "postcode_area"
    COUNTY = "county"
    AREA = "area"
    REGION = "region"
    NATION = "nation"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the UK.

    The point of a settlement or an outcode is its centre. That of anything larger is where its people are: the mean
    of its settlements, weighted by population, so a radius round it is a rough thing. ``population`` is 0 where it is
    not recorded, and always for postcodes. ``county`` is the county, council area, unitary authority or London
    borough. A part of the country that crosses regions has no ``region``.

    ``label`` is for people and ``key`` for addresses; either, typed back, finds this place and no other.
    """

    name: str
    county: str | None
    region: str | None
    nation: str
    point: Point
    population: int
    kind: Kind
    label: str
    key: str

    @property
    def is_wide(self) -> bool:
        """Say whether it is too large for its point to measure distances from."""
        return self.kind in (Kind.COUNTY, Kind.AREA, Kind.REGION, Kind.NATION)


@dataclass(frozen=True, slots=True)
class Finding:
    """The place that was taken, what else it might have been, and what was typed if that is not what was taken.

    ``others`` share the name, largest first. ``corrected_from`` is set when the answer is a guess to be said aloud: a
    misspelling put right, an unknown postcode widened to its area, an unknown street or suburb dropped.
    """

    place: Place
    others: tuple[Place, ...] = ()
    corrected_from: str | None = None
