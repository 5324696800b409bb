"""A search and its answer read back in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from directory.places.place import Finding
from directory.search.document import Apart
from directory.search.engine import SearchPage
from directory.search.facets import (
    FACETS,
    FACETS_BY_NAME,
    KIND,
    MONTHLY,
    ONLINE,
    SKILL,
    STAGE,
    UK_WIDE,
    WHERE,
    Facet,
    Option,
    inside,
)
from directory.search.queries import Names
from directory.search.query import LONGEST_TEXT, SearchQuery, Sort
from directory.search.reading import Reading

LONGEST_QUOTED = 80
OUT_OF_REACH_OF_A_RADIUS = " or with no exact place"

SORT_WORDS = {
    Sort.BEST: "Best match",
    Sort.SOONEST: "Soonest to act on",
    Sort.NEWEST: "Newest",
    Sort.NEAREST: "Nearest",
}
APART_WORDS = {
    Apart.ONLINE: "{} online",
    Apart.UK_WIDE: "{} UK-wide",
    Apart.AREA: "{} known only by region or nation",
    Apart.UNPLACED: "{} with no place given",
}


class Naming:
    """What facets' values are called: closed facets know it themselves, of open ones ``names`` tells it."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def names(self, facet: str) -> Mapping[str, str]:
        """Give what the values of an open facet are called."""
        return self._names[facet]

    def options(self, facet: Facet) -> Sequence[Option]:
        """Give everything there is to choose, in its lasting order."""
        return facet.options or [self._open_option(facet, value) for value in self._names[facet.name]]

    def option(self, facet: Facet, value: str) -> Option | None:
        """Give one, or None for a value that nobody knows."""
        if facet.is_open:
            return self._open_option(facet, value) if value in self._names[facet.name] else None
        return next((option for option in facet.options if option.value == value), None)

    def said(self, facet: Facet, values: Iterable[str]) -> str:
        """Say values inside a sentence: "Scotland, the North East or online"."""
        options = (self.option(facet, value) for value in values)
        words = [option.said for option in options if option]
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"

    def _open_option(self, facet: Facet, value: str) -> Option:
        name = self._names[facet.name][value]
        return Option(value, name, inside(name) if facet.name == SKILL else name)


def headline(page: SearchPage) -> str:
    """Say how many there are, with all the words: the heading of the page."""
    if page.with_all_words:
        return counted(page.with_all_words)
    return "Nothing has all of your words" if page.total or page.more else "Nothing matches all of that yet"


def title(page: SearchPage, sentence: str, query: SearchQuery) -> str:
    """Say the whole search in a line, for the page's title and a shared link's name; past the first, which page."""
    colon = ":" if _opens_with_a_noun(sentence, query) else ""
    return f"{counted(page.with_all_words)}{colon} {sentence}".strip() + (
        f", page {page.number:,} of {page.last:,}" if page.number > 1 else ""
    )


def lasting_name(sentence: str, query: SearchQuery) -> str:
    """Name a search for what outlives its numbers, a calendar or a feed: "Apprenticeships open to 16–18"."""
    if not sentence:
        return "All opportunities"
    return sentence[0].upper() + sentence[1:] if _opens_with_a_noun(sentence, query) else f"Opportunities {sentence}"


def _opens_with_a_noun(sentence: str, query: SearchQuery) -> bool:
    return bool(query.chosen(KIND)) and not sentence.startswith("for ")


def which_is_which(page: SearchPage) -> str | None:
    """Say how many stand below with only some of the typed words; None when there are none."""
    some = page.total - page.with_all_words + page.more
    if not some:
        return None
    return f"{some:,}{' more' if page.with_all_words else ''} {'has' if some == 1 else 'have'} some of your words"


def counted(number: int) -> str:
    """Count opportunities."""
    return f"{f'{number:,}' if number else 'No'} {'opportunity' if number == 1 else 'opportunities'}"


