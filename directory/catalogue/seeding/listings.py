"""One listing as plain values: those its file asks for, those its row holds, and how the two differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from directory.catalogue.models import (
    EligibilityRow,
    Intake,
    Involvement,
    Level,
    Location,
    Opportunity,
    Role,
    Skill,
    Source,
    Standing,
)
from directory.catalogue.seeding.fingerprints import of_entry
from directory.catalogue.timing import moment
from directory.foundation.clock import UK

Values = Mapping[str, Any]

# Columns that have the same name in a file and in the table.
COLUMNS = (
    "title",
    "kind",
    "running",
    "summary",
    "description",
    "stages",
    "applicant",
    "eligibility_words",
    "delivery",
    "length_words",
    "length_weeks",
    "hours",
    "pay",
    "pay_words",
    "pay_minimum",
    "pay_maximum",
    "pay_period",
    "cost",
    "cost_words",
    "recurrence",
    "usually_opens",
    "usually_closes",
    "usually_starts",
    "usual_words",
    "how_to_apply",
    "group_words",
    "apply_url",
    "info_url",
    "subjects",
    "relevance",
    "glossary",
    "confidence",
    "newest_source_words",
    "newest_source_year",
    "without_source",
    "notes",
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows that belong to a listing: the model's attribute, its class, and the columns a file speaks of."""

    attribute: str
    model: type[Any]
    columns: tuple[str, ...]


PARTS = {
    "eligibility": _Part("eligibility", EligibilityRow, ("need", "about", "text")),
    "locations": _Part(
        "locations", Location, ("reach", "place", "region", "nation", "postcode", "latitude", "longitude")
    ),
    "levels": _Part("levels", Level, ("framework", "number", "nation", "local_name")),
    "rounds": _Part(
        "intakes",
        Intake,
        (
            "opens_on",
            "opens_at",
            "closing",
            "closes_on",
            "closes_at",
            "zone",
            "starts_on",
            "starts_words",
            "places",
        ),
    ),
    "sources": _Part("sources", Source, ("url", "dated")),
}
POINT = ("latitude", "longitude")  # found from the place, so not a difference by itself


@dataclass(frozen=True)
class Listing:
    """One listing as its file asks for it."""

    slug: str
    added: date
    values: Values
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        """Sum it up."""
        object.__setattr__(self, "fingerprint", of_entry({"added": self.added, **self.values}))


@dataclass(frozen=True)
class Ids:
    """The keys of what listings name by slug."""

    organisations: Mapping[str, int]
    skills: Mapping[str, Skill]


def held(row: Opportunity) -> Values:
    """Give a row's values as a file would say them; needs everything of it loaded."""
    parts = {
        name: [{column: getattr(one, column) for column in part.columns} for one in getattr(row, part.attribute)]
        for name, part in PARTS.items()
    }
    for said, intake in zip(parts["rounds"], row.intakes, strict=True):
        said["host"] = intake.host.slug if intake.host else None
    return {
        **{column: getattr(row, column) for column in COLUMNS},
        **parts,
        "organisation": row.organisation.slug,
        "parent": row.parent.slug if row.parent else None,
        "skills": sorted(skill.slug for skill in row.skills),
        "partners": [one.organisation.slug for one in row.involvements if one.role is Role.PARTNER],
        "hosts": [one.organisation.slug for one in row.involvements if one.role is Role.HOST],
    }


def fill(row: Opportunity, listing: Listing, ids: Ids) -> None:
    """Make a row say what its file says, all but its parent; its old parts must be loaded, to be replaced."""
    values = listing.values
    for column in COLUMNS:
        setattr(row, column, values[column])
    for name, part in PARTS.items():
        rows = [
            part.model(position=position, **{column: said[column] for column in part.columns})
            for position, said in enumerate(values[name])
        ]
        setattr(row, part.attribute, rows)
    for intake, said in zip(row.intakes, values["rounds"], strict=True):
        intake.host_id = ids.organisations[said["host"]] if said["host"] else None
    row.organisation_id = ids.organisations[values["organisation"]]
    row.skills = list(dict.fromkeys(ids.skills[slug] for slug in values["skills"]))  # two may be one by now
    involved = [(Role.PARTNER, slug) for slug in values["partners"]] + [(Role.HOST, slug) for slug in values["hosts"]]
    row.involvements = [
        Involvement(position=position, role=role, organisation_id=ids.organisations[slug])
        for position, (role, slug) in enumerate(involved)
    ]
    row.standing = Standing.PUBLISHED
    row.published_at = moment(listing.added, None, UK.key, otherwise=time.min)
    row.seed_fingerprint = listing.fingerprint


def differences(row: Opportunity, listing: Listing) -> tuple[tuple[str, str, str], ...]:
    """List the fields in which a row and its file differ, as (field, ours, the file's), in words."""
    ours = held(row)
    return tuple(
        (name, _in_words(ours[name]), _in_words(seeds))
        for name, seeds in listing.values.items()
        if _without_points(ours[name]) != _without_points(seeds)
    )


def _without_points(value: object) -> object:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_without_points(one) for one in value]
    if isinstance(value, Mapping):
        return {name: one for name, one in value.items() if name not in POINT and one is not None}
    return value


def _in_words(value: object) -> str:
    match _without_points(value):
        case None | []:
            return "not said"
        case list() as several:
            return "; ".join(_in_words(one) for one in several)
        case dict() as named:
            return ", ".join(f"{name} {one}" for name, one in named.items())
        case one:
            return str(one)
