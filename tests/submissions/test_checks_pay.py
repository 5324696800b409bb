"""Pay against the legal minimum: for each age and kind, on each day, by whatever period it is given."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.catalogue.vocabulary import Hours, Pay, PayPeriod
from directory.foundation.date_words import long_day
from directory.submissions.checks import Finding, Verdict, pay
from directory.submissions.checks.rates import BadRates, minimum_wage, read_rates
from tests.submissions.cases import case, days

HOUR, WEEK, YEAR, AWARD = PayPeriod.HOUR, PayPeriod.WEEK, PayPeriod.YEAR, PayPeriod.AWARD


def found(amount: float | None, period: PayPeriod = HOUR, *, starts: date = date(2026, 9, 1), **values: Any) -> Finding:
    """The one finding on this pay, for something that starts on this day."""
    said = {"pay_minimum": amount, "pay_maximum": amount, "pay_period": period, **values}
    [finding] = pay.check(case(days(starts=starts), today=date(2026, 1, 5), **said))
    return finding


@pytest.mark.parametrize(
    ("day", "adult", "young", "under_18", "apprentice"),
    [
        (date(2024, 4, 1), "11.44", "8.60", "6.40", "6.40"),
        (date(2025, 3, 31), "11.44", "8.60", "6.40", "6.40"),
        (date(2025, 4, 1), "12.21", "10.00", "7.55", "7.55"),
        (date(2026, 3, 31), "12.21", "10.00", "7.55", "7.55"),
        (date(2026, 4, 1), "12.71", "10.85", "8.00", "8.00"),
        (date(2027, 3, 31), "12.71", "10.85", "8.00", "8.00"),
    ],
)
def test_the_rates_are_those_in_force_on_the_day(
    day: date, adult: str, young: str, under_18: str, apprentice: str
) -> None:
    rates = minimum_wage().on(day)
    assert rates
    assert [rates.at(age) for age in (16, 17)] == [Decimal(under_18)] * 2
    assert [rates.at(age) for age in (18, 20)] == [Decimal(young)] * 2
    assert [rates.at(age) for age in (21, 60)] == [Decimal(adult)] * 2
    assert rates.apprentice == Decimal(apprentice)
    assert minimum_wage().knows(day)


def test_a_day_before_the_table_has_no_rates_and_one_after_it_the_last() -> None:
    table = minimum_wage()
    assert table.on(date(2024, 3, 31)) is None
    assert table.on(date(2031, 1, 1)) == table.rates[-1]
    assert not table.knows(table.rates[-1].until + timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "ages", "least"),
    [
        ("apprenticeship", {"stages": ["16-18", "school-leaver"]}, 8.00),
        ("apprenticeship", {"minimum_age": 25, "stages": ["career-changer"]}, 8.00),
        ("internship", {"minimum_age": 16, "maximum_age": 17}, 8.00),
        ("internship", {"minimum_age": 18, "maximum_age": 20}, 10.85),
        ("internship", {"minimum_age": 21}, 12.71),
        ("graduate-scheme", {"stages": ["graduate"]}, 12.71),
        ("internship", {"stages": ["phd", "postdoc"]}, 12.71),
    ],
)
def test_the_rate_follows_age_and_kind_to_the_penny(kind: str, ages: dict[str, Any], least: float) -> None:
    said = {"kind": kind, "length_weeks": 10.0, **ages}
    assert found(least, **said).title == "Pay is at the legal minimum"
    assert found(round(least + 0.01, 2), **said).title == "Pay is above the legal minimum"
    assert found(round(least - 0.01, 2), **said).verdict is Verdict.STOP


def test_a_pass_tells_the_sum() -> None:
    said = {"kind": "apprenticeship", "stages": ["16-18"], "length_weeks": 52.0}
    assert found(11.60, **said).evidence == "£11.60 an hour. Apprentice minimum is £8.00."
    yearly = found(22_600, YEAR, **said)
    assert yearly.evidence == (
        "About £11.58 an hour (£22,600 a year ÷ 52 weeks ÷ 37.5 hours). Apprentice minimum is £8.00."
    )


def test_pay_that_is_enough_at_18_and_not_at_21_says_so() -> None:
    finding = found(11.50, stages=["undergraduate"])
    assert finding.verdict is Verdict.WARN
    assert finding.evidence == "£11.50 an hour. The minimum is £10.85 at 18 to 20 and £12.71 from 21."
    assert "£12.71 an hour" in finding.fix


def test_ages_that_nobody_says_are_every_age_that_may_work() -> None:
    finding = found(9.00, stages=None)
    assert finding.evidence == "£9.00 an hour. The minimum is £8.00 under 18, £10.85 at 18 to 20 and £12.71 from 21."


@pytest.mark.parametrize(
    ("amount", "period", "values", "verdict"),
    [
        (24_784.50, YEAR, {}, "ok"),  # 12.71 × 52 × 37.5
        (24_784.49, YEAR, {}, "stop"),
        (26_436.80, YEAR, {"weekly_hours": 40}, "ok"),
        (26_436.79, YEAR, {"weekly_hours": 40}, "stop"),
        (476.63, WEEK, {}, "ok"),  # 12.71 × 37.5 is 476.625
        (476.62, WEEK, {}, "stop"),
        (4_766.25, AWARD, {"length_weeks": 10.0}, "ok"),
        (4_766.24, AWARD, {"length_weeks": 10.0}, "stop"),
    ],
)
def test_pay_for_a_year_a_week_or_all_of_it_is_worked_out_by_the_hour(
    amount: float, period: PayPeriod, values: dict[str, Any], verdict: str
) -> None:
    assert found(amount, period, minimum_age=21, **values).verdict == verdict


def test_the_fix_says_what_the_minimum_comes_to() -> None:
    fix = found(20_000, YEAR, minimum_age=21).fix
    assert fix.startswith("Pay at least £12.71 an hour, which is £24,785 a year for 37.5 hours a week.")


def test_hours_that_nobody_says_are_assumed_and_said_to_be() -> None:
    assert found(30_000, YEAR, minimum_age=21, weekly_hours=None).evidence.startswith(
        "About £15.38 an hour (£30,000 a year ÷ 52 weeks ÷ 37.5 hours, hours that we assumed)."
    )
    unsure = found(24_000, YEAR, minimum_age=21, weekly_hours=None)  # enough for 35 hours
    assert (unsure.verdict, unsure.field) == (Verdict.WARN, "weekly_hours")
    assert found(9_000, YEAR, minimum_age=21, weekly_hours=None).verdict is Verdict.STOP
    part = found(9_000, YEAR, minimum_age=21, weekly_hours=None, hours=Hours.PART_TIME)
    assert (part.verdict, part.field) == (Verdict.WARN, "weekly_hours")


def test_the_rate_is_that_of_the_day_it_starts() -> None:
    old, new = date(2026, 3, 31), date(2026, 4, 1)
    assert found(12.50, starts=old, minimum_age=21, length_weeks=None).verdict is Verdict.OK
    assert found(12.50, starts=new, minimum_age=21, length_weeks=None).verdict is Verdict.STOP


def test_a_rise_that_comes_while_it_lasts_is_told() -> None:
    finding = found(12.50, starts=date(2026, 3, 2), minimum_age=21, length_weeks=10.0)
    assert finding.title == "Pay falls below the legal minimum while it lasts"
    assert "From 1 April 2026 it isn’t enough: the minimum from 21 is £12.71." in finding.evidence
    assert found(12.71, starts=date(2026, 3, 2), minimum_age=21, length_weeks=10.0).verdict is Verdict.OK


def test_rates_that_are_not_known_yet_are_said_to_be() -> None:
    """Whichever day the table ends on, so that the next rates can be added to it and no test says otherwise."""
    last = minimum_wage().rates[-1]
    starts, adult = last.until + timedelta(days=1), float(last.adult)
    near = found(adult + 0.09, starts=starts, minimum_age=21)
    assert near.title == "Pay may be below the next legal minimum"
    assert f"we don’t know the rates from {long_day(starts)} yet" in near.evidence
    assert found(adult + 7, starts=starts, minimum_age=21).verdict is Verdict.OK
    assert found(adult - 0.01, starts=starts, minimum_age=21).verdict is Verdict.STOP


def test_an_apprentice_of_two_years_gets_the_rate_for_their_age_in_the_second() -> None:
    finding = found(10.00, kind="apprenticeship", stages=["16-18"], length_weeks=104.0)
    assert finding.verdict is Verdict.OK
    assert finding.evidence.endswith("After the first year the minimum is £10.85 at 19 or 20, £12.71 from 21.")


def test_a_stipend_is_only_looked_at_where_it_may_be_pay_for_work() -> None:
    said = {"pay": Pay.BURSARY, "minimum_age": 21}
    assert found(200, WEEK, **said).title == "A stipend that is less than the minimum wage"
    for kind in ("studentship", "fellowship"):
        answers = case(pay_minimum=20_780, pay_period=YEAR, kind=kind, **said)
        assert list(pay.check(answers)) == []


def test_an_exemption_that_is_given_makes_it_a_question() -> None:
    finding = found(5.00, minimum_age=18, unpaid_reason="course")
    assert (finding.verdict, finding.field) == (Verdict.WARN, "unpaid_reason")


def test_there_is_no_minimum_where_everybody_is_at_school() -> None:
    assert found(3.00, stages=["14-16"], minimum_age=14, maximum_age=15).verdict is Verdict.OK
    assert found(3.00, stages=["14-16"], minimum_age=14, maximum_age=16).verdict is Verdict.STOP


@pytest.mark.parametrize(
    "values",
    [
        {"pay": Pay.UNPAID},
        {"pay": Pay.FUNDED},
        {"pay_minimum": None, "pay_maximum": None},
        {"pay_period": None},
        {"pay_period": AWARD, "length_weeks": None},
        {"pay_minimum": float("nan"), "pay_maximum": True},
    ],
)
def test_it_says_nothing_where_there_is_nothing_to_compare(values: dict[str, Any]) -> None:
    assert list(pay.check(case(**values))) == []


@given(
    lower=st.integers(1, 5_000_000),
    more=st.integers(0, 1_000_000),
    period=st.sampled_from([HOUR, WEEK, YEAR, AWARD]),
    kind=st.sampled_from(["apprenticeship", "internship", "graduate-scheme", "work-experience"]),
    age=st.none() | st.integers(14, 70),
    hours=st.none() | st.floats(1, 168),
    weeks=st.none() | st.floats(0.2, 300),
    starts=st.dates(date(2024, 4, 1), date(2028, 12, 31)),
)
def test_more_pay_is_never_worse(
    lower: int,
    more: int,
    period: PayPeriod,
    kind: str,
    age: int | None,
    hours: float | None,
    weeks: float | None,
    starts: date,
) -> None:
    order = list(Verdict)
    said = {"kind": kind, "minimum_age": age, "weekly_hours": hours, "length_weeks": weeks}
    verdicts = [
        [order.index(one.verdict) for one in pay.check(case(days(starts=starts), **said, **paid(pence, period)))]
        for pence in (lower, lower + more)
    ]
    assert verdicts[0] <= verdicts[1]


def paid(pence: int, period: PayPeriod) -> dict[str, Any]:
    return {"pay_minimum": pence / 100, "pay_maximum": pence / 100, "pay_period": period}


@given(pence=st.integers(1, 3000), age=st.integers(16, 70), starts=st.dates(date(2024, 4, 1), date(2027, 3, 31)))
def test_hourly_pay_is_stopped_just_where_it_is_below_the_table(pence: int, age: int, starts: date) -> None:
    rates = minimum_wage().on(starts)
    assert rates
    said = {"minimum_age": age, "maximum_age": age, "length_weeks": None, **paid(pence, HOUR)}
    [finding] = pay.check(case(days(starts=starts), **said))
    assert (finding.verdict is Verdict.STOP) == (Decimal(pence) / 100 < rates.at(age))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- since: 2026-04-01\n", "until"),
        ("[]", "at least 1"),
        ("not: a list", "tuple"),
        ("- [", "can't be used"),
    ],
)
def test_a_table_that_is_none_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "minimum_wage.yaml"
    file.write_text(text)
    with pytest.raises(BadRates, match=words):
        read_rates(file)


def test_a_table_with_a_gap_is_refused(tmp_path: Path) -> None:
    row = "- {{since: {}, until: {}, adult: 1, young: 1, under_18: 1, apprentice: 1, source: https://example.org}}\n"
    file = tmp_path / "minimum_wage.yaml"
    file.write_text(row.format("2025-04-01", "2026-03-30") + row.format("2026-04-01", "2027-03-31"))
    with pytest.raises(BadRates, match="2026-04-01 don't follow 2026-03-30"):
        read_rates(file)
    file.write_text(row.format("2025-04-01", "2025-03-31"))
    with pytest.raises(BadRates, match="before since"):
        read_rates(file)
