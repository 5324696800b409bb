"""What the search fields are answered while somebody types."""

import io
import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KINDS, KindName
from directory.catalogue.models import Intake
from directory.catalogue.vocabulary import Closing
from directory.foundation import clock
from directory.foundation.clock import UK
from directory.search.completing import MOST, MOST_IDEAS
from directory.web.completing import ICONS
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.web.pages import publish, see, within

KEPT_BYTES = 3_000


def answered(client: FlaskClient, **asked: str) -> list[dict[str, str]]:
    response = client.get("/complete", query_string=asked)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    found: list[dict[str, str]] = json.loads(response.data)
    return found


def test_an_answer_says_what_to_draw(client: FlaskClient, session: Session) -> None:
    publish(session, row("Gene school", organisation=organisation("Gene Trust"), kind=KindName.COURSE))
    assert answered(client, q="gen") == [
        {"text": "Gene school", "detail": "Course · Gene Trust", "drawing": "k-cou"},
        {"text": "Gene Trust", "detail": "Organisation", "drawing": "i-people"},
    ]


def test_a_place_is_completed_by_itself(client: FlaskClient) -> None:
    assert answered(client, near="stev")[0] == {"text": "Stevenage", "detail": "East of England", "drawing": "i-pin"}
    assert answered(client, near="") == answered(client, near="s") == []


def test_an_answer_is_small(reader: FlaskClient) -> None:
    for typed in ("ge", "pr", "uni", "cell and g", "apprenticeships", "lab in new"):
        response = reader.get("/complete", query_string={"q": typed})
        assert 0 < len(json.loads(response.data)) <= MOST
        assert len(response.data) < KEPT_BYTES


@pytest.mark.parametrize("name", ["q", "near"])
@pytest.mark.parametrize(
    "typed", ["", "%00", "%ED%A0%80ab", "%F0%9F%A7%AC%F0%9F%A7%AC", "%FF%FE", "ab" * 5000, '"%25_\\', "%C3%A9co"]
)
def test_whatever_is_asked_the_answer_is_a_list(reader: FlaskClient, name: str, typed: str) -> None:
    response = reader.get(f"/complete?{name}={typed}")
    assert response.status_code == 200
    assert isinstance(json.loads(response.data), list)
    assert "Set-Cookie" not in response.headers


def test_an_answer_is_kept_as_long_as_a_page_and_not_sent_twice(reader: FlaskClient, now: object) -> None:
    first = reader.get("/complete?q=gene")
    assert 0 < (first.cache_control.max_age or 0) <= 300
    assert first.cache_control.public
    again = reader.get("/complete?q=gene", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_no_answer_is_kept_past_what_it_says(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = NOW + timedelta(minutes=4)
    closing = Intake(closing=Closing.FIXED, closes_on=ends.astimezone(UK).date(), closes_at=ends.astimezone(UK).time())
    publish(session, row("Gene school", organisation=organisation("Gene Trust"), intakes=[closing]))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert client.get("/complete?q=gene").cache_control.max_age == 240
    monkeypatch.setattr(clock, "now", lambda: ends)
    assert "Closed or paused" in answered(client, q="gene")[0]["detail"]


def test_what_is_typed_is_not_written_down(app: Flask, logs: io.StringIO) -> None:
    client = app.test_client()
    client.get("/complete?q=secretly")
    client.get("/complete?near=secretly")
    lines = [json.loads(line) for line in logs.getvalue().splitlines()]
    assert [line["route"] for line in lines] == ["/complete", "/complete"]
    assert "secretly" not in json.dumps(lines)


@pytest.mark.parametrize("address", ["/", "/search", "/search?q=gene&kind=course", "/search?q=zzzz"])
def test_a_page_with_a_search_field_has_every_drawing_that_may_be_offered(reader: FlaskClient, address: str) -> None:
    symbols = set(re.findall(r'<symbol id="([ik]-[\w-]+)"', reader.get(address).text))
    assert symbols >= {*ICONS.values(), *(f"k-{kind.prefix}" for kind in KINDS.values())}


@pytest.mark.parametrize("address", ["/", "/search", "/search?q=gene"])
def test_without_script_the_field_suggests_skill_areas_and_organisations(reader: FlaskClient, address: str) -> None:
    page = see(reader, address)
    (field,) = [box for box in within(page.tree, "input") if box.attrib.get("id") == "words"]
    (ideas,) = [one for one in within(page.tree, "datalist") if one.attrib["id"] == field.attrib["list"]]
    offered = [option.attrib["value"] for option in ideas]
    assert {"Quality", "Lab research", "LifeArc"} <= set(offered)
    assert len(offered) == len(set(offered)) <= MOST_IDEAS
