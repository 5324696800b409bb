"""What a search means: the choices and the place that its words stand for, beside those that were chosen.

A search is asked in an address and answered as it is meant; ``Interpretation.spelt`` leads back to the shortest address
with that meaning. Words that stand for a choice only add to the weight of a listing, even where the choice was undone:
who takes "near Leeds" off "apprenticeship near Leeds" wants apprenticeships. A literal search reads no choices.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from directory.places.gazetteer import Gazetteer
from directory.places.place import Finding
from directory.search.engine import Question
from directory.search.facets import FACETS, FACETS_BY_NAME, ONLINE, ORGANISATION, WHERE
from directory.search.language import Meanings, TextQuery, fold, name_key, plain_stretches, read, typed_words
from directory.search.query import NEAR, SearchQuery, Sort
from directory.search.reading import Reading, Vocabulary, optional_and_silent, readings, where_of
from directory.search.wording import Naming

THE_WHOLE_UK = frozenset(("uk", "u.k.", "united kingdom", "uk-wide", "uk wide", "britain", "great britain", "anywhere"))
NOWHERE = frozenset(("online", "virtual", "remote", "from home", "at home"))


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A search as it is meant.

    ``asked`` is the address, without choices that nobody knows; ``query`` has all that is in force as plain choices.
    ``readings`` are all that the words could stand for, in force or not: in ``text`` those words aren't required.
    ``is_name`` says whether they are a listing's name nevertheless. ``widened`` is a place that was asked for and is
    too wide to be near to, with the choice of where that it is instead; the whole UK is none.
    """

    asked: SearchQuery
    query: SearchQuery
    place: Finding | None
    readings: tuple[Reading, ...]
    text: TextQuery
    is_name: bool
    widened: tuple[str, str | None] | None
    find_place: Callable[[str], Finding | None]
    meanings: Meanings

    def text_of(self, query: SearchQuery) -> TextQuery:
        """Give the words of this search, or read those of one with other words."""
        if (query.text, query.literal) == (self.asked.text, self.asked.literal):
            return self.text
        return read(query.text, self.meanings)

    def question(self, query: SearchQuery, *, counting: bool = True) -> Question:
        """Put the same search, with other choices, to an engine; an order needs the words or the place it rests on."""
        text = self.text_of(query)
        place = self.place if query.near == self.query.near else self.find_place(query.near)
        rests_on = {Sort.BEST: self.has_words(query), Sort.NEAREST: place is not None}
        sort = query.sort or query.usual_sort
        usual = Sort.BEST if self.has_words(query) else Sort.NEAREST if place else Sort.SOONEST
        return Question(
            text=text,
            choices=query.choices,
            point=place.place.point if place else None,
            within=query.within if place else None,
            sort=sort if rests_on.get(sort, True) else usual,
            page=query.page,
            counting=counting,
        )

    def has_words(self, query: SearchQuery) -> bool:
        """Say whether there are words to be matched well: near a place, words that are all choices are none."""
        text = self.text_of(query)
        return bool(text.required or text.excluded or (text and (self.is_name or not query.near)))

    def spelt(self, query: SearchQuery) -> SearchQuery:
        """Give the address of the same search with other choices: what the words say goes without saying."""
        if query.text != self.asked.text or query.literal:
            return query
        page, as_words = query.page, []
        for facet, values in _read_choices(self.readings).items():
            if query.chosen(facet) == values:
                query = query.without_facet(facet)
            elif not query.chosen(facet):
                as_words.append(facet)
        if place := _read_place(self.readings):
            if not query.near:
                as_words.append(NEAR)
            elif (query.near, query.within) == place and query.sort is not Sort.NEAREST:
                query = query.with_near("")
        return query.with_as_words(as_words).with_page(page)

    @property
    def names(self) -> tuple[str, ...]:
        """Name the facets, and the place, that words could settle."""
        return tuple(dict.fromkeys(name for one in self.readings for name in one.names))

    @property
    def is_all_read(self) -> bool:
        """Say whether the answer follows every word as a choice, so that the choices say all that was typed."""
        text = self.text
        return bool(text) and not text.required and not text.excluded and self.in_force == self.readings

    @property
    def in_force(self) -> tuple[Reading, ...]:
        """Give the readings that the answer follows, as they are read."""
        chosen, place = _read_choices(self.readings), _read_place(self.readings)
        return tuple(
            one
            for one in self.readings
            if all(
                (self.query.near, self.query.within) == place
                if name == NEAR
                else self.query.chosen(name) == chosen[name]
                for name in one.names
            )
        )


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads searches, with what is known of words, places and names; ``is_called`` asks whether a listing is called so.

    A listing's name is no choice, unless it is nothing but a filter word.
    """

    vocabulary: Vocabulary
    gazetteer: Gazetteer
    naming: Naming
    is_called: Callable[[str], bool]

    def interpret(self, asked: SearchQuery) -> Interpretation:
        """Say what a search means. Choices that were made go before those that words stand for."""
        asked = self._without_unknown(asked)
        found = self._readings(asked.text) if asked.text and not asked.literal else ()
        query = asked.with_as_words(())
        for facet, values in _read_choices(found).items():
            if facet not in asked.as_words and not asked.chosen(facet):
                query = query.with_choices(facet, values)
        place = _read_place(found)
        if place and NEAR not in asked.as_words and not asked.near:
            query = query.with_near(place[0]).with_within(place[1])
        near = self._place(query.near)
        query, widened = _widened(query, near)
        return Interpretation(
            asked=asked,
            query=query.with_page(asked.page),
            place=near if query.near else None,
            readings=found,
            text=read(asked.text, self.vocabulary.meanings, *optional_and_silent(found)),
            is_name=bool(found) and self.is_called(name_key(asked.text)),
            widened=widened,
            find_place=self._place,
            meanings=self.vocabulary.meanings,
        )

    def _place(self, typed: str) -> Finding | None:
        return self.gazetteer.find(typed) if typed else None

    def _readings(self, text: str) -> tuple[Reading, ...]:
        read = readings(text, self.vocabulary.filters, self.naming.names(ORGANISATION), self.gazetteer)
        found = tuple(one for one in read if self._is_known(one))
        words = sum(len(typed_words(stretch)) for stretch in plain_stretches(text))
        is_all = len(found) == 1 and len(found[0].spots) == words and ORGANISATION not in found[0].names
        return () if found and not is_all and self.is_called(name_key(text)) else found

    def _is_known(self, reading: Reading) -> bool:
        return all(
            self.naming.option(FACETS_BY_NAME[facet], value) for facet, values in reading.choices for value in values
        )

    def _without_unknown(self, query: SearchQuery) -> SearchQuery:
        """Leave out choices that nobody knows, which only open facets can hold."""
        for facet in FACETS:
            chosen = query.chosen(facet.name)
            known = [value for value in chosen if self.naming.option(facet, value)]
            if len(known) < len(chosen):
                query = query.with_choices(facet.name, known).with_page(query.page)
        return query


def _read_choices(found: tuple[Reading, ...]) -> Mapping[str, tuple[str, ...]]:
    """Give all that words stand for in each facet, in the facets' own order and spelling."""
    read = SearchQuery()
    for one in found:
        for facet, values in one.choices:
            read = read.with_choices(facet, (*read.chosen(facet), *values))
    return dict(read.choices)


def _read_place(found: tuple[Reading, ...]) -> tuple[str, int | None] | None:
    return next(((one.near, one.within) for one in found if one.near), None)


def _widened(query: SearchQuery, place: Finding | None) -> tuple[SearchQuery, tuple[str, str | None] | None]:
    """Make a region, a nation or "online", typed as a place, a choice of where; the whole UK is no choice at all."""
    typed = fold(query.near)
    if typed in THE_WHOLE_UK:
        return query.with_near(""), (query.near, None)
    value = ONLINE if typed in NOWHERE else where_of(place.place) if place else None
    return (query.with_near("").with_choice(WHERE, value), (query.near, value)) if value else (query, None)
