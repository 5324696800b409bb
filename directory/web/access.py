"""Who may enter a page: every route says so, and a test fails on one that does not."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    """Those a page may be open to."""

    ANYONE = "anyone"


ANYONE = Audience.ANYONE


def open_to(audience: Audience) -> Callable[[View], View]:
    """Record who may enter. Stands directly above the function, under the route."""

    def record(view: View) -> View:
        view.open_to = audience  # type: ignore[attr-defined]
        return view

    return record


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """Say who may enter ``view``, or None when nobody decided."""
    return getattr(view, "open_to", None)
