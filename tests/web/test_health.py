"""``/health`` says what works, and fails when something doesn't."""

import dataclasses
import time
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.app import create_app
from directory.catalogue.outbox import owe
from directory.foundation.clock import now
from directory.foundation.database import connect, session_maker, transaction
from directory.foundation.letters import PATIENCE, post, send_due
from directory.foundation.mail import FolderMailer, Message, RememberingMailer, sender_of
from directory.foundation.settings import EngineName
from directory.health import Finding, examine
from directory.parts import Parts
from directory.search.engines.whoosh import WhooshEngine
from directory.search.standing_in import Attended
from directory.search.worker import turn_to_index


def test_everything_works_with_the_real_catalogue(visitor: FlaskClient) -> None:
    response = visitor.get("/health")
    assert response.json is not None
    assert response.status_code == 200, response.json
    assert set(response.json["checks"]) == {"database", "migrations", "search", "gazetteer", "mail"}
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


def test_an_index_that_is_lost_is_said_and_a_stand_in_answers(site: Parts, tmp_path: Path) -> None:
    lost = Attended(WhooshEngine(tmp_path), site.sessions)
    client = create_app(dataclasses.replace(site, search=lost)).test_client()
    response = client.get("/health")
    assert response.json is not None
    assert response.status_code == 200
    told = response.json["checks"]["search"]["found"]
    assert told == "whoosh has no index (no index): a stand-in answers from the database; no worker is running"
    assert "gene therapy" in client.get("/search?q=gene+therapy").text


def test_an_index_that_stands_still_behind_the_catalogue_does_not_work(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace_all([])
    settings = dataclasses.replace(parts.settings, search_engine=EngineName.WHOOSH)
    standing = dataclasses.replace(parts, settings=settings, search=Attended(engine, parts.sessions))
    assert examine(standing)["search"] == Finding(True, "whoosh holds 0 of 0 listings; no worker is running")
    with transaction(parts.database) as session:
        owe(session, [7])
    turn = turn_to_index(settings.data_folder)
    assert turn.take()
    began = time.monotonic()
    told = "whoosh holds 0 of 0 listings; 1 changes to come"
    assert examine(standing)["search"] == Finding(True, told)
    monkeypatch.setattr(time, "monotonic", lambda: began + 30)
    assert examine(standing)["search"].works
    monkeypatch.setattr(time, "monotonic", lambda: began + 90)
    works, words = dataclasses.astuple(examine(standing)["search"])
    assert not works
    assert words.startswith(f"{told}, none taken in for ")
    turn.give_back()


def test_mail_is_counted_and_only_what_nobody_sends_is_a_fault(parts: Parts) -> None:
    kept = "is only kept in the data folder: no mail server is set"
    assert examine(parts)["mail"] == Finding(True, f"{kept}; 0 sent in the last day; 0 to come")
    hello = Message("sam@school.example", "Hello", "Hello, Sam.")
    with transaction(parts.database) as session:
        for _ in range(3):
            post(session, hello, now(), purpose="greeting")
    (parts.settings.data_folder / "full").touch()
    full = FolderMailer(parts.settings.data_folder / "full", sender_of(parts.settings))
    send_due(parts.database, full, now())
    send_due(parts.database, RememberingMailer(), now())
    told = "2 sent in the last day; 1 to come; 1 failed and will be tried again"
    assert examine(parts)["mail"] == Finding(True, f"{kept}; {told}")
    with transaction(parts.database) as session:
        post(session, hello, now() - 2 * PATIENCE, purpose="greeting")
    by_server = dataclasses.replace(parts, settings=dataclasses.replace(parts.settings, smtp_url="smtp://mail.example"))
    told = told.replace("1 to come", "2 to come")
    assert examine(by_server)["mail"] == Finding(False, f"goes to a mail server; {told}; 1 that no worker sends")
