"""The seed data's files, read: every entry checked against its shape, and all that is wrong noted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from directory.catalogue.seeding.fingerprints import LISTINGS, LISTS
from directory.catalogue.seeding.problems import SeedProblem
from directory.catalogue.seeding.shapes import (
    OpportunityShape,
    OrganisationShape,
    SkillShape,
    SynonymShape,
    TermShape,
)

EntryShape = TypeVar("EntryShape", bound=BaseModel)
FieldPath = tuple[str | int, ...]

# What pydantic finds wrong, in words that follow the field's name.
WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field we know",
    "enum": "must be one of: {expected}",
    "string_type": "must be text",
    "string_too_short": "is empty",
    "too_long": "is longer than {max_length} characters",
    "string_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "must be small letters and digits, joined by hyphens",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "list_type": "must be a list",
    "too_short": "must name at least one",
    "model_type": "must have fields of its own",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "value_error": "{error}",
    "wrong": "{words}",
}
EMPTY = "is empty: leave the field out when it isn't known"


class PlainLoader(yaml.CSafeLoader):
    """Reads numbers as numbers and all else as text: a day, 16:00, "no" and 2:1 are what they look like."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that comes twice, which YAML itself lets pass in silence."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} is said twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("int", r"-?(0|[1-9][0-9]*)", list("-0123456789")),
    ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", list("-0123456789")),
):
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


@dataclass(frozen=True, slots=True)
class Entry(Generic[EntryShape]):
    """One entry and the file it stands in."""

    file: str
    said: EntryShape


@dataclass
class Table(Generic[EntryShape]):
    """The good entries of one kind, and where every slug stands, those of bad entries too.

    It is not ``whole`` when a file of it can't be read: then what it doesn't hold may still be there.
    """

    shape: type[EntryShape]
    entries: list[Entry[EntryShape]] = field(default_factory=list)
    slugs: list[tuple[str, str]] = field(default_factory=list)
    whole: bool = True


@dataclass
class SeedFiles:
    """All that the files say, as far as it could be read."""

    organisations: Table[OrganisationShape] = field(default_factory=lambda: Table(OrganisationShape))
    skills: Table[SkillShape] = field(default_factory=lambda: Table(SkillShape))
    glossary: Table[TermShape] = field(default_factory=lambda: Table(TermShape))
    synonyms: Table[SynonymShape] = field(default_factory=lambda: Table(SynonymShape))
    opportunities: Table[OpportunityShape] = field(default_factory=lambda: Table(OpportunityShape))
    problems: list[SeedProblem] = field(default_factory=list)


def read(folder: Path) -> SeedFiles:
    """Read every file of the folder; what is wrong is in ``problems``."""
    files = SeedFiles()
    tables: tuple[Table[Any], ...] = (files.organisations, files.skills, files.glossary, files.synonyms)
    for name, table in zip(LISTS, tables, strict=True):
        files.problems += _fill(table, folder / name, name)
    listings = sorted((folder / LISTINGS).glob("*.yaml"))
    for file in listings:
        files.problems += _fill(files.opportunities, file, f"{LISTINGS}/{file.name}")
    if not listings:
        files.problems.append(SeedProblem(LISTINGS, "", "", "holds no file"))
    return files


def _fill(table: Table[EntryShape], file: Path, name: str) -> Iterator[SeedProblem]:
    try:
        entries = _listed(file)
    except _Unreadable as fault:
        table.whole = False
        yield SeedProblem(name, fault.line, "", str(fault))
        return
    for number, entry in enumerate(entries, 1):
        slug = entry.get("slug") if isinstance(entry, dict) else None
        called = slug if isinstance(slug, str) else f"entry {number}"
        table.slugs.append((called, name))
        empty = list(_empty(entry, ()))
        yield from (SeedProblem(name, called, _field(path), EMPTY) for path in empty)
        try:
            table.entries.append(Entry(name, table.shape.model_validate(entry)))
        except ValidationError as fault:
            wrong = [error for error in fault.errors(include_url=False) if error["loc"] not in empty]
            yield from (SeedProblem(name, called, *_told(error, table.shape)) for error in wrong)


class _Unreadable(Exception):
    """A file that isn't a list of entries at all."""

    def __init__(self, words: str, line: str = "") -> None:
        super().__init__(words)
        self.line = line


def _listed(file: Path) -> list[object]:
    try:
        entries = yaml.load(file.read_text(encoding="utf-8"), PlainLoader)  # noqa: S506 - it is a safe one
    except (OSError, UnicodeDecodeError):
        raise _Unreadable("can't be read") from None
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else ""
        raise _Unreadable(f"is not YAML as it should be: {getattr(fault, 'problem', fault)}", line) from None
    if not isinstance(entries, list):
        raise _Unreadable("must be a list of entries, each beginning with a hyphen")
    return entries


def _empty(value: object, path: FieldPath) -> Iterator[FieldPath]:
    if value is None or value in ([], {}):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _empty(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _empty(inner, (*path, index))


def _told(error: ErrorDetails, shape: type[BaseModel]) -> tuple[str, str]:
    """Say which field an error is of, and what is wrong with it."""
    context = error.get("ctx", {})
    path = (*error["loc"], context["field"]) if "field" in context else error["loc"]
    words = WORDS.get(error["type"], "{msg}").format(msg=error["msg"], **context)
    if error["type"] == "enum":
        words = words.replace("'", "")
    near = get_close_matches(str(path[-1]), shape.model_fields, n=1) if path else []
    if error["type"] == "extra_forbidden" and near:
        words += f"; perhaps {near[0]} is meant"
    return _field(path), words


def _field(path: FieldPath) -> str:
    """Name a field as a person would: ("rounds", 0, "closes_on") is "rounds 1, closes_on"."""
    named = ""
    for step in path:
        named += f" {step + 1}" if isinstance(step, int) else f", {step}" if named else str(step)
    return named
