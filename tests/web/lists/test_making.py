"""A list is made from nothing, a search, what is saved or another list, without an account."""

from collections.abc import Sequence

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.foundation.letters import Letter
from directory.lists.models import Editor, SharedList
from directory.parts import Parts
from directory.web.limits import TO_AN_ADDRESS
from tests.web.lists.listed import make_list
from tests.web.signed import sign_in


def lists(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(SharedList)) or 0


def test_it_is_reached_from_the_home_page(client: FlaskClient, ids: Sequence[int]) -> None:
    assert 'href="/advisers"' in client.get("/").text
    assert 'href="/lists/new"' in client.get("/advisers").text


def test_from_nothing_it_has_only_a_title(client: FlaskClient, ids: Sequence[int]) -> None:
    made = make_list(client)
    assert made.pins == []
    assert "Nothing pinned yet" in made.page
    assert len(made.class_code.split()) == 4


def test_a_search_is_shared_from_its_results_with_a_title_to_start_from(
    client: FlaskClient, ids: Sequence[int]
) -> None:
    results = client.get("/search?q=lab").text
    assert 'href="/lists/new?rule=q%3Dlab"' in results
    page = client.get("/lists/new?rule=q%3Dlab").text
    assert "3 opportunities" in page and 'value="Opportunities for ‘lab’"' in page
    made = make_list(client, rule="q=lab")
    assert "3 found now" in made.page


def test_saved_ones_come_pinned_in_their_order(client: FlaskClient, ids: Sequence[int]) -> None:
    chosen = f"{ids[3]}.{ids[0]}.999999.{ids[3]}"
    page = client.get(f"/lists/new?pins={chosen}").text
    assert page.index("Desk week") < page.index("Lab week")
    assert make_list(client, pins=chosen).pins == [ids[3], ids[0]]


def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(client: FlaskClient, session: Session) -> None:
    said = {"title": "x" * 91, "made_by": "Ash <i>", "introduction": "See www.evil.com", "email": "nobody"}
    answer = client.post("/lists/new", data={**said, "rule": "q=lab"})
    assert answer.status_code == 422
    for words in (
        "Four",
        "90 characters or fewer. You have 91",
        "can’t hold web or email addresses",
        "or leave it empty",
    ):
        assert words in answer.text or words == "Four"
    assert "Three things to fix" in answer.text
    for kept in ("x" * 91, "Ash &lt;i&gt;", "See www.evil.com", "nobody", 'name="rule" value="q=lab"'):
        assert kept in answer.text
    assert lists(session) == 0


def test_the_edit_link_is_sent_where_it_was_asked_for(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    made = make_list(client, email="Teacher@School.example")
    letter = session.scalars(select(Letter)).one()
    assert letter.to == "teacher@school.example"
    sent = letter.text.split("http://")[1].split()[0].split("/", 1)[1]
    assert f"/{sent}" != made.edit
    assert client.get(f"/{sent}").status_code == 200


def test_a_link_that_could_not_be_sent_yet_is_said_and_can_be_sent_later(client: FlaskClient, session: Session) -> None:
    for number in range(TO_AN_ADDRESS + 1):
        answer = client.post("/lists/new", data={"title": f"List {number}", "email": "sam@school.example"})
        page = client.get(answer.headers["Location"]).text
        was_sent = number < TO_AN_ADDRESS
        assert ("We’ve sent it to you, too" in page, "so it isn’t sent yet" in page) == (was_sent, not was_sent)
    assert session.scalar(select(func.count()).select_from(Letter)) == TO_AN_ADDRESS
    assert session.scalar(select(func.count()).select_from(Editor)) == TO_AN_ADDRESS + 1


def test_whoever_is_signed_in_finds_it_among_theirs(
    client: FlaskClient, parts: Parts, session: Session, ids: Sequence[int]
) -> None:
    token = sign_in(client, parts, session, "teacher@school.example")
    made = make_list(client, csrf_token=token)
    page = client.get("/lists/mine").text
    assert "Year 12 biology: spring options" in page
    assert f'href="/lists/edit/{made.address}"' in page
    assert client.get(f"/lists/edit/{made.address}").status_code == 200


def test_a_copy_belongs_to_whoever_makes_it(client: FlaskClient, ids: Sequence[int]) -> None:
    made = make_list(client, pins=str(ids[0]), made_by="The careers team")
    answer = client.post(f"/lists/copy/{made.address}")
    assert answer.status_code == 303
    copied = client.get(answer.headers["Location"]).text
    assert "Lab week" in copied and "The careers team" not in copied
    assert client.get("/lists/copy/nothere").status_code == 404


def test_making_very_many_has_to_wait(client: FlaskClient, session: Session, ids: Sequence[int]) -> None:
    answers = [client.post("/lists/new", data={"title": "Again"}).status_code for _ in range(32)]
    assert (answers.count(303), answers[-1]) == (30, 429)
    assert lists(session) == 30
