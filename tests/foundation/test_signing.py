"""A signed link says what we wrote in it, for its purpose and its time, and nothing else gets through."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from directory.foundation.settings import Settings
from directory.foundation.signing import sign, signed

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SETTINGS = Settings.from_environment({"WAYIN_SECRET_KEY": "a secret long enough for tests, and only for tests"})
OTHERS = Settings.from_environment({"WAYIN_SECRET_KEY": "another secret long enough for tests, and only tests"})
MONTH = timedelta(days=30)


def test_what_was_signed_is_read() -> None:
    token = sign(SETTINGS, "open", [3, "yes"], NOW)
    assert signed(SETTINGS, "open", token, NOW + MONTH - timedelta(seconds=1), MONTH) == [3, "yes"]


@pytest.mark.parametrize(
    ("settings", "purpose", "later"), [(OTHERS, "open", NOW), (SETTINGS, "other", NOW), (SETTINGS, "open", NOW + MONTH)]
)
def test_another_secret_purpose_or_time_reads_nothing(settings: Settings, purpose: str, later: datetime) -> None:
    assert signed(settings, purpose, sign(SETTINGS, "open", 3, NOW), later, MONTH) is None


@given(some.text())
def test_anything_else_is_nothing(token: str) -> None:
    assert signed(SETTINGS, "open", token, NOW, MONTH) is None
