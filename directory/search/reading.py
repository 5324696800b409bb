"""Words that are choices: "year 12 in Wales" is read as two filters, each said aloud and each to be undone.

Only what means one thing is read: phrases from a file, organisations by their names, and places that are asked for as
places ("near Leeds", "in Cardiff", "SG1") or are too large to be anything else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from directory.foundation.refusals import Misconfigured
from directory.places.gazetteer import Gazetteer
from directory.places.place import Kind, Place
from directory.search.facets import ENGLAND, FACETS_BY_NAME, ORGANISATION, REGION_SLUGS, WHERE
from directory.search.language import (
    STOP_WORDS,
    Meanings,
    Spot,
    TextQuery,
    plain_stretches,
    read,
    stem,
    stems_of,
    typed_words,
)
from directory.search.query import FARTHEST, NEAR, Choices

MILES_AROUND = 25  # of a place when nobody says how far
LONGEST_PLACE = 6  # words, with where it is: "Newport, Isle of Wight"
LONGEST_ENDING = 4  # letters: "starting" is "start", but "international" isn't "intern"
PEOPLE_OF_A_CITY = 40_000  # a smaller place is only read where a word says that a place follows

# After these words nothing is a choice: "not in London" doesn't ask for London, nor "closes in March" for a start then.
SPOILING = frozenset(
    """
    not no without non except excluding outside avoid avoiding never neither nor than instead isnt arent dont
    close closes closing deadline deadlines due ends ending until
    """.split()
)
HOW_FAR = re.compile(
    r"(?:(?:within|inside|under|less than|up to) )?(?:a )?(\d{1,3}) ?(?:miles?|mi)(?: away)? (?:of|from|around|round) "
)
NEARBY = re.compile(r"(?:near to|near|nearby|nr|close to|next to|not far from|around|round) ")
INSIDE = re.compile(r"(?:in|at|from|based in) (?:the )?")
# Of one letter and a number there are genes, vitamins and school years too.
POSTCODE = re.compile(r"[a-z]{2}\d{1,2}[a-z]?|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}")
# Places that are also ordinary words: never read by themselves, …
ALSO_WORDS = frozenset(
    """
    barking barrow barry bath battle beer boro boston bridge brent burton bury chelsea church cov crick deal down ek
    eye ford forth grays hamilton harrow hayes hill hook hope hove kingswood law leigh loans lynn march middleton
    morley nelson nuffield over pool quarter reading roche rugby sale send settle stoke stone street stroud sutton
    valley ware washington welling wells weston wing wolves worth
    """.split()
)
# … and these not even after "in".
HARDLY_PLACES = frozenset(
    """
    battle beer bridge church crick deal down eye ford forth hill hook hope law loans march nuffield over pool quarter
    roche send settle stone street valley wing wolves worth
    """.split()
)

_IN_BRACKETS = re.compile(r"(.*?)\s*\(([^()]+)\)\s*(.*)")
_UNIVERSITY_OF = re.compile(r"University of (.+)")

LONGEST_PHRASE = 10  # words, and so the longest name of an organisation that is read
MARKS = ".,;:!?()"

Word = tuple[str, str]  # folded, and what was typed around it


@dataclass(frozen=True, slots=True)
class FilterPhrase:
    """A phrase that stands for choices; ``words`` are its own, folded, to tell endings from other words by."""

    words: tuple[str, ...]
    choices: Choices


# By the stems of all their words.
FilterPhrases = Mapping[tuple[str, ...], FilterPhrase]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words come to besides themselves: other words, and choices."""

    meanings: Meanings = field(default_factory=dict)
    filters: FilterPhrases = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """Some words of what was typed, the choices or the place that they are read as, and where they stand.

    Of "near Leeds" the first word only says how to read the other: its spot is ``silent``.
    """

    words: str
    choices: Choices
    near: str
    within: int | None
    spots: frozenset[Spot]
    silent: frozenset[Spot] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """Name what it settles: facets, or the place."""
        return tuple(name for name, _values in self.choices) or (NEAR,)


class _Entry(BaseModel):
    """Phrases that are read as the same choices."""

    model_config = ConfigDict(extra="forbid")
    words: Annotated[list[Annotated[str, Field(min_length=1, max_length=80)]], Field(min_length=1)]
    choices: Annotated[dict[str, Annotated[list[str], Field(min_length=1)]], Field(min_length=1)]


_ENTRIES = TypeAdapter(list[_Entry])


