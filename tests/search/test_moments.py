"""What a listing's time comes to: the turn it takes and how long that holds."""

from datetime import UTC, datetime, timedelta

import pytest

from directory.catalogue.timing import Round, Schedule
from directory.catalogue.vocabulary import Closing, Recurrence
from directory.foundation.clock import next_midnight
from directory.search.moments import Timetable, in_time

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def closing(moment: datetime) -> Schedule:
    return Schedule(rounds=(Round(closes=moment, closing=Closing.FIXED),))


def test_closing_within_two_weeks_counts_uk_days_to_the_last() -> None:
    last = datetime(2026, 12, 8, 23, 59, tzinfo=UTC)
    assert "closing-2-weeks" in in_time(closing(last), NOW).when
    assert "closing-2-weeks" not in in_time(closing(last + timedelta(minutes=1)), NOW).when


@pytest.mark.parametrize(("opens", "closes", "months"), [(12, None, 1), (11, None, 0), (10, 12, 1), (None, 10, 11)])
def test_a_usual_window_waits_for_its_next_month_to_come(opens: int | None, closes: int | None, months: int) -> None:
    schedule = Schedule(recurrence=Recurrence.ANNUAL, usually_opens=opens, usually_closes=closes)
    assert in_time(schedule, NOW).turn == (3, months)


def test_midnight_is_the_uks() -> None:
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in the UK
    assert next_midnight(summer) == datetime(2026, 7, 2, 23, 0, tzinfo=UTC)


def test_a_timetable_is_worked_out_once_for_as_long_as_it_holds() -> None:
    timetable = Timetable({1: closing(NOW + 0.1 * DAY), 2: Schedule()})
    times = timetable.at(NOW)
    assert times.until == NOW + 0.1 * DAY
    assert timetable.at(NOW + 0.05 * DAY) is times
    assert timetable.at(NOW + 0.1 * DAY) is not times
    assert not timetable.at(NOW + 0.1 * DAY).of[1].running
    assert timetable.at(NOW).of[1].running
