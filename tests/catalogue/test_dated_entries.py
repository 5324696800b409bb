"""What calendars are told: an entry for each date, a number that rises exactly when it moves, a word when it is off."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from directory.catalogue.actions import amend, confirm, hide, restore, withdraw
from directory.catalogue.dated_entries import cancelled_since, entries_of, keep_dated
from directory.catalogue.models import DatedEntry, Intake, Opportunity
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.vocabulary import Closing, Milestone, Recurrence, Running, Signal
from directory.foundation import migrations
from tests.contracts.listings import NOW
from tests.search.rows import row

LONG_AGO = date(1900, 1, 1)
LATER = NOW + timedelta(hours=1)
OPENS, CLOSES, STARTS = Milestone.OPENS, Milestone.CLOSES, Milestone.STARTS


def a_round(**known: object) -> Intake:
    return Intake(**{"position": 0, "zone": "Europe/London", "closing": Closing.FIXED, **known})


DATED = {
    "opens_on": date(2026, 12, 1),
    "closes_on": date(2027, 1, 15),
    "closes_at": time(23, 59),
    "starts_on": date(2027, 9, 1),
}


@pytest.fixture
def listing(session: Session) -> Opportunity:
    """A listing with one round, all of it dated and in the calendar."""
    made = row("A placement", slug="a-placement", intakes=[a_round(**DATED)])
    session.add(made)
    session.flush()
    amend(session, made, {}, NOW)
    return again(session)


def again(session: Session) -> Opportunity:
    session.commit()
    session.expunge_all()
    whole = opportunity_by_slug(session, "a-placement")
    assert whole is not None
    return whole


def told(session: Session, listing: Opportunity) -> dict[Milestone, tuple[date, time | None, str, int]]:
    """Give the entries that stand: their day, hour, zone and sequence."""
    session.flush()
    return {
        one.what: (one.day, one.hour, one.zone, one.sequence)
        for one in entries_of(session, [listing.id], LONG_AGO)[listing.id]
    }


def sequences(session: Session) -> dict[Milestone, tuple[int, bool]]:
    """Give every entry's sequence and whether it stands."""
    session.flush()
    return {one.what: (one.sequence, one.cancelled_at is None) for one in session.scalars(select(DatedEntry))}


def test_a_round_has_an_entry_for_each_of_its_dates(session: Session, listing: Opportunity) -> None:
    assert told(session, listing) == {
        OPENS: (date(2026, 12, 1), None, "Europe/London", 0),
        CLOSES: (date(2027, 1, 15), time(23, 59), "Europe/London", 0),
        STARTS: (date(2027, 9, 1), None, "Europe/London", 0),
    }


@pytest.mark.parametrize(
    "known",
    [
        {"recurrence": Recurrence.ROLLING},
        {"recurrence": Recurrence.ANNUAL, "usually_opens": 10, "usually_closes": 12, "usually_starts": 9},
        {"running": Running.RUNNING},
    ],
)
def test_what_is_usual_or_open_at_any_time_has_no_date(session: Session, known: dict[str, object]) -> None:
    until_filled = a_round(closing=Closing.UNTIL_FILLED, starts_words="When you are ready")
    made = row(**known, intakes=[until_filled])
    session.add(made)
    session.flush()
    amend(session, made, {}, NOW)
    assert told(session, made) == {}


def test_only_the_entry_that_moved_counts_up(session: Session, listing: Opportunity) -> None:
    listing.intakes[0].closes_on = date(2027, 1, 22)
    amend(session, listing, {"title": "Another name"}, LATER)
    assert sequences(session) == {OPENS: (0, True), CLOSES: (1, True), STARTS: (0, True)}
    assert told(session, listing)[CLOSES][0] == date(2027, 1, 22)


@pytest.mark.parametrize("change", [{"closes_at": time(12)}, {"closes_at": None}, {"zone": "America/New_York"}])
def test_an_hour_and_its_zone_are_part_of_when(session: Session, listing: Opportunity, change: dict[str, str]) -> None:
    for name, value in change.items():
        setattr(listing.intakes[0], name, value)
    amend(session, listing, {}, LATER)
    assert sequences(session) == {OPENS: (0, True), CLOSES: (1, True), STARTS: (0, True)}


def test_what_moves_no_date_counts_nothing_up(session: Session, listing: Opportunity) -> None:
    amend(session, listing, {"title": "Another name", "summary": "Other words."}, LATER)
    confirm(session, listing, Signal.PERSON, LATER)
    amend(session, listing, {"intakes": [a_round(**DATED)]}, LATER)
    assert {sequence for sequence, _stands in sequences(session).values()} == {0}


