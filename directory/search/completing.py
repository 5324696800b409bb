"""Complete what is being typed: titles, organisations, skill areas and places whose words begin so.

The last word is a beginning until a space follows it; words before it are whole. Titles are not kept here: the words
that listings are written in give the likely endings, the engine finds who has one, and the titles themselves decide.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import nlargest
from itertools import islice, pairwise, zip_longest
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from directory.catalogue.kinds import KINDS, KindName
from directory.places.gazetteer import Gazetteer
from directory.places.place import Kind as PlaceKind
from directory.places.place import Place
from directory.search import bm25
from directory.search.document import IN_BRACKETS, SHORT_NAME
from directory.search.engine import Question, SearchEngine
from directory.search.facets import ORGANISATION, SKILL, WHEN
from directory.search.indexing import ask
from directory.search.language import STOP_WORDS, Alternative, Term, TextQuery, fold, name_key, stem
from directory.search.moments import CLOSED_OR_PAUSED
from directory.search.queries import names_of_open_facets, other_words_for_skills, titles_by_id, titles_with
from directory.search.query import Sort

MOST = 8
SHORTEST, LONGEST = 2, 200  # letters typed: with fewer anything would do, and nothing is called anything longer
MOST_WORDS = 12
MOST_ENDINGS = 32  # words that a beginning may become, the most common first
CANDIDATES = 60  # listings whose titles are looked at
SHORTEST_PLACE, MOST_PLACES = 3, 5
# Without "in" or "near" before it a beginning is only taken for that of a place that many people know.
MOST_BARE_PLACES, PEOPLE_OF_A_KNOWN_PLACE = 2, 20_000
# Past this many ideas a page would grow heavier than they are worth.
MOST_IDEAS = 32

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\uff07`]")
_BEFORE_A_PLACE = re.compile(
    r"(?<!\w)(?:in|near|nr|around|from|at|by|next to|close to)\s+(?:the\s+)?(?=\S)", re.IGNORECASE
)


class CompletionKind(StrEnum):
    """What a completion names; the value is the word for people."""

    TITLE = "Opportunity"
    ORGANISATION = "Organisation"
    SKILL = "Skill area"
    PLACE = "Place"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: what the field will hold when it is taken, and what tells it apart.

    ``listing`` is the kind of the listing that a title belongs to.
    """

    text: str
    kind: CompletionKind
    detail: str
    listing: KindName | None = None


@dataclass(frozen=True, slots=True)
class Completed:
    """The completions, best first. They hold until ``holds_until``, None for good, unless the index changes."""

    completions: tuple[Completion, ...] = ()
    holds_until: datetime | None = None


def complete(
    session: Session, engine: SearchEngine, gazetteer: Gazetteer, typed: str, now: datetime, limit: int = MOST
) -> Completed:
    """Complete the words of a search; nothing for fewer than two letters, and nothing that is typed already.

    Names that begin with all that was typed come first, then those with the words anywhere; within each, titles of
    listings that run, other titles, organisations and skill areas that have any listing, places.
    """
    beginning = _Beginning.of(typed)
    if beginning is None:
        return Completed()
    everything = ask(session, engine, Question(size=1), now)
    known = _known(session, engine)
    kinds = (
        list(_titles(session, engine, known, beginning, everything.total, now)),
        list(_named(known.organisations, beginning, everything.counts[ORGANISATION], CompletionKind.ORGANISATION)),
        list(_named(known.skills, beginning, everything.counts[SKILL], CompletionKind.SKILL)),
        list(_places_in_words(gazetteer, typed)),
    )
    return Completed(tuple(_mixed(kinds, name_key(typed), limit)), everything.holds_until)


def complete_place(gazetteer: Gazetteer, typed: str, limit: int = MOST) -> Completed:
    """Complete the name of a place, or the first half of a postcode; the largest place first."""
    if not SHORTEST <= len(name_key(typed[: LONGEST + 1])) <= LONGEST:
        return Completed()
    places = gazetteer.complete(typed, limit)
    return Completed(tuple(Completion(place.label, CompletionKind.PLACE, _where(place)) for place in places))


