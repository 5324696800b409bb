"""What the index is owed is kept until it is paid, and no debt is ever mistaken for another."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.catalogue.outbox import debt, owe, owed, paid
from directory.foundation.database import transaction


def test_what_is_owed_is_told_oldest_first(session: Session) -> None:
    owe(session, [7, 3])
    session.flush()
    owe(session, [5])
    session.flush()
    sequences, ids = zip(*owed(session), strict=True)
    assert ids == (7, 3, 5)
    assert list(sequences) == sorted(set(sequences))


def test_a_listing_that_changed_twice_is_owed_twice(session: Session) -> None:
    owe(session, [7])
    owe(session, [7])
    session.flush()
    assert [id for _sequence, id in owed(session)] == [7, 7]
    assert debt(session) == 2


def test_nothing_changed_is_nothing_owed(session: Session) -> None:
    owe(session, [])
    session.flush()
    assert (debt(session), owed(session)) == (0, [])


def test_paying_forgets_what_was_paid_and_keeps_what_came_since(session: Session) -> None:
    owe(session, [7, 3, 5])
    session.flush()
    ((first, _), (second, _), (third, _)) = owed(session)
    paid(session, [first, second])
    assert owed(session) == [(third, 5)]


def test_what_was_not_committed_is_not_owed(session: Session) -> None:
    owe(session, [7])
    session.flush()
    session.rollback()
    assert debt(session) == 0


def test_a_sequence_never_comes_again_once_paid(database: Engine) -> None:
    """Or someone who read the old debt could pay the new one without having indexed it."""
    seen: list[int] = []
    for id in (7, 3, 7):
        with transaction(database) as session:
            owe(session, [id])
        with transaction(database) as session:
            ((sequence, owing),) = owed(session)
            assert owing == id
            paid(session, [sequence])
        seen.append(sequence)
    assert seen == sorted(set(seen))


def test_paying_twice_does_not_pay_what_came_between(database: Engine) -> None:
    with transaction(database) as session:
        owe(session, [7])
    with transaction(database) as session:
        ((first, _),) = owed(session)
        paid(session, [first])
    with transaction(database) as session:
        owe(session, [3])
    with transaction(database) as session:
        paid(session, [first])
        assert [id for _sequence, id in owed(session)] == [3]
