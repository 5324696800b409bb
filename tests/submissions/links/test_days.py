"""Days, hours and lengths are read as UK pages write them, and left alone where they can be read two ways."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.submissions.links.days import Moment, day_first, days_in, hour_beside, moment, period

FIFTH = date(2027, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "5 March 2027",
            "5th March 2027",
            "5th of March 2027",
            "Friday 5 March 2027",
            "Fri 5 Mar 2027",
            "05 MARCH 2027",
        ),
        *("March 5, 2027", "March 5th 2027", "5-Mar-2027", "2027-03-05", "5 March, 2027", "(5 March 2027)"),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert [day.day for day in days_in(f"by {text}.", puts_day_first=None)] == [FIFTH]


@pytest.mark.parametrize(
    ("text", "first", "day"),
    [
        ("05/03/2027", True, FIFTH),
        ("5.3.27", True, FIFTH),
        ("05/03/2027", False, date(2027, 5, 3)),
        ("05/03/2027", None, None),
        ("25/03/2027", None, date(2027, 3, 25)),
        ("03/25/2027", None, date(2027, 3, 25)),
        ("03/03/2027", None, date(2027, 3, 3)),
        ("31 April 2027", None, None),
        ("5 March", None, None),
        ("1–5 March 2027", None, None),
    ],
)
def test_numbers_and_ranges_are_only_read_when_they_are_clear(text: str, first: bool | None, day: date | None) -> None:
    assert [found.day for found in days_in(f"on {text}", puts_day_first=first)] == [day]


@pytest.mark.parametrize(
    "text", ["12/5", "0300 123 2027", "2027", "March 2027", "version 1.2.3.4", "45 Marchmont Road", "2027-03-05-1"]
)
def test_other_numbers_are_no_days(text: str) -> None:
    assert list(days_in(text, puts_day_first=True)) == []


@pytest.mark.parametrize(
    ("text", "british", "first"),
    [
        ("", True, True),
        ("", False, None),
        ("25/03/2027", False, True),
        ("03/25/2027", True, False),
        ("25/03/2027 and 03/25/2027", True, None),
    ],
)
def test_a_page_shows_by_itself_which_number_comes_first(text: str, british: bool, first: bool | None) -> None:
    assert day_first(text, is_british=british) is first


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("5 March 2027 at 5pm", time(17)),
        ("5 March 2027, 17:00", time(17)),
        ("5 March 2027 (5.30 p.m.)", time(17, 30)),
        ("noon on 5 March 2027", time(12)),
        ("9am on Friday the 5th March 2027", time(9)),
        ("midnight on 5 March 2027", time(23, 59)),
        ("12am, 5 March 2027", time(0)),
        ("5 March 2027 for 3 months", None),
        ("5 March 2027 at 27:00", None),
        ("5 March 2027", None),
    ],
)
def test_an_hour_beside_a_day_is_read_with_it(text: str, at: time | None) -> None:
    assert hour_beside(text, next(days_in(text, puts_day_first=None))) == at


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2027-03-05", Moment(2027, 3, 5)),
        ("2027-03", Moment(2027, 3, None)),
        ("2027-03-05T17:00", Moment(2027, 3, 5, time(17))),
        ("2027-03-05 17:00:00", Moment(2027, 3, 5, time(17))),
        ("2027-06-30T23:30:00Z", Moment(2027, 7, 1, time(0, 30))),
        ("2027-03-05T17:00:00.000+01:00", Moment(2027, 3, 5, time(16))),
        ("5 March 2027", Moment(2027, 3, 5)),
        ("05/03/2027", None),
        ("2027", None),
        ("2027-13-05", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_moment_of_data_is_read_in_uk_time(text: str, read: Moment | None) -> None:
    assert moment(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *(("P2Y", (2, "years")), ("P18M", (18, "months")), ("P1Y6M", (18, "months")), ("P10W", (10, "weeks"))),
        *(("p3d", (3, "days")), ("P3DT0H0M", (3, "days")), ("PT20H", None), ("P1M10D", None), ("P0D", None)),
        *(("two years", None), ("", None)),
    ],
)
def test_a_length_is_read_when_one_unit_says_all_of_it(text: str, read: tuple[int, str] | None) -> None:
    assert period(text) == read


@given(st.text(alphabet="0123456789-/.: TZPYMWDapmst,MarchMay+"))
def test_nothing_written_raises(text: str) -> None:
    moment(text)
    period(text)
    for day in days_in(text, puts_day_first=True):
        hour_beside(text, day)
