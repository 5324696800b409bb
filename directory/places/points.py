"""Points on the Earth, and the miles between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_IN_MILES = 3958.8  # the mean radius; a sphere is within 0.5 % of the truth at our distances


@dataclass(frozen=True, slots=True)
class Point:
    """A latitude and a longitude in degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Box:
    """The latitudes and longitudes between which something lies, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        """Say whether a point lies in the box, its edges included."""
        return self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east


def miles_between(a: Point, b: Point) -> float:
    """Measure the great circle between two points (the haversine formula, which keeps its precision up close)."""
    south, north = radians(a.latitude), radians(b.latitude)
    half_up = sin((north - south) / 2)
    half_across = sin(radians(b.longitude - a.longitude) / 2)
    chord = half_up**2 + cos(south) * cos(north) * half_across**2
    return 2 * EARTH_RADIUS_IN_MILES * asin(min(1.0, sqrt(chord)))


def bounding_box(point: Point, miles: float) -> Box:
    """Give the box round a circle: everything within ``miles`` of the point is in it, and a little more in the corners.

    A cheap first test before ``miles_between``. Near a pole, where no box is narrow, it takes in every longitude.
    """
    arc = max(miles, 0.0) / EARTH_RADIUS_IN_MILES
    up = degrees(arc)
    south, north = point.latitude - up, point.latitude + up
    if south <= -90 or north >= 90:
        return Box(max(south, -90.0), -180.0, min(north, 90.0), 180.0)
    # The circle is widest not on its own parallel but a little nearer the pole; this is its exact half-width.
    across = degrees(asin(sin(arc) / cos(radians(point.latitude))))
    return Box(south, point.longitude - across, north, point.longitude + across)


def centre_of(weighted: Iterable[tuple[float, float, float]]) -> Point:
    """Give the mean of (latitude, longitude, weight); plain degrees are exact enough within one country."""
    up = across = total = 0.0
    for latitude, longitude, weight in weighted:
        up += latitude * weight
        across += longitude * weight
        total += weight
    return Point(round(up / total, 4), round(across / total, 4))
