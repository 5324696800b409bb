"""A submission that every check likes, to change one thing of."""

from datetime import date, datetime
from typing import Any

from directory.catalogue.vocabulary import Closing, Pay, PayPeriod, Reach
from directory.foundation.clock import UK
from directory.submissions.checks import Candidate, Case, Finding, LinkResult, Verdict

TODAY = date(2026, 11, 26)
ANSWERS: dict[str, Any] = {
    "organisation_name": "Clydewater Biologics",
    "organisation_kind": "employer",
    "kind": "internship",
    "title": "Summer internship in cell culture",
    "summary": "Ten weeks with a team that grows cells.",
    "description": (
        "You’ll join a team that grows cells for new medicines. You’ll learn to look after cells, to keep good "
        "records, and to plan a small test of your own. At the end you’ll show the team what you found. You don’t "
        "need to have worked in a lab before: we’ll show you each step."
    ),
    "apply_url": "https://clydewater.example/apply",
    "closing": "fixed",
    "closes_day": "29",
    "closes_month": "1",
    "closes_year": "2027",
    "starts_day": "7",
    "starts_month": "3",
    "starts_year": "2027",
}
VALUES: dict[str, Any] = {
    "organisation_name": "Clydewater Biologics",
    "organisation_kind": "employer",
    "kind": "internship",
    "title": ANSWERS["title"],
    "delivery": "on-site",
    "locations": [{"reach": Reach.SITE, "place": "Glasgow", "region": "Scotland", "nation": "Scotland"}],
    "stages": ["undergraduate"],
    "rounds": [{"closing": Closing.FIXED, "closes_on": date(2027, 1, 29), "starts_on": date(2027, 3, 7)}],
    "length_weeks": 10.0,
    "weekly_hours": 37.5,
    "pay": Pay.WAGE,
    "pay_minimum": 13.0,
    "pay_maximum": 13.0,
    "pay_period": PayPeriod.HOUR,
    "apply_url": ANSWERS["apply_url"],
}
CHECKED_AT = datetime(2026, 11, 26, 9, 12, tzinfo=UK)


def case(
    answers: dict[str, Any] | None = None,
    *,
    link: LinkResult | None = None,
    live: dict[str, Any] | None = None,
    candidates: tuple[Candidate, ...] = (),
    today: date = TODAY,
    **values: Any,
) -> Case:
    """The good submission with other answers or values; a value of None is then not said."""
    changed = {**VALUES, **values}
    return Case(
        answers={**ANSWERS, **(answers or {})},
        values={name: value for name, value in changed.items() if value is not None},
        today=today,
        organisation="Clydewater Biologics",
        organisation_url="https://www.clydewater.example",
        link=link,
        live=live,
        candidates=candidates,
    )


def days(**said: date) -> dict[str, str]:
    """Answers that say these days."""
    return {
        f"{name}_{part}": str(getattr(day, part)) for name, day in said.items() for part in ("day", "month", "year")
    }


def link(status: int | None = 200, **known: Any) -> LinkResult:
    """What came of opening the page, all well unless said otherwise."""
    usual = {
        "final_url": "https://clydewater.example/apply",
        "title": "Apply",
        "says_closed": False,
        "dates_found": (),
        "checked_at": CHECKED_AT,
    }
    return LinkResult(status=status, **{**usual, **known})


def told(findings: object) -> list[tuple[str, str]]:
    """Each finding as its verdict and title."""
    return [(str(finding.verdict), finding.title) for finding in findings]  # type: ignore[attr-defined]


def wrong(findings: object) -> list[Finding]:
    """The findings that aren't well."""
    return [finding for finding in findings if finding.verdict is not Verdict.OK]  # type: ignore[attr-defined]
