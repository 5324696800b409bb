"""The map of a site for search engines (sitemaps.org): pages with the day of their last change, in maps of a size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_PAGES = 50_000  # of one map, by the protocol


@dataclass(frozen=True, slots=True)
class PageOfSite:
    """One page: its public address, and when it last changed where that is known."""

    address: str
    changed_at: datetime | None = None


def maps_of(pages: Sequence[PageOfSite]) -> int:
    """Count the maps it takes to name all pages."""
    return max(1, -(-len(pages) // MOST_PAGES))


def of_pages(pages: Iterable[PageOfSite]) -> str:
    """Write one map."""
    root = Element("urlset", {"xmlns": NAMESPACE})
    for page in pages:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = page.address
        if page.changed_at:
            SubElement(entry, "lastmod").text = page.changed_at.astimezone(UTC).isoformat(timespec="seconds")
    return _written(root)


def of_maps(addresses: Iterable[str]) -> str:
    """Write the map of several maps."""
    root = Element("sitemapindex", {"xmlns": NAMESPACE})
    for address in addresses:
        SubElement(SubElement(root, "sitemap"), "loc").text = address
    return _written(root)


def _written(root: Element) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'
