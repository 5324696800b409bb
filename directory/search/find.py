"""Find: the question to an engine, the rows from the catalogue, and all that a page says about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity
from directory.catalogue.queries import opportunities_by_id
from directory.places.gazetteer import Gazetteer
from directory.places.place import Finding
from directory.search import views, wording
from directory.search.asking import Asking
from directory.search.engine import FEW, SearchEngine, SearchPage
from directory.search.facets import WHEN
from directory.search.interpreting import Interpretation
from directory.search.moments import CLOSED_OR_PAUSED
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary
from directory.search.relaxing import Relaxation, relax, ways_out
from directory.search.snippets import Snippet, snippet
from directory.search.views import FacetView, Link, ReadAs, Within

NOTHING_KNOWN = Vocabulary()


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, whole.

    ``query`` is the search as it was answered: what words stand for is chosen, unknown skills and organisations are
    gone, and past the last page it says the last. ``spelt`` is its one address, like that of every query that a link
    leads to; ``asked`` is the address that was given. ``rows`` have all the typed words, and
    ``rows_with_some_words`` stand below them under their own heading. A listing that has left the catalogue since it
    was indexed is missing from the rows. ``inside`` counts those within the radius in words, ``apart`` those it leaves
    be. ``readings`` say which words are choices, and ``settled_by_words`` names all facets that words could settle.
    ``also_over`` counts the closed, paused and ended with all the words when few that run have them. ``ways_out`` are
    there when nothing is found and no single change finds more. ``snippets`` say by id where the words stand.
    ``spelling`` is a better one to offer; ``put_right`` is the search as typed, when this answers a better spelling.
    ``pages`` is empty for a single page and holds None for a gap.
    """

    asked: SearchQuery
    spelt: SearchQuery
    query: SearchQuery
    page: SearchPage
    rows: tuple[Opportunity, ...]
    rows_with_some_words: tuple[Opportunity, ...]
    place: Finding | None
    headline: str
    sentence: str
    title: str
    which_is_which: str | None
    inside: str | None
    apart: tuple[str, ...]
    place_taken: str | None
    other_places: tuple[Link, ...]
    notices: tuple[str, ...]
    readings: tuple[ReadAs, ...]
    as_spelt: SearchQuery
    settled_by_words: tuple[str, ...]
    chips: tuple[Link, ...]
    cleared: SearchQuery
    facets: tuple[FacetView, ...]
    sorts: tuple[Link, ...]
    withins: tuple[Within, ...]
    pages: tuple[Link | None, ...]
    previous: SearchQuery | None
    next: SearchQuery | None
    relaxations: tuple[Relaxation, ...]
    ways_out: tuple[Relaxation, ...]
    also_over: int
    with_not_running: SearchQuery
    snippets: Mapping[int, Snippet]
    spelling: Link | None
    put_right: Link | None = None

    @property
    def place_is_unknown(self) -> bool:
        """Say whether a place was typed that nobody knows."""
        return bool(self.query.near) and self.place is None

    @property
    def miles(self) -> Mapping[int, float]:
        """Give the distances of listings on this page; none from a place too wide to measure from."""
        return {} if self.place and self.place.place.is_wide else self.page.miles


def find(
    session: Session,
    engine: SearchEngine,
    gazetteer: Gazetteer,
    query: SearchQuery,
    now: datetime,
    vocabulary: Vocabulary = NOTHING_KNOWN,
) -> Found:
    """Answer a search. An unknown place is said, and the rest of the search still runs.

    Words that no listing has are put right when nothing else has all the words and something then has, unless the
    search is literal; when few have all the words, a better spelling is only offered.
    """
    asking = Asking.of(session, engine, gazetteer, vocabulary, now)
    answer = asking.answer(query)
    meant, page = answer.meant, answer.page
    asked, place, text = meant.asked, meant.place, meant.text
    if better := asking.put_right(answer):
        found = find(session, engine, gazetteer, asked.with_text(better), now, vocabulary)
        return replace(found, put_right=Link(asked.text, asked.as_spelt()))
    naming = asking.interpreter.naming
    query = meant.query.with_page(page.number)

    def count(other: SearchQuery) -> int:
        return asking.briefly(meant.question(other)).total

    def with_all_words(other: SearchQuery) -> int:
        return asking.briefly(meant.question(other)).with_all_words

    spelling = asking.better_spelling(answer)
    relaxations = relax(query, page.total, place, naming, count) if page.total < FEW else ()
    also_over = 0
    if text and page.not_running and page.with_all_words < FEW and not query.chosen(WHEN):
        also_over = with_all_words(query.with_choices(WHEN, (CLOSED_OR_PAUSED,)))
    sentence = asking.sentence(meant)
    rows = opportunities_by_id(session, page.ids)
    below = set(page.ids[page.some_words_from :]) if page.some_words_from is not None else set()
    return Found(
        asked=asked,
        query=query,
        spelt=meant.spelt(query),
        page=page,
        rows=tuple(row for row in rows if row.id not in below),
        rows_with_some_words=tuple(row for row in rows if row.id in below),
        place=place,
        headline=wording.headline(page),
        sentence=sentence,
        title=wording.title(page, sentence, query),
        which_is_which=wording.which_is_which(page),
        inside=wording.within_radius(page, query, place) if place else None,
        apart=tuple(wording.apart(page)),
        place_taken=wording.place_taken(place, query.near) if place else None,
        other_places=tuple(Link(other.label, query.with_near(other.key)) for other in place.others) if place else (),
        notices=(
            *((wording.place_made_a_choice(*meant.widened, naming),) if meant.widened else ()),
            *wording.notices(query, has_words=bool(text), place=place),
        ),
        readings=tuple(views.readings(meant, naming)),
        as_spelt=asked.as_spelt(),
        settled_by_words=meant.names,
        chips=_spelt(views.chips(query, place, naming), meant),
        cleared=meant.spelt(query.only_text()),
        facets=tuple(views.facets(query, page.counts, naming)),
        sorts=_spelt(
            views.sorts(query, meant.question(meant.query).sort, has_words=meant.has_words(query), place=place), meant
        ),
        withins=tuple(views.withins(query)),
        pages=tuple(
            link and _link(link, meant) for link in views.pages(query, page.number, page.last) if page.last > 1
        ),
        previous=meant.spelt(query.with_page(page.number - 1)) if page.number > 1 else None,
        next=meant.spelt(query.with_page(page.number + 1)) if page.number < page.last else None,
        relaxations=_spelt(relaxations, meant),
        ways_out=_spelt(ways_out(query, count), meant) if not page.total and not relaxations else (),
        also_over=also_over,
        with_not_running=meant.spelt(query.with_choice(WHEN, CLOSED_OR_PAUSED)),
        snippets={row.id: said for row in rows if (said := snippet(text, row.summary, row.description))},
        spelling=spelling,
    )


Leading = TypeVar("Leading", Link, Relaxation)


def _spelt(leading: Iterable[Leading], meant: Interpretation) -> tuple[Leading, ...]:
    """Give links their addresses."""
    return tuple(_link(one, meant) for one in leading)


def _link(leading: Leading, meant: Interpretation) -> Leading:
    return replace(leading, query=meant.spelt(leading.query))
