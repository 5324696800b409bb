"""Small folders of seed data, written for one test."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from directory.foundation.resources import resource
from directory.places.gazetteer import Gazetteer

SEED_DATA = resource("seed_data")
GAZETTEER = Gazetteer.load(SEED_DATA / "gazetteer")

ORGANISATION = {"slug": "lifearc", "name": "LifeArc", "kind": "charity", "description": "Medical research charity."}
SKILL = {"slug": "research", "name": "Lab research and discovery"}
TERM = {"slug": "plasmid", "term": "Plasmid", "meaning": "A small circle of DNA."}
SYNONYM = {"same": ["CGT", "cell and gene therapy"]}
LISTING = {
    "slug": "a-placement",
    "title": "A placement",
    "kind": "placement",
    "organisation": "lifearc",
    "summary": "A year in a laboratory.",
    "description": "You make plasmids.",
    "stages": ["undergraduate"],
    "skills": ["research"],
    "relevance": "core",
    "sources": [{"url": "https://example.org/placement"}],
    "added": "2026-11-22",
}

Entry = Mapping[str, Any]


def listing(slug: str = "a-placement", **fields: object) -> Entry:
    """Make a listing like the usual one but for some fields; a field that is None is left out."""
    return {name: value for name, value in {**LISTING, "slug": slug, **fields}.items() if value is not None}


def write_seed_data(
    folder: Path,
    *listings: Entry,
    organisations: tuple[Entry, ...] = (ORGANISATION,),
    skills: tuple[Entry, ...] = (SKILL,),
    glossary: tuple[Entry, ...] = (TERM,),
    synonyms: tuple[Entry, ...] = (SYNONYM,),
) -> Path:
    """Write a folder of seed data, each listing in the file of its kind, in place of what was there."""
    for file in folder.rglob("*.yaml"):
        file.unlink()
    (folder / "opportunities").mkdir(parents=True, exist_ok=True)
    lists = {"organisations": organisations, "skills": skills, "glossary": glossary, "synonyms": synonyms}
    for name, entries in lists.items():
        write(folder / f"{name}.yaml", entries)
    for kind in {str(one["kind"]) for one in listings}:
        write(folder / "opportunities" / f"{kind}.yaml", [one for one in listings if one["kind"] == kind])
    return folder


def write(file: Path, entries: object) -> None:
    """Write one file of entries."""
    plain = [dict(entry) for entry in entries]  # type: ignore[attr-defined]
    file.write_text(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True), encoding="utf-8")
