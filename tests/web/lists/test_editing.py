"""Whoever has the edit link changes a list; each act is a form that works by itself."""

import re
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.foundation.letters import Letter
from directory.lists.models import EditKey, Editor, Pin, SharedList
from directory.parts import Parts
from tests.web.lists.listed import Making, make_list
from tests.web.signed import sign_in


@pytest.fixture
def made(client: FlaskClient, ids: Sequence[int]) -> Making:
    """A list with the first three listings pinned."""
    return make_list(client, pins=".".join(map(str, ids[:3])))


def test_pins_move_up_and_down_by_buttons(made: Making, ids: Sequence[int]) -> None:
    first, second, third = ids[:3]
    made.do("/pins", listing=third, act="up")
    assert made.pins == [first, third, second]
    made.do("/pins", listing=second, act="first")
    assert made.pins == [second, first, third]
    made.do("/pins", listing=second, act="down")
    assert made.pins == [first, second, third]


def test_a_note_stands_at_its_pin_and_a_bad_one_is_kept_to_be_mended(made: Making, ids: Sequence[int]) -> None:
    assert 'value="We’ll book IT &lt;room&gt; 3"' in made.do(
        "/pins", listing=ids[1], act="note", note="We’ll book IT <room> 3"
    )
    answer = made.post("/pins", listing=ids[0], act="note", note="Join chat.com/x")
    assert answer.status_code == 422
    assert 'value="Join chat.com/x"' in answer.text and "We’ll book" in answer.text
    assert f'href="#note-{ids[0]}"' in answer.text


def test_what_was_done_is_said_and_undone_by_one_button(made: Making, ids: Sequence[int]) -> None:
    page = made.do("/pins", listing=ids[0], act="off")
    assert "Took off “Lab week”" in page
    number = re.search(r'name="number" value="(\d+)">\s*<button class="button quiet"', page)
    assert number
    made.do("/versions", number=number[1])
    assert made.pins == list(ids[:3])


def test_undoing_never_takes_back_what_was_done_since(made: Making, ids: Sequence[int]) -> None:
    page = made.do("/pins", listing=ids[0], act="off")
    stale = dict(re.findall(r'name="(seen|number)" value="(\d+)"', page.split("Undo</button>")[0]))
    where = made.post("/pins", listing=ids[1], act="note", note="Ask Sam").headers["Location"]
    assert "Undo</button>" in made.client.get(where).text
    assert "Undo</button>" not in made.client.get(f"{made.edit}?done={stale['number']}").text
    answer = made.post("/versions", **stale)
    assert answer.status_code == 422 and "Something else was changed since" in answer.text
    assert "Ask Sam" in made.page and made.pins == list(ids[1:3])


def test_one_is_added_by_words_by_address_and_by_neither(made: Making, ids: Sequence[int]) -> None:
    found = made.client.get(f"{made.edit}?find=desk").text
    assert f'name="listing" value="{ids[3]}"' in found
    made.do("/add", listing=ids[3])
    made.do("/add", link="https://elsewhere.example/opportunities/listing-4?x=1")
    assert made.pins == list(ids)
    answer = made.post("/add", link="https://elsewhere.example/jobs/7")
    assert answer.status_code == 422
    assert 'value="https://elsewhere.example/jobs/7"' in answer.text


def test_a_search_keeps_it_current_and_what_it_finds_is_left_out_and_let_in(
    client: FlaskClient, ids: Sequence[int]
) -> None:
    made = make_list(client)
    assert "3 found now" in made.do("/rule", rule="http://localhost/search?q=lab&page=3")
    assert "2 found now" in made.do("/matches", listing=ids[0], act="leave out")
    assert "Left out" in made.page
    assert "3 found now" in made.do("/matches", listing=ids[0], act="let in")
    assert "2 found now" in made.do("/matches", listing=ids[0], act="pin")
    assert made.pins == [ids[0]]
    assert "None yet. Give it one" in made.do("/rule", act="off")
    assert made.post("/rule", rule=" ").status_code == 422


