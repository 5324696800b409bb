"""Miles and boxes on the Earth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places import Point, bounding_box, miles_between

UK = st.builds(Point, st.floats(49.8, 60.9), st.floats(-8.7, 1.8))
ANYWHERE = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def test_distances_are_those_of_the_crow() -> None:
    lands_end, john_o_groats = Point(50.0662, -5.7148), Point(58.6440, -3.0699)
    assert miles_between(lands_end, john_o_groats) == pytest.approx(603, abs=1)
    london, edinburgh = Point(51.5074, -0.1278), Point(55.9533, -3.1883)
    assert miles_between(london, edinburgh) == pytest.approx(332, abs=1)


@given(a=ANYWHERE, b=ANYWHERE)
def test_a_distance_is_the_same_both_ways_and_nothing_from_itself(a: Point, b: Point) -> None:
    assert miles_between(a, b) == pytest.approx(miles_between(b, a), abs=1e-6)
    assert miles_between(a, a) == 0
    assert 0 <= miles_between(a, b) <= 12_438  # half way round


@given(centre=UK, other=UK, miles=st.floats(0.1, 500))
def test_everything_within_the_miles_is_in_the_box(centre: Point, other: Point, miles: float) -> None:
    if miles_between(centre, other) < miles * 0.999999:
        assert bounding_box(centre, miles).holds(other)


@given(centre=ANYWHERE, miles=st.floats(0, 20_000))
def test_a_box_holds_its_own_centre_even_at_a_pole(centre: Point, miles: float) -> None:
    box = bounding_box(centre, miles)
    assert box.holds(centre)
    assert -90 <= box.south <= box.north <= 90


def test_a_box_is_not_much_larger_than_its_circle() -> None:
    box = bounding_box(Point(52, 0), 25)
    assert miles_between(Point(box.north, 0), Point(box.south, 0)) == pytest.approx(50, abs=0.1)
    assert miles_between(Point(52, box.west), Point(52, box.east)) == pytest.approx(50, abs=0.2)
