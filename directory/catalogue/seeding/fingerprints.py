"""Fingerprints: whether the files, or one entry, are as they were when last loaded."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

LISTS = ("organisations.yaml", "skills.yaml", "glossary.yaml")
LISTINGS = "opportunities"


def files_of(folder: Path) -> list[Path]:
    """List the files that are loaded: the three lists, then the listings in the order of their names."""
    return [*(folder / name for name in LISTS), *sorted((folder / LISTINGS).glob("*.yaml"))]


def of_folder(folder: Path) -> str:
    """Sum up what decides what loading gives: the files, the gazetteer that places them, the code of this package."""
    summed = sha256()
    gazetteer = sorted((folder / "gazetteer").glob("*.csv"))
    code = sorted(Path(__file__).parent.glob("*.py"))
    for file in [*files_of(folder), *gazetteer, *code]:
        contents = file.read_bytes() if file.is_file() else b""
        summed.update(f"{file.name} {len(contents)}\n".encode() + contents)
    return summed.hexdigest()


def of_entry(values: Mapping[str, object]) -> str:
    """Sum up what one entry comes to."""
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
