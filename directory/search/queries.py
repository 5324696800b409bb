"""Read what open facets' values are called."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Skill
from directory.organisations.models import Organisation
from directory.search.facets import ORGANISATION, SKILL

# By facet and value, in the order in which a facet shows them.
Names = Mapping[str, Mapping[str, str]]


def names_of_open_facets(session: Session) -> Names:
    """Name every skill area, in its own order, and every organisation, by name."""
    skills = session.execute(select(Skill.slug, Skill.name).order_by(Skill.id))
    organisations = session.execute(select(Organisation.slug, Organisation.name))
    by_name = sorted(organisations, key=lambda row: row.name.casefold())
    return {
        SKILL: {row.slug: row.name for row in skills},
        ORGANISATION: {row.slug: row.name for row in by_name},
    }
