"""A database to publish in, the real gazetteer, and the exact engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity, Skill
from directory.catalogue.outbox import owe
from directory.organisations.models import Organisation
from directory.places import Gazetteer
from directory.search.engine import SearchEngine
from directory.search.engines.memory import MemoryEngine
from tests.search.rows import organisation, row

SEED_DATA = Path(__file__).parents[2] / "seed_data"

# Publishes a listing; ``by`` is the name of its organisation and ``skills`` are names.
Publish = Callable[..., Opportunity]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Every place we know."""
    return Gazetteer.load(SEED_DATA / "gazetteer")


@pytest.fixture
def engine() -> SearchEngine:
    """An engine without an index."""
    return MemoryEngine()


@pytest.fixture
def publish(session: Session) -> Publish:
    """Publish listings as the catalogue does: the index is owed each."""

    def publish(title: str = "A listing", *, by: str = "LifeArc", **known: Any) -> Opportunity:
        known_by = session.scalar(select(Organisation).where(Organisation.name == by))
        published = row(title, organisation=known_by or organisation(by), **known)
        for position, skill in enumerate(published.skills):
            published.skills[position] = session.scalar(select(Skill).where(Skill.slug == skill.slug)) or skill
        session.add(published)
        session.flush()
        owe(session, [published.id])
        return published

    return publish
