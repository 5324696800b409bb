"""Email in the real processes: there within moments, lost by no kill, read by nobody who comes through a proxy."""

import random
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.foundation.clock import now
from directory.foundation.database import connect, transaction
from directory.foundation.kept_mail import kept_mail
from directory.foundation.letters import Letter, post
from directory.foundation.mail import Message
from directory.foundation.migrations import migrate
from directory.foundation.settings import Settings
from tests.cli.test_command_line import WAYIN, environment, refused, run

# Ours is two; the machines that run this share their cores.
SECONDS_FROM_POSTED_TO_KEPT = 5


def comes_true(true: Callable[[], bool], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


@contextmanager
def database(folder: Path) -> Iterator[Session]:
    """A session on the database in ``folder`` that commits at the end."""
    engine = connect(Settings.from_environment({"WAYIN_DATA_FOLDER": str(folder)}).database_url)
    with transaction(engine) as session:
        yield session
    engine.dispose()


def owe(folder: Path, *subjects: str) -> None:
    with database(folder) as session:
        for subject in subjects:
            post(session, Message("sam@school.example", subject, "Hello, Sam."), now(), purpose="greeting")


def arrived(folder: Path) -> set[str]:
    return {mail.subject for mail in kept_mail(folder / "mail")}


@contextmanager
def worker(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "directory", "work"]
    with subprocess.Popen(command, env=environment(folder, {}), stdin=subprocess.DEVNULL) as running:
        try:
            yield running
        finally:
            running.kill()


def status(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code


def test_what_is_posted_is_there_within_moments_also_when_the_index_is_in_memory(
    tmp_path: Path, free_port: str
) -> None:
    command = [WAYIN, "--port", free_port]
    with subprocess.Popen(command, env=environment(tmp_path, {}), stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout and "is open at" in serving.stdout.readline()
        told = serving.stdout.readline()
        address = f"http://127.0.0.1:{free_port}/dev/mail"
        assert told == f"Email is kept in {tmp_path / 'mail'}; read it at {address}\n"
        owe(tmp_path, "First")
        assert comes_true(lambda: arrived(tmp_path) == {"First"})
        owe(tmp_path, "Second")
        began = time.monotonic()
        assert comes_true(lambda: arrived(tmp_path) == {"First", "Second"})
        assert time.monotonic() - began < SECONDS_FROM_POSTED_TO_KEPT
        assert status(address) == 200
        for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
            assert status(address, **{name: "127.0.0.1"}) == 404, f"a server must not hide {name} from the page"
        assert status(address, Host="wayin.example") == 404
        serving.terminate()


def test_a_worker_killed_at_any_moment_loses_no_letter(tmp_path: Path) -> None:
    with database(tmp_path) as session:
        migrate(session.get_bind())
    dice = random.Random(4)
    subjects = [f"Number {number}" for number in range(40)]
    for begin in (0, 20):
        owe(tmp_path, *subjects[begin : begin + 20])
        before = arrived(tmp_path)
        with worker(tmp_path):
            assert comes_true(lambda before=before: arrived(tmp_path) > before)  # type: ignore[misc]
            time.sleep(dice.random() / 20)
    with database(tmp_path) as session:  # as if the time had passed after which one that was on its way is tried again
        session.execute(update(Letter).where(Letter.sent_at.is_(None)).values(due_at=now()))
    with worker(tmp_path):
        assert comes_true(lambda: arrived(tmp_path) == set(subjects))


def test_a_trial_says_what_came_of_it(tmp_path: Path, taken_port: str) -> None:
    done = run("mail", "try", "sam@school.example", folder=tmp_path)
    assert done.stdout == f"No mail server is set (WAYIN_SMTP_URL), so it is only kept in {tmp_path / 'mail'}.\n"
    assert arrived(tmp_path) == {"Email from Way In arrives"}
    refused(run("mail", "try", "sam", folder=tmp_path), "not one email address")
    away = {"SMTP_URL": "smtp://us:sesame@127.0.0.1:1"}
    refused(run("mail", "try", "sam@school.example", folder=tmp_path, **away), "It could not be sent: .*refused")


@pytest.mark.parametrize("variables", [{"HOST": "0.0.0.0"}, {"ENVIRONMENT": "production", "SECRET_KEY": "x" * 40}])
def test_only_a_private_server_tells_where_email_can_be_read(
    tmp_path: Path, free_port: str, variables: dict[str, str]
) -> None:
    command = [WAYIN, "--port", free_port]
    with subprocess.Popen(command, env=environment(tmp_path, variables), stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout and "is open at" in serving.stdout.readline()
        assert status(f"http://127.0.0.1:{free_port}/dev/mail") == 404
        serving.terminate()
        assert re.search("mail", serving.stdout.read()) is None
