"""What browsers are told about safety, and which posts are believed."""

import dataclasses

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.foundation.settings import Environment
from directory.parts import Parts


@pytest.mark.parametrize("address", ["/health", "/no/such/page", "/robots.txt", "/static/css/site.css"])
def test_every_answer_carries_the_security_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_production_asks_for_https_from_now_on(parts: Parts) -> None:
    settings = dataclasses.replace(parts.settings, environment=Environment.PRODUCTION)
    client = create_app(dataclasses.replace(parts, settings=settings)).test_client()
    assert client.get("/robots.txt").headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 303),
    ],
)
def test_a_form_is_believed_only_from_our_own_pages(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    response = client.post("/appearance", data={"appearance": "dark"}, headers=headers)
    assert response.status_code == status
    assert ("Set-Cookie" in response.headers) == (status == 303)


def test_a_proxy_is_believed_only_when_the_settings_say_so(parts: Parts) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "wayin.example"}
    for count, secure in ((0, False), (1, True)):
        settings = dataclasses.replace(parts.settings, trusted_proxies=count)
        client = create_app(dataclasses.replace(parts, settings=settings)).test_client()
        response = client.post("/appearance", data={"appearance": "dark"}, headers=forwarded)
        assert ("Secure" in response.headers["Set-Cookie"]) is secure


def test_no_page_sets_a_cookie_by_being_looked_at(client: FlaskClient, app: Flask) -> None:
    for address in ("/no/such/page", "/health", "/robots.txt"):
        assert "Set-Cookie" not in client.get(address).headers