def load(file: Path) -> FilterPhrases:
    """Read the phrases that are filters; raises Misconfigured when the file isn't of that form or has other facets."""
    try:
        entries = _ENTRIES.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise Misconfigured(f"{file.name} can't be read as filter words: {str(problem).splitlines()[0]}.") from problem
    if unknown := {facet for entry in entries for facet in entry.choices} - FACETS_BY_NAME.keys():
        raise Misconfigured(f"{file.name} names facets that there are not: {', '.join(sorted(unknown))}.")
    return {
        stems_of(words): FilterPhrase(
            _folded(words), tuple((facet, tuple(values)) for facet, values in entry.choices.items())
        )
        for entry in entries
        for words in entry.words
    }


def readings(
    text: str, filters: FilterPhrases, organisations: Mapping[str, str], gazetteer: Gazetteer
) -> tuple[Reading, ...]:
    """Read what can be read of a text, from its beginning, always the longest phrase; never words in quotes.

    ``organisations`` are names by slug. Of phrases as long, an organisation's name goes before a filter word, and both
    go before a place, unless something should be near to it. Of two places to be near to neither is read.
    """
    reader = _Reader(filters, _organisation_phrases(tuple(organisations.items())), gazetteer)
    found = [
        reading
        for number, stretch in enumerate(plain_stretches(text))
        for reading in reader.read(number, typed_words(stretch))
    ]
    places = {reading.near for reading in found if reading.near}
    return tuple(reading for reading in found if len(places) == 1 or not reading.near)


def read_without_choices(text: str, vocabulary: Vocabulary, gazetteer: Gazetteer) -> TextQuery:
    """Read words where nothing can be chosen: those that are filters only weigh."""
    found = readings(text, vocabulary.filters, {}, gazetteer)
    return read(text, vocabulary.meanings, *optional_and_silent(found))


def optional_and_silent(found: Sequence[Reading]) -> tuple[frozenset[Spot], frozenset[Spot]]:
    """Give where the words stand that needn't be had, and those that aren't looked for."""
    return frozenset().union(*(one.spots for one in found)), frozenset().union(*(one.silent for one in found))


@dataclass(frozen=True, slots=True)
class _Found:
    """How many words were read, the skipped ones before a place among them, and as what; falsy when none were."""

    length: int = 0
    skipped: int = 0
    choices: Choices = ()
    near: str = ""
    within: int | None = None

    def __bool__(self) -> bool:
        return self.length > 0


_NOTHING = _Found()


@dataclass(frozen=True, slots=True)
class _Reader:
    filters: FilterPhrases
    organisations: FilterPhrases
    gazetteer: Gazetteer

    def read(self, stretch: int, words: list[Word]) -> Iterator[Reading]:
        """Read one stretch of plain text."""
        folded = [word for word, _typed in words]
        stems = [stem(word) for word in folded]
        start = 0
        while start < len(words):
            found = self._at(start, folded, stems)
            if found and not _is_spoilt(folded, start):
                typed = dict.fromkeys(typed for _word, typed in words[start : start + found.length])
                spots = [(stretch, at) for at in range(start, start + found.length)]
                silent = frozenset(spots[: found.skipped])
                yield Reading(
                    " ".join(typed).strip(MARKS), found.choices, found.near, found.within, frozenset(spots), silent
                )
            start += found.length or 1

    def _at(self, start: int, folded: list[str], stems: list[str]) -> _Found:
        if near := self._near(folded, start):
            return near
        named = max(
            (_phrase_at(phrases, folded, stems, start) for phrases in (self.organisations, self.filters)),
            key=lambda found: found.length,
        )
        return named or self._inside(folded, stems, start) or self._alone(folded, start)

    def _near(self, folded: list[str], start: int) -> _Found:
        """Read "near Leeds" and "within 10 miles of Leeds"."""
        rest = _rest(folded, start)
        said = HOW_FAR.match(rest) or NEARBY.match(rest)
        if not said:
            return _NOTHING
        miles = int(said[1]) if said.re is HOW_FAR else MILES_AROUND
        return self._place(folded, start, skipping=len(said[0].split()), miles=miles)

    def _inside(self, folded: list[str], stems: list[str], start: int) -> _Found:
        """Read "in Cardiff", unless what follows is a filter word or hardly ever a place."""
        said = INSIDE.match(_rest(folded, start))
        if not said:
            return _NOTHING
        first = start + len(said[0].split())
        if any(_phrase_at(phrases, folded, stems, first) for phrases in (self.filters, self.organisations)):
            return _NOTHING
        found = self._place(folded, start, skipping=first - start)
        return _NOTHING if first + 1 == start + found.length and folded[first] in HARDLY_PLACES else found

    def _alone(self, folded: list[str], start: int) -> _Found:
        """Read a postcode, and a place too large to be anything else, by themselves; any place that is all there is."""
        if any(POSTCODE.fullmatch(" ".join(folded[start : start + length])) for length in (1, 2)):
            return self._place(folded, start, most=2)
        if folded[start] in ALSO_WORDS or not folded[start].isalpha():
            return _NOTHING
        return self._place(folded, start, least=PEOPLE_OF_A_CITY)

    def _place(
        self,
        folded: list[str],
        start: int,
        *,
        skipping: int = 0,
        miles: int = MILES_AROUND,
        most: int = LONGEST_PLACE,
        least: int = 0,
    ) -> _Found:
        """Read the longest name of a place past some words, with the ``least`` people unless it is all there is."""
        first = start + skipping
        for end in range(min(first + most, len(folded)), first, -1):
            words = folded[first:end]
            if STOP_WORDS.intersection((words[0], words[-1])):
                continue
            found = self.gazetteer.known(" ".join(words))
            if not found or found.place.kind is Kind.POSTCODE_AREA or not 0 < miles <= FARTHEST:
                continue
            if found.place.population < least and end - start < len(folded):
                continue
            if value := where_of(found.place):
                return _Found(end - start, skipping, ((WHERE, (value,)),))
            return _Found(end - start, skipping, near=found.place.label, within=miles)
        return _NOTHING


