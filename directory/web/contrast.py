"""Whether words in a colour can be read (WCAG 2.2, contrast of text), and the nearest colour in which they can."""

import re
from collections.abc import Sequence

# What the Guidelines ask of text at level AAA (1.4.6).
ENOUGH = 7
STEPS = 64

Colour = tuple[int, int, int]
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def colour_of(text: str) -> Colour | None:
    """Read a colour as it stands in style sheets, "#0b5132" or "bd5"; None for anything else."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def written(colour: Colour) -> str:
    """Write a colour as six digits: "0b5132"."""
    return "{:02x}{:02x}{:02x}".format(*colour)


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable_on(colour: Colour, backgrounds: Sequence[Colour]) -> Colour:
    """Give a colour in which words can be read on each background: this one, or darker or lighter as far as it takes.

    The backgrounds are all light or all dark.
    """
    end = BLACK if contrast(BLACK, backgrounds[0]) > contrast(WHITE, backgrounds[0]) else WHITE
    for step in range(STEPS):
        mixed = _mixed(colour, end, step / STEPS)
        if all(contrast(mixed, background) >= ENOUGH for background in backgrounds):
            return mixed
    return end


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(mine + (theirs - mine) * share) for mine, theirs in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
