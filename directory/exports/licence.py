"""Where what is taken away comes from, and what may be done with it: stands inside every file."""

from directory.foundation import addresses
from directory.foundation.settings import Settings

WORDS = (
    "You may copy, print and share this, at work and at school too. Name {name}, link to each listing’s page, and keep"
    " the day it was taken: details change. Places from GeoNames, CC BY 4.0."
)


def licence(settings: Settings) -> str:
    """Say what may be done with it."""
    return WORDS.format(name=settings.site_name)


def licence_page(settings: Settings) -> str:
    """Give the address of the page that says it in full."""
    return addresses.at(settings, "/data-and-licences")
