"""The words of a list as people type them: what can be kept, and what to enter instead of what can't."""

import re
import unicodedata
from dataclasses import dataclass

from directory.lists.models import LONGEST_INTRODUCTION, LONGEST_MAKER, LONGEST_NOTE, LONGEST_TITLE

# Words on a page that children open lead nowhere and give nobody's address.
LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|org|net|co|uk|io|me|info|gg|ly|app|dev|ac|eu|tv)(?:/|\b(?!\w))", re.IGNORECASE
)
EMAIL = re.compile(r"\S@\S+\.\S")
NO_LINKS = "{} can’t hold web or email addresses. Pin the opportunity instead, or say where to ask"


@dataclass(frozen=True, slots=True)
class Problem:
    """What can't be used as it is, in which field."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a list is called, who it is from and what it says first."""

    title: str = ""
    made_by: str = ""
    introduction: str = ""

    def kept(self) -> "ListWords":
        """Give them as they are kept: white space folded, but paragraphs of the introduction stay apart."""
        return ListWords(one_line(self.title), one_line(self.made_by), paragraphs(self.introduction))

    def problems(self) -> tuple[Problem, ...]:
        """Say what to enter instead, field by field."""
        said = self.kept()
        found = [] if said.title else [Problem("title", "Enter a title, like Year 12 biology: spring options")]
        for field, name, words, most in (
            ("title", "The title", said.title, LONGEST_TITLE),
            ("made_by", "Who it is from", said.made_by, LONGEST_MAKER),
            ("introduction", "The introduction", said.introduction, LONGEST_INTRODUCTION),
        ):
            found += _problems(field, name, words, most)
        return tuple(found)


def note_problems(note: str) -> tuple[Problem, ...]:
    """Say what can't stand in the note beside a pin."""
    return tuple(_problems("note", "The note", one_line(note), LONGEST_NOTE))


def one_line(text: str) -> str:
    """Fold white space, and leave out what isn't text."""
    return " ".join(_plain(text).split())


def paragraphs(text: str) -> str:
    """Fold white space within lines; an empty line parts paragraphs."""
    lines = (" ".join(line.split()) for line in _plain(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain(text: str) -> str:
    """Leave out controls, halves of characters and what turns the words around it; compose accents."""
    kept = (c for c in text if c == "\n" or c == "\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return unicodedata.normalize("NFC", "".join(kept))


def _problems(field: str, name: str, words: str, most: int) -> list[Problem]:
    found = []
    if len(words) > most:
        found.append(Problem(field, f"{name} must be {most:,} characters or fewer. You have {len(words):,}"))
    # No more than can be kept is searched: what looks so can take long to search through.
    kept = words[:most]
    if LINK.search(kept) or EMAIL.search(kept):
        found.append(Problem(field, NO_LINKS.format(name)))
    return found
