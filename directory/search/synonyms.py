"""Words that mean the same, or nearly: from rows or a file, found in what is typed, looked for in listings.

They are alternatives of what is typed, added when a question is read: an edit needs no new index.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from directory.foundation.refusals import Misconfigured
from directory.search.language import Alternative, Meanings, phrase, stems_of

# What means the same counts nearly as much as what was typed; what is only found by it, less.
WORTH_OF_THE_SAME = 0.6
WORTH_OF_FOUND = 0.5

# Phrases, and what they find besides; without that each finds the others.
Entry = tuple[Sequence[str], Sequence[str]]

Phrases = Annotated[list[Annotated[str, Field(min_length=1, max_length=80)]], Field(min_length=1)]


class _Same(BaseModel):
    """Phrases of which each finds the others."""

    model_config = ConfigDict(extra="forbid")
    same: Phrases

    @property
    def pair(self) -> Entry:
        return self.same, ()


class _Finds(BaseModel):
    """Phrases that, typed, also find others, but not the other way round."""

    model_config = ConfigDict(extra="forbid")
    typed: Phrases
    finds: Phrases

    @property
    def pair(self) -> Entry:
        return self.typed, self.finds


_ENTRIES = TypeAdapter(list[_Same | _Finds])


def load(file: Path) -> Meanings:
    """Read synonyms; raises Misconfigured when the file isn't of that form."""
    try:
        entries = _ENTRIES.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise Misconfigured(f"{file.name} can't be read as synonyms: {str(problem).splitlines()[0]}.") from problem
    return meanings_of(entry.pair for entry in entries)


def meanings_of(entries: Iterable[Entry]) -> Meanings:
    """Give what phrases mean: entries without finds go both ways, those with them one way."""
    meanings: dict[tuple[str, ...], dict[Alternative, None]] = {}
    for words, finds in entries:
        for typed in words:
            _add(meanings, typed, finds or words, WORTH_OF_FOUND if finds else WORTH_OF_THE_SAME)
    return {typed: tuple(found) for typed, found in meanings.items()}


def _add(
    meanings: dict[tuple[str, ...], dict[Alternative, None]], typed: str, found: Iterable[str], worth: float
) -> None:
    own = stems_of(typed)
    for other in found:
        alternative = phrase(other, worth)
        if alternative and stems_of(other) != own:
            meanings.setdefault(own, {})[alternative] = None
