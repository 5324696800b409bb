"""A letter is owed from the commit on, goes at least once, and is forgotten when it went."""

import threading
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.foundation.database import session_maker, transaction
from directory.foundation.letters import (
    FIRST_WAIT,
    KEPT,
    LONGEST_WAIT,
    MOST_AT_ONCE,
    MOST_TRIES,
    NAMES_KEPT,
    PATIENCE,
    TIME_TO_SEND,
    Letter,
    LetterCounts,
    count_letters,
    forget_old,
    post,
    send_due,
)
from directory.foundation.mail import Message, RememberingMailer, written

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
HELLO = Message("sam@school.example", "Hello", "Hello, Sam.", "<p>Hello, Sam.</p>")


class Failing:
    """A mailer that fails as it is told to, as often as it is told to."""

    def __init__(self, failure: BaseException, times: int = 10**6) -> None:
        self.failure = failure
        self.times = times
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        if self.times:
            self.times -= 1
            raise self.failure
        self.sent.append(message)


def owe(database: Engine, message: Message = HELLO, at: datetime = NOW, once: str | None = None) -> None:
    with transaction(database) as session:
        post(session, message, at, purpose="greeting", once=once)


def only_letter(database: Engine) -> Letter:
    with session_maker(database)() as session:
        return session.scalars(select(Letter)).one()


def test_what_is_posted_goes_once_and_its_words_are_forgotten(database: Engine) -> None:
    owe(database)
    mailer = RememberingMailer()
    assert send_due(database, mailer, NOW) == 1
    assert send_due(database, mailer, NOW + timedelta(days=1)) == 0
    (sent,) = mailer.sent
    assert (sent.to, sent.subject, sent.text, sent.html) == (HELLO.to, HELLO.subject, HELLO.text, HELLO.html)
    letter = only_letter(database)
    assert (letter.sent_at, letter.text, letter.html) == (NOW, "", "")


def test_what_is_not_committed_is_not_owed(session: Session, database: Engine) -> None:
    post(session, HELLO, NOW, purpose="greeting")
    session.flush()
    session.rollback()
    assert send_due(database, RememberingMailer(), NOW) == 0


def test_a_few_go_at_a_time_longest_due_first(database: Engine) -> None:
    for number in reversed(range(MOST_AT_ONCE + 2)):
        at = NOW + timedelta(seconds=number)
        owe(database, Message("sam@school.example", f"Number {number}", "Text"), at)
    mailer = RememberingMailer()
    assert send_due(database, mailer, NOW + timedelta(minutes=1)) == MOST_AT_ONCE
    assert send_due(database, mailer, NOW + timedelta(minutes=1)) == 2
    assert [message.subject for message in mailer.sent] == [f"Number {number}" for number in range(MOST_AT_ONCE + 2)]


def test_one_that_fails_waits_longer_each_time_and_then_goes(database: Engine) -> None:
    owe(database)
    mailer = Failing(OSError("away"), times=3)
    now = NOW
    for wait in (FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT):
        assert send_due(database, mailer, now) == 0
        assert only_letter(database).due_at == now + wait
        assert send_due(database, mailer, now + wait - timedelta(seconds=5)) == 0
        now += wait
    assert mailer.times == 0
    assert send_due(database, mailer, now) == 1
    assert len(mailer.sent) == 1


def test_one_that_always_fails_is_given_up_and_its_words_are_forgotten(database: Engine) -> None:
    owe(database)
    mailer = Failing(OSError("away"))
    now = NOW
    for _ in range(MOST_TRIES):
        assert only_letter(database).given_up_at is None
        send_due(database, mailer, now)
        now += LONGEST_WAIT
    letter = only_letter(database)
    assert letter.given_up_at
    assert (letter.sent_at, letter.text, letter.html) == (None, "", "")
    tries_left = mailer.times
    send_due(database, mailer, now + LONGEST_WAIT)
    assert mailer.times == tries_left


def test_one_that_can_never_be_sent_is_given_up_at_once_and_holds_up_no_other(database: Engine) -> None:
    owe(database, Message("nobody\nBcc: everyone@example.com", "Hello", "Text"), NOW - timedelta(hours=1))
    owe(database)
    mailer = Refusing()
    send_due(database, mailer, NOW)
    send_due(database, mailer, NOW)
    assert [message.to for message in mailer.sent] == ["sam@school.example"]


