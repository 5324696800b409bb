"""Unpaid work: which reasons are lawful, and whether the listing bears the reason out."""

from typing import Any

import pytest

from directory.catalogue.vocabulary import Pay
from directory.submissions.checks import Finding, unpaid
from tests.submissions.cases import case


def found(reason: str | None, answers: dict[str, Any] | None = None, **values: Any) -> Finding:
    """The one finding on something unpaid for this reason."""
    said = {"pay": Pay.UNPAID, "unpaid_reason": reason, "kind": "work-experience", **values}
    [finding] = unpaid.check(case(answers, **said))
    return finding


@pytest.mark.parametrize(
    ("reason", "values", "verdict"),
    [
        ("school-age", {"stages": ["14-16"], "maximum_age": 16}, "ok"),
        ("school-age", {"stages": ["14-16"]}, "ok"),
        ("school-age", {"stages": ["14-16", "16-18"]}, "warn"),
        ("school-age", {"stages": ["14-16"], "minimum_age": 18}, "stop"),
        ("school-age", {"stages": ["14-16", "undergraduate"]}, "stop"),
        ("course", {"stages": ["undergraduate"], "length_weeks": 52.0}, "ok"),
        ("course", {"stages": ["undergraduate"], "length_weeks": 52.2}, "stop"),
        ("course", {"stages": ["16-18"], "length_weeks": 9.0}, "ok"),
        ("course", {"stages": ["undergraduate"], "length_weeks": None}, "warn"),
        ("course", {"stages": ["professional"], "length_weeks": 4.0}, "stop"),
        ("shadowing", {"length_weeks": 0.2}, "ok"),
        ("shadowing", {"length_weeks": 2.0}, "ok"),
        ("shadowing", {"length_weeks": 3.0}, "warn"),
        ("volunteering", {"organisation_kind": "charity"}, "ok"),
        ("volunteering", {"organisation_kind": "NHS"}, "ok"),
        ("volunteering", {"organisation_kind": "employer"}, "stop"),
        ("volunteering", {"organisation_kind": "university"}, "warn"),
        ("scheme", {}, "warn"),
        (None, {}, "stop"),
        (None, {"stages": ["14-16"]}, "warn"),
        (None, {"kind": "virtual-experience"}, "warn"),
        ("because we like to", {}, "stop"),
        ("course", {"kind": "apprenticeship"}, "stop"),
        ("volunteering", {"kind": "graduate-scheme", "organisation_kind": "charity"}, "stop"),
    ],
)
def test_a_reason_is_held_against_the_rest(reason: str | None, values: dict[str, Any], verdict: str) -> None:
    assert found(reason, **values).verdict == verdict


def test_watching_that_is_described_as_work_is_asked_about() -> None:
    finding = found("shadowing", {"description": "You will run assays and help out."}, length_weeks=1.0)
    assert (finding.verdict, finding.evidence, finding.field) == ("warn", "‘You will run’.", "description")


def test_a_scheme_that_is_named_is_known() -> None:
    assert found("scheme", {"pay_note": "A Jobcentre Plus work trial of four weeks."}).verdict == "ok"


def test_a_pass_says_how_long_it_is() -> None:
    assert found("course", stages=["undergraduate"], length_weeks=10.0).evidence == (
        "A required part of a UK course, for 10 weeks. A year is the most."
    )
    assert found("shadowing", length_weeks=0.2).evidence == "People only watch, for 1 day."


def test_a_foundation_apprenticeship_in_scotland_is_taken_at_school() -> None:
    scotland = [{"reach": "nation", "nation": "Scotland"}]
    said = {"kind": "apprenticeship", "title": "Foundation Apprenticeship: scientific technologies"}
    assert found(None, locations=scotland, **said).verdict == "warn"
    assert found(None, locations=[{"reach": "nation", "nation": "England"}], **said).verdict == "stop"


def test_every_finding_names_the_guidance() -> None:
    finding = found(None)
    assert finding.source_url == "https://www.gov.uk/guidance/national-minimum-wage-work-experience-and-internships"


@pytest.mark.parametrize(
    "values", [{}, {"pay": Pay.UNPAID, "kind": "studentship"}, {"pay": Pay.UNPAID, "kind": "course"}, {"pay": None}]
)
def test_it_says_nothing_of_what_is_paid_or_is_no_work(values: dict[str, Any]) -> None:
    assert list(unpaid.check(case(**values))) == []
