"""A search read back in words."""

import pytest

from directory.places import Gazetteer
from directory.search import wording
from directory.search.document import Apart
from directory.search.query import SearchQuery, Sort

NAMES = {
    "skill": {"quality": "Quality control", "research": "Lab research"},
    "organisation": {"lifearc": "LifeArc", "gsk": "GSK"},
}


@pytest.fixture
def naming() -> wording.Naming:
    return wording.Naming(NAMES)


def read_back(address: str, naming: wording.Naming, gazetteer: Gazetteer) -> str:
    pairs = [tuple(pair.split("=")) for pair in address.split("&") if pair]
    query = SearchQuery.from_pairs(pairs)  # type: ignore[arg-type]
    return wording.sentence(query, gazetteer.find(query.near) if query.near else None, naming)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", ""),
        ("q=lab", "for ‘lab’"),
        (
            "q=lab&stage=16-18&where=online&where=scotland&where=north-east",
            "for ‘lab’, open to 16–18, in Scotland, the North East or online",
        ),
        (
            "q=gene editing&kind=apprenticeship&stage=16-18&near=Aberystwyth&within=10",
            "for ‘gene editing’, apprenticeships open to 16–18, within 10 miles of Aberystwyth or with no exact place",
        ),
        ("kind=placement&kind=graduate-scheme&stage=phd", "placements or graduate schemes open to PhD"),
        ("kind=course&pay=not-said", "courses, with pay not said"),
        ("where=uk-wide&where=online", "UK-wide or online"),
        ("where=england&where=yorkshire-and-the-humber", "in Yorkshire and The Humber or England"),
        ("level=level-3&delivery=on-site&delivery=hybrid", "at level 3 (SCQF 6), on site or hybrid"),
        ("when=open&when=closing-2-weeks", "open now or closing within 2 weeks"),
        ("usually=may&usually=june", "usually opening in May or June"),
        (
            "skill=quality&organisation=gsk&organisation=lifearc",
            "about quality control, from GSK or LifeArc",
        ),
        ("stage=school-leaver&stage=undergraduate", "open to school leaver or undergrad"),
        ("near=leeds", "near Leeds"),
        ("near=nowhere-at-all-xyzzy", ""),
    ],
)
def test_a_search_reads_back(address: str, sentence: str, naming: wording.Naming, gazetteer: Gazetteer) -> None:
    assert read_back(address, naming, gazetteer) == sentence


def test_one_of_several_places_with_a_name_is_named_in_full(naming: wording.Naming, gazetteer: Gazetteer) -> None:
    newport = gazetteer.find("Newport")
    assert newport is not None
    assert wording.near(newport, 1) == f"within 1 mile of {newport.place.label}"
    assert (
        wording.place_taken(newport, "newport") == f"There is more than one ‘newport’. This is {newport.place.label}."
    )


def test_a_guessed_place_is_said_aloud(gazetteer: Gazetteer) -> None:
    guessed = gazetteer.find("Manchestre")
    assert guessed is not None
    assert wording.place_taken(guessed, "Manchestre") == "We took ‘Manchestre’ to mean Manchester."


def test_long_words_are_quoted_short() -> None:
    assert wording.quoted("lab " * 60).endswith("…’")
    assert len(wording.quoted("lab " * 60)) <= wording.LONGEST_QUOTED + 2


def test_counting_knows_one_and_none() -> None:
    assert [wording.counted(number) for number in (0, 1, 2, 1200)] == [
        "No opportunities",
        "1 opportunity",
        "2 opportunities",
        "1,200 opportunities",
    ]


def test_every_order_and_reason_has_words() -> None:
    assert set(wording.SORT_WORDS) == set(Sort)
    assert set(wording.APART_WORDS) == set(Apart)
