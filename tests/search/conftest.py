"""A database to publish in, the real gazetteer, and the exact engine."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity, Skill
from directory.catalogue.outbox import owe
from directory.catalogue.seeding import seed
from directory.foundation.database import connect, session_maker
from directory.foundation.settings import EngineName, Settings
from directory.organisations.models import Organisation
from directory.places import Gazetteer
from directory.schema import metadata
from directory.search.engine import SearchEngine
from directory.search.engines import choose
from directory.search.engines.memory import MemoryEngine
from directory.search.find import Found, find
from directory.search.indexing import catch_up
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary
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


@pytest.fixture(scope="session", params=list(EngineName))
def results(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    gazetteer: Gazetteer,
    known_words: Vocabulary,
) -> Iterator[Callable[[str], list[str]]]:
    """The slugs that a search of the real catalogue shows, in order."""
    folder = tmp_path_factory.mktemp("catalogue")
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    variables = {"WAYIN_SEARCH_ENGINE": request.param, "WAYIN_DATA_FOLDER": str(folder)}
    engine = choose(Settings.from_environment(variables))
    database = connect(f"sqlite:///{folder / 'catalogue.sqlite3'}")
    metadata.create_all(database)
    with session_maker(database)() as session:
        seed(session, SEED_DATA, gazetteer, now)
        catch_up(session, engine)

        yield lambda text: _slugs(find(session, engine, gazetteer, SearchQuery().with_text(text), now, known_words))
    database.dispose()


def _slugs(found: Found) -> list[str]:
    return [row.slug for row in (*found.rows, *found.rows_with_some_words)]
