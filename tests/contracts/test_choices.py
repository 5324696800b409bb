"""Facets, radius and counts, in every engine."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.catalogue.vocabulary import Reach
from directory.search.document import Apart, SearchDocument
from directory.search.engine import Question, SearchEngine, SearchPage
from directory.search.facets import FACETS, FACETS_BY_NAME
from tests.contracts.listings import (
    ALL_YEAR,
    DAY,
    ENDED,
    LEEDS,
    LONDON,
    NOW,
    PAUSED,
    YORK,
    asking,
    catalogues,
    closing,
    listing,
    opening,
    questions,
    usually,
)


def search(engine: SearchEngine, text: str = "", **more: object) -> SearchPage:
    return engine.search(asking(text, **more), NOW)  # type: ignore[arg-type]


def choosing(question: Question, facet: str, *values: str) -> Question:
    choices = {**dict(question.choices), facet: values}
    in_order = tuple((known.name, choices[known.name]) for known in FACETS if choices.get(known.name))
    return Question(question.text, in_order, question.point, question.within, question.sort)


def test_choices_in_a_facet_widen_and_facets_narrow(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            listing(1, kind="course", pay="paid"),
            listing(2, kind="placement", pay="paid"),
            listing(3, kind="placement", pay="unpaid"),
            listing(4, kind="resource", pay="paid"),
        ]
    )
    assert search(engine, kind=("course", "placement")).total == 3
    assert set(search(engine, kind=("course", "placement"), pay="paid").ids) == {1, 2}


def test_a_facets_counts_leave_its_own_choice_out(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, kind="course"), listing(2, kind="placement"), listing(3, kind="placement")])
    assert search(engine, kind="course").counts["kind"]["placement"] == 2


def test_options_that_would_find_nothing_stay_with_a_zero(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, kind="course", skill="quality"), listing(2, kind="placement", skill="research")])
    page = search(engine, kind="course")
    assert set(page.counts["kind"]) == {option.value for option in FACETS_BY_NAME["kind"].options}
    assert page.counts["skill"] == {"quality": 1, "research": 0}


def test_a_choice_that_no_listing_has_is_counted_too(engine: SearchEngine) -> None:
    engine.replace_all([listing(1)])
    page = search(engine, organisation="nobody")
    assert (page.total, page.counts["organisation"]) == (0, {"nobody": 0})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogues, questions, st.data())
def test_counts_say_what_choosing_would_find(
    engine: SearchEngine, catalogue: list[SearchDocument], question: Question, data: st.DataObject
) -> None:
    engine.replace_all(catalogue)
    counts = engine.search(Question(question.text, question.choices, question.point, question.within), NOW).counts
    for facet in data.draw(st.lists(st.sampled_from(FACETS), min_size=1, max_size=3, unique=True)):
        for value, count in counts[facet.name].items():
            assert engine.search(choosing(question, facet.name, value), NOW).total == count


def test_what_is_closed_paused_or_ended_matches_only_when_asked_for(engine: SearchEngine) -> None:
    closed = closing(-1)
    engine.replace_all(
        [listing(1), listing(2, schedule=ENDED), listing(3, schedule=PAUSED), listing(4, schedule=closed)]
    )
    assert (search(engine).ids, search(engine).not_running) == ((1,), 3)
    asked_for = search(engine, when="not-running")
    assert (set(asked_for.ids), asked_for.not_running) == ({2, 3, 4}, 0)


@pytest.mark.parametrize(
    ("schedule", "values"),
    [
        (closing(3), {"open", "closing-2-weeks", "closing-6-weeks"}),
        (closing(30), {"open", "closing-6-weeks"}),
        (closing(90), {"open"}),
        (opening(9), {"opens"}),
        (ALL_YEAR, {"any-time"}),
        (usually(opens=1), set()),
        (ENDED, {"not-running"}),
    ],
)
def test_time_answers_the_facet_when(engine: SearchEngine, schedule: object, values: set[str]) -> None:
    engine.replace_all([listing(1, schedule=schedule)])  # type: ignore[arg-type]
    counts = search(engine).counts["when"]
    assert {value for value, count in counts.items() if count} == values


def test_the_month_it_usually_opens_is_a_choice(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, schedule=usually(opens=1)), listing(2, schedule=usually(closes=1))])
    assert search(engine, usually="january").ids == (1,)


def test_time_passes_without_the_index_changing(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, schedule=closing(20))])
    question = asking(when="closing-2-weeks")
    assert engine.search(question, NOW).total == 0
    assert engine.search(question, NOW + 7 * DAY).total == 1
    assert engine.search(question, NOW + 21 * DAY).total == 0
    assert engine.search(question, NOW).total == 0


def test_an_answer_says_how_long_it_holds(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, schedule=closing(0.1)), listing(2, schedule=closing(9))])
    assert engine.search(asking(), NOW).holds_until == NOW + 0.1 * DAY
    midnight = engine.search(asking(), NOW + 0.2 * DAY).holds_until
    assert timedelta(0) < midnight - NOW < DAY


def test_a_radius_cuts_what_is_farther_away(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, points=[LONDON]), listing(2, points=[YORK]), listing(3, points=[LONDON, LEEDS])])
    page = search(engine, point=LEEDS, within=30)
    assert page.ids == (3, 2)
    assert page.miles[3] == 0
    assert 20 < page.miles[2] < 25


def test_a_radius_never_cuts_what_is_online_uk_wide_or_known_by_region(engine: SearchEngine) -> None:
    engine.replace_all(
        [
            listing(1, points=[LEEDS]),
            listing(2, reach=[Reach.ONLINE]),
            listing(3, reach=[Reach.SITE, Reach.UK_WIDE], points=[LONDON]),
            listing(4, reach=[Reach.REGION]),
            listing(5, reach=[Reach.NATION]),
            listing(6),
            listing(7, points=[LONDON]),
        ]
    )
    page = search(engine, point=LEEDS, within=10)
    assert set(page.ids) == {1, 2, 3, 4, 5, 6}
    assert page.nearby is not None
    assert page.nearby.inside == 1
    assert page.nearby.apart == {Apart.ONLINE: 1, Apart.UK_WIDE: 1, Apart.AREA: 2, Apart.UNPLACED: 1}


def test_what_is_online_and_inside_the_radius_counts_as_inside(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, reach=[Reach.SITE, Reach.ONLINE], points=[LEEDS])])
    nearby = search(engine, point=LEEDS, within=10).nearby
    assert nearby is not None
    assert (nearby.inside, nearby.apart[Apart.ONLINE]) == (1, 0)


def test_without_a_radius_a_place_cuts_nothing(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, points=[LONDON]), listing(2), listing(3, points=[YORK])])
    assert search(engine, point=LEEDS).ids == (3, 1, 2)


def test_without_a_place_nothing_is_counted_near(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, points=[LONDON])])
    assert (search(engine).nearby, search(engine).miles) == (None, {})


def test_counts_can_be_left_out(engine: SearchEngine) -> None:
    engine.replace_all([listing(1)])
    page = search(engine, counting=False)
    assert (page.total, page.counts) == (1, {})
