"""A feed as Atom (RFC 4287), with links to the pages beside it (RFC 5005). All text in it is plain."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from directory.exports.feed import Entry, Feed
from directory.exports.licence import licence, licence_page
from directory.foundation.settings import Settings

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write(feed: Feed, settings: Settings) -> str:
    """Write one page of a feed."""
    root = Element("feed", {"xmlns": NAMESPACE, LANGUAGE: "en-GB"})
    _say(root, "id", feed.address)
    _say(root, "title", feed.title)
    _say(root, "subtitle", feed.description)
    _say(root, "updated", _moment(feed.updated))
    _say(root, "rights", f"{licence(settings)} {licence_page(settings)}")
    _say(SubElement(root, "author"), "name", settings.site_name)
    _say(root, "generator", settings.site_name)
    _lead(root, "alternate", feed.page, "text/html")
    _lead(root, "self", feed.here, "application/atom+xml")
    for rel, address in feed.beside.items():
        _lead(root, rel, address, "application/atom+xml")
    for entry in feed.entries:
        _enter(root, entry)
    indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _enter(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _say(element, "id", entry.address)
    _say(element, "title", entry.title)
    _lead(element, "alternate", entry.address, "text/html")
    _say(element, "published", _moment(entry.published))
    _say(element, "updated", _moment(entry.updated))
    _say(SubElement(element, "author"), "name", entry.organisation)
    for tag in entry.tags:
        SubElement(element, "category", {"term": tag})
    _say(element, "summary", entry.text)


def _say(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = words


def _lead(parent: Element, rel: str, address: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": rel, "href": address, "type": kind})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