def ideas(session: Session, engine: SearchEngine, now: datetime) -> list[str]:
    """Give what is worth suggesting before anything is typed: skill areas, then the organisations that offer most."""
    counts = ask(session, engine, Question(size=1), now).counts
    known = _known(session, engine)
    skills = [skill.name for skill in known.skills if counts[SKILL].get(skill.slug)]
    offering = counts[ORGANISATION]
    most = nlargest(MOST_IDEAS - len(skills), known.organisations, key=lambda one: offering.get(one.slug, 0))
    return [*dict.fromkeys(skills), *(one.name for one in most if offering.get(one.slug))]


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What was typed: the words that are whole, and the beginning of one; after a space there is none."""

    whole: tuple[str, ...]
    begun: str

    @classmethod
    def of(cls, typed: str) -> "_Beginning | None":
        """Read it; None when it is too short, or longer than anything is called."""
        if len(typed) > LONGEST:
            return None
        words = _words(typed)
        if not words or len(words) > MOST_WORDS or sum(map(len, words)) < SHORTEST:
            return None
        return cls(words, "") if typed[-1].isspace() else cls(words[:-1], words[-1])

    @property
    def words(self) -> tuple[str, ...]:
        """Give every word, whole or not."""
        return (*self.whole, self.begun) if self.begun else self.whole

    @property
    def asking(self) -> list[str]:
        """Give the whole words that tell anything."""
        return [word for word in self.whole if word not in STOP_WORDS]

    @property
    def joined(self) -> str:
        """Give the last two words as one: "big imp" is the beginning of #BIGIMPACT, "life arc" is LifeArc."""
        return "".join(self.words[-2:]) if len(self.words) > 1 else ""

    def is_in(self, name: str) -> bool:
        """Say whether a name has the words, in any ending, and one that begins so."""
        words = _words(name)
        forms = [*words, *(one + other for one, other in pairwise(words))]
        stems = {*forms, *map(stem, words)}
        if self.joined and _any_begins(forms, self.joined) and all(_is_in(word, stems) for word in self.whole[:-1]):
            return True
        return _any_begins(forms, self.begun) and all(_is_in(word, stems) for word in self.asking)

    def begins(self, name: str) -> bool:
        """Say whether a name, with or without its brackets, or its short name begins with all that was typed."""
        names = (name, IN_BRACKETS.sub("", name), *(short[0] for short in SHORT_NAME.finditer(name)))
        return any(
            words[: len(self.whole)] == self.whole and _any_begins(words[len(self.whole) :][:1], self.begun)
            for words in map(_words, names)
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_APOSTROPHES.sub("", fold(text))))


def _any_begins(words: Iterable[str], beginning: str) -> bool:
    return not beginning or any(word.startswith(beginning) for word in words)


def _is_in(word: str, stems: set[str]) -> bool:
    return word in stems or stem(word) in stems


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of an organisation or a skill area, and other words for it."""

    slug: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept for one lexicon: its words in order, and the names. As true as the index is."""

    lexicon: Mapping[str, int]
    words: Sequence[str]
    organisations: Sequence[_Name]
    skills: Sequence[_Name]

    def endings(self, beginning: str) -> dict[str, int]:
        """Give the stems that a beginning may become, itself among them, and about how many listings have each."""
        if not beginning:
            return {}
        start, end = bisect_left(self.words, beginning), bisect_left(self.words, beginning + "\U0010ffff")
        counted = {stem(beginning): 0}
        for word in nlargest(MOST_ENDINGS, self.words[start:end], key=self.lexicon.__getitem__):
            counted[stem(word)] = counted.get(stem(word), 0) + self.lexicon[word]
        return counted


# One for each engine, while it lives: an engine gives the same lexicon until its index changes.
_kept: WeakKeyDictionary[SearchEngine, _Known] = WeakKeyDictionary()


def _known(session: Session, engine: SearchEngine) -> _Known:
    lexicon = engine.words()
    kept = _kept.get(engine)
    if kept is None or kept.lexicon is not lexicon:
        names, also = names_of_open_facets(session), other_words_for_skills(session)
        kept = _kept[engine] = _Known(
            lexicon,
            sorted(lexicon),
            [_Name(slug, name) for slug, name in names[ORGANISATION].items()],
            [_Name(slug, name, also.get(slug, ())) for slug, name in names[SKILL].items()],
        )
    return kept


# A completion, and whether its whole name begins with what was typed.
_Ranked = tuple[Completion, bool]


def _titles(
    session: Session, engine: SearchEngine, known: _Known, beginning: _Beginning, listings: int, now: datetime
) -> Iterator[_Ranked]:
    text = _asked(known, beginning, listings)
    if not text:
        return
    running = _best(session, engine, text, now)
    others: tuple[int, ...] = ()
    if len(running) < CANDIDATES:
        others = _best(session, engine, text, now, over=True)
    titled = [one for one in titles_by_id(session, (*running, *others)) if beginning.is_in(one.title)]
    if not titled and (numbered := [word for word in beginning.words if not word.isalpha()]):
        # Words with a digit in them are in no lexicon: In2STEM.
        titled = [one for one in titles_with(session, numbered[-1], CANDIDATES) if beginning.is_in(one.title)]
        running = tuple(one.id for one in titled)
    over = set(others).difference(running)
    for one in titled:
        detail = f"{KINDS[one.kind].singular} · {one.organisation}"
        if one.id in over:
            detail += " · Closed or paused"
        yield Completion(one.title, CompletionKind.TITLE, detail, one.kind), beginning.begins(one.title)


