"""A feed as JSON Feed 1.1 (jsonfeed.org). All text in it is plain."""

import json
from datetime import UTC, datetime

from directory.exports.feed import Entry, Feed
from directory.exports.licence import licence, licence_page
from directory.foundation.settings import Settings

MEDIA_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed, settings: Settings) -> str:
    """Write one page of a feed."""
    document = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        **({"next_url": feed.next} if feed.next else {}),
        "language": "en-GB",
        "authors": [{"name": settings.site_name, "url": settings.site_address}],
        "_licence": {"about": f"{licence(settings)} {licence_page(settings)}"},
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.address,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": entry.organisation}],
        "tags": list(entry.tags),
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
