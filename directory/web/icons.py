"""The drawings: read once from the icons folder, named in templates, gathered into one sprite a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

_DRAWING = re.compile(r"<svg\b(?P<attributes>[^>]*)>(?P<inside>.*)</svg>", re.DOTALL)
_PAINT = re.compile(r'(?:fill|stroke[\w-]*)="[^"]*"')
_USED = re.compile(r'<use href="#([ik]-[\w-]+)"')


@dataclass(frozen=True, slots=True)
class Icons:
    """Every drawing as a symbol, by its id: ``i-search`` for an interface icon, ``k-app`` for the glyph of a kind."""

    symbols: Mapping[str, str]

    def icon(self, name: str) -> Markup:
        """Refer to an interface icon. It stands beside words, so readers skip it."""
        return self._use("icon", f"i-{name}", 'width="20" height="20"')

    def glyph(self, prefix: str, x: int | None = None, y: int | None = None, size: int = 22) -> Markup:
        """Refer to the glyph of a kind; ``x`` and ``y`` place it inside another drawing."""
        place = "" if x is None or y is None else f'x="{x}" y="{y}" '
        return self._use("glyph", f"k-{prefix}", f'{place}width="{size}" height="{size}"')

    def with_sprite(self, page: str) -> Markup:
        """Add the symbols that a finished page refers to, and no others.

        Reading the page itself needs no record kept while it renders, so macros, blocks and caches may come in any
        order. A visitor's text cannot ask for a symbol: its ``<`` is escaped by then.
        """
        used = dict.fromkeys(_USED.findall(page))
        symbols = "".join(self.symbols[name] for name in used)
        return Markup(f'{page}<svg class="sprite" width="0" height="0" aria-hidden="true">{symbols}</svg>')

    def _use(self, look: str, name: str, attributes: str) -> Markup:
        if name not in self.symbols:
            raise LookupError(f"There is no drawing called {escape(name)}.")
        return Markup(f'<svg class="{look}" {attributes} aria-hidden="true"><use href="#{name}"/></svg>')


def read_icons(folder: Path) -> Icons:
    """Read ``*.svg`` as interface icons and ``kinds/*.svg`` as glyphs, keeping each drawing's own line and fill."""
    drawings = {f"i-{path.stem}": path for path in sorted(folder.glob("*.svg"))}
    drawings |= {f"k-{path.stem}": path for path in sorted(folder.glob("kinds/*.svg"))}
    return Icons({name: _symbol(name, path.read_text("utf-8")) for name, path in drawings.items()})


def furnish(environment: Environment, folder: Path) -> None:
    """Give templates ``icon("search")``, ``glyph("app")`` and the filter that ``layouts/page.html`` ends with."""
    icons = read_icons(folder)
    environment.globals.update(icon=icons.icon, glyph=icons.glyph)
    environment.filters["with_sprite"] = icons.with_sprite


def _symbol(name: str, drawing: str) -> str:
    found = _DRAWING.search(drawing)
    if found is None:
        raise ValueError(f"The drawing {name} is not an svg.")
    paint = " ".join(_PAINT.findall(found["attributes"]))
    box = "0 0 32 32" if "0 0 32 32" in found["attributes"] else "0 0 24 24"
    return f'<symbol id="{name}" viewBox="{box}" {paint}>{found["inside"].strip()}</symbol>'
