"""Every named place by every name it goes by: what a name may mean, and how to tell those places apart."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from directory.places.entries import Entry
from directory.places.place import Kind, Place
from directory.places.spelling import fold, hyphenated

# A place this much larger than the next of its name needs no more than the name: Swindon, not "Swindon, South West".
TIMES_LARGER = 10
PEOPLE_OF_A_TOWN = 10_000

# A name and where it is run to ten words at the very most; more is a sentence.
MOST_WORDS = 10


class Atlas:
    """An index of places by name, in the folded spelling."""

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        """Index the places; one comes once for each name it has."""
        self._named: defaultdict[str, list[Entry]] = defaultdict(list)
        for name, entry in names:
            entries = self._named[fold(name)]
            if entry not in entries:
                entries.append(entry)
        self._places: dict[Entry, Place] = {}

    def named(self, folded: str) -> list[Entry]:
        """List what a name may mean, the largest first; how it is broken into words matters only if it must."""
        entries = self._named.get(folded) or self._run_together.get(folded.replace(" ", ""), [])
        return _largest_first(entries)

    def meant(self, folded: str) -> list[Entry]:
        """List what a phrase may mean, the largest first: a name, or a name and then where it is.

        "Newport, Wales" and "Newport, Isle of Wight, England" are Newports. Of two towns beside each other the smaller
        is meant, in either order: "London (Whitechapel)".
        """
        if entries := self.named(folded):
            return entries
        words = folded.split()
        if len(words) > MOST_WORDS:
            return []
        for cut in range(len(words) - 1, 0, -1):
            if (entries := self.named(" ".join(words[:cut]))) and (found := self.told_apart(entries, words[cut:])):
                return found
        return []

    def told_apart(self, entries: list[Entry], where: list[str]) -> list[Entry]:
        """List those of some places that are where a few words say, those in the council of that name first."""
        wider = self.meant(" ".join(where))
        names = {other.name for other in wider}
        inside = [entry for entry in entries if any(entry.is_in(other) for other in wider)]
        if inside:
            return sorted(inside, key=lambda entry: entry.county not in names)
        return [other for other in wider if any(other.is_in(entry) for entry in entries)]

    def starting(self, folded: str) -> list[Entry]:
        """List the places with a name that begins so, the largest first; those of other names after the rest."""
        start, end = bisect_left(self.names, folded), bisect_left(self.names, folded + "\x7f")
        found = {entry for name in self.names[start:end] for entry in self._named[name]}
        return sorted(_largest_first(found), key=lambda entry: not fold(entry.name).startswith(folded))

    def place(self, entry: Entry) -> Place:
        """Give the place as everyone outside sees it, with a label that means no other."""
        if entry not in self._places:
            name, county, region, nation, _, _, population, kind, _ = entry
            label = self._label(entry)
            key = hyphenated(label)
            self._places[entry] = Place(name, county, region, nation, entry.point, population, kind, label, key)
        return self._places[entry]

    @cached_property
    def names(self) -> list[str]:
        """Every folded name, sorted."""
        return sorted(self._named)

    @cached_property
    def _run_together(self) -> dict[str, list[Entry]]:
        together: defaultdict[str, list[Entry]] = defaultdict(list)
        for name, entries in self._named.items():
            together[name.replace(" ", "")].extend(entries)
        return dict(together)

    def _label(self, entry: Entry) -> str:
        rivals = self.named(fold(entry.name))
        if rivals[0] == entry and all(_dwarfs(entry, rival) for rival in rivals[1:]):
            return entry.name
        for where in _told_by(entry):
            label = f"{entry.name}, {where}"
            if next(iter(self.meant(fold(label))), None) == entry:
                return label
        return entry.name


def _largest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (-entry.population, entry.name, entry.county or ""))


def _dwarfs(entry: Entry, other: Entry) -> bool:
    return entry.population >= max(PEOPLE_OF_A_TOWN, TIMES_LARGER * other.population)


def _told_by(entry: Entry) -> Iterator[str]:
    """Say what to name after a place to tell it from others, the most familiar first.

    Boroughs of London and councils of Northern Ireland are little known; a county that has the place's own name tells
    nothing.
    """
    if entry.region in ("London", "Northern Ireland") and entry.region != entry.name:
        yield entry.region
    if entry.county is not None and entry.county != entry.name and entry.kind is Kind.SETTLEMENT:
        yield entry.county
    if entry.region is not None and entry.region != entry.name:
        yield entry.region
    if entry.nation != entry.name:
        yield entry.nation
