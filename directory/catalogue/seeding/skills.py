"""The skill areas that people merged or retired: the files still name them, and the catalogue no longer has them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Skill
from directory.catalogue.seeding.listings import Listing
from directory.catalogue.skills import taken_away

SkillValues = Mapping[str, Any]


def as_people_have_it(
    session: Session, skills: Sequence[SkillValues], listings: Sequence[Listing]
) -> tuple[dict[str, str], list[SkillValues]]:
    """Say which skill stands for each merged one, and which of the files' skills are to be there.

    One that was retired comes back when a listing of the files names it: it is in use again.
    """
    gone = taken_away(session)
    there = {*session.scalars(select(Skill.slug)), *(values["slug"] for values in skills)} - gone.keys()
    merged = {slug: end for slug in gone if (end := _end_of(slug, gone)) in there and end}
    named = {slug for listing in listings for slug in listing.values["skills"]}
    away = merged.keys() | (gone.keys() - named)
    return merged, [values for values in skills if values["slug"] not in away]


def _end_of(slug: str, gone: Mapping[str, str | None]) -> str | None:
    """Follow what one was merged into, which may have been merged since."""
    seen = {slug}
    into = gone[slug]
    while into is not None and into in gone and into not in seen:
        seen.add(into)
        into = gone[into]
    return into
