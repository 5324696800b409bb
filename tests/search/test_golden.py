"""What people really type, and what must stand among the first five of the real catalogue."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

GOLDEN: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("golden.yaml").read_text(encoding="utf-8"))
FIRST = 5


def falls_short(entry: dict[str, Any], slugs: list[str]) -> list[str]:
    first = slugs[:FIRST]
    missing = [slug for slug in entry.get("all", ()) if slug not in first]
    wrong = [slug for slug in entry.get("never", ()) if slug in slugs]
    none = [] if not entry.get("any") or set(entry["any"]) & set(first) else ["none of those that would serve"]
    return [*missing, *(f"not {slug}" for slug in wrong), *none]


@pytest.mark.parametrize("entry", GOLDEN, ids=lambda entry: entry["typed"])
def test_what_people_type_shows_what_they_mean(results: Callable[[str], list[str]], entry: dict[str, Any]) -> None:
    short = falls_short(entry, results(entry["typed"]))
    if "awaits" in entry:
        assert short, "no longer awaits anything: take the line out"
    else:
        assert not short


def test_there_are_many_of_every_sort() -> None:
    typed = [entry["typed"] for entry in GOLDEN]
    assert len(set(typed)) == len(typed) >= 200
    assert sum("awaits" in entry for entry in GOLDEN) <= 6
