"""oEmbed (oembed.com, 1.0): other sites ask how to show a list whose address was pasted there."""

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, jsonify, request

from directory.foundation import addresses
from directory.lists.models import SharedList
from directory.request_state import parts
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until
from directory.web.lists.embedding import HEIGHT, lines_to_paste
from directory.web.lists.standing import known

pages = Blueprint("list_oembed", __name__)

WIDTH = 640
AN_HOUR = 60 * 60
FORMATS = ("json", "xml")


@pages.get("/oembed")
@open_to(ANYONE)
def answer() -> Response:
    """Answer for an address of a list here; 404 for any other, 501 for a format that isn't of oEmbed."""
    form = request.args.get("format") or "json"
    if form not in FORMATS:
        return _refused("We answer in json or xml.", 501)
    shared_list = _of_address(request.args.get("url", ""))
    if shared_list is None:
        return _refused("Ask about the address of a list here, url=…/l/…", 404)
    told = _told(shared_list)
    if form == "json":
        return fresh_until(jsonify(told))
    root = Element("oembed")
    for name, value in told.items():
        SubElement(root, name).text = str(value)
    written = b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + tostring(root, encoding="utf-8")
    return fresh_until(Response(written, content_type="text/xml; charset=utf-8"))


def _told(shared_list: SharedList) -> dict[str, str | int]:
    settings = parts().settings
    width, height = _within("maxwidth", WIDTH), _within("maxheight", HEIGHT)
    told: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": shared_list.title,
        "provider_name": settings.site_name,
        "provider_url": addresses.home(settings),
        "cache_age": AN_HOUR,
        "html": lines_to_paste(shared_list, width=width, height=height),
        "width": width,
        "height": height,
    }
    return told | ({"author_name": shared_list.made_by} if shared_list.made_by else {})


def _of_address(address: str) -> SharedList | None:
    """Get the list that an address of ours leads to, unless it was taken down."""
    try:
        cut = urlsplit(address[:500])
    except ValueError:
        return None
    is_ours = cut.netloc.lower() in (urlsplit(parts().settings.site_address).netloc, request.host)
    if cut.scheme not in ("http", "https") or not is_ours or not cut.path.startswith("/l/"):
        return None
    found = known(cut.path.removeprefix("/l/").removesuffix("/"))
    return found if found and found.taken_down_at is None else None


def _within(name: str, usual: int) -> int:
    """Give how wide or high it is: never more than was asked for, whatever that is."""
    most = request.args.get(name, "")
    return min(usual, int(most)) if most.isascii() and most.isdigit() and len(most) < 9 and int(most) else usual


def _refused(words: str, status: int) -> Response:
    return Response(f"{words}\n", status, content_type="text/plain; charset=utf-8")
