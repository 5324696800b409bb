"""All that a search finds is what its page shows over all its pages, in that order, and nothing else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.catalogue.actions import amend, withdraw
from directory.catalogue.kinds import KindName
from directory.catalogue.models import Intake, Opportunity
from directory.catalogue.seeding import seed
from directory.catalogue.vocabulary import Closing
from directory.foundation.database import connect, session_maker
from directory.foundation.settings import EngineName, Settings
from directory.places import Gazetteer
from directory.schema import metadata
from directory.search.engine import SearchEngine
from directory.search.engines import choose
from directory.search.find import find
from directory.search.indexing import catch_up
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary
from directory.search.selecting import Selected, select, version
from tests.contracts.listings import NOW
from tests.search.conftest import SEED_DATA, Publish

Catalogue = tuple[Session, SearchEngine]

WORDS = (
    *("lab", "apprenticeship", "gene therapy", "paid", "year 12", "near Leeds", "imunology", "Lifearc", "xyzzy", "phd"),
    *("cell and gene therapy work experience online", "placement Glasgow", "nihr fellowship", "-lab", '"stem cell"'),
)
PAIRS = st.one_of(
    st.tuples(st.just("q"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)),
    st.tuples(st.just("kind"), st.sampled_from([str(kind) for kind in KindName])),
    st.tuples(st.just("stage"), st.sampled_from(["14-16", "16-18", "undergraduate", "phd"])),
    st.tuples(st.just("where"), st.sampled_from(["scotland", "online", "england", "uk-wide"])),
    st.tuples(st.just("when"), st.sampled_from(["open", "opens", "any-time", "not-running"])),
    st.tuples(st.just("near"), st.sampled_from(["Leeds", "G51", "Scotland", "nowhere"])),
    st.tuples(st.just("within"), st.sampled_from(["10", "50"])),
    st.tuples(st.just("sort"), st.sampled_from(["best", "soonest", "newest", "nearest"])),
    st.tuples(st.just("literal"), st.just("1")),
    st.tuples(st.just("page"), st.sampled_from(["2", "99"])),
    st.tuples(st.sampled_from(["q", "near", "organisation", "x"]), st.text(max_size=20)),
)
searches = st.lists(PAIRS, max_size=4)


@pytest.fixture(scope="module", params=list(EngineName))
def catalogue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer
) -> Iterator[Catalogue]:
    """The real catalogue and an engine that holds it."""
    folder = tmp_path_factory.mktemp("selecting")
    engine = choose(Settings.from_environment({"WAYIN_SEARCH_ENGINE": request.param, "WAYIN_DATA_FOLDER": str(folder)}))
    database = connect(f"sqlite:///{folder / 'catalogue.sqlite3'}")
    metadata.create_all(database)
    with session_maker(database)() as session:
        seed(session, SEED_DATA, gazetteer, NOW)
        catch_up(session, engine)
        session.commit()
        yield session, engine
    database.dispose()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(searches)
def test_a_search_taken_whole_is_what_its_pages_show(
    catalogue: Catalogue, gazetteer: Gazetteer, known_words: Vocabulary, pairs: list[tuple[str, str]]
) -> None:
    session, engine = catalogue
    asked = SearchQuery.from_pairs(pairs)
    shown: list[int] = []
    query: SearchQuery | None = asked.with_page(1)
    while query is not None:
        found = find(session, engine, gazetteer, query, NOW, known_words)
        shown += [row.id for row in (*found.rows, *found.rows_with_some_words)]
        query = found.next
    whole = select(session, engine, gazetteer, asked, NOW, known_words)
    assert list(whole.ids) == shown
    first = find(session, engine, gazetteer, asked.with_page(1), NOW, known_words)
    assert (whole.spelt, whole.until) == (first.spelt, first.page.holds_until)


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ((), "All opportunities"),
        ((("kind", "apprenticeship"), ("stage", "16-18")), "Apprenticeships open to 16–18"),
        ((("q", "stem cells"), ("where", "scotland")), "Opportunities for ‘stem cells’, in Scotland"),
        ((("kind", "course"), ("q", "stem cells")), "Opportunities for ‘stem cells’, courses"),
        ((("near", "Leeds"), ("within", "25")), "Opportunities within 25 miles of Leeds or with no exact place"),
        ((("q", "apprenticeships near Leeds"),), "Apprenticeships, within 25 miles of Leeds or with no exact place"),
    ],
)
def test_a_search_has_a_name_that_outlives_its_numbers(
    catalogue: Catalogue,
    gazetteer: Gazetteer,
    known_words: Vocabulary,
    pairs: tuple[tuple[str, str], ...],
    name: str,
) -> None:
    whole = select(*catalogue, gazetteer, SearchQuery.from_pairs(pairs), NOW, known_words)
    assert whole.name == name


class Taker:
    """Takes the whole of the catalogue."""

    def __init__(self, session: Session, engine: SearchEngine, gazetteer: Gazetteer) -> None:
        self.session, self._engine, self._gazetteer = session, engine, gazetteer

    def __call__(self) -> Selected:
        return select(self.session, self._engine, self._gazetteer, SearchQuery(), NOW)

    def version(self) -> str:
        """Give the version of what is found, as seen once the index has caught up."""
        self.session.commit()
        catch_up(self.session, self._engine)
        self.session.commit()
        return version(self.session, self._engine, "")


@pytest.fixture
def taker(session: Session, engine: SearchEngine, gazetteer: Gazetteer) -> Taker:
    return Taker(session, engine, gazetteer)


def test_it_holds_until_a_round_closes(publish: Publish, taker: Taker) -> None:
    closes = NOW + timedelta(hours=2)
    round = Intake(closing=Closing.FIXED, zone="UTC", closes_on=closes.date(), closes_at=closes.time())
    publish("Closes today", intakes=[round])
    assert taker().until == closes


def test_the_version_differs_with_every_change_and_only_then(publish: Publish, taker: Taker) -> None:
    listing: Opportunity = publish("Lab work")
    seen = [taker.version(), taker.version()]
    assert seen[0] == seen[1]
    amend(taker.session, listing, {"title": "Other work"}, NOW)
    seen.append(taker.version())
    withdraw(taker.session, listing, NOW)
    seen.append(taker.version())
    assert len(set(seen[1:])) == 3
