"""Listings to put on lists, the exact engine that knows them, and lists to change."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity
from directory.catalogue.outbox import owe
from directory.lists import actions
from directory.lists.models import SharedList
from directory.lists.words import ListWords
from directory.organisations.models import Organisation
from directory.places.gazetteer import Gazetteer
from directory.search.asking import Asking
from directory.search.engines.memory import MemoryEngine
from directory.search.indexing import catch_up
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row

Publish = Callable[..., Opportunity]
MakeList = Callable[..., SharedList]
AskAt = Callable[[datetime], Asking]


@pytest.fixture
def publish(session: Session) -> Publish:
    """Publish listings as the catalogue does: the index is owed each."""

    def publish(title: str = "A listing", **known: Any) -> Opportunity:
        known_by = session.scalar(select(Organisation).where(Organisation.name == "LifeArc"))
        published = row(title, organisation=known_by or organisation("LifeArc"), **known)
        session.add(published)
        session.flush()
        owe(session, [published.id])
        return published

    return publish


@pytest.fixture
def ask_at(session: Session, gazetteer: Gazetteer, known_words: Vocabulary) -> AskAt:
    """What answers searches at a moment, with an index that has seen everything."""
    engine = MemoryEngine()

    def ask_at(now: datetime) -> Asking:
        catch_up(session, engine)
        return Asking.of(session, engine, gazetteer, known_words, now)

    return ask_at


@pytest.fixture
def make(session: Session) -> MakeList:
    """Make a list with these listings pinned, and a rule when words are given."""

    def make(*pinned: Opportunity, rule: str | None = None, now: datetime = NOW) -> SharedList:
        query = SearchQuery().with_text(rule) if rule else None
        words = ListWords("Year 12 biology", "Ashgrove College", "Start here.")
        return actions.make(session, words, now, rule=query, pinned=[one.id for one in pinned]).shared_list

    return make
