"""A message goes to one address with our headers and no others, to a mail server or into a folder."""

import email
import os
import re
import time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.foundation.kept_mail import find_mail, kept_mail
from directory.foundation.mail import (
    FolderMailer,
    Message,
    RememberingMailer,
    SmtpMailer,
    Unsendable,
    choose_mailer,
    written,
)
from directory.foundation.settings import Settings

US = Address(display_name="Way In", addr_spec="no-reply@wayin.example")
HELLO = Message("sam@school.example", "Hello", "Hello, Sam.\n", "<p>Hello, Sam.</p>")
OURS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"}


def words_of(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


def read_back(message: Message) -> EmailMessage:
    return email.message_from_bytes(written(message, US).as_bytes(), EmailMessage, policy=SMTP)


def test_a_message_has_both_parts_and_says_that_no_person_wrote_it() -> None:
    message = read_back(HELLO)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Way In <no-reply@wayin.example>"
    assert re.fullmatch(r"<\S+@wayin\.example>", message["Message-ID"])
    assert message["Date"].datetime.tzinfo


def test_two_messages_have_two_names_and_two_copies_have_one() -> None:
    assert read_back(HELLO)["Message-ID"] == read_back(HELLO)["Message-ID"]
    other = Message(HELLO.to, HELLO.subject, HELLO.text, HELLO.html)
    assert read_back(other)["Message-ID"] != read_back(HELLO)["Message-ID"]


def test_words_of_any_language_and_length_arrive_as_they_were() -> None:
    subject, text = "Ynys Môn – 見学 🧬" * 8, "Ŵy " * 2000 + "\n\n.\n.hidden\nFrom here\n"
    message = read_back(Message("sam@school.example", subject, text))
    assert message["Subject"] == subject
    assert words_of(message) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x00", "\x85", "\u2028"])
def test_no_subject_becomes_another_header(end: str) -> None:
    message = read_back(Message("sam@school.example", f"Hello{end}Bcc: everyone@example.com{end}{end}Body", "Text\n"))
    assert message["Subject"] == "Hello Bcc: everyone@example.com Body"
    assert set(message.keys()) <= OURS | {"Content-Transfer-Encoding"}
    assert words_of(message) == "Text\n"


@pytest.mark.parametrize(
    "to",
    [
        "",
        "sam",
        "@school.example",
        "sam@",
        "sam@school.example, everyone@example.com",
        "sam@school.example;everyone@example.com",
        "sam@school.example\nBcc: everyone@example.com",
        "sam@school.example\r\n\r\nText",
        "Sam <sam@school.example>",
        "<sam@school.example>",
        '"sam@school.example"@evil.example',
        "sam@school.example\x00",
        "everyone: sam@school.example;",
        "sam(comment)@school.example",
        "sam@[127.0.0.1]",
        "sam@school.example\u2028",
    ],
)
def test_what_is_not_one_address_gets_nothing(to: str, tmp_path: Path) -> None:
    with pytest.raises(Unsendable) as refusal:
        FolderMailer(tmp_path, US).send(Message(to, "Hello", "Text"))
    assert "sam" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


@given(to=st.text(max_size=30) | st.from_regex(r"[^@]{1,8}@[^@]{1,8}", fullmatch=True), subject=st.text(max_size=60))
def test_whatever_is_typed_it_goes_to_one_address_or_nowhere(to: str, subject: str) -> None:
    try:
        message = read_back(Message(to, subject, "Text\n"))
    except Unsendable:
        return
    assert len(message["To"].addresses) == 1
    assert len(message["Subject"].splitlines()) <= 1
    assert set(message.keys()) <= OURS | {"Content-Transfer-Encoding"}


def test_a_folder_keeps_whole_messages_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    FolderMailer(folder, US).send(HELLO)
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    (kept,) = kept_mail(folder)
    assert (kept.to, kept.subject) == (HELLO.to, HELLO.subject)
    assert (kept.text, kept.html.strip()) == (HELLO.text, HELLO.html)
    assert find_mail(folder, kept.name) == kept
    assert find_mail(folder, f"../mail/{kept.name}") is None


def test_a_folder_keeps_the_newest_and_what_a_killed_process_left_does_not_stay(tmp_path: Path) -> None:
    left, new = tmp_path / "left.draft", tmp_path / "new.draft"
    for draft in (left, new):
        draft.touch()
    os.utime(left, (time.time() - 7200,) * 2)
    mailer = FolderMailer(tmp_path, US, most=3)
    for number in range(5):
        mailer.send(Message("sam@school.example", f"Number {number}", "Text"))
    assert [mail.subject for mail in kept_mail(tmp_path)] == ["Number 4", "Number 3", "Number 2"]
    assert [file.name for file in tmp_path.glob("*.draft")] == ["new.draft"]


def test_a_folder_that_cannot_be_written_is_an_error_to_try_again_after(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("not a folder")
    with pytest.raises(OSError, match="mail"):
        FolderMailer(tmp_path / "mail", US).send(HELLO)


def test_the_settings_choose_who_carries_mail(tmp_path: Path) -> None:
    settings = {"WAYIN_DATA_FOLDER": str(tmp_path), "WAYIN_SITE_ADDRESS": "https://wayin.example"}
    folder = choose_mailer(Settings.from_environment(settings))
    assert folder == FolderMailer(tmp_path / "mail", US)
    server = choose_mailer(Settings.from_environment(settings | {"WAYIN_SMTP_URL": "smtps://us:sesame@mail.example"}))
    assert isinstance(server, SmtpMailer)
    assert "sesame" not in repr(server)


def test_a_memory_remembers() -> None:
    mailer = RememberingMailer()
    mailer.send(HELLO)
    assert mailer.sent == [HELLO]
