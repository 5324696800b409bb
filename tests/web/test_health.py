"""``/health`` says what works, and fails when something doesn't."""

import dataclasses

from flask.testing import FlaskClient

from directory.app import create_app
from directory.foundation.database import connect, session_maker
from directory.parts import Parts


def test_everything_works_with_the_real_catalogue(visitor: FlaskClient) -> None:
    response = visitor.get("/health")
    assert response.json is not None
    assert response.status_code == 200, response.json
    assert set(response.json["checks"]) == {"database", "migrations", "search", "gazetteer"}
    assert response.headers["Cache-Control"] == "no-store"


def test_a_database_that_is_gone_is_said_without_its_address(parts: Parts) -> None:
    gone = connect("postgresql+psycopg://someone:sesame@127.0.0.1:1/wayin")
    client = create_app(dataclasses.replace(parts, database=gone, sessions=session_maker(gone))).test_client()
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["checks"]["database"]["works"] is False
    assert response.json["checks"]["gazetteer"]["works"] is True
    assert "sesame" not in response.text
