"""Take a list elsewhere: its link, the code that puts it on another site, the page which stands there, and oEmbed."""

import re
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from werkzeug import Response as AnyResponse

from directory.foundation import addresses
from directory.lists import queries
from directory.lists.models import SharedList
from directory.lists.viewing import view
from directory.request_state import asking, parts, session
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until
from directory.web.cards import card
from directory.web.lists.kept_pages import Rendered, kept_page
from directory.web.lists.showing import public_address, standing
from directory.web.qr import qr
from directory.web.security import framed_anywhere

pages = Blueprint("list_sharing", __name__)

THEMES = ("auto", "light", "dark")
HEADINGS = (2, 3, 4)
COLOURS = ("brand", "app", "pla", "int", "fel", "wex", "vir")
COLOUR_NAMES = dict(zip(COLOURS, ("Aubergine", "Blue", "Green", "Amber", "Magenta", "Violet", "Teal"), strict=True))
MOST_EMBEDDED = 50
WIDTH, HEIGHT = 640, 620
SMALLEST = 240
_OURS = re.compile(r"/l/([a-z0-9]{7})/?")


@dataclass(frozen=True, slots=True)
class Look:
    """How an embedded list looks; anything else that is asked for is the usual."""

    theme: str = "auto"
    heading: int = 2
    colour: str = "brand"
    most: int = 10

    @classmethod
    def asked(cls) -> "Look":
        """Read it from the address."""
        theme, colour = request.args.get("theme", ""), request.args.get("colour", "")
        heading, most = request.args.get("heading", 0, type=int), request.args.get("most", 0, type=int)
        return cls(
            theme if theme in THEMES else "auto",
            heading if heading in HEADINGS else 2,
            colour if colour in COLOURS else "brand",
            most if 0 < most <= MOST_EMBEDDED else 10,
        )

    @property
    def pairs(self) -> dict[str, Any]:
        """Give what of it isn't the usual, for an address."""
        usual = Look()
        names = ("theme", "heading", "colour", "most")
        return {name: getattr(self, name) for name in names if getattr(self, name) != getattr(usual, name)}


@pages.get("/l/<address>/share")
@open_to(ANYONE)
def share(address: str) -> Response:
    """Show the list's link and its code, and the lines that put it on another site."""
    shared_list, look = standing(queries.by_address(session(), address)), Look.asked()
    page = render_template(
        "lists/share.html",
        shared_list=shared_list,
        look=look,
        themes=THEMES,
        headings=HEADINGS,
        colours=COLOUR_NAMES.items(),
        frame=_frame(shared_list, look),
        embed_url=url_for("list_sharing.embed", address=address, **look.pairs),
        public_address=public_address(shared_list),
        short_address=public_address(shared_list).partition("://")[2],
        code=qr(public_address(shared_list)),
    )
    response = fresh_until(Response(page))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.get("/l/<address>/embed")
@framed_anywhere
@open_to(ANYONE)
def embed(address: str) -> AnyResponse:
    """Show the list inside another site: without script, cookies or anything but itself."""
    shared_list, look = standing(queries.by_address(session(), address)), Look.asked()
    return kept_page(shared_list, "embed", lambda: _embedded(shared_list, look))


@pages.get("/oembed")
@open_to(ANYONE)
def oembed() -> Response:
    """Tell other sites how to show a list whose address was pasted there (oembed.com, 1.0)."""
    form = request.args.get("format", "json").lower()
    if form not in ("json", "xml"):
        abort(501)
    shared_list = _of_address(request.args.get("url", ""))
    width = _most(request.args.get("maxwidth"), WIDTH)
    height = _most(request.args.get("maxheight"), HEIGHT)
    told: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": shared_list.title,
        "provider_name": parts().settings.site_name,
        "provider_url": addresses.home(parts().settings),
        "cache_age": 3600,
        "html": _frame(shared_list, Look(), width=width, height=height),
        "width": width,
        "height": height,
    }
    if shared_list.made_by:
        told["author_name"] = shared_list.made_by
    if form == "json":
        return fresh_until(jsonify(told))
    root = Element("oembed")
    for name, value in told.items():
        SubElement(root, name).text = str(value)
    written = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")
    return fresh_until(Response(written, content_type="text/xml; charset=utf-8"))


def _embedded(shared_list: SharedList, look: Look) -> Rendered:
    ask = asking()
    shown = view(ask, shared_list, most=look.most)
    picked = [(card(one.opportunity, ask.now), one.note) for one in shown.picked]
    found = [(card(row, ask.now), "") for row in shown.ruled.rows] if shown.ruled else []
    total = len(picked) + (len(shown.ruled.ids) if shown.ruled else 0)
    page = render_template(
        "lists/embed.html",
        shared_list=shared_list,
        look=look,
        items=[*picked, *found][: look.most],
        total=total,
        public_address=public_address(shared_list),
    )
    return page, shown.holds_until


def _frame(shared_list: SharedList, look: Look, *, width: int | str = "100%", height: int = HEIGHT) -> str:
    """Write the lines that put a list on another site."""
    source = parts().settings.site_address + url_for("list_sharing.embed", address=shared_list.address, **look.pairs)
    title = escape(shared_list.title, quote=True)
    return (
        f'<iframe src="{escape(source, quote=True)}" title="{title}" width="{width}" height="{height}" loading="lazy">'
        "</iframe>"
    )


def _of_address(address: str) -> SharedList:
    """Get the list that an address of ours leads to; anything else is not found."""
    try:
        cut = urlsplit(address[:500])
    except ValueError:
        abort(404)
    found = _OURS.fullmatch(cut.path)
    own = urlsplit(parts().settings.site_address).netloc
    if found is None or cut.netloc not in (own, request.host):
        abort(404)
    shared_list = queries.by_address(session(), found[1])
    if shared_list is None or shared_list.taken_down_at is not None:
        abort(404)
    return shared_list


def _most(asked: str | None, usual: int) -> int:
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) <= 5 else usual
    return max(SMALLEST, min(number, usual))
