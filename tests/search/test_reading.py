"""Words that are choices: which are read so, as what, and which stay words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.foundation.refusals import Misconfigured
from directory.places import Gazetteer
from directory.search.language import plain_stretches, typed_words
from directory.search.reading import MILES_AROUND, Reading, load, readings
from tests.search.conftest import SEED_DATA

FILTERS = load(SEED_DATA / "filter_words.yaml")
ORGANISATIONS = {
    "gsk": "GSK",
    "university-of-oxford": "University of Oxford",
    "university-of-edinburgh": "The University of Edinburgh",
    "oxford-biomedica": "OXB (Oxford Biomedica)",
    "medical-research-council": "Medical Research Council (MRC)",
    "twins": "The Twins",
    "twins-too": "Twins",
}

Read = Callable[[str], dict[str, object]]


@pytest.fixture
def read(gazetteer: Gazetteer) -> Read:
    """What words are read as: the choices, or the place and the miles around it."""

    def read(text: str) -> dict[str, object]:
        return {one.words: _said(one) for one in readings(text, FILTERS, ORGANISATIONS, gazetteer)}

    return read


def _said(one: Reading) -> object:
    return dict(one.choices) if one.choices else (one.near, one.within)


@pytest.mark.parametrize(
    ("typed", "words", "choices"),
    [
        ("I'm in Year 12 and like labs", "Year 12", {"stage": ("16-18",)}),
        ("y12", "y12", {"stage": ("16-18",)}),
        ("S5 pupil", "S5", {"stage": ("16-18",)}),
        ("what can I do after A levels?", "after A levels", {"stage": ("school-leaver",)}),
        (
            "degree apprenticeships",
            "degree apprenticeships",
            {"kind": ("apprenticeship",), "level": ("level-6", "level-7")},
        ),
        ("paid", "paid", {"pay": ("paid", "bursary", "funded")}),
        ("anything in Wales", "Wales", {"where": ("wales",)}),
        ("courses online", "online", {"where": ("online",)}),
        ("SCQF 8", "SCQF 8", {"level": ("level-5",)}),
        ("internships that open in January", "open in January", {"usually": ("january",)}),
        ("starting in September", "in September", {"starts": ("september",)}),
        ("GSK placements", "GSK", {"organisation": ("gsk",)}),
        ("oxford biomedica", "oxford biomedica", {"organisation": ("oxford-biomedica",)}),
        ("OXB", "OXB", {"organisation": ("oxford-biomedica",)}),
        ("edinburgh university phd", "edinburgh university", {"organisation": ("university-of-edinburgh",)}),
        ("a PhD at the University of Oxford", "University of Oxford", {"organisation": ("university-of-oxford",)}),
        ("jobs near Scotland", "near Scotland", {"where": ("scotland",)}),
    ],
)
def test_words_that_mean_one_thing_are_choices(read: Read, typed: str, words: str, choices: object) -> None:
    assert read(typed)[words] == choices


@pytest.mark.parametrize(
    ("typed", "words", "place", "miles"),
    [
        ("apprenticeship near Leeds", "near Leeds", "Leeds", MILES_AROUND),
        ("within 10 miles of St Andrews", "within 10 miles of St Andrews", "St Andrews", 10),
        ("labs 5 miles from Cardiff", "5 miles from Cardiff", "Cardiff", 5),
        ("near London", "near London", "London", MILES_AROUND),
        ("a lab in Reading", "in Reading", "Reading", MILES_AROUND),
        ("phd in Manchester", "Manchester", "Manchester", MILES_AROUND),
        ("apprenticeships in Sandwich", "in Sandwich", "Sandwich", MILES_AROUND),
        ("near Newport, Wales", "near Newport, Wales", "Newport, Wales", MILES_AROUND),
        ("genomics Bristol", "Bristol", "Bristol", MILES_AROUND),
        ("work experience SE1", "SE1", "SE1", MILES_AROUND),
        ("course EH16 4UX", "EH16 4UX", "EH16", MILES_AROUND),
        ("Hinxton", "Hinxton", "Hinxton", MILES_AROUND),
    ],
)
def test_a_place_that_is_asked_for_as_one_is_somewhere_to_be_near(
    read: Read, typed: str, words: str, place: str, miles: int
) -> None:
    assert read(typed)[words] == (place, miles)


@pytest.mark.parametrize(
    "typed",
    [
        "reading skills",
        "bath",
        "international students",
        "careers in law",
        "vitamin B12",
        "CD4 cells",
        "OX40",
        "it",
        "near me",
        "advanced therapy",
        "not in London",
        "labs without a masters degree",
        "outside Leeds",
        "closes in March",
        '"year 12"',
        "-online",
        "Twins",
        "york minster 0 miles from leedz",
        "Leeds or Manchester",
    ],
)
def test_what_may_mean_something_else_stays_words(read: Read, typed: str) -> None:
    assert not {words for words in read(typed) if words != "york"}


def test_the_longest_phrase_counts(read: Read) -> None:
    assert read("virtual work experience") == {
        "virtual work experience": {"kind": ("virtual-experience", "work-experience"), "where": ("online",)}
    }
    assert list(read("gsk year in industry placement")) == ["gsk", "year in industry"]


@given(text=st.text(max_size=300))
def test_nothing_typed_raises_and_every_spot_is_a_word(gazetteer: Gazetteer, text: str) -> None:
    counts = [len(typed_words(stretch)) for stretch in plain_stretches(text)]
    for one in readings(text, FILTERS, ORGANISATIONS, gazetteer):
        assert one.spots
        assert all(word < counts[stretch] for stretch, word in one.spots)


WORDS = st.sampled_from(
    'near in at within 10 miles of Leeds Reading year 12 not apprenticeship paid SG1 4UX London " - the GSK'.split()
)


@given(text=st.lists(WORDS, max_size=12).map(" ".join))
def test_no_word_is_read_twice(gazetteer: Gazetteer, text: str) -> None:
    spots = [spot for one in readings(text, FILTERS, ORGANISATIONS, gazetteer) for spot in one.spots]
    assert len(spots) == len(set(spots))


@pytest.mark.parametrize(
    "content",
    ["- words: lab", "words: [lab]", "- {words: [lab], choices: {}}", "- {words: [lab], choices: {colour: [red]}}"],
)
def test_a_file_of_another_form_is_said_to_be_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "filter_words.yaml").write_text(content)
    with pytest.raises(Misconfigured, match=r"filter_words\.yaml"):
        load(tmp_path / "filter_words.yaml")