def where_of(place: Place) -> str | None:
    """Give the choice of where that a region or a nation is; None for what one can be near to."""
    if place.kind not in (Kind.REGION, Kind.NATION):
        return None
    return REGION_SLUGS.get(place.name, ENGLAND if place.name == "England" else None)


def _rest(folded: list[str], start: int) -> str:
    return " ".join(folded[start : start + 2 * LONGEST_PLACE])


def _is_spoilt(folded: list[str], start: int) -> bool:
    """Say whether a word before, past a stop word or two, turns the meaning round."""
    before = folded[max(0, start - 3) : start]
    while before and before[-1] not in SPOILING and before[-1] in STOP_WORDS:
        before.pop()
    return bool(before) and before[-1] in SPOILING


def _phrase_at(phrases: FilterPhrases, folded: list[str], stems: list[str], start: int) -> _Found:
    """Give the longest phrase that begins here, and what it stands for."""
    for length in range(min(LONGEST_PHRASE, len(stems) - start), 0, -1):
        phrase = phrases.get(tuple(stems[start : start + length]))
        if phrase and _in_these_words(phrase.words, folded[start : start + length]):
            return _Found(length, choices=phrase.choices)
    return _NOTHING


def _in_these_words(words: tuple[str, ...], typed: list[str]) -> bool:
    """Say whether words are typed so but for their endings; of one word alone no ending may be missing."""
    return all(
        len(other) <= len(word) + LONGEST_ENDING and (len(words) > 1 or len(other) >= len(word))
        for word, other in zip(words, typed, strict=True)
    )


@lru_cache(maxsize=4)
def _organisation_phrases(names: tuple[tuple[str, str], ...]) -> FilterPhrases:
    """Give every way to write each organisation's name that is no other's."""
    owners: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for slug, name in names:
        for spelt in _spellings(name):
            owners.setdefault(stems_of(spelt), set()).add((slug, spelt))
    return {
        stems: FilterPhrase(_folded(min(spelt for _slug, spelt in known)), ((ORGANISATION, (slug,)),))
        for stems, known in owners.items()
        if stems and len({slug for slug, _spelt in known}) == 1
        for slug in {slug for slug, _spelt in known}
    }


def _spellings(name: str) -> Iterator[str]:
    """Give a name without its article, its parts in and before brackets, and a university's other order."""
    in_brackets = _IN_BRACKETS.fullmatch(name)
    for spelt in (name, *((f"{in_brackets[1]} {in_brackets[3]}", in_brackets[2]) if in_brackets else ())):
        without_article = spelt.strip().removeprefix("The ")
        yield without_article
        if university := _UNIVERSITY_OF.fullmatch(without_article):
            yield f"{university[1]} University"


def _folded(words: str) -> tuple[str, ...]:
    return tuple(word for word, _typed in typed_words(words))
