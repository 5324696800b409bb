"""Lost links, the weekly email's end, reports, and what moderators do with them."""

from collections.abc import Sequence

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import AccountRole
from directory.foundation import clock
from directory.foundation.letters import Letter
from directory.lists.editing import stop_token, want_digest
from directory.lists.models import Editor, SharedList
from directory.parts import Parts
from tests.web.lists.conftest import Moderator
from tests.web.lists.listed import Making, make_list
from tests.web.signed import sign_in


def test_lost_links_are_sent_and_the_answer_tells_nobody_who_has_any(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    make_list(client, email="teacher@school.example")
    known = client.post("/lists/find", data={"email": "teacher@school.example"})
    unknown = client.post("/lists/find", data={"email": "nobody@school.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    letters = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [letter.to for letter in letters] == ["teacher@school.example"] * 2
    again = f"/lists/edit/{letters[1].text.split('/lists/edit/')[1].split()[0]}"
    assert client.get(again).status_code == 200


def test_what_is_no_address_is_said_and_kept(client: FlaskClient) -> None:
    answer = client.post("/lists/find", data={"email": "teacher"})
    assert answer.status_code == 422
    assert 'value="teacher"' in answer.text and "Enter an email address" in answer.text


def test_an_address_is_written_to_five_times_an_hour(client: FlaskClient, session: Session, ids: Sequence[int]) -> None:
    make_list(client, email="teacher@school.example")
    for _ in range(8):
        assert client.post("/lists/find", data={"email": "teacher@school.example"}).status_code == 303
    assert len(session.scalars(select(Letter)).all()) == 5


def test_the_weekly_email_ends_by_a_button_and_not_by_looking(
    client: FlaskClient, parts: Parts, session: Session, ids: Sequence[int]
) -> None:
    make_list(client, email="teacher@school.example")
    editor = session.scalars(select(Editor)).one()
    want_digest(editor, clock.now(), wanted=True)
    session.commit()
    path = f"/lists/stop/{stop_token(parts.settings, editor, clock.now())}"
    assert client.get(path).status_code == 200
    session.refresh(editor)
    assert editor.wants_digest
    assert client.post(path).status_code == 200
    session.refresh(editor)
    assert not editor.wants_digest
    assert client.get("/lists/stop/nonsense").status_code == 404


def test_a_report_is_tracked_to_its_answer_and_the_list_is_gone(
    client: FlaskClient, moderator: Moderator, session: Session, ids: Sequence[int]
) -> None:
    made = make_list(client, email="teacher@school.example")
    assert client.post(f"/l/{made.address}/report", data={}).status_code == 422
    sent = client.post(f"/l/{made.address}/report", data={"about": "unsafe", "words": "A <b>phone</b> number"})
    follow = sent.headers["Location"]
    assert "Nobody has answered it yet" in client.get(follow).text
    assert "phone" not in client.get(follow).text

    page = moderator.get("/moderation/lists")
    assert "1 report about lists to answer" in page
    one = f"/moderation/lists/reports/{follow.rsplit('/', 1)[1]}"
    assert "A &lt;b&gt;phone&lt;/b&gt; number" in moderator.get(one)
    assert moderator.post(one).status_code == 422
    said = {"outcome": "take down", "message": "It gave a phone number."}
    assert moderator.post(one, **said).status_code == 303
    assert "answered this report already" in moderator.post(one, **said).text

    assert "It gave a phone number." in client.get(follow).text
    assert client.get(f"/l/{made.address}/report").status_code == 410
    assert client.get(f"/lists/copy/{made.address}").status_code == 410
    assert "It gave a phone number." in Making(client, made.edit).page
    assert "It gave a phone number." in session.scalars(select(Letter).order_by(Letter.id.desc())).first().text  # type: ignore[union-attr]


def test_a_moderator_finds_a_list_takes_it_down_and_puts_it_back(
    client: FlaskClient, moderator: Moderator, session: Session, ids: Sequence[int]
) -> None:
    made = make_list(client)
    path = f"/moderation/lists/{made.address}"
    for typed in (made.address, f"http://localhost/l/{made.address}", made.class_code.upper()):
        assert f'href="{path}"' in moderator.get("/moderation/lists", list=typed)
    assert "No list has that" in moderator.get("/moderation/lists", list="zzz")
    assert moderator.post(path, why=" ").status_code == 422
    for is_down in (True, False):
        assert moderator.post(path, why="A reason.").status_code == 303
        session.expire_all()
        assert (session.scalars(select(SharedList)).one().taken_down_at is not None) is is_down


def test_none_of_that_is_open_to_others(
    client: FlaskClient, parts: Parts, session: Session, ids: Sequence[int]
) -> None:
    made = make_list(client)
    assert client.get(f"/moderation/lists/{made.address}").status_code == 303
    sign_in(client, parts, session, "adviser@school.example", AccountRole.ADVISER)
    assert client.get(f"/moderation/lists/{made.address}").status_code == 403