class Refusing(RememberingMailer):
    """A mailer that writes each message as the real ones do before it remembers it."""

    def send(self, message: Message) -> None:
        written(message, Address(addr_spec="no-reply@wayin.example"))
        super().send(message)


def test_while_a_server_is_away_letters_take_turns(database: Engine) -> None:
    for number in range(3):
        owe(database, Message("sam@school.example", f"Number {number}", "Text"), NOW - timedelta(minutes=3 - number))
    mailer = Failing(ConnectionRefusedError("away"), times=3)
    for _ in range(3):
        assert send_due(database, mailer, NOW) == 0
    assert send_due(database, mailer, NOW) == 0, "each waits for its next try"
    assert send_due(database, mailer, NOW + FIRST_WAIT) == 3


def test_a_sender_killed_after_handing_over_sends_again_under_the_same_name(database: Engine) -> None:
    owe(database)
    killed = Killed()
    with pytest.raises(KeyboardInterrupt):
        send_due(database, killed, NOW)
    mailer = RememberingMailer()
    assert send_due(database, mailer, NOW + timedelta(seconds=30)) == 0, "it may still be on its way"
    assert send_due(database, mailer, NOW + TIME_TO_SEND + timedelta(seconds=5)) == 1
    assert [message.id for message in mailer.sent] == [message.id for message in killed.sent]


class Killed(RememberingMailer):
    """A mailer whose process ends when the message is handed over."""

    def send(self, message: Message) -> None:
        super().send(message)
        raise KeyboardInterrupt


def test_two_senders_at_once_send_each_letter_once(database: Engine) -> None:
    for number in range(30):
        owe(database, Message("sam@school.example", f"Number {number}", "Text"))
    mailer = RememberingMailer()
    barrier = threading.Barrier(3)

    def work() -> None:
        barrier.wait()
        for _ in range(6):
            send_due(database, mailer, NOW)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(message.subject for message in mailer.sent) == sorted(f"Number {number}" for number in range(30))


def test_what_went_long_ago_is_forgotten_and_a_name_that_went_stays_used(database: Engine) -> None:
    owe(database)
    owe(database, once="welcome to 7")
    owe(database, at=NOW + KEPT)
    send_due(database, RememberingMailer(), NOW)
    owed = ("sam@school.example", "Hello", None)
    for later, left in (
        (KEPT - timedelta(hours=1), [owed, ("sam@school.example", "Hello", "welcome to 7"), owed]),
        (KEPT + timedelta(hours=1), [("", "", "welcome to 7"), owed]),
        (NAMES_KEPT + timedelta(hours=1), [owed]),
    ):
        with transaction(database) as session:
            forget_old(session, NOW + later)
        with session_maker(database)() as session:
            letters = session.scalars(select(Letter).order_by(Letter.id))
            assert [(letter.to, letter.subject, letter.once) for letter in letters] == left


def test_letters_are_counted(database: Engine) -> None:
    owe(database)
    owe(database, at=NOW + timedelta(seconds=1))
    send_due(database, RememberingMailer(), NOW)
    owe(database, at=NOW - timedelta(minutes=1))
    send_due(database, Failing(OSError("away")), NOW)
    with session_maker(database)() as session:
        assert count_letters(session, NOW) == LetterCounts(2, 1, 0, 1, 0)
        assert count_letters(session, NOW + timedelta(minutes=2) + PATIENCE) == LetterCounts(2, 1, 2, 1, 0)
        assert count_letters(session, NOW + timedelta(days=2)).sent_today == 0


def test_no_address_is_written_down(
    database: Engine, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    owe(database)
    owe(database)
    send_due(database, Failing(OSError("sam@school.example refused"), times=1), NOW)
    send_due(database, RememberingMailer(), NOW)
    said = capsys.readouterr()
    told = said.out + said.err + caplog.text  # wherever this process writes its logs by now
    assert "could not be sent" in told
    assert "sam" not in told
