"""What people really type, and what must stand among the first five of the real catalogue."""

from collections.abc import Callable

import pytest

from directory.foundation.refusals import Misconfigured
from directory.search.golden import Broken, GoldenQuery, compare, load
from tests.search.conftest import SEED_DATA

GOLDEN = load(SEED_DATA / "golden_queries.yaml")


@pytest.mark.parametrize("query", GOLDEN, ids=lambda query: query.typed)
def test_what_people_type_shows_what_they_mean(results: Callable[[str], list[str]], query: GoldenQuery) -> None:
    short = query.falls_short(results(query.typed))
    if query.awaits:
        assert short, "no longer awaits anything: take the line out"
    else:
        assert not short


def test_there_are_many_of_every_sort() -> None:
    typed = [query.typed for query in GOLDEN]
    assert len(set(typed)) == len(typed) >= 200
    assert sum(bool(query.awaits) for query in GOLDEN) <= 6


def test_a_change_is_told_by_what_it_breaks_and_mends() -> None:
    queries = [
        GoldenQuery(typed="breaks", all=("a",)),
        GoldenQuery(typed="mends", any=("a", "elsewhere")),
        GoldenQuery(typed="never did", never=("a",)),
        GoldenQuery(typed="about others", all=("a", "elsewhere")),
        GoldenQuery(typed="nothing to miss", never=("elsewhere",)),
    ]
    before = {"breaks": ["a"], "mends": ["b"], "never did": ["a"]}
    after = {"breaks": ["b", "c", "d", "e", "f", "a"], "mends": ["b", "a"], "never did": ["b", "a"]}
    found = compare(queries, {"a", "b"}, before.__getitem__, after.__getitem__)
    assert found.broken == (Broken("breaks", ("a",)),)
    assert (found.mended, found.asked, found.skipped) == (("mends",), 3, 2)


@pytest.mark.parametrize("text", ["- all: [a]", "typed: a", "- typed: [", "- {typed: a, sometimes: [b]}"])
def test_a_file_of_another_form_is_refused_by_name(tmp_path, text: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "golden_queries.yaml"
    file.write_text(text)
    with pytest.raises(Misconfigured, match=r"golden_queries\.yaml"):
        load(file)
