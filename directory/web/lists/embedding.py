"""A list inside another site: the page that stands there, how it may look, and the lines that put it there."""

from dataclasses import dataclass
from html import escape
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from werkzeug import Response as AnyResponse

from directory.lists.models import SharedList
from directory.lists.viewing import view
from directory.request_state import asking, parts
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until
from directory.web.cards import card
from directory.web.contrast import Colour, colour_of, readable_on, written
from directory.web.lists.kept_pages import Rendered, kept_page
from directory.web.lists.standing import NoSuchList, TakenDown, standing
from directory.web.lists.ways_in import public_address
from directory.web.security import framed_anywhere

pages = Blueprint("list_embedding", __name__)

THEMES = {"auto": "As the device is", "light": "Light", "dark": "Dark"}
HEADINGS = (2, 3, 4)
COLOURS = {
    "brand": "Aubergine",
    "app": "Blue",
    "pla": "Green",
    "int": "Amber",
    "fel": "Magenta",
    "wex": "Violet",
    "vir": "Teal",
}
USUALLY, AT_MOST = 10, 50
HEIGHT = 620
# What words stand on inside the frame, in each scheme: --page and --surface of static/css/tokens.css.
LIGHT: tuple[Colour, ...] = ((0xFC, 0xF9, 0xFA), (0xFF, 0xFF, 0xFF))
DARK: tuple[Colour, ...] = ((0x15, 0x0D, 0x1A), (0x26, 0x1A, 0x2D))


@dataclass(frozen=True, slots=True)
class Look:
    """How an embedded list looks; anything else that is asked for is the usual. A colour is a name or six digits."""

    theme: str = "auto"
    heading: int = 2
    colour: str = "brand"
    most: int = USUALLY

    @classmethod
    def asked(cls) -> "Look":
        """Read it from the address."""
        theme, colour = request.args.get("theme", ""), request.args.get("colour", "")
        heading, most = request.args.get("heading", 0, type=int), request.args.get("most", 0, type=int)
        own = colour_of(colour)
        return cls(
            theme if theme in THEMES else "auto",
            heading if heading in HEADINGS else 2,
            colour if colour in COLOURS else written(own) if own else "brand",
            min(most, AT_MOST) if most > 0 else USUALLY,
        )

    @property
    def own(self) -> Colour | None:
        """Give the colour when it is one of theirs and none of ours."""
        return None if self.colour in COLOURS else colour_of(self.colour)

    @property
    def pairs(self) -> dict[str, Any]:
        """Give what of it isn't the usual, for an address."""
        usual = Look()
        names = ("theme", "heading", "colour", "most")
        return {name: getattr(self, name) for name in names if getattr(self, name) != getattr(usual, name)}


@pages.get("/l/<address>/embed")
@framed_anywhere
@open_to(ANYONE)
def embed(address: str) -> AnyResponse:
    """Show the list inside another site: without script, cookies or anything but itself."""
    look = Look.asked()
    try:
        shared_list = standing(address)
    except (NoSuchList, TakenDown) as gone:
        page = render_template("lists/embed_gone.html", look=look, taken_down=isinstance(gone, TakenDown))
        return make_response(page, gone.code)
    return kept_page(shared_list, "embed", lambda: _embedded(shared_list, look))


@pages.get("/embed/<colour>.css")
@framed_anywhere
@open_to(ANYONE)
def style(colour: str) -> AnyResponse:
    """Give the styles of somebody's own colour, as near to it as words can still be read in."""
    own = colour_of(colour)
    if own is None:
        abort(404)
    light, dark = (written(readable_on(own, backgrounds)) for backgrounds in (LIGHT, DARK))
    sheet = (
        f".k-own {{ --ki: #{light}; --k: #{light}; }}\n"
        "@supports (color: light-dark(black, white)) {\n"
        f"  .k-own {{ --ki: light-dark(#{light}, #{dark}); --k: light-dark(#{light}, #{dark}); }}\n"
        "}\n"
    )
    return fresh_until(Response(sheet, content_type="text/css; charset=utf-8"))


def embed_address(shared_list: SharedList, look: Look) -> str:
    """Give the path of the page that stands inside other sites."""
    return url_for("list_embedding.embed", address=shared_list.address, **look.pairs)


def lines_to_paste(
    shared_list: SharedList, look: Look | None = None, *, width: int | str = "100%", height: int = HEIGHT
) -> str:
    """Write the lines that put a list on another site."""
    source = parts().settings.site_address + embed_address(shared_list, look or Look())
    return (
        f'<iframe src="{escape(source)}" title="{escape(shared_list.title)}"'
        f' width="{width}" height="{height}" loading="lazy"></iframe>'
    )


def _embedded(shared_list: SharedList, look: Look) -> Rendered:
    ask = asking()
    shown = view(ask, shared_list, most=look.most)
    picked = [(card(one.opportunity, ask.now), one.note) for one in shown.picked]
    found = [(card(row, ask.now), "") for row in shown.ruled.rows] if shown.ruled else []
    page = render_template(
        "lists/embed.html",
        shared_list=shared_list,
        look=look,
        items=[*picked, *found][: look.most],
        total=len(picked) + (len(shown.ruled.ids) if shown.ruled else 0),
        public_address=public_address(shared_list),
    )
    return page, shown.holds_until
