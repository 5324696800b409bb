"""The gazetteer: a typed place or postcode, found on the map."""

import re
from collections.abc import Iterator
from pathlib import Path

from directory.foundation.refusals import Misconfigured
from directory.places import tables
from directory.places.atlas import TIMES_LARGER, Atlas
from directory.places.entries import MILES_TO_BE_OF_A_TOWN, Entry, larger_places
from directory.places.place import Finding, Kind, Place
from directory.places.points import miles_between
from directory.places.postcodes import Postcodes
from directory.places.regions import OTHER_NAMES
from directory.places.spelling import HERE, LONGEST_TYPED, fold, nearest_spellings, plain_words, trimmed

MOST_OTHERS = 6

# When only the end of an address is known, an answer as wide as these would be a guess and not a place.
TOO_WIDE_TO_FALL_BACK_ON = frozenset({Kind.POSTCODE_AREA, Kind.REGION, Kind.NATION})

_BETWEEN_PARTS = re.compile(r"[,;\n]")


class Gazetteer:
    """Everything that is known of the UK's places."""

    def __init__(self, atlas: Atlas, postcodes: Postcodes) -> None:
        """Look names up in one and postcodes in the other."""
        self._atlas = atlas
        self._postcodes = postcodes

    @classmethod
    def load(cls, folder: Path) -> "Gazetteer":
        """Read the tables in a folder.

        Raises Misconfigured if one is missing, or holds a line that is not of the table, or names a place that is
        not in the others.
        """
        return cls(Atlas(_names(folder)), Postcodes(tables.outcodes(folder)))

    def find(self, text: str) -> Finding | None:
        """Find the place that a person means, or None if it is none in the UK that we know.

        Of several with one name the largest is taken. What is typed literally comes first; only then is a postcode
        put right or widened, a misspelling forgiven, an unknown beginning of an address dropped. Whatever is typed,
        nothing is raised; only its first 120 letters are read.
        """
        typed = " ".join(text[:LONGEST_TYPED].replace("\0", " ").split())
        folded = fold(typed)
        if not folded or folded in HERE:
            return None
        readings = trimmed(folded)
        if found := self._literally(readings) or self._by_postcode_in(typed):
            return found
        guess = self._by_lookalike(readings) or self._by_misspelling(readings) or self._by_end_of_address(text)
        return None if guess is None else Finding(guess.place, guess.others, corrected_from=typed)

    def known(self, text: str) -> Finding | None:
        """Find the place whose name or postcode this is, perhaps with where it is after it; never guesses."""
        return self._literally(trimmed(fold(text[:LONGEST_TYPED])))

    def place_in(self, name: str, region: str | None = None, nation: str | None = None) -> Place | None:
        """Find a place that a listing names, by its exact name or an alias, inside a region or a nation.

        "UK" is no nation and narrows nothing. Never guesses: a misspelling is None.
        """
        for reading in trimmed(fold(name[:LONGEST_TYPED])):
            for entry in self._atlas.meant(reading):
                in_region = region is None or fold(region) == fold(entry.region or "")
                in_nation = nation is None or fold(nation) in ("uk", fold(entry.nation))
                if in_region and in_nation:
                    return self._atlas.place(entry)
        return None

    def complete(self, prefix: str, limit: int = 8) -> tuple[Place, ...]:
        """List the places whose name begins with these letters, the largest first.

        Places that begin so only in another of their names, such as the Welsh one, come after the rest.
        """
        folded = fold(prefix[:LONGEST_TYPED])
        if not folded or limit < 1:
            return ()
        if any(map(str.isdigit, folded)):
            return tuple(self._postcodes.starting(folded)[:limit])
        return tuple(self._atlas.place(entry) for entry in self._atlas.starting(folded)[:limit])

    def _literally(self, readings: list[str]) -> Finding | None:
        for reading in readings:
            if entries := self._atlas.named(reading):
                return self._finding(entries)
            if place := self._postcodes.read(reading):
                return Finding(place)
        for reading in readings:
            if entries := self._atlas.meant(reading):
                return self._finding(entries)
        return None

    def _by_postcode_in(self, typed: str) -> Finding | None:
        words = plain_words(typed)
        if place := self._postcodes.within(" ".join(words)):
            return Finding(place)
        place = self._postcodes.read(words[-1])
        if place and place.kind is Kind.OUTCODE:  # "Stevenage SG1", but not "the M4" or "Portland, ME"
            named = self._atlas.meant(fold(" ".join(words[:-1])))
            if any(miles_between(entry.point, place.point) < MILES_TO_BE_OF_A_TOWN for entry in named):
                return Finding(place)
        return None

    def _by_lookalike(self, readings: list[str]) -> Finding | None:
        places = (self._postcodes.read_forgivingly(reading) for reading in readings)
        return next((Finding(place) for place in places if place is not None), None)

    def _by_end_of_address(self, text: str) -> Finding | None:
        parts = _BETWEEN_PARTS.split(text[:LONGEST_TYPED])
        for start in range(1, len(parts)):
            found = self._literally(trimmed(fold(" ".join(parts[start:]))))
            if found and found.place.kind not in TOO_WIDE_TO_FALL_BACK_ON:
                return found
        return None

    def _by_misspelling(self, readings: list[str]) -> Finding | None:
        for reading in readings:
            for name, where in _ways_to_split(reading):
                spellings = nearest_spellings(name, self._atlas.names)
                meanings = [self._atlas.named(spelling) for spelling in spellings]
                if where:
                    meanings = [self._atlas.told_apart(entries, where) for entries in meanings]
                if entries := _clearest([entries for entries in meanings if entries]):
                    return self._finding(entries)
        return None

    def _finding(self, entries: list[Entry]) -> Finding:
        place, *others = [self._atlas.place(entry) for entry in entries[: MOST_OTHERS + 1]]
        return Finding(place, tuple(others))


def _ways_to_split(phrase: str) -> Iterator[tuple[str, list[str]]]:
    """Give the ways of reading a phrase as a name and where it is, the longest name first."""
    words = phrase.split()
    for cut in range(len(words), 0, -1):
        yield " ".join(words[:cut]), words[cut:]


def _clearest(meanings: list[list[Entry]]) -> list[Entry]:
    """Choose between names as easily meant by a misspelling: the only one, or the one far larger than the rest."""
    meanings.sort(key=lambda entries: -entries[0].population)
    if len(meanings) > 1 and meanings[0][0].population < TIMES_LARGER * meanings[1][0].population:
        return [] if meanings[0][0] != meanings[1][0] else meanings[0]
    return meanings[0] if meanings else []


def _names(folder: Path) -> Iterator[tuple[str, Entry]]:
    """Give every name with its place, those of the tables and those that the tables only imply."""
    settlements = tables.settlements(folder)
    larger = larger_places(settlements, tables.areas(folder))
    for entry in (*settlements, *larger):
        yield entry.name, entry
    by_county = {(entry.name, entry.county): entry for entry in settlements}
    by_name = {entry.name: entry for entry in larger}
    try:
        for alias, name, county in tables.settlement_aliases(folder):
            yield alias, by_county[name, county]
        for alias, name in tables.area_aliases(folder):
            yield alias, by_name[name]
    except KeyError as fault:
        raise Misconfigured(
            f"The gazetteer's aliases in {folder} name {fault}, which its other tables do not."
        ) from fault
    for name, aliases in OTHER_NAMES.items():
        for alias in aliases:
            yield alias, by_name.get(name) or by_name[aliases[0]]
