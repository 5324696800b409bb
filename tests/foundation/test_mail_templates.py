"""An email is put into words once, for readers of plain text and of HTML, without a request."""

import html5lib
import jinja2
import pytest

from directory.foundation import addresses
from directory.foundation.mail import Message
from directory.foundation.mail_templates import LONGEST_SUBJECT, compose
from directory.foundation.settings import Settings

SITE = {"WAYIN_SITE_ADDRESS": "https://wayin.example", "WAYIN_CONTACT_ADDRESS": "hello@wayin.example"}


def trial(**variables: str) -> Message:
    settings = Settings.from_environment(SITE | variables)
    return compose(settings, "trial", "sam@school.example", health_address=addresses.health(settings))


def test_both_parts_say_what_it_is_about_what_to_do_and_why_it_came() -> None:
    message = trial()
    assert (message.to, message.subject) == ("sam@school.example", "Email from Way In arrives")
    for part in (message.text, message.html):
        assert "There is nothing to do." in part
        assert "https://wayin.example/health" in part
        assert "You get this because somebody who runs Way In sent a trial to this address." in part
        assert "hello@wayin.example" in part
    assert "Nothing to do." in message.html


def test_the_plain_part_is_plain() -> None:
    text = trial(WAYIN_SITE_NAME="Cells & Genes").text
    assert "somebody who runs Cells & Genes sent" in text
    assert "<" not in text
    assert "\n\n\n" not in text
    assert text == text.strip() + "\n"


def test_the_html_part_is_whole_and_what_was_typed_is_only_text_in_it() -> None:
    message = trial(WAYIN_SITE_NAME='<script src="//evil.example">')
    html5lib.HTMLParser(strict=True).parse(message.html)
    assert "<script" not in message.html
    assert "&lt;script" in message.html


def test_a_subject_is_one_line_of_bounded_length() -> None:
    message = trial(WAYIN_SITE_NAME=f"Way\r\nBcc: everyone@example.com {'very ' * 60}long")
    assert message.subject.startswith("Email from Way Bcc: everyone@example.com very very")
    assert len(message.subject) <= LONGEST_SUBJECT


def test_a_template_that_lacks_something_is_never_sent_without_it() -> None:
    with pytest.raises(jinja2.UndefinedError, match="health_address"):
        compose(Settings.from_environment(SITE), "trial", "sam@school.example")


def test_what_is_asked_for_in_an_address_is_written_as_addresses_write_it() -> None:
    settings = Settings.from_environment(SITE)
    assert addresses.at(settings, "/search", q="gene & cell") == "https://wayin.example/search?q=gene+%26+cell"
    assert addresses.at(settings, "/ways in") == "https://wayin.example/ways%20in"