def _best(
    session: Session, engine: SearchEngine, text: TextQuery, now: datetime, *, over: bool = False
) -> tuple[int, ...]:
    choices = ((WHEN, (CLOSED_OR_PAUSED,)),) if over else ()
    question = Question(text, choices, sort=Sort.BEST, size=CANDIDATES, counting=False, few=0)
    return ask(session, engine, question, now).ids


def _asked(known: _Known, beginning: _Beginning, listings: int) -> TextQuery:
    """Ask for the words, and for one of the likely endings; with whole words the ending only counts.

    A word weighs the same however rare it is, for a rare ending in a text would outweigh a common one in a title.
    """

    def alternatives(stems: Mapping[str, int]) -> tuple[Alternative, ...]:
        idfs = {one: max(bm25.idf(max(listings, 1), having), 1) for one, having in stems.items()}
        return tuple(Alternative((one,), worth=1 / idf) for one, idf in idfs.items())

    joined = alternatives(known.endings(beginning.joined))
    terms = []
    for word in beginning.asking:
        itself = alternatives({stem(word): known.lexicon.get(word, 0)})
        terms.append(Term(itself + joined if word in beginning.words[-2:] else itself))
    if beginning.begun:
        terms.append(Term(alternatives(known.endings(beginning.begun)) + joined, required=not terms))
    return TextQuery(tuple(dict.fromkeys(terms)))


def _named(
    names: Iterable[_Name], beginning: _Beginning, counts: Mapping[str, int], kind: CompletionKind
) -> Iterator[_Ranked]:
    """Give the names that have the words and any listing, those with most first; then by other words for them."""
    found, by_other_words = [], []
    for one in names:
        if not counts.get(one.slug):
            continue
        if beginning.is_in(one.name):
            found.append((counts[one.slug], one.name, str(kind), beginning.begins(one.name)))
        elif other := next(filter(beginning.begins, one.also), None):
            by_other_words.append((counts[one.slug], one.name, f"{kind} · {other}", False))
    for same in (found, by_other_words):
        for _count, name, detail, begins in sorted(same, key=lambda one: -one[0]):
            yield Completion(name, kind, detail), begins


def _places_in_words(gazetteer: Gazetteer, typed: str) -> Iterator[_Ranked]:
    """Complete a place after "in", "near" and the like; without, only a well-known one that is all that was typed."""
    for before in _BEFORE_A_PLACE.finditer(typed):
        words, begun = typed[: before.end()], typed[before.end() :]
        if places := _called_so(gazetteer, begun):
            for place in places[:MOST_PLACES]:
                yield Completion(f"{words}{place.label}", CompletionKind.PLACE, _placed(place)), True
            return
    known = (place for place in _called_so(gazetteer, typed) if place.population >= PEOPLE_OF_A_KNOWN_PLACE)
    for place in islice(known, MOST_BARE_PLACES):
        yield Completion(place.label, CompletionKind.PLACE, _placed(place)), True


def _called_so(gazetteer: Gazetteer, begun: str) -> list[Place]:
    """Give the places whose own name begins so: in a sentence other names of theirs are more often chance."""
    folded = " ".join(_words(begun))
    if len(folded) < (SHORTEST if any(map(str.isdigit, folded)) else SHORTEST_PLACE):
        return []
    return [place for place in gazetteer.complete(begun) if " ".join(_words(place.name)).startswith(folded)]


def _where(place: Place) -> str:
    """Say what a place is in, unless its label says so."""
    if place.kind is PlaceKind.NATION:
        return ""
    where = place.region if place.region and place.region != place.name else place.nation
    return "" if where in place.label else where


def _placed(place: Place) -> str:
    return " · ".join(filter(None, (CompletionKind.PLACE, _where(place))))


def _mixed(kinds: Sequence[Sequence[_Ranked]], typed: str, most: int) -> list[Completion]:
    """Choose some of every kind in turn, first of those that begin with all that was typed; then put kinds together."""
    chosen: dict[str, Completion] = {}
    for wanted in (True, False):
        of_each = [[one for one, begins in ranked if begins is wanted] for ranked in kinds]
        taken: dict[str, Completion] = {}
        for turn in zip_longest(*of_each):
            for one in filter(None, turn):
                key = name_key(one.text)
                if key != typed and key not in chosen and len(chosen) + len(taken) < most:
                    taken.setdefault(key, one)
        chosen |= dict(sorted(taken.items(), key=lambda item: list(CompletionKind).index(item[1].kind)))
    return list(chosen.values())
