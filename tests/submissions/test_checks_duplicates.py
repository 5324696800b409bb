"""Likely copies: what two listings share, and which are looked up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from directory.catalogue.models import Intake, Standing
from directory.catalogue.vocabulary import Closing
from directory.submissions.checks import Candidate, candidates, duplicates
from directory.submissions.checks.duplicates import telling_words
from directory.submissions.checks.likeness import alike
from directory.submissions.models import State, Submission
from tests.search.rows import glasgow, leeds, organisation, row
from tests.submissions.cases import VALUES, case, told

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
SAME = Candidate(
    key="summer-internship",
    published=True,
    title="Summer Internship in Cell Culture",
    organisation="Clydewater Biologics",
    links=("https://www.clydewater.example/apply/",),
    closes_on=date(2027, 1, 29),
    places=frozenset({"glasgow"}),
)


def found(*others: Candidate) -> list[tuple[str, str]]:
    return told(duplicates.check(case(candidates=others)))


def test_the_same_title_organisation_and_link_are_one_opportunity() -> None:
    [finding] = duplicates.check(case(candidates=(SAME,)))
    assert (finding.verdict, finding.title) == ("stop", "Is here already")
    assert finding.evidence == "‘Summer Internship in Cell Culture’ from Clydewater Biologics, 100% alike."
    assert finding.listing == "summer-internship"


@pytest.mark.parametrize(
    "other",
    [
        replace(SAME, links=("https://clydewater.example/other",)),
        replace(SAME, organisation="A recruiter"),
        replace(SAME, title="Cell culture internship for ten weeks"),
        replace(SAME, title="Internship in cell culture: summer", links=()),
    ],
)
def test_two_of_three_are_a_likely_copy(other: Candidate) -> None:
    assert found(other) == [("warn", "May be here already")]


@pytest.mark.parametrize(
    "other",
    [
        replace(SAME, title="Finance graduate scheme"),  # one page to apply on for all that they offer
        replace(SAME, organisation="Other", links=()),
        replace(SAME, title="Quality apprentice", links=()),
        replace(SAME, organisation="Other", title="Quality apprentice"),
    ],
)
def test_one_of_three_is_none(other: Candidate) -> None:
    assert [verdict for verdict, _title in found(other)] == ["ok"]


@pytest.mark.parametrize(
    "other", [replace(SAME, closes_on=date(2026, 1, 30)), replace(SAME, places=frozenset({"ayr"}))]
)
def test_other_dates_or_places_make_it_another_round(other: Candidate) -> None:
    assert found(other) == [("warn", "May be another round of one that is here already")]


def test_one_that_waits_is_told_without_a_page_to_open() -> None:
    [finding] = duplicates.check(case(candidates=(replace(SAME, published=False, key="secret"),)))
    assert (finding.title, finding.listing) == ("Is waiting already", "")
    assert "secret" not in str(finding)


def test_the_nearest_is_named_even_when_it_is_no_copy() -> None:
    far = replace(SAME, title="Clean-room technician apprentice", organisation="Other", links=(), places=frozenset())
    [finding] = duplicates.check(case(candidates=(replace(far, title="Zoo", key="zoo", closes_on=None), far)))
    assert finding.title == "No duplicates"
    assert finding.evidence.startswith("Nearest match: ‘Clean-room technician apprentice’, ")


def test_titles_are_alike_whatever_the_order_of_words_case_and_marks() -> None:
    assert alike("Cell-culture internship (summer)", "SUMMER internship, cell culture") == 100
    assert alike("", "") == alike("!!", "!!") == 0


def test_the_telling_words_of_a_title_are_its_longest() -> None:
    assert telling_words("A Biomanufacturing technician in the lab") == ["biomanufacturing", "technician"]
    assert telling_words("GMP in a lab") == ["gmp"]
    assert telling_words("!!") == []


def waiting(key: str, title: str, state: State = State.WAITING, **answers: Any) -> Submission:
    said = {"title": title, "organisation_name": "Clydewater Biologics", **answers}
    return Submission(key=key, title=title, state=state, answers=said, made_at=NOW, saved_at=NOW)


def test_what_is_published_or_waits_is_found_nearest_first(session: Session) -> None:
    clydewater = organisation("Clydewater Biologics")
    there = row(
        "Summer internship in cell culture",
        organisation=clydewater,
        apply_url="https://clydewater.example/apply",
        locations=[glasgow(), leeds()],
        intakes=[Intake(position=0, closing=Closing.FIXED, closes_on=date(2026, 1, 30))],
    )
    session.add_all(
        [
            there,
            row("Finance scheme", organisation=clydewater),
            row("An internship elsewhere", organisation=organisation("Other")),
            row("Summer internship in cell culture", organisation=organisation("Gone"), standing=Standing.WITHDRAWN),
            row("Nothing like it", organisation=organisation("Third")),
            waiting("one", "Internship: cells", apply_url="http://www.clydewater.example/apply/?utm_source=x"),
            waiting("two", "Another", apply_url="https://clydewater.example/apply", closes_day="1", places="Ayr"),
            waiting("three", "Summer internship in cell culture", State.DRAFT),
            waiting("four", "Summer internship in cell culture", State.RETURNED),
        ]
    )
    session.flush()
    near = candidates(session, VALUES, clydewater.id)
    assert [(one.title, one.published) for one in near] == [
        ("Summer internship in cell culture", True),
        ("Internship: cells", False),
        ("Another", False),
        ("Finance scheme", True),
        ("An internship elsewhere", True),
    ]
    assert near[0].places == {"glasgow", "leeds"}
    assert near[0].closes_on == date(2026, 1, 30)
    assert [one.key for one in candidates(session, VALUES, None, 1)] == [there.slug]
    without = candidates(session, VALUES, clydewater.id, but_opportunity=there.id)
    assert there.slug not in [one.key for one in without]


def test_a_submission_is_no_copy_of_itself(session: Session) -> None:
    itself = waiting("itself", "Summer internship in cell culture")
    session.add(itself)
    session.flush()
    assert [one.key for one in candidates(session, VALUES, None)] == ["itself"]
    assert candidates(session, VALUES, None, but_submission=itself.id) == ()


@pytest.mark.parametrize("values", [{}, {"title": "100%_\\"}, {"title": "\x00'; --"}, {"title": "𝔘nicode 🧬" * 50}])
def test_any_title_can_be_looked_for(session: Session, values: dict[str, Any]) -> None:
    session.add(row("Something else"))
    session.flush()
    assert candidates(session, values, None) == ()


def test_looking_takes_the_same_few_statements_however_many_there_are(
    session: Session, counted: Callable[[], int]
) -> None:
    clydewater = organisation("Clydewater Biologics")
    session.add_all(row(f"Internship {number} in cell culture", organisation=clydewater) for number in range(300))
    session.add_all(waiting(f"key-{number}", f"Internship {number}") for number in range(50))
    session.flush()
    session.expire_all()
    before = counted()
    assert len(candidates(session, VALUES, clydewater.id, 10)) == 10
    assert counted() - before <= 6


@pytest.fixture
def counted(session: Session) -> Any:
    """How many statements were sent so far."""
    count = 0

    def note(*_args: object) -> None:
        nonlocal count
        count += 1

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield lambda: count
    event.remove(engine, "before_cursor_execute", note)
