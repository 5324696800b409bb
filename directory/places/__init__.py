"""The UK gazetteer: what a person types for a place, and where that is.

``Gazetteer.load(folder)`` reads the tables in ``seed_data/gazetteer``; ``find`` answers a typed place or postcode,
``place_in`` a place a listing names, ``complete`` the first letters of one. ``docs/places.md`` says what is understood.
"""

from directory.places.gazetteer import Gazetteer
from directory.places.place import Finding, Kind, Place
from directory.places.points import Box, Point, bounding_box, miles_between
from directory.places.regions import NATIONS, REGIONS, Region

__all__ = [
    "NATIONS",
    "REGIONS",
    "Box",
    "Finding",
    "Gazetteer",
    "Kind",
    "Place",
    "Point",
    "Region",
    "bounding_box",
    "miles_between",
]
