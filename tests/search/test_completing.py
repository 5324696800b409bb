"""What is offered while somebody types: titles, organisations, skill areas and places."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.catalogue.actions import withdraw
from directory.catalogue.kinds import KindName
from directory.catalogue.vocabulary import Running
from directory.foundation.settings import EngineName, Settings
from directory.places import Gazetteer
from directory.search.completing import MOST, MOST_IDEAS, Completion, CompletionKind, complete, complete_place, ideas
from directory.search.engine import SearchEngine
from directory.search.engines import choose
from directory.search.indexing import catch_up, refill
from tests.contracts.listings import NOW
from tests.search.conftest import Publish

Complete = Callable[[str], tuple[Completion, ...]]


@pytest.fixture(params=list(EngineName))
def engine(request: pytest.FixtureRequest, tmp_path: object) -> SearchEngine:
    """Each engine, without an index."""
    variables = {"WAYIN_SEARCH_ENGINE": request.param, "WAYIN_DATA_FOLDER": str(tmp_path)}
    return choose(Settings.from_environment(variables))


@pytest.fixture
def completions(session: Session, engine: SearchEngine, gazetteer: Gazetteer) -> Complete:
    def completions(typed: str) -> tuple[Completion, ...]:
        if not engine.status().ready:
            refill(session, engine)
        return complete(session, engine, gazetteer, typed, NOW).completions

    return completions


@pytest.fixture
def offered(completions: Complete) -> Callable[[str], list[str]]:
    """What the field would hold, of each completion in order."""
    return lambda typed: [one.text for one in completions(typed)]


Offered = Callable[[str], list[str]]


def test_the_last_word_is_a_beginning_and_words_before_it_are_whole(publish: Publish, offered: Offered) -> None:
    publish("Gene therapy summer school")
    publish("Summer placement in genetics")
    assert set(offered("sum")) == {"Gene therapy summer school", "Summer placement in genetics"}
    assert offered("gene sum") == ["Gene therapy summer school"]
    assert offered("sum gene") == []
    assert offered("gene ") == ["Gene therapy summer school"]


@pytest.mark.parametrize(
    "typed",
    ["king", "KINGS", "king's coll", "king’s", "kings coll", "  kings", "naive", "Naïve kin", "“king”", "#king"],
)
def test_case_accents_apostrophes_and_marks_are_forgiven(publish: Publish, offered: Offered, typed: str) -> None:
    publish("A naïve year at King’s College")
    assert "A naïve year at King’s College" in offered(typed)


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Advanced Therapies Apprenticeship Community (ATAC)", "ata"),
        ("BIA #BIGIMPACT campaign", "bigim"),
        ("BIA #BIGIMPACT campaign", "big imp"),
        ("BIA #BIGIMPACT campaign", "bia big imp"),
        ("CAR-T cells", "cart"),
        ("CAR-T cells", "car-t c"),
        ("T Level in Science", "t lev"),
        ("T Level in Science", "t level sci"),
        ("Technician (Level 3)", "level 3"),
        ("In2STEM summer programme", "in2s"),
        ("R&D graduate programme", "r&d gra"),
        ("Laboratory placement", "lab"),
        ("Laboratory placement", "labs pl"),
        ("University of Oxford apprenticeships", "university of ox"),
    ],
)
def test_a_title_is_offered_however_it_is_begun(publish: Publish, offered: Offered, title: str, typed: str) -> None:
    publish(title)
    publish("Something else", description=f"{title} stands here only in the text")
    assert offered(typed) == [title]


def test_a_name_that_begins_so_comes_first(publish: Publish, offered: Offered) -> None:
    publish("A year of quality, quality, quality", by="Cogent")
    publish("Quality placement", by="Cogent")
    publish("Placement", by="Quality People", skills=["Quality"])
    assert offered("quali") == [
        "Quality placement",
        "Quality People",
        "Quality",
        "A year of quality, quality, quality",
    ]


def test_each_says_what_it_is(publish: Publish, completions: Complete) -> None:
    publish("Leeds placement", by="Leeds Trust", skills=["Leeds work"], kind=KindName.PLACEMENT)
    assert completions("leed") == (
        Completion("Leeds placement", CompletionKind.TITLE, "Placement · Leeds Trust", KindName.PLACEMENT),
        Completion("Leeds Trust", CompletionKind.ORGANISATION, "Organisation"),
        Completion("Leeds work", CompletionKind.SKILL, "Skill area"),
        Completion("Leeds", CompletionKind.PLACE, "Place · Yorkshire and The Humber"),
    )


def test_no_kind_crowds_out_the_others(publish: Publish, completions: Complete) -> None:
    for number in range(12):
        publish(f"Leeds placement {number}", by=f"Leeds Trust {number}", skills=["Leeds work"])
    found = completions("leed")
    assert len(found) == MOST
    assert {one.kind for one in found} == set(CompletionKind)
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=list(CompletionKind).index)


def test_what_runs_comes_before_what_does_not_and_that_says_so(publish: Publish, completions: Complete) -> None:
    publish("Gene school", running=Running.ENDED)
    publish("Gene school of the north")
    found = completions("gene sch")
    assert [one.text for one in found] == ["Gene school of the north", "Gene school"]
    assert [one.detail.endswith("Closed or paused") for one in found] == [False, True]


def test_what_was_withdrawn_is_offered_by_no_name(publish: Publish, session: Session, offered: Offered) -> None:
    gone = publish("Gene school", by="Gene Trust", skills=["Gene work"])
    assert len(offered("gen")) == 3
    withdraw(session, gone, NOW)
    assert "Gene school" not in offered("gen"), "before the index knows"


def test_an_organisation_without_listings_is_not_offered(
    publish: Publish, session: Session, engine: SearchEngine, offered: Offered
) -> None:
    row = publish("Gene school", by="Cogent")
    refill(session, engine)
    assert offered("cog") == ["Cogent"]
    withdraw(session, row, NOW)
    catch_up(session, engine)
    assert offered("cog") == []


def test_a_skill_area_is_offered_by_its_other_words(publish: Publish, session: Session, completions: Complete) -> None:
    publish(skills=["Quality"]).skills[0].also = ["QC", "assurance"]
    session.flush()
    (found,) = completions("qc")
    assert (found.text, found.detail) == ("Quality", "Skill area · QC")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lab in Lee", "lab in Leeds"),
        ("lab in leeds", None),
        ("Lab near newp", "Lab near Newport, Wales"),
        ("jobs around the cotsw", None),
        ("year from newcastle upon t", "year from Newcastle upon Tyne"),
        ("work near Barrow-in-Fu", "work near Barrow in Furness"),
        ("interest in work in Card", "interest in work in Cardiff"),
        ("lab close to ls1", "lab close to LS10"),
        ("near Sto", "near Stoke-on-Trent"),
        ("manch", "Manchester"),
        ("scotl", "Scotland"),
        ("lab Lee", None),
        ("jobs near me", None),
        ("jobs in l", None),
        ("placement in ge", None),
        ("14", None),
    ],
)
def test_places_are_offered_where_a_place_is_meant(offered: Offered, typed: str, first: str | None) -> None:
    assert next(iter(offered(typed)), None) == first


def test_what_is_typed_already_is_not_offered(publish: Publish, offered: Offered) -> None:
    publish("LifeArc", by="LifeArc")
    publish("LifeArc fellowship", by="LifeArc")
    assert offered("life arc") == ["LifeArc fellowship"]


def test_nothing_is_offered_twice(publish: Publish, offered: Offered) -> None:
    for _ in range(3):
        publish("Gene School", by="Gene school")
    assert offered("gene sc") == ["Gene School"]


@pytest.mark.parametrize("typed", ["", " ", "a", " a ", "'", "--", "\0", "🧬", "of", "a" * 10_000, "a " * 50])
def test_nothing_is_offered_for_nothing(publish: Publish, offered: Offered, typed: str) -> None:
    publish("A gene school of a kind", by="Cogent")
    assert offered(typed) == []


@given(typed=st.text(max_size=60) | st.text(st.characters(categories=["L", "N", "Cs", "Mn", "Zs"]), max_size=300))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_typed_there_are_few_completions_and_no_error(
    publish: Publish, session: Session, engine: SearchEngine, gazetteer: Gazetteer, typed: str
) -> None:
    if not engine.count():
        publish("CAR-T 2 naïve King’s school", by="Ärzte & Co", skills=["Quality"])
        refill(session, engine)
    assert len(complete(session, engine, gazetteer, typed, NOW).completions) <= MOST
    assert len(complete_place(gazetteer, typed).completions) <= MOST


def test_places_alone_are_told_apart(gazetteer: Gazetteer) -> None:
    found = complete_place(gazetteer, "newport").completions
    labels = [one.text for one in found]
    assert labels[0] == "Newport, Wales"
    assert len(set(labels)) == len(labels)
    for label in labels:
        place = gazetteer.find(label)
        assert place is not None and place.place.label == label
    assert ("Newport Pagnell", "South East") in [(one.text, one.detail) for one in found]


def test_postcodes_and_other_names_are_places_too(gazetteer: Gazetteer) -> None:
    assert [one.text for one in complete_place(gazetteer, "sg1").completions][:2] == ["SG1", "SG10"]
    assert complete_place(gazetteer, "caerdy").completions[0].text == "Cardiff"
    assert complete_place(gazetteer, "l").completions == ()


def test_ideas_are_skill_areas_and_the_organisations_that_offer_most(
    publish: Publish, session: Session, engine: SearchEngine
) -> None:
    for number in range(MOST_IDEAS):
        publish(by=f"Trust {number}", skills=["Quality"])
    publish(by="The Most")
    publish(by="The Most")
    refill(session, engine)
    found = ideas(session, engine, NOW)
    assert found[:2] == ["Quality", "The Most"]
    assert len(found) == MOST_IDEAS