@pytest.mark.parametrize("take_away", [withdraw, hide], ids=["withdrawn", "hidden"])
def test_a_listing_out_of_sight_is_cancelled_and_comes_back(
    session: Session, listing: Opportunity, take_away: Callable[..., None]
) -> None:
    take_away(session, listing, LATER)
    assert set(sequences(session).values()) == {(1, False)}
    assert told(session, listing) == {}
    assert [(one.opportunity_id, public) for one, public in cancelled_since(session, LATER)] == [
        (listing.id, False)
    ] * 3
    restore(session, listing, LATER)
    assert set(sequences(session).values()) == {(2, True)}
    assert list(cancelled_since(session, NOW)) == []


@pytest.mark.parametrize("running", [Running.PAUSED, Running.ENDED])
def test_a_programme_that_takes_nobody_has_no_dates(session: Session, listing: Opportunity, running: Running) -> None:
    amend(session, listing, {"running": running}, LATER)
    assert set(sequences(session).values()) == {(1, False)}
    assert {public for _entry, public in cancelled_since(session, LATER)} == {True}


def test_a_date_that_vanished_is_cancelled_by_itself(session: Session, listing: Opportunity) -> None:
    listing.intakes[0].closing, listing.intakes[0].closes_on = Closing.UNTIL_FILLED, None
    amend(session, listing, {}, LATER)
    assert sequences(session) == {OPENS: (0, True), CLOSES: (1, False), STARTS: (0, True)}
    withdraw(session, listing, LATER)
    assert sequences(session)[CLOSES] == (1, False), "what is cancelled is not cancelled again"


def test_cancellations_are_told_for_as_long_as_is_asked_and_of_whom(session: Session, listing: Opportunity) -> None:
    withdraw(session, listing, LATER)
    assert list(cancelled_since(session, LATER + timedelta(seconds=1))) == []
    assert list(cancelled_since(session, LATER, among=[listing.id + 1])) == []
    assert len(list(cancelled_since(session, LATER, among={listing.id}))) == 3


def test_an_old_day_is_left_out(session: Session, listing: Opportunity) -> None:
    assert {one.what for one in entries_of(session, [listing.id], date(2027, 1, 16))[listing.id]} == {STARTS}


def test_two_rounds_in_one_place_are_two(session: Session, listing: Opportunity) -> None:
    listing.intakes = [a_round(closes_on=date(2027, 1, 15)), a_round(closes_on=date(2027, 3, 1))]
    amend(session, listing, {}, LATER)
    assert [one.day for one in entries_of(session, [listing.id], LONG_AGO)[listing.id]] == [
        date(2027, 1, 15),
        date(2027, 3, 1),
    ]


def test_a_change_that_is_undone_was_never_told(session: Session, listing: Opportunity) -> None:
    withdraw(session, listing, LATER)
    session.rollback()
    assert set(sequences(session).values()) == {(0, True)}


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 4))
CHANGES = st.lists(
    st.tuples(st.sampled_from(["publish", "withdraw"]), DAYS, DAYS, st.none() | st.just(time(12))), max_size=6
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_a_sequence_rises_exactly_when_what_a_calendar_shows_differs(
    session: Session, changes: list[tuple[str, date | None, date | None, time | None]]
) -> None:
    made = row(intakes=[a_round()])
    session.add(made)
    session.flush()
    shown: dict[Milestone, list[object]] = {}
    for act, opens, closes, hour in changes:
        made.intakes[0].opens_on, made.intakes[0].closes_on = opens, closes
        made.intakes[0].closes_at = hour if closes else None
        (withdraw if act == "withdraw" else restore)(session, made, NOW)
        wanted = {OPENS: opens, CLOSES: (closes, hour) if closes else None}
        for what, when in wanted.items():
            now_shown = when if act == "publish" else None
            steps = shown.setdefault(what, [])
            if (steps or now_shown) and (not steps or steps[-1] != now_shown):
                steps.append(now_shown)
    session.flush()
    held = session.scalars(select(DatedEntry).where(DatedEntry.opportunity_id == made.id))
    assert {one.what: one.sequence for one in held} == {what: len(steps) - 1 for what, steps in shown.items() if steps}
    session.rollback()


def test_a_database_that_had_listings_before_gets_their_entries(database: Engine, session: Session) -> None:
    """What the revision fills in is what keeping them would have made."""
    kept = row("Public", intakes=[a_round(**DATED), a_round(closes_on=date(2027, 3, 1))])
    gone = row("Ended", running=Running.ENDED, intakes=[a_round(**DATED)], organisation=kept.organisation)
    session.add_all([kept, gone])
    session.commit()
    keep_dated(session, [kept.id, gone.id], NOW)
    session.commit()
    before = every_entry(session)
    assert len(before) == 4
    session.execute(text("DROP TABLE dated_entry"))
    session.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    session.commit()
    migrations.migrate(database)
    assert every_entry(session) == before


def every_entry(session: Session) -> set[tuple[object, ...]]:
    columns = (column for column in DatedEntry.__table__.columns if column.name != "id")
    return {tuple(found) for found in session.execute(select(*columns))}
