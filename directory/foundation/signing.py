"""Links that prove themselves: what stands in them was written by us, for one purpose, not too long ago."""

from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from directory.foundation.secret import secret_key
from directory.foundation.settings import Settings


def sign(settings: Settings, purpose: str, said: Any, now: datetime) -> str:
    """Write ``said``, anything JSON holds, as a token for an address; it isn't secret, only unforgeable."""
    return str(_serializer(settings, purpose).dumps([int(now.timestamp()), said]))


def signed(settings: Settings, purpose: str, token: str, now: datetime, holds_for: timedelta) -> Any | None:
    """Read a token of this purpose; None when it is not ours, of another purpose or older than ``holds_for``."""
    try:
        at, said = _serializer(settings, purpose).loads(token)
        written = datetime.fromtimestamp(at, UTC)
    except (BadData, ValueError, TypeError, OverflowError, OSError):
        return None
    return said if now < written + holds_for else None


def _serializer(settings: Settings, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key(settings), salt=f"wayin.{purpose}")
