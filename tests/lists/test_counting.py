"""How often a list is opened: counted by day, written a little later, and nothing of whoever opened it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.foundation.database import session_maker
from directory.lists import actions, counting
from directory.lists.counting import Views
from directory.lists.models import DayOfViews
from directory.lists.queries import views_since
from tests.contracts.listings import NOW
from tests.lists.conftest import MakeList

TODAY = date(2026, 11, 26)
YESTERDAY = TODAY - timedelta(days=1)


def counted(session: Session) -> dict[tuple[int, date], int]:
    session.expire_all()
    return {(one.list_id, one.day): one.views for one in session.scalars(select(DayOfViews))}


def test_views_are_counted_by_day_and_list(session: Session, database: Engine, make: MakeList) -> None:
    first, second = make(), make()
    session.commit()
    views = Views(session_maker(database))
    for id, day in ((first.id, TODAY), (first.id, TODAY), (second.id, TODAY), (first.id, YESTERDAY)):
        views.count(id, day)
    assert counted(session) == {}
    views.write()
    views.count(first.id, TODAY)
    views.write()
    views.write()
    assert counted(session) == {(first.id, TODAY): 3, (second.id, TODAY): 1, (first.id, YESTERDAY): 1}
    assert views_since(session, first, TODAY) == 3


def test_no_view_is_lost_when_many_count_and_write_at_once(session: Session, database: Engine, make: MakeList) -> None:
    one = make()
    session.commit()
    processes = [Views(session_maker(database)) for _ in range(2)]

    def open_it(number: int) -> None:
        processes[number % 2].count(one.id, TODAY)
        if number % 10 == 0:
            processes[number % 2].write()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(open_it, range(200)))
    for views in processes:
        views.write()
    assert counted(session) == {(one.id, TODAY): 200}


def test_a_room_that_opens_a_list_at_once_is_written_once(
    session: Session, database: Engine, make: MakeList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "SECONDS_BETWEEN_WRITES", 3_600.0)
    one = make()
    session.commit()
    views = Views(session_maker(database))
    for _ in range(30):
        views.count(one.id, TODAY)
        views.write_in_time()
    assert counted(session) == {(one.id, TODAY): 1}
    views.write()
    assert counted(session) == {(one.id, TODAY): 30}


def test_views_of_a_list_that_was_deleted_meanwhile_go_with_it(
    session: Session, database: Engine, make: MakeList
) -> None:
    gone, kept = make(), make()
    session.commit()
    views = Views(session_maker(database))
    views.count(gone.id, TODAY)
    views.count(kept.id, TODAY)
    actions.remove(session, gone, NOW)
    session.commit()
    views.write()
    assert counted(session) == {(kept.id, TODAY): 1}


def test_a_database_that_does_not_answer_costs_no_count(session: Session, database: Engine, make: MakeList) -> None:
    one = make()
    session.commit()
    answering = session_maker(database)
    views = Views(session_maker(database.execution_options(schema_translate_map={None: "nowhere"})))
    views.count(one.id, TODAY)
    views.write()
    assert counted(session) == {}
    views._sessions = answering
    views.write()
    assert counted(session) == {(one.id, TODAY): 1}


def test_what_is_kept_of_a_view_is_a_list_a_day_and_a_number() -> None:
    assert set(DayOfViews.__table__.columns.keys()) == {"list_id", "day", "views"}
