"""Find: the question to an engine, the rows from the catalogue, and all that a page says about them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity
from directory.catalogue.queries import opportunities_by_id
from directory.places.gazetteer import Gazetteer
from directory.places.place import Finding, Kind
from directory.search import views, wording
from directory.search.engine import FEW, Question, SearchEngine, SearchPage
from directory.search.facets import ENGLAND, FACETS, ONLINE, REGION_SLUGS, WHEN, WHERE
from directory.search.indexing import ask
from directory.search.language import NO_MEANINGS, Meanings, TextQuery, fold, read
from directory.search.moments import CLOSED_OR_PAUSED
from directory.search.queries import names_of_open_facets
from directory.search.query import SearchQuery, Sort
from directory.search.relaxing import Relaxation, relax, ways_out
from directory.search.snippets import Snippet, snippet
from directory.search.spelling import corrected
from directory.search.views import FacetView, Link, Within

THE_WHOLE_UK = frozenset(("uk", "u.k.", "united kingdom", "uk-wide", "uk wide", "britain", "great britain", "anywhere"))
NOWHERE = frozenset(("online", "virtual", "remote", "from home", "at home"))


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, whole.

    ``query`` is the search as it was answered: unknown skills and organisations are gone, and past the last page it
    says the last; its spelling is the page's one address. ``rows`` have all the typed words, and
    ``rows_with_some_words`` stand below them under their own heading. A listing that has left the catalogue since it
    was indexed is missing from the rows. ``inside`` counts those within the radius in words, ``apart`` those it leaves
    be. ``also_over`` counts the closed, paused and ended with all the words when few that run have them. ``ways_out``
    are there when nothing is found and no single change finds more. ``snippets`` say by id where the
    words stand. ``spelling`` is a better one to offer;
    ``put_right`` is the search as typed, when this answers a better spelling. ``pages`` is empty for a single page and
    holds None for a gap.
    """

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
    chips: tuple[Link, ...]
    facets: tuple[FacetView, ...]
    sorts: tuple[Link, ...]
    withins: tuple[Within, ...]
    pages: tuple[Link | None, ...]
    previous: SearchQuery | None
    next: SearchQuery | None
    relaxations: tuple[Relaxation, ...]
    ways_out: tuple[Relaxation, ...]
    also_over: int
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

    @property
    def cleared(self) -> SearchQuery:
        """Give the search with its words alone."""
        return self.query.only_text()


def find(
    session: Session,
    engine: SearchEngine,
    gazetteer: Gazetteer,
    query: SearchQuery,
    now: datetime,
    meanings: Meanings = NO_MEANINGS,
) -> Found:
    """Answer a search. An unknown place is said, and the rest of the search still runs.

    Words that no listing has are put right when nothing else has all the words and something then has, unless the
    search is literal; when few have all the words, a better spelling is only offered.
    """
    naming = wording.Naming(names_of_open_facets(session))
    asked = _without_unknown(query, naming)
    text = read(asked.text, meanings)
    place = gazetteer.find(asked.near) if asked.near else None
    query, too_wide = _too_wide_to_be_near(asked, place)
    place = place if query.near else None
    question = partial(_question, text, place)
    page = ask(session, engine, question(query), now)
    query = query.with_page(page.number)

    def briefly(other: SearchQuery) -> SearchPage:
        words = text if other.text == query.text else read(other.text, meanings)
        return ask(session, engine, _question(words, place, other, counting=False), now)

    def count(other: SearchQuery) -> int:
        return briefly(other).total

    def with_all_words(other: SearchQuery) -> int:
        return briefly(other).with_all_words

    spelling = None
    if asked.text and not asked.literal and page.with_all_words < FEW:
        better = corrected(asked.text, engine.words(), meanings)
        if better and not with_all_words(query.only_text()) and with_all_words(query.only_text(better)):
            found = find(session, engine, gazetteer, asked.with_text(better), now, meanings)
            return replace(found, put_right=Link(asked.text, asked.as_spelt()))
        better = corrected(asked.text, engine.words(), meanings, doubting=True)
        if better and with_all_words(query.with_text(better)) > page.with_all_words:
            spelling = Link(better, query.with_text(better))

    relaxations = relax(query, page.total, place, naming, count) if page.total < FEW else ()
    also_over = 0
    if text and page.not_running and page.with_all_words < FEW and not query.chosen(WHEN):
        also_over = with_all_words(query.with_choices(WHEN, (CLOSED_OR_PAUSED,)))
    sentence = wording.sentence(query if text else query.with_text(""), place, naming)
    rows = opportunities_by_id(session, page.ids)
    below = set(page.ids[page.some_words_from :]) if page.some_words_from is not None else set()
    return Found(
        query=query,
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
            *((wording.place_made_a_choice(asked.near, naming, too_wide),) if asked.near and not query.near else ()),
            *wording.notices(query, has_words=bool(text), place=place),
        ),
        chips=tuple(views.chips(query, place, naming)),
        facets=tuple(views.facets(query, page.counts, naming)),
        sorts=tuple(views.sorts(query, question(query).sort, has_words=bool(text), place=place)),
        withins=tuple(views.withins(query)),
        pages=tuple(views.pages(query, page.number, page.last)) if page.last > 1 else (),
        previous=query.with_page(page.number - 1) if page.number > 1 else None,
        next=query.with_page(page.number + 1) if page.number < page.last else None,
        relaxations=relaxations,
        ways_out=ways_out(query, count) if not page.total and not relaxations else (),
        also_over=also_over,
        snippets={row.id: said for row in rows if (said := snippet(text, row.summary, row.description))},
        spelling=spelling,
    )


def _without_unknown(query: SearchQuery, naming: wording.Naming) -> SearchQuery:
    """Leave out choices that nobody knows, which only open facets can hold."""
    for facet in FACETS:
        chosen = query.chosen(facet.name)
        known = [value for value in chosen if naming.option(facet, value)]
        if len(known) < len(chosen):
            query = query.with_choices(facet.name, known).with_page(query.page)
    return query


def _too_wide_to_be_near(query: SearchQuery, place: Finding | None) -> tuple[SearchQuery, str | None]:
    """Make a region, a nation or "online", typed as a place, a choice of where; the whole UK is no choice at all."""
    typed = fold(query.near)
    if typed in THE_WHOLE_UK:
        return query.with_near(""), None
    value = ONLINE if typed in NOWHERE else None
    if place and place.place.kind in (Kind.REGION, Kind.NATION):
        value = REGION_SLUGS.get(place.place.name, ENGLAND if place.place.name == "England" else None)
    return (query.with_near("").with_choice(WHERE, value), value) if value else (query, None)


def _question(text: TextQuery, place: Finding | None, query: SearchQuery, *, counting: bool = True) -> Question:
    """Put a search to an engine; an order that rests on words or a place needs them to be there."""
    usual = Sort.BEST if text else Sort.NEAREST if place else Sort.SOONEST
    rests_on = {Sort.BEST: bool(text), Sort.NEAREST: place is not None}
    sort = query.sort or query.usual_sort
    return Question(
        text=text,
        choices=query.choices,
        point=place.place.point if place else None,
        within=query.within if place else None,
        sort=sort if rests_on.get(sort, True) else usual,
        page=query.page,
        counting=counting,
    )
