"""QR codes: an address as a picture that phones read, drawn as SVG in the page or as a file."""

import io
from functools import lru_cache

import segno
from markupsafe import Markup, escape

# The quiet zone that ISO/IEC 18004 asks for, in modules.
BORDER = 4
# Reads on with 15 % of it missing.
ERROR_LEVEL = "m"


@lru_cache(maxsize=1_024)
def qr(address: str) -> Markup:
    """Draw an address, named by it for those who don't see it; how large it is, its surroundings say."""
    drawn = _code(address).svg_inline(border=BORDER, omitsize=True, svgclass="qr", lineclass=None, light="#fff")
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(address)}" ', 1))  # noqa: S704


def qr_file(address: str, ending: str) -> bytes:
    """Draw an address as a file, "svg" or "png", large enough for a wall."""
    written = io.BytesIO()
    _code(address).save(written, kind=ending, border=BORDER, scale=16, light="#fff")
    return written.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error=ERROR_LEVEL, micro=False, boost_error=False)
