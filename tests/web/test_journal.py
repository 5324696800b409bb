"""The logs tell what was answered, and nothing of who asked or what for."""

import io
import json

from flask import Flask
from flask.testing import FlaskClient

from directory.web.access import ANYONE, open_to


def test_an_answer_is_one_line_with_its_name_route_and_status(client: FlaskClient, logs: io.StringIO) -> None:
    response = client.get("/health?q=private", headers={"User-Agent": "private"})
    (line,) = [json.loads(line) for line in logs.getvalue().splitlines()]
    assert line["request"] == response.headers["X-Request-Id"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/health", response.status_code)
    assert "private" not in json.dumps(line)
    assert "127.0.0.1" not in json.dumps(line)


def test_a_mistake_is_written_down_with_the_name_of_its_request(app: Flask, logs: io.StringIO) -> None:
    def break_down() -> str:
        private = "what somebody typed"
        raise ZeroDivisionError if private else None

    app.add_url_rule("/breaking", view_func=open_to(ANYONE)(break_down))
    app.testing = False
    response = app.test_client().get("/breaking?q=secretly")
    lines = [json.loads(line) for line in logs.getvalue().splitlines()]
    (mistake,) = [line for line in lines if "exception" in line]
    assert mistake["request"] == response.headers["X-Request-Id"]
    assert "ZeroDivisionError" in mistake["exception"]
    assert "secretly" not in json.dumps(lines)
