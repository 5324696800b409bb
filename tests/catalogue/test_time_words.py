"""The words for time on cards, pages and paper."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from directory.catalogue.time_words import Treatment, time_words
from directory.catalogue.timing import Round, Schedule
from directory.catalogue.vocabulary import Closing, Recurrence, Running

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def closes(days: int, *, hour_known: bool = False) -> Schedule:
    at = NOW.replace(hour=23, minute=59) + timedelta(days=days)
    return Schedule(rounds=(Round(closes=at, closing=Closing.FIXED, hour_known=hour_known),))


@pytest.mark.parametrize(
    ("days", "headline", "detail", "treatment"),
    [
        (0, "Today", "Mon 23 Nov", Treatment.NOW),
        (1, "Tomorrow", "Tue 24 Nov", Treatment.NOW),
        (4, "Fri 27 Nov", "in 4 days", Treatment.WEEK),
        (7, "Mon 30 Nov", "in 7 days", Treatment.WEEK),
        (8, "Tue 1 Dec", "in 8 days", Treatment.NEAR),
        (18, "Fri 11 Dec", "in 2 weeks", Treatment.NEAR),
        (98, "1 Mar 2027", "in 3 months", Treatment.FAR),
    ],
)
def test_a_closing_date_grows_louder_as_it_comes(days: int, headline: str, detail: str, treatment: Treatment) -> None:
    words = time_words(closes(days), NOW)
    assert (words.label, words.headline, words.detail, words.treatment) == ("Closes", headline, detail, treatment)


def test_paper_has_no_tomorrow_and_gives_the_hour_only_when_it_is_known() -> None:
    assert time_words(closes(1), NOW).paper == "Closes Tue 24 Nov 2026"
    assert time_words(closes(1, hour_known=True), NOW).paper == "Closes Tue 24 Nov 2026, 11:59pm"


def test_an_opening_ahead_says_so() -> None:
    opens = Schedule(rounds=(Round(opens=NOW + timedelta(days=14), closing=Closing.FIXED),))
    words = time_words(opens, NOW)
    assert (words.label, words.headline, words.detail, words.treatment) == (
        "Opens",
        "Mon 7 Dec",
        "in 2 weeks",
        Treatment.SOON,
    )


@pytest.mark.parametrize(
    ("schedule", "label", "headline", "detail"),
    [
        (Schedule(recurrence=Recurrence.ROLLING), "Usually open", "All year", "Not confirmed"),
        (Schedule(recurrence=Recurrence.ANNUAL), "Usually runs", "Once a year", "Months not said"),
        (Schedule(usually_opens=9, usually_closes=11), "Usually open", "September to November", "Dates not confirmed"),
        (Schedule(usually_opens=6, usually_closes=6), "Usually open", "June", "Dates not confirmed"),
        (Schedule(usually_opens=10), "Usually opens", "October", "Dates not confirmed"),
        (Schedule(usually_closes=2), "Usually closes", "February", "Dates not confirmed"),
        (Schedule(recurrence=Recurrence.COHORTS), "Usually runs", "In groups", "Start dates not said"),
        (Schedule(), "Dates", "Not said", "Ask them"),
        (Schedule(running=Running.PAUSED), "Paused", "Not running now", None),
        (Schedule(running=Running.ENDED), "Ended", "No longer runs", None),
    ],
)
def test_what_is_not_dated_is_said_without_a_date(
    schedule: Schedule, label: str, headline: str, detail: str | None
) -> None:
    words = time_words(schedule, NOW)
    assert (words.label, words.headline, words.detail, words.moment) == (label, headline, detail, None)


def test_rolling_and_confirmed_is_any_time() -> None:
    words = time_words(Schedule(recurrence=Recurrence.ROLLING, confirmed_at=NOW), NOW)
    assert (words.label, words.headline, words.treatment) == ("Apply", "Any time", Treatment.ROLLING)


def test_a_closed_round_says_when_it_closed() -> None:
    words = time_words(closes(-3), NOW)
    assert (words.label, words.headline, words.sentence) == ("Closed", "Fri 20 Nov", "Closed on 20 November 2026")
    assert words.detail is None


def test_a_programme_that_closed_lately_says_its_usual_month_too() -> None:
    words = time_words(replace(closes(-3), recurrence=Recurrence.ANNUAL, usually_opens=11), NOW)
    assert (words.label, words.headline, words.detail) == ("Closed", "Fri 20 Nov", "Usually opens in November")
    assert words.sentence == "Closed on 20 November 2026. Usually opens in November"
    assert words.paper == "Closed Fri 20 Nov 2026. Usually opens in November"
