"""What somebody types to change synonyms and skill areas, read, and what is wrong with it in words for a person."""

import re
from collections.abc import Iterable, Mapping, Sequence

from directory.catalogue.skills import SkillSaid
from directory.catalogue.synonyms import SynonymSaid
from directory.search.language import LONGEST_MEANT, phrase, pieces_of, stems_of

LONGEST_PHRASE = 80  # letters
MOST_PHRASES = 20
SHOWN = 40  # letters of a phrase that is complained about

_SEPARATORS = re.compile(r"[\r\n,;]+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

# By field: what to do.
Problems = Mapping[str, str]
Stems = tuple[str, ...]


def printable(typed: str | None) -> str:
    """Take out what can't be shown; lines stay lines."""
    return "\n".join(_UNPRINTABLE.sub(" ", one) for one in (typed or "").splitlines())


def phrases(typed: str) -> tuple[str, ...]:
    """Read phrases, one a line or parted by commas, each once."""
    found: dict[str, str] = {}
    for part in _SEPARATORS.split(typed):
        plain = " ".join(_UNPRINTABLE.sub(" ", part).split())
        if plain:
            found.setdefault(plain.casefold(), plain)
    return tuple(found.values())


def line(typed: str) -> str:
    """Read one line of text."""
    return " ".join(_UNPRINTABLE.sub(" ", typed).split())


def problems_of_synonym(said: SynonymSaid, others: Iterable[SynonymSaid]) -> Problems:
    """Say what is wrong; ``others`` are all the synonyms in force but this one."""
    for field, several in (("words", said.words), ("finds", said.finds)):
        if wrong := _wrong_with(several):
            return {field: wrong}
    if not said.words:
        return {"words": "Enter the words that people type, one phrase a line"}
    too_long = [one for one in said.words if len(pieces_of(one)) > LONGEST_MEANT]
    if too_long and (said.finds or too_long == list(said.words)):
        return {"words": f"{_quoted(too_long[0])} is too long to be typed: use {LONGEST_MEANT} words or fewer"}
    stems = set(map(stems_of, said.words))
    if not said.finds and len(stems) < 2:
        return {"words": "Enter at least two phrases that mean the same, or say below what this one also finds"}
    if said.finds and all(found == own for found in map(stems_of, said.finds) for own in stems):
        return {"finds": "Enter words that differ from those above: search finds other endings by itself"}
    if any(_comes_to(said) == _comes_to(other) for other in others):
        return {"words": "These words are in the list already. Edit that entry, or change these"}
    return {}


def problems_of_skill(said: SkillSaid, others: Iterable[SkillSaid]) -> Problems:
    """Say what is wrong; ``others`` are all the skill areas but this one."""
    if not phrase(said.name):
        return {"name": "Enter a name for the skill area, like Lab testing"}
    if len(said.name) > LONGEST_PHRASE:
        return {"name": f"Name must be {LONGEST_PHRASE} characters or fewer. You have {len(said.name):,}"}
    if any(said.name.casefold() == other.name.casefold() for other in others):
        return {"name": f"{_quoted(said.name)} is there already. Enter another name, or edit that one"}
    wrong = _wrong_with(said.also)
    return {"also": wrong} if wrong else {}


def _wrong_with(several: Sequence[str]) -> str | None:
    if len(several) > MOST_PHRASES:
        return f"Enter {MOST_PHRASES} phrases or fewer. You have {len(several):,}"
    for one in several:
        if len(one) > LONGEST_PHRASE:
            return f"{_quoted(one)} must be {LONGEST_PHRASE} characters or fewer. It has {len(one):,}"
        if not phrase(one):
            return f"{_quoted(one)} has no word that search looks for. Enter another, or leave it out"
    return None


def _comes_to(said: SynonymSaid) -> tuple[frozenset[Stems], frozenset[Stems]]:
    return frozenset(map(stems_of, said.words)), frozenset(map(stems_of, said.finds))


def _quoted(text: str) -> str:
    return f"‘{text if len(text) <= SHOWN else text[:SHOWN] + '…'}’"
