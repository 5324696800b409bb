"""Listings like one: of the same kind, for the same people, about the same skills, in the same place, in like words."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity
from directory.catalogue.queries import opportunities_by_id
from directory.search.engine import Question, SearchEngine
from directory.search.facets import ENGLAND, FACETS_BY_NAME, KIND, SKILL, STAGE, WHERE
from directory.search.indexing import ask
from directory.search.language import TextQuery, read
from directory.search.query import SearchQuery, Sort

# From most to least alike; on each rung those with words of the same title stand first.
RUNGS = ((KIND, STAGE, SKILL, WHERE), (KIND, STAGE, SKILL), (STAGE, SKILL, WHERE), (KIND, STAGE), (STAGE, SKILL))
TOO_WIDE = frozenset((ENGLAND,))


def similar(
    session: Session, engine: SearchEngine, opportunity: Opportunity, most: int, now: datetime
) -> list[Opportunity]:
    """Find up to ``most`` listings like this one that are not closed, paused or ended; the most alike first.

    Its own parts and what it is part of are left out: the page leads to them already.
    """
    alike: dict[int, None] = {}
    own = {opportunity.id, opportunity.parent_id, *(part.id for part in opportunity.parts)}
    words = read(opportunity.title)
    for rung in _rungs(opportunity):
        for text, sort in ((words, Sort.BEST), (TextQuery(), Sort.SOONEST)):
            question = Question(text=text, choices=rung.choices, sort=sort, size=most + len(own), counting=False)
            alike |= dict.fromkeys(id for id in ask(session, engine, question, now).ids if id not in own)
            if len(alike) >= most:
                return opportunities_by_id(session, list(alike)[:most])
    return opportunities_by_id(session, list(alike))


def _rungs(opportunity: Opportunity) -> Iterator[SearchQuery]:
    """Give each rung as choices; a facet of which nothing is known asks for nothing."""
    for names in RUNGS:
        rung = SearchQuery()
        for facet in (FACETS_BY_NAME[name] for name in names):
            values = (str(value) for value in facet.of(opportunity)) if facet.of else ()
            rung = rung.with_choices(facet.name, (value for value in values if value not in TOO_WIDE))
        yield rung
