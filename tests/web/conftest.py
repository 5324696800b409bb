"""What tests of pages share: a clock that stands still, and one visitor who turns many pages in little time."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from directory.app import create_app
from directory.foundation import clock
from directory.parts import Parts
from tests.contracts.listings import NOW


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment that it is, on every page, while this test lasts."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture(scope="session")
def reader(site: Parts) -> FlaskClient:
    """A visitor to the product with the real catalogue, for all tests; ``see`` is what reads strictly."""
    app = create_app(site)
    app.testing = True
    return app.test_client()
