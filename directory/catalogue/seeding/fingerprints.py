"""Fingerprints: whether the files, or one entry, are as they were when last loaded."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

LISTS = ("organisations.yaml", "skills.yaml", "glossary.yaml", "synonyms.yaml")
LISTINGS = "opportunities"

BEGINNING = 24  # digits of a synonym's fingerprint that say which entry it is


def files_of(folder: Path) -> list[Path]:
    """List the files that are loaded: the lists, then the listings in the order of their names."""
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


def beginning(words: Sequence[str], finds: Sequence[str]) -> str:
    """Sum up what a synonym goes by in the file: its first words, and whether they find the others one way or both."""
    return of_entry({"first": words[0].casefold(), "one way": bool(finds)})[:BEGINNING]


def of_synonym(words: Sequence[str], finds: Sequence[str]) -> str:
    """Sum up which entry a synonym is, then what it says: an edited row still tells the one and no longer the other."""
    return beginning(words, finds) + said(words, finds)


def said(words: Sequence[str], finds: Sequence[str]) -> str:
    """Sum up what a synonym says."""
    return of_entry({"words": list(words), "finds": list(finds)})[BEGINNING:]
