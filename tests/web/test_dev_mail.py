"""Kept email is shown to the developer at this machine, and to nobody else in any way."""

import dataclasses

import pytest
from flask.testing import FlaskClient

from directory.app import create_app
from directory.foundation.kept_mail import kept_mail
from directory.foundation.mail import Message, choose_mailer
from directory.foundation.settings import Environment
from directory.parts import Parts
from directory.web.dev_mail import pieces_of
from tests.conftest import strict

LETTER = Message(
    "sam@school.example",
    "Sign in <now>",
    "Open https://wayin.example/sign-in?key=a1&to=%2F.\n\nOr don't: <b>no</b> javascript:alert(1)\n",
    '<p>Open <a href="https://wayin.example/sign-in">this</a></p>',
)


def visitor(parts: Parts, **settings: object) -> FlaskClient:
    changed = dataclasses.replace(parts.settings, **settings)  # type: ignore[arg-type]
    return strict(create_app(dataclasses.replace(parts, settings=changed))).test_client()


@pytest.fixture
def name(parts: Parts) -> str:
    """The name of the one email that was kept."""
    choose_mailer(parts.settings).send(LETTER)
    return kept_mail(parts.settings.mail_folder)[0].name


def test_kept_email_is_listed_and_shown(parts: Parts, name: str) -> None:
    client = visitor(parts)
    listed = client.get("/dev/mail")
    assert listed.status_code == 200
    assert "sam@school.example" in listed.text
    assert f'<a href="/dev/mail/{name}">Sign in &lt;now&gt;</a>' in listed.text
    shown = client.get(f"/dev/mail/{name}")
    address = "https://wayin.example/sign-in?key=a1&amp;to=%2F"
    assert f'<a href="{address}">{address}</a>.' in shown.text
    assert "&lt;b&gt;no&lt;/b&gt; javascript:alert(1)" in shown.text
    assert "&lt;p&gt;Open &lt;a href=" in shown.text
    for answer in (listed, shown):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers


def test_an_empty_folder_and_a_name_that_is_none_are_no_trouble(parts: Parts) -> None:
    client = visitor(parts)
    assert "There is none yet." in client.get("/dev/mail").text
    for nothing in ("nothing", "..%2F..%2Fsecret_key", "%00", "x" * 300):
        assert client.get(f"/dev/mail/{nothing}").status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_a_server_that_listens_to_this_machine_has_them(parts: Parts, name: str, host: str) -> None:
    assert visitor(parts, host=host).get("/dev/mail").status_code == 200


@pytest.mark.parametrize(
    "settings",
    [
        {"environment": Environment.PRODUCTION},
        {"host": "0.0.0.0"},
        {"host": "::"},
        {"host": "192.168.1.5"},
        {"host": "wayin.example"},
        {"host": "localhost.example"},
        {"host": "127.0.0.1.example"},
    ],
)
def test_other_servers_have_no_such_pages(parts: Parts, name: str, settings: dict[str, object]) -> None:
    client = visitor(parts, **settings)
    assert not any("dev" in rule.rule for rule in client.application.url_map.iter_rules())
    for address in ("/dev/mail", f"/dev/mail/{name}"):
        assert client.get(address).status_code == 404


PASSED_ON = [
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-Host": "localhost"},
    {"X-Forwarded-Proto": "https"},
    {"x-forwarded-anything": ""},
    {"Forwarded": "for=127.0.0.1"},
    {"Via": "1.1 proxy"},
    {"X-Real-IP": "127.0.0.1"},
    {"CF-Connecting-IP": "127.0.0.1"},
]


@pytest.mark.parametrize("count", [0, 1])
@pytest.mark.parametrize("headers", PASSED_ON)
def test_a_request_that_was_passed_on_finds_nothing(
    parts: Parts, name: str, headers: dict[str, str], count: int
) -> None:
    client = visitor(parts, trusted_proxies=count)
    for address in ("/dev/mail", f"/dev/mail/{name}"):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 404
        assert "sam@school.example" not in answer.text


@pytest.mark.parametrize("remote", ["192.168.1.5", "10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1", "", "unix:"])
def test_another_machine_finds_nothing(parts: Parts, name: str, remote: str) -> None:
    answer = visitor(parts).get(f"/dev/mail/{name}", environ_overrides={"REMOTE_ADDR": remote})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("wayin.example", 404),
        ("evil.example:8000", 404),
        ("localhost.evil.example", 404),
        ("127.0.0.1.evil.example", 404),
        ("192.168.1.5:8000", 404),
    ],
)
def test_a_name_that_others_could_have_leads_nowhere(parts: Parts, name: str, host: str, status: int) -> None:
    assert visitor(parts).get("/dev/mail", headers={"Host": host}).status_code == status


def test_no_public_page_links_to_it(parts: Parts) -> None:
    client = visitor(parts)
    for address in ("/", "/about", "/privacy", "/robots.txt", "/no/such/page"):
        assert "/dev/mail" not in client.get(address).text


def test_only_addresses_become_links() -> None:
    text = "See https://a.example/x?y=1&z. (http://b.example), ftp://c.example 'https://d.example/e'"
    pieces = list(pieces_of(text))
    assert "".join(words for words, _ in pieces) == text
    assert [words for words, is_address in pieces if is_address] == [
        "https://a.example/x?y=1&z",
        "http://b.example",
        "https://d.example/e",
    ]
