"""What is asked for: one frozen object with one canonical spelling, to and from the address bar.

Pages, chips, counts and links all pass this object on; whoever changes it makes another. Nothing in an address raises:
what isn't understood is left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from directory.search.facets import FACETS, FACETS_BY_NAME, Facet

TEXT, LITERAL, AS_WORDS, NEAR, WITHIN, SORT, PAGE = "q", "literal", "words", "near", "within", "sort", "page"

LONGEST_TEXT = 300
LONGEST_PLACE = 80
FARTHEST = 500  # miles: further than any two places in the UK want to be apart
WITHIN_CHOICES = (5, 10, 25, 50, 100)

# Controls, halves of characters, what no standard has filled; and what can't be seen but turns the words around it.
_NOT_TEXT = frozenset(("Cc", "Cs", "Co", "Cn"))
_UNSEEN = "Cf"
_NUMBER = re.compile(r"[0-9]{1,6}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_SLUG = 160

Choices = tuple[tuple[str, tuple[str, ...]], ...]


class Sort(StrEnum):
    """The orders results can stand in; none leaves anything out, and what isn't known comes last."""

    BEST = "best"
    SOONEST = "soonest"
    NEWEST = "newest"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search. ``choices`` holds only facets with something chosen, in the facets' own order.

    Make it with ``from_pairs`` or from another query; ``sort`` is None for the usual order, ``within`` is in miles. The
    text of one that is ``literal`` is looked for as it is spelt, and none of it is read as a choice. Otherwise what it
    says of the facets, or of the place, is read as one, but not of those in ``as_words``.
    """

    text: str = ""
    literal: bool = False
    as_words: tuple[str, ...] = ()
    choices: Choices = ()
    near: str = ""
    within: int | None = None
    sort: Sort | None = None
    page: int = 1
    was_cut: bool = field(default=False, compare=False)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """Read the names and values of an address; of what stands twice the first counts, but choices add up."""
        first: dict[str, str] = {}
        chosen: dict[str, list[str]] = {}
        as_words: set[str] = set()
        for name, value in pairs:
            if name in FACETS_BY_NAME:
                chosen.setdefault(name, []).append(value)
            elif name == AS_WORDS:
                as_words.add(value)
            elif value:
                first.setdefault(name, value)
        text = _clean(first.get(TEXT, ""))
        return cls(was_cut=len(text) > LONGEST_TEXT)._with(
            text=text[:LONGEST_TEXT].rstrip(),
            literal=bool(first.get(LITERAL, "")),
            as_words=_settling(as_words),
            choices=_in_order(chosen),
            near=_clean(first.get(NEAR, ""))[:LONGEST_PLACE].rstrip(),
            within=_number(first.get(WITHIN, ""), most=FARTHEST),
            sort=_sort(first.get(SORT, "")),
            page=_number(first.get(PAGE, "")) or 1,
        )

    def to_pairs(self) -> list[tuple[str, str]]:
        """Give its one spelling for the address bar; what goes without saying is left out."""
        pairs = [
            (TEXT, self.text),
            (LITERAL, "1" if self.literal else ""),
            *((AS_WORDS, name) for name in self.as_words),
            *((name, value) for name, values in self.choices for value in values),
            (NEAR, self.near),
            (WITHIN, str(self.within or "")),
            (SORT, self.sort or ""),
            (PAGE, str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in pairs if value]

    @property
    def usual_sort(self) -> Sort:
        """Say the order results stand in unless another is asked for."""
        return Sort.BEST if self.text else Sort.NEAREST if self.near else Sort.SOONEST

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Give what is chosen in a facet."""
        return dict(self.choices).get(facet, ())

    def with_choice(self, facet: str, value: str) -> Self:
        """Choose one more."""
        return self.with_choices(facet, (*self.chosen(facet), value))

    def without_choice(self, facet: str, value: str) -> Self:
        """Choose one less."""
        return self.with_choices(facet, (kept for kept in self.chosen(facet) if kept != value))

    def with_choices(self, facet: str, values: Iterable[str]) -> Self:
        """Choose these in a facet and no others."""
        return self._with(choices=_in_order({**dict(self.choices), facet: tuple(values)}), page=1)

    def without_facet(self, facet: str) -> Self:
        """Choose nothing in a facet."""
        return self.with_choices(facet, ())

    def with_text(self, text: str) -> Self:
        """Look for other words."""
        return self._with(text=_clean(text)[:LONGEST_TEXT].rstrip(), literal=False, as_words=(), page=1)

    def with_as_words(self, names: Iterable[str]) -> Self:
        """Leave what the text says of these facets, or of a place, as words."""
        return self._with(as_words=_settling(names), page=1)

    def as_spelt(self) -> Self:
        """Look for the words as they are spelt."""
        return self._with(literal=True, page=1)

    def with_near(self, near: str) -> Self:
        """Look near another place, as far as before."""
        return self._with(near=_clean(near)[:LONGEST_PLACE].rstrip(), page=1)

    def with_within(self, miles: int | None) -> Self:
        """Look no further than ``miles``, or however far."""
        return self._with(within=miles, page=1)

    def with_sort(self, sort: Sort) -> Self:
        """Put the results in another order."""
        return self._with(sort=sort, page=1)

    def with_page(self, page: int) -> Self:
        """Turn to a page."""
        return self._with(page=page)

    def only_text(self, text: str | None = None) -> Self:
        """Keep the words alone, or these."""
        kept = self if text is None else self.with_text(text)
        return kept._with(choices=(), near="", within=None, sort=None, page=1)

    def _with(self, **changes: Any) -> Self:
        """Change it and leave out what then says nothing."""
        changed = replace(self, **changes)
        if not changed.text:
            changed = replace(changed, literal=False, as_words=())
        if not changed.near:
            changed = replace(changed, within=None)
        rests_on = {Sort.BEST: changed.text, Sort.NEAREST: changed.near}
        if changed.sort and (changed.sort is changed.usual_sort or not rests_on.get(changed.sort, True)):
            changed = replace(changed, sort=None)
        return changed


def _clean(text: str) -> str:
    """Take out what isn't text, fold white space and compose accents, so that one spelling stays one spelling."""
    categories = ((character, unicodedata.category(character)) for character in text[: LONGEST_TEXT * 8])
    kept = "".join(
        " " if category in _NOT_TEXT else character for character, category in categories if category != _UNSEEN
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _settling(names: Iterable[str]) -> tuple[str, ...]:
    """Put what words may settle in its order: the facets', then the place."""
    given = set(names)
    return tuple(name for name in (*FACETS_BY_NAME, NEAR) if name in given)


def _in_order(chosen: Mapping[str, Iterable[str]]) -> Choices:
    cleaned = ((facet.name, _known(facet, chosen.get(facet.name, ()))) for facet in FACETS)
    return tuple((name, values) for name, values in cleaned if values)


def _known(facet: Facet, values: Iterable[str]) -> tuple[str, ...]:
    given = {value.strip().lower() for value in values}
    if facet.is_open:
        return tuple(sorted(value for value in given if len(value) <= _LONGEST_SLUG and _SLUG.fullmatch(value)))
    return tuple(option.value for option in facet.options if option.value in given)


def _number(text: str, most: int | None = None) -> int | None:
    """Read a whole number from 1; None for anything else."""
    written = _NUMBER.fullmatch(text.strip())
    number = int(written[0]) if written else 0
    return number if number and (most is None or number <= most) else None


def _sort(text: str) -> Sort | None:
    return Sort(text) if text in list(Sort) else None
