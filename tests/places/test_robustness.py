"""Nothing a person types can raise, and nothing takes long."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.foundation.refusals import Misconfigured
from directory.places import Gazetteer

FRAGMENTS = [
    "newport",
    "the",
    "near",
    "St.",
    "upon",
    "SG1",
    "2FX",
    "O0",
    "Co",
    "UK",
    ",",
    "(",
    ")",
    "\0",
    "’",
    "🧬",
    "ש",
    "Isle of Wight",
]


@given(text=st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
def test_any_text_is_a_place_or_none(gazetteer: Gazetteer, text: str) -> None:
    gazetteer.find(text)
    gazetteer.place_in(text, text, text)
    gazetteer.complete(text, 5)


@given(words=st.lists(st.sampled_from(FRAGMENTS), max_size=40), gap=st.sampled_from(["", " ", "-", ", "]))
def test_any_jumble_of_places_and_postcodes_is_a_place_or_none(
    gazetteer: Gazetteer, words: list[str], gap: str
) -> None:
    finding = gazetteer.find(gap.join(words))
    if finding is not None:
        assert finding.place not in finding.others
        again = gazetteer.find(finding.place.key)
        assert again is not None and again.place == finding.place


@pytest.mark.parametrize(
    "typed", ["a" * 10_000, "newport " * 2_000, "the " * 3_000, "O0" * 5_000, "near , " * 2_000, "\0" * 9_000]
)
def test_ten_thousand_letters_are_answered_at_once(gazetteer: Gazetteer, typed: str) -> None:
    start = time.perf_counter()
    gazetteer.find(typed)
    gazetteer.complete(typed)
    assert time.perf_counter() - start < 0.5


def test_it_loads_in_the_blink_of_an_eye(folder: Path) -> None:
    def seconds() -> float:
        start = time.perf_counter()
        Gazetteer.load(folder)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.2  # 0.04 on the slowest machine tried; the rest is for busy ones


def test_a_missing_table_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"needs .*places\.csv"):
        Gazetteer.load(tmp_path)


def test_a_line_that_does_not_fit_is_named(folder: Path, tmp_path: Path) -> None:
    for table in folder.glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    (tmp_path / "outcodes.csv").write_text(
        "outcode,lat,lon,place,region,nation\nSG1,north,west,a,b,c\n", encoding="utf-8"
    )
    with pytest.raises(Misconfigured, match=r"Line 2 of .*outcodes\.csv"):
        Gazetteer.load(tmp_path)


def test_an_alias_of_nowhere_is_named(folder: Path, tmp_path: Path) -> None:
    for table in folder.glob("*.csv"):
        (tmp_path / table.name).write_bytes(table.read_bytes())
    (tmp_path / "place_aliases.csv").write_text("alias,name,county\nAtlantis,Nowhere,Kent\n", encoding="utf-8")
    with pytest.raises(Misconfigured, match="Nowhere"):
        Gazetteer.load(tmp_path)
