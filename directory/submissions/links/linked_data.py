"""What a page tells search engines (JSON-LD), as things with properties: broken, nested or referred to by name."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from directory.submissions.links.plain import one_line

MOST_THINGS = 2_000
DEEPEST = 12
MOST_PARTS = 50
BARE = frozenset({"@id", "@type"})  # all that a thing has where it is only referred to
_OPENING = re.compile(r"(?://|/\*)?\s{0,9}(?:<!--|<!\[CDATA\[)(?:\s{0,9}\*/)?")
_ENDING = re.compile(r"(?://|/\*)?\s{0,9}(?:-->|\]\]>)(?:\s{0,9}\*/)?$")
LONGEST_ENDING = 30
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")
_VOCABULARY = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)

Thing = Mapping[str, Any]


class LinkedData:
    """All that a page tells search engines."""

    def __init__(self, blocks: Iterable[str]) -> None:
        """Read the blocks; ``unreadable`` counts those that no repair could help."""
        self.unreadable = 0
        self.things: list[Thing] = []
        for block in blocks:
            try:
                self._gather(_load(block), 0)
            except (ValueError, RecursionError):
                self.unreadable += 1
        self._by_name = {
            name: thing for thing in self.things if (name := word(thing.get("@id"))) and thing.keys() - BARE
        }

    def of_type(self, *names: str) -> list[Thing]:
        """Give the things of some type, in the order of the types."""
        return [thing for name in names for thing in self.things if name in types(thing)]

    def values(self, thing: Thing, *names: str) -> list[Any]:
        """Give the values of the first of some properties that has any: one or several, named elsewhere or here."""
        for name in names:
            said = thing.get(name)
            parts = said[:MOST_PARTS] if isinstance(said, list) else [said]
            found = [self._meant(part) for part in parts]
            if found := [part for part in found if part not in (None, "", [], {})]:
                return found
        return []

    def text(self, thing: Thing, *names: str) -> str:
        """Give the first value that is words."""
        return next(filter(None, (word(value) for name in names for value in self.values(thing, name))), "")

    def inside(self, thing: Thing, *names: str) -> list[Thing]:
        """Give those values that are things themselves."""
        return [value for value in self.values(thing, *names) if isinstance(value, dict)]

    def _meant(self, value: Any) -> Any:
        if isinstance(value, dict):
            if "@value" in value:
                return value["@value"]
            name = word(value.get("@id"))
            if name and not value.keys() - BARE:
                return self._by_name.get(name)
        return value

    def _gather(self, value: Any, depth: int) -> None:
        if depth > DEEPEST or len(self.things) >= MOST_THINGS:
            return
        if isinstance(value, list):
            for part in value:
                self._gather(part, depth + 1)
        elif isinstance(value, dict):
            thing = {_VOCABULARY.sub("", str(name)): said for name, said in value.items()}
            value.clear()  # whoever holds it, above or beside, is to find the plain names too
            value.update(thing)
            self.things.append(value)
            for part in list(value.values()):
                if isinstance(part, dict | list):
                    self._gather(part, depth + 1)


def types(thing: Thing) -> frozenset[str]:
    """Give the plain names of a thing's types."""
    said = thing.get("@type")
    return frozenset(
        _VOCABULARY.sub("", one) for one in (said if isinstance(said, list) else [said]) if isinstance(one, str)
    )


def word(value: Any) -> str:
    """Give a value as words on one line; of a thing its name, of anything else none."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}" if abs(value) < 1e9 else ""
    return ""


def words(values: Sequence[Any]) -> Iterator[str]:
    """Give those values that are words."""
    return filter(None, map(word, values))


def _load(block: str) -> Any:
    """Read JSON as forgivingly as is safe; raises ValueError."""
    bare = block.strip()
    if opening := _OPENING.match(bare):
        bare = bare[opening.end() :]
    bare = f"{bare[:-LONGEST_ENDING]}{_ENDING.sub('', bare[-LONGEST_ENDING:])}".strip().strip(";").strip()
    unescaped = html.unescape(bare) if "&quot;" in bare else bare
    for text in dict.fromkeys((bare, unescaped, _LAST_COMMA.sub("", unescaped))):
        try:
            return json.loads(text, strict=False)
        except ValueError:
            continue
    raise ValueError
