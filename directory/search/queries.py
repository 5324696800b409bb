"""Read what open facets' values are called, and the titles of listings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KindName
from directory.catalogue.models import Opportunity, Skill, Standing
from directory.organisations.models import Organisation
from directory.search.facets import ORGANISATION, SKILL

# By facet and value, in the order in which a facet shows them.
Names = Mapping[str, Mapping[str, str]]


class Titled(NamedTuple):
    """What a public listing is called, what it is and who offers it."""

    id: int
    title: str
    kind: KindName
    organisation: str


def names_of_open_facets(session: Session) -> Names:
    """Name every skill area, in its own order, and every organisation, by name."""
    skills = session.execute(select(Skill.slug, Skill.name).order_by(Skill.id))
    organisations = session.execute(select(Organisation.slug, Organisation.name))
    by_name = sorted(organisations, key=lambda row: row.name.casefold())
    return {
        SKILL: {row.slug: row.name for row in skills},
        ORGANISATION: {row.slug: row.name for row in by_name},
    }


def other_words_for_skills(session: Session) -> Mapping[str, tuple[str, ...]]:
    """Give what else each skill area is called."""
    return {slug: tuple(also) for slug, also in session.execute(select(Skill.slug, Skill.also))}


def titles_by_id(session: Session, ids: Iterable[int]) -> list[Titled]:
    """Give the titles of ``ids``, in that order; a listing that is no longer public is left out."""
    wanted = tuple(dict.fromkeys(ids))
    found = {one.id: one for one in _titled(session, _titles().where(Opportunity.id.in_(wanted)))} if wanted else {}
    return [found[id] for id in wanted if id in found]


def titles_with(session: Session, letters: str, most: int) -> Sequence[Titled]:
    """Give titles that have these letters anywhere, in any case. Reads every title: not for what an engine can find."""
    holding = Opportunity.title.icontains(letters, autoescape=True)
    return _titled(session, _titles().where(holding).order_by(Opportunity.id).limit(most))


def _titles() -> Select[int, str, KindName, str]:
    return (
        select(Opportunity.id, Opportunity.title, Opportunity.kind, Organisation.name)
        .join(Organisation, Organisation.id == Opportunity.organisation_id)
        .where(Opportunity.standing == Standing.PUBLISHED)
    )


def _titled(session: Session, titles: Select[int, str, KindName, str]) -> list[Titled]:
    return [Titled(*row) for row in session.execute(titles)]