def sentence(query: SearchQuery, place: Finding | None, naming: Naming) -> str:
    """Read a search back: "for ‘lab’, open to 16–18, in Scotland, the North East or online"; empty for everything."""
    parts = [f"for {quoted(query.text)}"] if query.text else []
    for facet in FACETS:
        if values := query.chosen(facet.name):
            words = _chosen(facet, values, naming)
            if facet.name == STAGE and query.chosen(KIND):
                parts[-1] += f" {words}"  # "apprenticeships open to 16–18"
            else:
                parts.append(words)
    if place:
        parts.append(near(place, query.within) + (OUT_OF_REACH_OF_A_RADIUS if query.within else ""))
    return ", ".join(parts)


def near(place: Finding, within: int | None) -> str:
    """Say "near Leeds" or "within 10 miles of Newport, Wales": a label tells a place from others of its name."""
    middle = "the middle of " if place.place.is_wide else ""
    return f"within {miles(within)} of {middle}{place.place.label}" if within else f"near {middle}{place.place.label}"


def miles(number: int) -> str:
    """Count miles."""
    return f"{number} {'mile' if number == 1 else 'miles'}"


def within_radius(page: SearchPage, query: SearchQuery, place: Finding) -> str | None:
    """Say how many are inside the radius: "16 within 25 miles of Newport"; None without a radius."""
    return f"{page.nearby.inside:,} {near(place, query.within)}" if page.nearby and query.within else None


def apart(page: SearchPage) -> list[str]:
    """Say what a radius leaves be: "6 online", "3 UK-wide"; nothing without a place."""
    reasons = page.nearby.apart if page.nearby else {}
    return [APART_WORDS[reason].format(f"{number:,}") for reason, number in reasons.items() if number]


def place_taken(place: Finding, typed: str) -> str | None:
    """Say which place was taken when that isn't plain: one of several with its name, or a guess."""
    if place.corrected_from:
        return f"We took {quoted(place.corrected_from)} to mean {place.place.label}."
    return f"There is more than one {quoted(typed)}. This is {place.place.label}." if place.others else None


def place_made_a_choice(typed: str, value: str | None, naming: Naming) -> str:
    """Say that a typed place is too wide to be near to: it is a choice now, or the whole UK and nothing."""
    if value is None:
        return f"We search the whole UK anyway, so {quoted(typed)} changes nothing."
    return f"{quoted(typed)} isn’t one town, so it is a filter now: {naming.said(FACETS_BY_NAME[WHERE], [value])}."


def read_as(reading: Reading, place: Finding | None, naming: Naming) -> str:
    """Say what some words are read as: "16–18", "within 25 miles of Leeds"."""
    if place and reading.near:
        return near(place, reading.within)
    said = {name: naming.said(FACETS_BY_NAME[name], values) for name, values in reading.choices}
    return ", ".join(
        FACETS_BY_NAME[name].said.format(words) if name in MONTHLY else words for name, words in said.items()
    )


def notices(query: SearchQuery, *, has_words: bool, place: Finding | None) -> Iterator[str]:
    """Say what was typed but could not be used."""
    if query.was_cut:
        yield f"We searched for the first {LONGEST_TEXT} characters of what you typed."
    if query.text and not has_words:
        yield f"{quoted(query.text)} holds no word that tells listings apart, so we left it out."
    if query.near and not place:
        yield f"We don’t know a place called {quoted(query.near)}. The rest of your search still ran."


def not_just(facet: Facet, values: Sequence[str], naming: Naming) -> str:
    """Offer to drop what is chosen in a facet: "Any kind, not just apprenticeships"."""
    return f"{facet.anything}, not just {naming.said(facet, values)}"


def quoted(text: str) -> str:
    """Quote what was typed, shortened when it is long."""
    shown = text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 1].rstrip()}…"
    return f"‘{shown}’"


def _chosen(facet: Facet, values: Sequence[str], naming: Naming) -> str:
    words = naming.said(facet, values)
    if facet.name == WHERE and values[0] in (UK_WIDE, ONLINE):
        return words  # nobody is "in online"
    return facet.said.format(words)
