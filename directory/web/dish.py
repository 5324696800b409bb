"""Home's picture: a culture dish with one colony a kind and one dot a listing, placed by counts alone."""

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

# All lengths are those of a 480 box with the dish's centre in the middle; colonies are drawn round their own centre.
_MIDDLE = 240.0
_WALL = 207.0  # dots stay this near the middle, clear of the rim and its coral dot
_BETWEEN = 5.0  # left free between two colonies
_GLYPH_DISC = 20.0
_DOT_RADII = (4.9, 5.7, 6.6)
_RING_RADIUS, _HOLE_RADIUS = 5.6, 3.4
_MOST_DOTS = 400
_DOT_WORTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_GOLDEN_ANGLE = math.radians(137.5)
_CROWDED = 0.8  # the share of the dish that circles cover when they can hardly move
_SEEDS = range(16)
_ROUNDS, _TURNS = 10, 24
_A_LITTLE_MORE = 1.035

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dots:
    """Dots of one size, as a path of lines without length: the round ends of its stroke are the dots."""

    width: float
    path: str


@dataclass(frozen=True, slots=True)
class Colony:
    """One kind's dots: a sunflower spiral, open ones inside, round a disc with the kind's glyph."""

    prefix: str
    x: float
    y: float
    turn: int
    filled: tuple[Dots, ...]
    hollow: Dots | None
    hole: float = 2 * _HOLE_RADIUS


@dataclass(frozen=True, slots=True)
class Dish:
    """The whole picture. ``scale`` shrinks every colony alike; ``each`` is how many listings a dot stands for."""

    colonies: tuple[Colony, ...]
    scale: float
    open_now: int
    others: int
    each: int


def dish(counts: Mapping[str, tuple[int, int]], day: date) -> Dish:
    """Draw ``{kind prefix: (open now, all others)}``. The same counts on the same day give the same picture."""
    return _draw(tuple(counts.items()), day)


@lru_cache(maxsize=8)
def _draw(counts: tuple[tuple[str, tuple[int, int]], ...], day: date) -> Dish:
    open_now = sum(here for _, (here, _) in counts)
    others = sum(rest for _, (_, rest) in counts)
    each = next((worth for worth in _DOT_WORTHS if open_now + others <= worth * _MOST_DOTS), _DOT_WORTHS[-1])
    dots = [(math.ceil(here / each), math.ceil(rest / each)) for _, (here, rest) in counts]
    centres, scale = _settle(tuple(_reach(here + rest) for here, rest in dots))
    sizes = random.Random(day.toordinal())
    radii = [sizes.choice(_DOT_RADII) for _ in range(max((here for here, _ in dots), default=0))]
    colonies = tuple(
        Colony(
            prefix,
            round(_MIDDLE + x, 1),
            round(_MIDDLE + y, 1),
            turn=place * 47 % 360,
            filled=tuple(
                Dots(2 * radius, _path(i for i in range(here) if radii[i] == radius))
                for radius in _DOT_RADII
                if radius in radii[:here]
            ),
            hollow=Dots(2 * _RING_RADIUS, _path(range(here, here + rest))) if rest else None,
        )
        for place, ((prefix, _), (here, rest), (x, y)) in enumerate(zip(counts, dots, centres, strict=True))
    )
    return Dish(colonies, round(scale, 3), open_now, others, each)


def _distance(dot: int) -> float:
    return 9.3 * math.sqrt(dot + 8.5) + 3


def _reach(dots: int) -> float:
    """Return how far a colony of this many dots goes from its centre."""
    return _distance(dots - 1) + _DOT_RADII[-1] if dots else _GLYPH_DISC


def _path(dots: Iterable[int]) -> str:
    places = ((_distance(dot), dot * _GOLDEN_ANGLE) for dot in dots)
    return "".join(
        f"M{distance * math.cos(angle):.1f} {distance * math.sin(angle):.1f}h0" for distance, angle in places
    )


def _settle(reaches: Sequence[float]) -> tuple[list[Point], float]:
    """Place circles of these radii in the dish; return their centres and the one scale at which all of them fit."""
    scale, centres = max(_packed(reaches, seed) for seed in _SEEDS)
    return centres, min(scale, 1.0)


def _packed(reaches: Sequence[float], seed: int) -> tuple[float, list[Point]]:
    """Swell circles until they crowd the dish, let them push apart, measure what fits, and ask for a little more."""
    chance = random.Random(seed)
    centres = [(chance.uniform(-_WALL, _WALL) / 2, chance.uniform(-_WALL, _WALL) / 2) for _ in reaches]
    swell = _WALL * math.sqrt(_CROWDED / sum(reach**2 for reach in reaches))
    best: tuple[float, list[Point]] = (0.0, centres)
    for _ in range(_ROUNDS):
        centres = _pushed_apart([reach * swell for reach in reaches], centres)
        best = max(best, (_fit(reaches, centres), centres))
        swell = _fit(reaches, centres) * _A_LITTLE_MORE
    return best


def _pushed_apart(radii: Sequence[float], centres: Sequence[Point]) -> list[Point]:
    xs, ys = [x for x, _ in centres], [y for _, y in centres]
    for _ in range(_TURNS):
        for i, radius in enumerate(radii):
            for j in range(i):
                dx, dy = xs[i] - xs[j], ys[i] - ys[j]
                apart = math.hypot(dx, dy) or 1e-9
                overlap = (radius + radii[j] + _BETWEEN - apart) / apart / 2
                if overlap > 0:
                    xs[i], ys[i] = xs[i] + dx * overlap, ys[i] + dy * overlap
                    xs[j], ys[j] = xs[j] - dx * overlap, ys[j] - dy * overlap
            out = math.hypot(xs[i], ys[i])
            if out + radius > _WALL and out:
                back = max(_WALL - radius, 0) / out
                xs[i], ys[i] = xs[i] * back, ys[i] * back
    return list(zip(xs, ys, strict=True))


def _fit(reaches: Sequence[float], centres: Sequence[Point]) -> float:
    """Return the largest scale at which circles here neither touch nor leave the dish."""
    room = [(_WALL - math.hypot(x, y)) / reach for reach, (x, y) in zip(reaches, centres, strict=True)]
    for i, here in enumerate(centres):
        room += [(math.dist(here, centres[j]) - _BETWEEN) / (reaches[i] + reaches[j]) for j in range(i)]
    return min(room)
