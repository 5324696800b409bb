"""What is asked: 48 questions in 11 classes, each the same for every engine."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from benchmarks.searching.rows import CODES, Placed
from benchmarks.searching.words import vocabulary
from directory.search import language
from directory.search.facets import WHEN
from directory.search.query import Choices, Sort


class How(StrEnum):
    """What makes a listing match the words."""

    ALL = "all words"
    ANY = "any word"
    PHRASE = "in this order"
    BEGINNING = "a word that begins so"
    NEAR = "a word at most one letter away"


@dataclass(frozen=True)
class Asked:
    """One question; ``placed`` are its tokens and ``codes`` its choices as numbers, worked out outside the clock."""

    group: str
    words: str = ""
    how: How = How.ALL
    choices: Choices = ()
    sort: Sort = Sort.BEST
    placed: tuple[Placed, ...] = field(init=False, repr=False)
    codes: dict[str, tuple[int, ...]] = field(init=False, repr=False, hash=False)

    def __post_init__(self) -> None:
        """Work out the tokens and the numbers."""
        placed = tuple(language.placed_tokens(language.pieces_of(self.words)))
        if self.how is How.BEGINNING:
            placed = ((0, self.words),)  # letters, not a word to be stemmed
        object.__setattr__(self, "placed", placed)
        codes = {name: tuple(CODES[name][value] for value in values) for name, values in self.choices}
        object.__setattr__(self, "codes", codes)

    def __str__(self) -> str:
        """Say it in a line."""
        parts = (self.words, *(f"{name}={','.join(values)}" for name, values in self.choices))
        return f"{self.group}: {' '.join(filter(None, parts)) or 'everything'}"

    @property
    def tokens(self) -> tuple[str, ...]:
        """Give the tokens alone."""
        return tuple(token for _place, token in self.placed)

    @property
    def filters(self) -> tuple[str, ...]:
        """Name what narrows: every facet with a choice, and always "when", for what isn't running is left out."""
        return tuple(dict.fromkeys((*self.codes, WHEN)))

    @property
    def has_stop_words(self) -> bool:
        """Say whether its words have a gap where a stop word stood."""
        places = [place for place, _token in self.placed]
        return places != list(range(len(places)))


def questions() -> tuple[Asked, ...]:
    """Give all of them."""
    return tuple(_questions())


def _questions() -> Iterator[Asked]:
    for words in ("quality", "data", "clinical", "bioreactor", "training"):
        yield Asked("common", words)
    for rank in (4_000, 9_000, 16_000, 26_000):
        yield Asked("rare", vocabulary()[rank])
    for words in (
        *("gene therapy", "quality assurance", "data analyst", "validation technician audit"),
        *("clinical trial manager", "machine learning python"),
    ):
        yield Asked("and", words)
    for words in (
        *("gene therapy", "bioinformatics python pipeline", "quality assurance officer", "apprenticeship laboratory"),
        "regulatory submission dossier",
    ):
        yield Asked("or", words, How.ANY)
    for words in ("cell and gene therapy", "machine learning", "flow cytometry", "good manufacturing practice"):
        yield Asked("phrase", words, How.PHRASE)
    for words in ("bio", "manuf", "immuno", "regul"):
        yield Asked("prefix", words, How.BEGINNING)
    for words in ("chromatogaphy", "apprentiseship", "lentivral", "imunology"):
        yield Asked("typo", words, How.NEAR)
    yield Asked("browse", sort=Sort.SOONEST)
    yield Asked("browse", sort=Sort.NEWEST)
    for choices in (
        {"where": ("london", "north-west")},
        {"kind": ("apprenticeship",), "level": ("level-3", "level-4")},
        {"skill": ("quality", "data-science"), "delivery": ("on-site",)},
        {"kind": ("placement", "internship"), "where": ("scotland", "wales"), "pay": ("paid",)},
        {"when": ("open",), "stage": ("undergraduate", "graduate")},
    ):
        yield Asked("filters", choices=tuple(choices.items()), sort=Sort.SOONEST)
    for words, choices in (
        ("quality", {"where": ("london", "north-west")}),
        ("clinical trial", {"kind": ("apprenticeship", "placement")}),
        ("data analyst", {"level": ("level-4",), "delivery": ("on-site", "hybrid")}),
        ("gene therapy", {"skill": ("gene-therapy", "cell-therapy"), "where": ("england",)}),
        ("apprenticeship", {"kind": ("internship",), "stage": ("16-18", "school-leaver")}),
        ("training", {"when": ("open", "opens"), "pay": ("paid", "funded"), "stage": ("14-16",)}),
    ):
        yield Asked("text+filters", words, choices=tuple(choices.items()))
    for words, sort in (("training", Sort.NEWEST), ("quality assurance", Sort.SOONEST), ("data", Sort.SOONEST)):
        yield Asked("text+sort", words, choices=(("where", ("england", "online")),), sort=sort)
