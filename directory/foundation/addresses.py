"""Public addresses as plain functions of the settings, for whatever is read away from the site, such as email."""

from urllib.parse import quote, urlencode

from directory.foundation.settings import Settings


def at(settings: Settings, path: str, **query: str) -> str:
    """Give the public address of ``path`` (from its leading slash), with what is asked for in ``query``."""
    return f"{settings.site_address}{quote(path)}{f'?{urlencode(query)}' if query else ''}"


def home(settings: Settings) -> str:
    """Give the address of the front page."""
    return at(settings, "/")


def opportunity(settings: Settings, slug: str) -> str:
    """Give the address of one opportunity's page."""
    return at(settings, f"/opportunities/{slug}")


def organisation(settings: Settings, slug: str) -> str:
    """Give the address of one organisation's page."""
    return at(settings, f"/organisations/{slug}")


def health(settings: Settings) -> str:
    """Give the address that says what works."""
    return at(settings, "/health")
