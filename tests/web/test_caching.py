"""A page is kept no longer than it is true, and not sent twice."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from directory.foundation import clock
from directory.foundation.clock import next_midnight
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until

PAGE = '<!doctype html><html lang="en-GB"><title>Page</title><h1>Page</h1>' + "<p>words</p>" * 100


@pytest.fixture
def with_page(app: Flask) -> FlaskClient:
    """The application with one plain page that changes in a minute."""

    def page() -> Response:
        return fresh_until(Response(PAGE, mimetype="text/html"), clock.now() + timedelta(seconds=60.9))

    app.add_url_rule("/page", view_func=open_to(ANYONE)(page))
    app.add_url_rule("/plain", view_func=open_to(ANYONE)(lambda: PAGE))
    return app.test_client()


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 25, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), datetime(2026, 7, 1, 23, tzinfo=UTC)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), datetime(2026, 7, 2, 23, tzinfo=UTC)),
    ],
)
def test_the_day_ends_at_midnight_in_the_uk(now: datetime, midnight: datetime) -> None:
    assert next_midnight(now) == midnight


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (timedelta(seconds=90.9), 90),
        (timedelta(seconds=0.9), 0),
        (timedelta(days=1), 300),
        (timedelta(days=-1), 300),
        (None, 300),
    ],
)
def test_a_page_is_kept_no_longer_than_until_it_changes(
    monkeypatch: pytest.MonkeyPatch, moment: timedelta | None, seconds: int
) -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)
    response = fresh_until(Response(), noon + moment if moment is not None else None)
    assert response.cache_control.max_age == seconds


def test_no_page_is_kept_past_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 1, 22, 59, 30, tzinfo=UTC))
    assert fresh_until(Response()).cache_control.max_age == 30


def test_a_page_says_how_long_it_may_be_kept_and_by_what_it_differs(with_page: FlaskClient) -> None:
    response = with_page.get("/page")
    assert response.cache_control.public
    assert response.cache_control.must_revalidate
    assert response.cache_control.max_age == 60
    assert {"Cookie", "Accept-Encoding"} <= set(response.vary.to_header().split(", "))


def test_a_page_that_says_nothing_of_its_term_is_kept_five_minutes_at_most(with_page: FlaskClient) -> None:
    assert 0 < (with_page.get("/plain").cache_control.max_age or 0) <= 300


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
def test_a_page_already_there_is_not_sent_again_in_any_coding(with_page: FlaskClient, coding: str) -> None:
    first = with_page.get("/page", headers={"Accept-Encoding": coding})
    assert first.headers.get("Content-Encoding", "identity") == coding
    assert first.headers["ETag"].startswith('W/"')
    again = with_page.get("/page", headers={"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert with_page.get("/page", headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_looking_at_the_head_says_what_looking_at_the_page_would(with_page: FlaskClient) -> None:
    head, page = with_page.head("/page"), with_page.get("/page")
    assert head.headers["ETag"] == page.headers["ETag"]
    assert head.headers["Content-Length"] == page.headers["Content-Length"]
