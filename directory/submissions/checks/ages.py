"""How old the people may be whom something is for, and whether it brings somebody under 18 in person."""

from collections.abc import Mapping
from typing import Any

from directory.catalogue.kinds import KindName
from directory.catalogue.vocabulary import Delivery, Reach, StageName
from directory.submissions.checks.case import number, rows, word, words

GROWN_UP = 18
SCHOOL_LEAVING_AGE = 16  # the youngest at which anybody may leave school, in each nation
# The ages people usually are at each stage; None where there is no usual end.
AGES: dict[str, tuple[int, int | None]] = {
    StageName.FOURTEEN_TO_SIXTEEN: (14, 16),
    StageName.SIXTEEN_TO_EIGHTEEN: (16, 18),
    StageName.SCHOOL_LEAVER: (16, None),
    StageName.UNDERGRADUATE: (18, None),
    StageName.GRADUATE: (21, None),
    StageName.PHD: (21, None),
    StageName.POSTDOC: (24, None),
    StageName.PROFESSIONAL: (18, None),
    StageName.CAREER_CHANGER: (18, None),
    StageName.RETURNER: (18, None),
}
# Where nobody says how it happens: these are read, watched or joined from afar.
SELDOM_IN_PERSON = frozenset({KindName.VIRTUAL_EXPERIENCE, KindName.RESOURCE})


def youngest(values: Mapping[str, Any]) -> int | None:
    """Give the youngest age it takes: as said, else as its stages tell; None when neither does."""
    said = number(values, "minimum_age")
    told = [AGES[stage][0] for stage in words(values, "stages") if stage in AGES]
    return int(said) if said else min(told, default=None)


def oldest(values: Mapping[str, Any]) -> int | None:
    """Give the oldest age it takes: as said, else as its stages tell; None when it has no end or isn't known."""
    said = number(values, "maximum_age")
    told = [AGES[stage][1] for stage in words(values, "stages") if stage in AGES]
    ends = [end for end in told if end is not None]
    return int(said) if said else max(ends) if ends and len(ends) == len(told) else None


def takes_under_18s(values: Mapping[str, Any]) -> bool:
    """Say whether somebody under 18 may take part, as far as is known; the stage of 14 to 16 outweighs a stated age."""
    age = youngest(values)
    return (age is not None and age < GROWN_UP) or StageName.FOURTEEN_TO_SIXTEEN in words(values, "stages")


def in_person(values: Mapping[str, Any]) -> bool:
    """Say whether people meet: on site, in part on site, or nobody has said that they don't."""
    delivery = word(values, "delivery")
    if delivery:
        return delivery != Delivery.ONLINE
    reaches = {word(row, "reach") for row in rows(values, "locations")}
    if reaches:
        return reaches != {str(Reach.ONLINE)}
    return word(values, "kind") not in SELDOM_IN_PERSON


def needs_second(values: Mapping[str, Any]) -> bool:
    """Say whether two moderators should look: somebody under 18, in person."""
    return takes_under_18s(values) and in_person(values)
