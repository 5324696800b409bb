"""What tests of pages share: a clock that stands still, and one visitor who turns many pages in little time."""

import io
import logging
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from directory.app import create_app
from directory.foundation import clock
from directory.foundation.logs import write_logs
from directory.foundation.settings import Settings
from directory.parts import Parts
from tests.contracts.listings import NOW

PRODUCTION = {"WAYIN_ENVIRONMENT": "production", "WAYIN_SECRET_KEY": "a secret that is long enough to be one"}


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


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is written down, in production's form, while this test lasts."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    write_logs(Settings.from_environment(PRODUCTION))
    written = io.StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    return written