def test_words_are_changed_and_two_who_change_them_are_told(made: Making) -> None:
    seen = re.search(r'name="seen" value="(\d+)"', made.page)
    assert seen
    made.do("/words", title="Mine", made_by="", introduction="One.\n\nTwo.", seen=seen[1])
    answer = made.post("/words", title="Theirs", made_by="", introduction="", seen=seen[1])
    assert answer.status_code == 422
    assert "Somebody else changed these words" in answer.text and 'value="Theirs"' in answer.text
    assert "<h1>Mine</h1>" in made.page


def test_a_colleague_is_sent_a_link_of_their_own_and_taken_off_again(made: Making, session: Session) -> None:
    made.do("/editors", email="colleague@school.example")
    letter = session.scalars(select(Letter)).one()
    theirs = f"/lists/edit/{letter.text.split('/lists/edit/')[1].split()[0]}"
    assert made.client.get(theirs).status_code == 200
    editor = session.scalars(select(Editor)).one()
    made.do("/editors/change", act="off", editor=editor.id)
    assert made.client.get(theirs).status_code == 404
    assert made.client.get(made.edit).status_code == 200


def test_only_an_editor_with_a_link_of_their_own_takes_the_weekly_email(made: Making, session: Session) -> None:
    assert "once a week at most" not in made.page
    made.do("/editors", email="colleague@school.example")
    letter = session.scalars(select(Letter)).one()
    theirs = Making(made.client, f"/lists/edit/{letter.text.split('/lists/edit/')[1].split()[0]}")
    assert "Stop my weekly email" in theirs.do("/editors/change", act="digest")
    assert "Email me, once a week at most" in theirs.do("/editors/change", act="no digest")


def test_other_links_are_ended_and_the_one_in_use_stays(made: Making, session: Session) -> None:
    made.do("/editors", email="colleague@school.example")
    made.do("/keys")
    assert len(session.scalars(select(EditKey)).all()) == 1
    assert made.page


def test_deleting_asks_first_and_then_really_deletes(made: Making, session: Session) -> None:
    assert "This can’t be undone" in made.client.get(f"{made.edit}/delete").text
    assert made.post("/delete").status_code == 303
    for model in (SharedList, Pin, EditKey):
        assert session.scalars(select(model)).all() == []
    assert made.client.get(made.edit).status_code == 404
    assert made.post("/delete").status_code == 404


def test_a_wrong_key_opens_nothing_and_guessing_has_to_wait(client: FlaskClient, made: Making) -> None:
    answers = [client.get(f"/lists/edit/{number:043}").status_code for number in range(62)]
    assert set(answers[:60]) == {404}
    assert answers[-1] == 429
    assert made.page  # whoever has the key isn't in the way of those who guess


def test_an_address_is_no_key_to_strangers(client: FlaskClient, parts: Parts, session: Session, made: Making) -> None:
    address = made.address
    assert client.get(f"/lists/edit/{address}").status_code == 404
    sign_in(client, parts, session, "stranger@school.example")
    assert client.get(f"/lists/edit/{address}").status_code == 404


def test_the_key_stays_out_of_caches_searches_and_other_sites_logs(made: Making) -> None:
    answer = made.client.get(made.edit)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/words", "/pins", "/add", "/rule", "/matches", "/versions", "/editors"])
def test_nonsense_changes_nothing_and_gets_an_answer(made: Making, ids: Sequence[int], path: str) -> None:
    for said in ({}, {"listing": "-1", "act": "up"}, {"listing": "9" * 40}, {"number": "\x00", "rule": "\x00"}):
        assert made.post(path, **said).status_code in (303, 422)
    assert made.pins == list(ids[:3])


def test_evidence_is_a_page_and_a_table_with_inert_cells(made: Making, ids: Sequence[int]) -> None:
    page = made.client.get(f"{made.edit}/evidence").text
    assert "still offered" in page and "Lab month" in page
    answer = made.client.get(f"{made.edit}/evidence.csv")
    assert answer.data.startswith("\ufeffOpportunity,Kind".encode())
    assert len(answer.text.splitlines()) == 4
