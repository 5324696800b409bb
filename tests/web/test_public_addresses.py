"""An address that is written away from the site leads to the page it means."""

from collections.abc import Callable

import pytest
from flask import Flask

from directory.foundation import addresses
from directory.foundation.settings import Settings


@pytest.mark.parametrize(
    ("address", "endpoint"),
    [
        (addresses.home, "home.page"),
        (lambda settings: addresses.opportunity(settings, "lab-work"), "opportunity.page"),
        (lambda settings: addresses.organisation(settings, "cell-works"), "organisation.page"),
        (addresses.health, "health.health"),
    ],
)
def test_a_public_address_is_that_of_a_page(app: Flask, address: Callable[[Settings], str], endpoint: str) -> None:
    settings = Settings.from_environment({"WAYIN_SITE_ADDRESS": "https://wayin.example"})
    found, _values = app.url_map.bind("wayin.example").match(address(settings).removeprefix("https://wayin.example"))
    assert found == endpoint
