"""All checks together: the order, what is kept of them, how soon to look; and that nothing typed makes them fail."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.catalogue.kinds import KindName
from directory.catalogue.vocabulary import Pay, PayPeriod, StageName
from directory.submissions.checks import (
    CHECKS,
    Candidate,
    Case,
    LinkResult,
    Verdict,
    check,
    from_json,
    missing,
    needs_second,
    risk,
    safeguarding,
    to_json,
)
from directory.submissions.checks.case import PUBLIC_TEXT
from tests.submissions.cases import ANSWERS, CHECKED_AT, TODAY, VALUES, case, link, told, wrong

CONTACT = {"safeguarding_name": "Ann Other", "safeguarding_contact": "safe@clydewater.example"}


def test_a_good_submission_passes_every_check() -> None:
    findings = check(case(link=link()))
    assert wrong(findings) == []
    assert risk(findings, case()) == 0
    assert [finding.title for finding in findings] == [
        "Asks applicants for no money",
        "Pay is above the legal minimum",
        "No personal details",
        "Link works",
        "Dates add up",
        "No duplicates",
        "Says all that people filter on",
        "Words keep nobody away",
        "Reads well",
    ]


def test_the_worst_comes_first() -> None:
    findings = check(case({"how_to_apply": "A £15 background check fee. Be a ninja."}, pay_minimum=5.0, delivery=None))
    verdicts = [finding.verdict for finding in findings]
    assert verdicts == sorted(verdicts, key=list(Verdict).index)
    assert [finding.title for finding in findings[:3]] == [
        "Asks applicants to pay",
        "Pay is below the legal minimum",
        "How it happens isn’t said",
    ]


def test_every_finding_says_its_rule_and_all_but_a_pass_what_to_do() -> None:
    for finding in check(case({"apply_url": "", "description": "Ring 07700 900123"}, apply_url=None, pay=Pay.UNPAID)):
        assert finding.rule and finding.rule_words and finding.title and finding.evidence
        assert finding.fix or finding.verdict is Verdict.OK


def test_findings_are_kept_as_json_and_read_again() -> None:
    findings = check(case({"how_to_apply": "An application fee of £5"}, link=link(404)))
    kept = json.loads(json.dumps(to_json(findings)))
    assert from_json(kept) == findings
    assert {type(value) for one in kept for value in one.values()} == {str}


def test_what_was_kept_otherwise_is_read_as_far_as_it_can_be() -> None:
    kept = [{"verdict": "stop", "title": "Old", "gone": "x"}, {"verdict": "unheard of"}, {}]
    [finding] = from_json(kept)
    assert (finding.title, finding.evidence) == ("Old", "")


@pytest.mark.parametrize(
    ("without", "title"),
    [
        ({"pay": None, "pay_minimum": None, "pay_maximum": None}, "Pay isn’t said"),
        ({"pay_minimum": None, "pay_maximum": None}, "The amount of pay isn’t said"),
        ({"locations": None}, "Place isn’t said"),
        ({"delivery": None}, "How it happens isn’t said"),
        ({"stages": None}, "Who it is for isn’t said"),
        ({"length_weeks": None}, "Length isn’t said"),
        ({"rounds": None}, "Closing date isn’t said"),
        ({"kind": "apprenticeship"}, "Level isn’t said"),
        ({"kind": "course"}, "Cost isn’t said"),
    ],
)
def test_a_fact_that_is_missing_is_named_with_what_that_does(without: dict[str, Any], title: str) -> None:
    [finding] = wrong(missing.check(case(**without)))
    assert finding.title == title
    assert finding.evidence.endswith(".")


def test_what_a_kind_is_not_asked_is_not_missed() -> None:
    resource = {"kind": "resource", "cost": "free", "pay": None, "rounds": None, "length_weeks": None}
    assert wrong(missing.check(case({"starts_year": ""}, **resource))) == []
    assert list(missing.check(case(kind=None))) == []


def test_nobody_can_apply_without_a_way_to() -> None:
    assert told(missing.check(case({"apply_url": ""}))) == [("stop", "Nobody can apply")]
    assert wrong(missing.check(case({"apply_url": "", "how_to_apply": "Ask your school."}))) == []


@pytest.mark.parametrize(
    ("values", "second"),
    [
        ({"stages": ["14-16"], "delivery": "on-site"}, True),
        ({"stages": ["16-18"], "delivery": "hybrid"}, True),
        ({"stages": ["undergraduate"], "minimum_age": 17, "delivery": "on-site"}, True),
        ({"stages": ["16-18"], "delivery": "online"}, False),
        ({"stages": ["16-18"], "minimum_age": 18, "delivery": "on-site"}, False),
        ({"stages": ["14-16"], "minimum_age": 18, "delivery": "on-site"}, True),
        ({"stages": ["undergraduate"], "delivery": "on-site"}, False),
        ({"stages": ["16-18"]}, True),
        ({"stages": ["16-18"], "locations": [{"reach": "online"}]}, False),
        ({"stages": ["16-18"], "locations": [{"reach": "online"}, {"reach": "site"}]}, True),
        ({"stages": ["16-18"], "kind": "virtual-experience"}, False),
        ({}, False),
    ],
)
def test_two_moderators_look_where_somebody_under_18_comes_in_person(values: dict[str, Any], second: bool) -> None:
    assert needs_second(values) is second


@pytest.mark.parametrize(
    ("answers", "findings"),
    [
        ({}, [("stop", "No safeguarding contact")]),
        ({"safeguarding_contact": "  "}, [("stop", "No safeguarding contact")]),
        (CONTACT, [("ok", "Has a safeguarding contact")]),
        ({**CONTACT, "safeguarding_contact": "0141 496 0123"}, [("ok", "Has a safeguarding contact")]),
        ({**CONTACT, "safeguarding_contact": "ask at the desk"}, [("warn", "Safeguarding contact can’t be used")]),
        ({**CONTACT, "safeguarding_name": ""}, [("warn", "Safeguarding contact has no name")]),
    ],
)
def test_under_18s_in_person_need_somebody_responsible(
    answers: dict[str, str], findings: list[tuple[str, str]]
) -> None:
    assert told(safeguarding.check(case(answers, stages=["14-16"]))) == findings
    assert list(safeguarding.check(case(answers, stages=["14-16"], delivery="online"))) == []


def test_an_age_that_the_stages_contradict_is_asked_about() -> None:
    findings = told(safeguarding.check(case(CONTACT, stages=["14-16"], minimum_age=18)))
    assert ("warn", "The youngest age and the stages disagree") in findings


def test_what_may_hurt_is_looked_at_sooner() -> None:
    cases = [
        case({"description": "Be a ninja."}),
        case({"how_to_apply": "An application fee of £5"}),
        case(stages=["14-16"], minimum_age=14, kind="work-experience", pay=Pay.UNPAID),
    ]
    risks = [risk(check(one), one) for one in cases]
    assert risks == sorted(set(risks))
    assert all(0 < one <= 100 for one in risks)


TEXT = st.text(max_size=60)
ODD = st.sampled_from(
    ["", "\x00", "£", "99999999999999999999", "-1", "nan", "0", "http://[", "٣", "07700 900123", "\ud800", "a@b.c"]
)
ANSWER = st.one_of(TEXT, ODD, st.lists(TEXT, max_size=3), st.none(), st.integers())
NAMES = sorted(
    {*PUBLIC_TEXT, *ANSWERS, *CONTACT, "opens_day", "opens_month", "opens_year", "info_url", "page_not_live"}
)
VALUE = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        TEXT,
        ODD,
        st.dates(),
        st.datetimes(),
        st.times(),
        st.sampled_from([*KindName, *Pay, *PayPeriod, *StageName, "course", "fixed", "on-site"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["closes_at", "reach", "place"]), inner)
    ),
    max_leaves=4,
)
VALUE_NAMES = sorted({*VALUES, "minimum_age", "maximum_age", "unpaid_reason", "levels", "recurrence", "hours", "cost"})
LINKS = st.builds(
    LinkResult,
    status=st.none() | st.integers(0, 999),
    final_url=TEXT | ODD,
    title=TEXT,
    says_closed=st.booleans(),
    dates_found=st.lists(st.dates(), max_size=3).map(tuple),
    checked_at=st.just(CHECKED_AT),
)
COPIES = st.builds(
    Candidate,
    key=TEXT,
    published=st.booleans(),
    title=TEXT,
    organisation=TEXT,
    links=st.lists(TEXT | ODD, max_size=2).map(tuple),
    closes_on=st.none() | st.dates(),
    places=st.frozensets(TEXT, max_size=2),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    answers=st.dictionaries(st.sampled_from(NAMES), ANSWER),
    values=st.dictionaries(st.sampled_from(VALUE_NAMES), VALUE),
    good=st.booleans(),
    link=st.none() | LINKS,
    live=st.none() | st.dictionaries(st.sampled_from(NAMES), ANSWER),
    copies=st.lists(COPIES, max_size=2).map(tuple),
    today=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    url=TEXT | ODD,
)
def test_nothing_that_is_typed_makes_a_check_fail(
    answers: dict[str, Any],
    values: dict[str, Any],
    good: bool,
    link: LinkResult | None,
    live: dict[str, Any] | None,
    copies: tuple[Candidate, ...],
    today: date,
    url: str,
) -> None:
    odd = Case(
        answers={**ANSWERS, **answers} if good else answers,
        values={**VALUES, **values} if good else values,
        today=today,
        organisation=url,
        organisation_url=url,
        link=link,
        live=live,
        candidates=copies,
    )
    findings = check(odd)
    assert from_json(to_json(findings)) == findings
    assert 0 <= risk(findings, odd) <= 100
    assert needs_second(odd.values) in (True, False)


@pytest.mark.parametrize("letters", ["a", "£1 ", "pay for ", "0", "a.", "a@", "Contact Aa ", "\n", "no fee ", "(0) "])
def test_a_text_of_five_million_letters_is_looked_at_in_no_time(letters: str) -> None:
    huge = letters * (5_000_000 // len(letters))
    started = datetime.now(CHECKED_AT.tzinfo)
    check(case({"description": huge, "how_to_apply": huge}))
    assert (datetime.now(CHECKED_AT.tzinfo) - started).total_seconds() < 5


def test_every_check_is_pure() -> None:
    one = case(link=link())
    assert check(one) == check(one)
    assert len(CHECKS) == len(set(CHECKS)) == 11
    assert one.today == TODAY
