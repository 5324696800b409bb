"""When the answer is no, the page says so plainly; when we broke, it needs nothing to say sorry."""

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from directory.foundation.refusals import Refusal
from directory.request_state import parts
from directory.web.access import ANYONE, open_to


def test_a_page_that_is_not_here_says_so(client: FlaskClient) -> None:
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert "That page isn't here" in response.text.replace("&#39;", "'")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 414, 415, 429])
def test_every_refusal_is_a_page_with_its_status(app: Flask, status: int) -> None:
    app.add_url_rule("/refusing", view_func=open_to(ANYONE)(lambda: abort(status)))
    response = app.test_client().get("/refusing")
    assert response.status_code == status
    assert "<h1>" in response.text


def test_a_rule_that_says_no_is_read_aloud(app: Flask) -> None:
    def refuse() -> str:
        raise Refusal("Only <three> rounds may be open at once.")

    app.add_url_rule("/refusing", view_func=open_to(ANYONE)(refuse))
    response = app.test_client().get("/refusing")
    assert response.status_code == 409
    assert "Only &lt;three&gt; rounds may be open at once." in response.text


def test_our_own_mistake_is_a_page_that_needs_no_database(app: Flask) -> None:
    def break_down() -> str:
        raise ZeroDivisionError

    app.add_url_rule("/breaking", view_func=open_to(ANYONE)(break_down))
    app.testing = False
    with app.app_context():
        parts().database.dispose()
    response = app.test_client().get("/breaking")
    assert response.status_code == 500
    assert "Something broke on our side" in response.text
    assert "ZeroDivisionError" not in response.text


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    response = client.post("/health")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_an_endless_address_gets_a_clear_page(client: FlaskClient) -> None:
    response = client.get("/?q=" + "a" * 20_000)
    assert response.status_code == 414
    assert "That address is too long" in response.text


def test_the_page_for_an_endless_address_does_not_grow_with_it(client: FlaskClient) -> None:
    long, longer = (client.get("/?q=" + "a" * number) for number in (20_000, 60_000))
    assert long.text == longer.text
    assert "aaa" not in long.text


def test_ten_thousand_letters_are_not_an_endless_address(client: FlaskClient) -> None:
    assert client.get("/no/such/page?q=" + "a" * 10_000).status_code == 404


def test_too_large_a_post_gets_a_clear_page(client: FlaskClient) -> None:
    response = client.post("/appearance", data={"back": "/" + "a" * 100_000})
    assert response.status_code == 413
