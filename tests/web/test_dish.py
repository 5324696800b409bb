"""The dish shows the counts and nothing but the counts."""

import math
from datetime import date

import pytest

from directory.web.dish import Dish, dish

DAY = date(2026, 11, 24)
COUNTS = {
    "app": (8, 27), "pla": (4, 11), "int": (9, 15), "fel": (3, 8), "wex": (5, 22),
    "vir": (1, 1), "gra": (4, 7), "stu": (3, 14), "cou": (2, 27), "res": (12, 17),
}  # fmt: skip


def dots(picture: Dish) -> dict[str, tuple[int, int]]:
    """Count each colony's filled and hollow dots."""
    return {
        colony.prefix: (
            sum(row.path.count("h0") for row in colony.filled),
            colony.hollow.path.count("h0") if colony.hollow else 0,
        )
        for colony in picture.colonies
    }


def test_a_dot_is_filled_only_for_open_now() -> None:
    picture = dish(COUNTS, DAY)
    assert dots(picture) == COUNTS
    assert (picture.open_now, picture.others, picture.each) == (51, 149, 1)


def test_the_picture_is_the_same_all_day() -> None:
    assert dish(dict(COUNTS), DAY) == dish(COUNTS, DAY)


@pytest.mark.parametrize("counts", [COUNTS, {"app": (3, 0), "vir": (0, 0)}, {"app": (200, 0), "res": (1, 1)}])
def test_colonies_neither_touch_nor_leave_the_dish(counts: dict[str, tuple[int, int]]) -> None:
    picture = dish(counts, DAY)
    reach = {
        prefix: picture.scale * (9.3 * math.sqrt(sum(both) + 7.5) + 3 + 5.6 if sum(both) else 20)
        for prefix, both in counts.items()
    }
    for place, colony in enumerate(picture.colonies):
        assert math.dist((colony.x, colony.y), (240, 240)) + reach[colony.prefix] < 222 - 7.5
        for other in picture.colonies[:place]:
            apart = math.dist((colony.x, colony.y), (other.x, other.y))
            assert apart > reach[colony.prefix] + reach[other.prefix]


def test_many_listings_share_dots_and_the_picture_knows_how_many() -> None:
    picture = dish({"app": (900, 600), "fel": (1, 0)}, DAY)
    assert picture.each == 5
    assert dots(picture) == {"app": (180, 120), "fel": (1, 0)}


def test_an_empty_catalogue_still_has_a_dish() -> None:
    picture = dish({"app": (0, 0), "fel": (0, 0)}, DAY)
    assert dots(picture) == {"app": (0, 0), "fel": (0, 0)}
    assert picture.scale == 1
