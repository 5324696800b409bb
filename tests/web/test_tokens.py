"""The contrast that the design promises, measured on the stylesheet itself, in both schemes."""

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

from directory.catalogue.kinds import KINDS

HOUSE = Path(__file__).parent.parent.parent
TOKENS = (HOUSE / "static" / "css" / "tokens.css").read_text()
BOTH = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", TOKENS)}
PLAIN = dict(re.findall(r"--([\w-]+): (#\w+);", TOKENS))
IN_EVERY_SCHEME = {name: colour for name, colour in PLAIN.items() if name.startswith("qr-")}
PREFIXES = [kind.prefix for kind in KINDS.values()]
SCHEMES = ("light", "dark")

TEXT, GRAPHIC = 7, 3  # WCAG 2.2: 1.4.6 for text, 1.4.11 for shapes and outlines

GROUNDS = ("page", "surface", "sunken", "hero", "brand-tint")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2") for ground in GROUNDS),
    *(("link", ground, TEXT) for ground in GROUNDS),
    *((ink, "warn-tint", TEXT) for ink in ("ink", "ink-2", "link")),
    ("ink", "hero-2", TEXT),
    *(("visited", ground, TEXT) for ground in ("page", "surface")),
    *(("on-brand", ground, TEXT) for ground in ("brand", "brand-hover")),
    *((tone, ground, TEXT) for tone in ("ok", "warn", "bad") for ground in (f"{tone}-tint", "surface")),
    ("info", "info-tint", TEXT),
    ("bad-on", "bad-solid", TEXT),
    ("ink", "heat-1", TEXT),
    ("ink", "heat-2", TEXT),
    ("ink", "heat-3", TEXT),
    ("heat-on", "heat-4", TEXT),
    ("heat-on", "heat-5", TEXT),
    *(("line-strong", ground, GRAPHIC) for ground in ("surface", "page", "sunken")),
    *(("spot", ground, GRAPHIC) for ground in ("surface", "page", "hero")),
    ("ring", "focus", GRAPHIC),
    *((f"{kind}-ink", ground, TEXT) for kind in PREFIXES for ground in (f"{kind}-tint", "surface")),
    *((kind, ground, GRAPHIC) for kind in PREFIXES for ground in ("surface", f"{kind}-tint", "hero")),
    # A kind's tint is the ground of its page's header.
    *((ink, f"{kind}-tint", TEXT) for kind in PREFIXES for ink in ("ink", "link")),
]

# Linear RGB as seen without one kind of cone: Machado, Oliveira and Fernandes, 2009, at full severity.
SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
}
# The design's own closest pair (amber and green, dark, protanopia), in OKLab: no later kind may come nearer.
NEAREST = 0.038


def channels(colour: str) -> list[float]:
    """Give a colour's linear red, green and blue, as WCAG defines relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def oklab(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """Place a colour where distances are differences seen (Ottosson, 2020)."""
    long = math.cbrt(0.4122 * red + 0.5363 * green + 0.0514 * blue)
    middle = math.cbrt(0.2119 * red + 0.6807 * green + 0.1074 * blue)
    short = math.cbrt(0.0883 * red + 0.2817 * green + 0.6300 * blue)
    return (
        0.2105 * long + 0.7936 * middle - 0.0041 * short,
        1.9780 * long - 2.4286 * middle + 0.4506 * short,
        0.0259 * long + 0.7828 * middle - 0.8087 * short,
    )


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    light = channels(colour)
    red, green, blue = (
        min(max(sum(weight * part for weight, part in zip(row, light, strict=True)), 0), 1) for row in SIGHTS[sight]
    )
    return oklab(red, green, blue)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground", "need"), PAIRS, ids=str)
def test_every_pair_is_as_clear_as_promised(ink: str, ground: str, need: float, scheme: str) -> None:
    which = SCHEMES.index(scheme)
    assert contrast(BOTH[ink][which], BOTH[ground][which]) >= need


def test_focus_shows_in_both_schemes() -> None:
    assert contrast(BOTH["ring"][0], BOTH["page"][0]) >= GRAPHIC
    assert contrast(BOTH["focus"][1], BOTH["page"][1]) >= GRAPHIC


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_kinds_stay_apart_for_people_who_see_fewer_colours(scheme: str, sight: str) -> None:
    which = SCHEMES.index(scheme)
    places = {prefix: seen(BOTH[prefix][which], sight) for prefix in PREFIXES}
    near = {(a, b): round(math.dist(places[a], places[b]), 3) for a, b in combinations(PREFIXES, 2)}
    assert {pair: distance for pair, distance in near.items() if distance < NEAREST} == {}


def test_a_qr_code_is_dark_on_light_in_every_scheme() -> None:
    dark, light = IN_EVERY_SCHEME["qr-dark"], IN_EVERY_SCHEME["qr-light"]
    assert contrast(dark, light) >= TEXT
    assert sum(channels(dark)) < sum(channels(light))


def test_browsers_without_both_schemes_get_the_light_one() -> None:
    assert {name: light for name, (light, _) in BOTH.items()} | IN_EVERY_SCHEME == PLAIN


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_kind_paints_its_container(prefix: str) -> None:
    assert f".k-{prefix} {{ --k: var(--{prefix}); --ki: var(--{prefix}-ink); --kt: var(--{prefix}-tint); }}" in TOKENS


def test_a_browser_told_its_page_colour_is_told_the_right_one() -> None:
    told = re.findall(r'\("(light|dark)", "(#\w+)"\)', (HOUSE / "templates" / "layouts" / "page.html").read_text())
    assert dict(told) == {"light": BOTH["page"][0], "dark": BOTH["page"][1]}
