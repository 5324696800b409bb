"""What can be said of time, and that nothing more is said."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from directory.catalogue.timing import (
    CLOSED_LATELY,
    CONFIRMATION_HOLDS_FOR,
    Round,
    Schedule,
    State,
    moment,
    timing,
)
from directory.catalogue.vocabulary import Closing, Recurrence, Running

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def closing(closes: datetime, opens: datetime | None = None) -> Round:
    return Round(opens=opens, closes=closes, closing=Closing.FIXED)


def state(**known: object) -> State:
    return timing(Schedule(**known), NOW).state  # type: ignore[arg-type]


def test_nothing_known_says_nothing() -> None:
    assert state() is State.UNKNOWN


def test_a_round_that_closes_ahead_is_open() -> None:
    assert state(rounds=(closing(NOW + DAY),)) is State.OPEN


def test_a_round_is_closed_from_its_closing_moment_on() -> None:
    assert state(rounds=(closing(NOW),)) is State.CLOSED
    assert timing(Schedule(rounds=(closing(NOW),)), NOW - timedelta(seconds=1)).state is State.OPEN


def test_a_round_that_opens_later_opens() -> None:
    assert state(rounds=(closing(NOW + 30 * DAY, opens=NOW + DAY),)) is State.OPENS


def test_the_round_that_closes_first_is_the_one_shown() -> None:
    soon, later = closing(NOW + DAY), closing(NOW + 9 * DAY)
    assert timing(Schedule(rounds=(later, soon)), NOW).round == soon


def test_a_programme_that_comes_back_usually_runs_whatever_closed_long_before() -> None:
    past = closing(NOW - 300 * DAY)
    assert state(recurrence=Recurrence.ANNUAL, rounds=(past,)) is State.USUAL


@pytest.mark.parametrize("recurrence", [Recurrence.ANNUAL, Recurrence.COHORTS, Recurrence.ROLLING])
def test_a_programme_that_comes_back_is_closed_while_its_round_closed_lately(recurrence: Recurrence) -> None:
    older, newest = closing(NOW - 300 * DAY), closing(NOW - DAY)
    schedule = Schedule(recurrence=recurrence, usually_opens=11, rounds=(newest, older))
    assert timing(schedule, NOW).state is State.CLOSED
    assert timing(schedule, NOW).round == newest
    back = NOW - DAY + CLOSED_LATELY
    assert timing(schedule, NOW).changes_at == back
    assert timing(schedule, back - timedelta(seconds=1)).state is State.CLOSED
    assert timing(schedule, back).state is State.USUAL
    assert timing(schedule, back).changes_at is None


def test_what_closed_lately_does_not_close_what_is_open_or_coming() -> None:
    past = closing(NOW - DAY)
    assert state(recurrence=Recurrence.ANNUAL, rounds=(past, closing(NOW + DAY))) is State.OPEN
    assert state(recurrence=Recurrence.ANNUAL, rounds=(past, Round(opens=NOW + DAY))) is State.OPENS
    assert state(recurrence=Recurrence.ROLLING, confirmed_at=NOW, rounds=(past,)) is State.OPEN


def test_only_a_fixed_closing_closes_a_programme_that_comes_back() -> None:
    past = Round(closes=NOW - DAY, closing=Closing.UNTIL_FILLED)
    assert state(recurrence=Recurrence.ANNUAL, rounds=(past,)) is State.USUAL


def test_a_past_deadline_hints_at_the_usual_window_only_of_a_yearly_programme() -> None:
    past = closing(datetime(2025, 2, 6, 16, 0, tzinfo=UTC), opens=datetime(2025, 1, 23, tzinfo=UTC))
    assert Schedule(recurrence=Recurrence.ANNUAL, rounds=(past,)).usual_window == (1, 2)
    assert Schedule(recurrence=Recurrence.ONE_OFF, rounds=(past,)).usual_window == (None, None)


def test_the_hint_is_the_month_in_the_uk() -> None:
    first_of_april = moment(date(2025, 4, 1), None, "Europe/London", otherwise=time.min)
    past = closing(datetime(2025, 5, 1, tzinfo=UTC), opens=first_of_april)
    assert Schedule(recurrence=Recurrence.ANNUAL, rounds=(past,)).usual_window == (4, 5)


@pytest.mark.parametrize("round", [Round(closing=Closing.ROLLING), Round(closing=Closing.UNTIL_FILLED)])
def test_a_round_without_a_date_is_open_only_while_somebody_confirmed_it_lately(round: Round) -> None:
    fresh = NOW - CONFIRMATION_HOLDS_FOR + DAY
    assert state(rounds=(round,), confirmed_at=fresh) is State.OPEN
    assert state(rounds=(round,), confirmed_at=NOW - CONFIRMATION_HOLDS_FOR) is State.UNKNOWN
    assert state(rounds=(round,)) is State.UNKNOWN


def test_rolling_is_open_only_while_confirmed() -> None:
    assert state(recurrence=Recurrence.ROLLING) is State.USUAL
    assert state(recurrence=Recurrence.ROLLING, confirmed_at=NOW - DAY) is State.OPEN


def test_confirming_a_yearly_programme_does_not_open_it() -> None:
    assert state(recurrence=Recurrence.ANNUAL, confirmed_at=NOW) is State.USUAL


@pytest.mark.parametrize(("running", "says"), [(Running.ENDED, State.ENDED), (Running.PAUSED, State.PAUSED)])
def test_ended_and_paused_beat_every_date(running: Running, says: State) -> None:
    assert state(running=running, rounds=(closing(NOW + DAY),), recurrence=Recurrence.ROLLING, confirmed_at=NOW) is says


def test_it_says_when_it_will_next_change() -> None:
    opens, closes = NOW + DAY, NOW + 3 * DAY
    schedule = Schedule(rounds=(closing(closes, opens=opens),), confirmed_at=NOW)
    assert timing(schedule, NOW).changes_at == opens
    assert timing(schedule, opens).changes_at == closes
    assert timing(schedule, closes).changes_at == NOW + CONFIRMATION_HOLDS_FOR
    assert timing(Schedule(), NOW).changes_at is None


def test_an_hour_in_another_zone_is_the_moment_there() -> None:
    assert moment(date(2023, 4, 3), time(23, 59), "Europe/Berlin", otherwise=time.max) == datetime(
        2023, 4, 3, 21, 59, tzinfo=UTC
    )
