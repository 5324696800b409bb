"""Class codes: typed as a class types them, and guessed as somebody guesses them."""

from collections.abc import Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.lists.codes import class_code, code_words, nearest_code
from directory.web.limits import FROM_A_NETWORK
from tests.web.lists.conftest import Moderator
from tests.web.lists.shown import share

MOST = FROM_A_NETWORK["class code"]


def opens(client: FlaskClient, typed: str, address: str) -> bool:
    return client.get("/class", query_string={"code": typed}).headers.get("Location") == f"/l/{address}"


def test_the_form_is_found_on_every_page_and_for_advisers(client: FlaskClient, ids: Sequence[int]) -> None:
    for page in ("/", "/search", "/advisers", "/no/such/page"):
        assert 'href="/class"' in client.get(page).text, page


def test_a_code_opens_its_list_however_it_is_typed(client: FlaskClient, session: Session, ids: Sequence[int]) -> None:
    one = share(session, ids)
    code = one.class_code
    for typed in (code, code.upper(), code.replace("-", " "), code.replace("-", ""), f"  {code.replace('-', ', ')}. "):
        assert opens(client, typed, one.address), typed
    assert client.get(f"/l/{code}").headers["Location"] == f"/l/{one.address}"
    assert client.get(f"/l/{code.upper()}").headers["Location"] == f"/l/{one.address}"


def test_a_wrong_word_is_named_and_the_nearest_is_offered(client: FlaskClient) -> None:
    answer = client.get("/class?code=otter maple cello lantren")
    assert answer.status_code == 422
    assert 'value="otter maple cello lantren"' in answer.text
    assert "Check ‘lantren’: no class code has that word" in answer.text
    assert 'href="/class?code=otter-maple-cello-lantern"' in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter four words"),
        ("otter maple", "You have two words"),
        ("otter maple cello lantern otter", "Enter four words"),
        ("<script>alert(1)</script>", "Enter four words"),
        ("\x00\x00", "Enter four words"),
        ("ქ" * 1_500, "Enter four words"),
    ],
)
def test_what_is_no_code_is_said_plainly(client: FlaskClient, typed: str, said: str) -> None:
    answer = client.get("/class", query_string={"code": typed})
    assert answer.status_code == 422 and said in answer.text


def test_it_never_says_which_lists_there_are(
    client: FlaskClient, session: Session, ids: Sequence[int], moderator: Moderator
) -> None:
    one = share(session, ids)
    words = one.class_code.split("-")
    near = "-".join([*words[:3], "zebra" if "zebra" in code_words() and words[3] != "zebra" else code_words()[0]])
    unknown = client.get(f"/class?code={near}")
    assert unknown.status_code == 404
    assert "No list has this class code" in unknown.text and "Did you mean" not in unknown.text
    moderator.post(f"/moderation/lists/{one.address}", why="Unsafe.")
    taken_down = client.get(f"/class?code={one.class_code}")
    assert taken_down.status_code == 404
    assert taken_down.text.replace(one.class_code, "") == unknown.text.replace(near, "")


def test_guessing_ends_after_a_while_and_right_codes_and_slips_never_count(
    app: Flask, session: Session, ids: Sequence[int]
) -> None:
    one, client = share(session, ids), app.test_client()
    for _ in range(MOST + 5):
        assert client.get("/class?code=otter maple cello lantren").status_code == 422
    guess = "-".join(code_words()[:4])
    for _ in range(MOST):
        assert client.get(f"/class?code={guess}").status_code == 404
    for path in (f"/class?code={guess}", f"/l/{guess}", f"/class?code={one.class_code}"):
        assert client.get(path).status_code == 429, path
    assert client.get(f"/l/{one.address}").status_code == 200
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get(f"/class?code={one.class_code}", environ_overrides=elsewhere).status_code == 303


@given(st.lists(st.sampled_from(code_words()), min_size=4, max_size=4), st.data())
def test_one_slip_in_a_word_is_put_right_to_a_code(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 3))
    word = words[at]
    cut = data.draw(st.integers(1, len(word) - 1))
    slipped = [*words[:at], word[:cut] + word[cut + 1 :], *words[at + 1 :]]
    meant = nearest_code(" ".join(slipped))
    assert meant is None or class_code(meant) == meant
    assert meant or class_code(" ".join(slipped)) or len(word) <= 4


@given(st.text())
def test_nothing_typed_raises_or_leads_to_what_is_no_code(typed: str) -> None:
    meant = nearest_code(typed)
    assert meant is None or class_code(meant) == meant
