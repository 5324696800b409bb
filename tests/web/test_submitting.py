"""Somebody with one listing puts it in without an account, and finds it again as they left it."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Skill
from directory.foundation.letters import Letter
from directory.submissions.fields import ANSWER_NAMES, Answer, Step
from directory.submissions.models import State, Submission
from tests.submissions.answers import saying
from tests.web.pages import Page, see

LINK = re.compile(r"http://\S+(/sign-in/link/\S+)")


@pytest.fixture(autouse=True)
def skills(session: Session) -> None:
    session.add_all(Skill(slug=slug, name=slug.capitalize(), also=[]) for slug in ("quality", "analytical"))
    session.commit()


def begin(client: FlaskClient) -> str:
    """Start a draft and give its address."""
    response = client.post("/organisations/add")
    assert response.status_code == 303
    return response.headers["Location"].rsplit("/", 1)[0]


def fill(client: FlaskClient, address: str, answers: dict[str, Answer]) -> None:
    """Answer every step."""
    for step in ("organisation", "role", "dates", "who"):
        said = {name: answer for name, answer in answers.items() if ANSWER_NAMES[name].step == step}
        response = client.post(f"{address}/{step}", data=said)
        assert response.status_code == 303, Page(response).text


def letters(session: Session) -> list[Letter]:
    session.expire_all()
    return list(session.scalars(select(Letter).order_by(Letter.id)))


def only(session: Session) -> Submission:
    session.expire_all()
    (found,) = session.scalars(select(Submission))
    return found


def test_every_step_can_be_opened_and_asks_its_questions(client: FlaskClient) -> None:
    address = begin(client)
    for step in Step:
        page = see(client, f"{address}/{step}")
        assert page.heading in ("Organisation", "The role", "Dates and pay", "Who can apply", "Check and send")
    assert see(client, f"{address}/all").heading == "Everything on one page"


def test_from_the_first_step_to_the_queue(client: FlaskClient, session: Session) -> None:
    address = begin(client)
    fill(client, address, saying())
    page = see(client, f"{address}/check")
    assert "Before you can send it" not in page.text
    assert "What our checks see" in page.headings
    assert "Who would find it" in page.headings
    assert client.post(f"{address}/send").headers["Location"] == f"{address}/sent"
    assert only(session).state is State.UNCONFIRMED
    assert "sam@larkfield.example" in see(client, f"{address}/sent").text
    way = LINK.search(letters(session)[0].text)
    assert way
    client.post(way[1])
    found = only(session)
    assert found.state is State.WAITING
    assert found.due_at is not None
    assert see(client, f"{address}/sent").heading == "Sent for review"
    whole = see(client, f"{address}/whole-page", 200) if found.state is State.DRAFT else None
    assert whole is None


def test_what_was_typed_is_kept_though_it_cannot_be_used(client: FlaskClient, session: Session) -> None:
    address = begin(client)
    response = client.post(f"{address}/dates", data={"pay": "year", "pay_from": "competitive", "closes_day": "30"})
    page = Page(response)
    assert page.status == 422
    assert "Enter the pay as a number, like 23400" in page.text
    assert page.title.startswith("Error:")
    assert only(session).answers["pay_from"] == "competitive"
    assert 'value="competitive"' in client.get(f"{address}/dates").text


def test_somebody_may_go_on_and_fix_it_later(client: FlaskClient) -> None:
    address = begin(client)
    response = client.post(f"{address}/dates", data={"pay_from": "competitive", "then": "anyway"})
    assert response.headers["Location"].endswith("/who")


def test_a_second_tab_overwrites_nothing_unseen(client: FlaskClient, session: Session) -> None:
    address = begin(client)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(f"{address}/role").text)
    assert seen
    client.post(f"{address}/role", data={"seen": seen[1], "title": "The first tab’s"})
    second = Page(client.post(f"{address}/role", data={"seen": seen[1], "title": "The second tab’s"}))
    assert second.status == 409
    assert "Saved elsewhere meanwhile: ‘The first tab’s’" in second.text
    assert only(session).title == "The first tab’s"
    again = re.search(r'name="seen" value="(\w+)"', second.response.text)
    assert again
    client.post(f"{address}/role", data={"seen": again[1], "title": "The second tab’s"})
    assert only(session).title == "The second tab’s"


def test_finishing_later_sends_a_link_that_leads_back(client: FlaskClient, session: Session) -> None:
    address = begin(client)
    client.post(f"{address}/role", data={"title": "Lab apprentice", "then": "later"})
    client.post(f"{address}/later", data={"your_email": "Sam@Larkfield.example"})
    (letter,) = letters(session)
    assert (letter.to, letter.subject) == ("sam@larkfield.example", "Go on with Lab apprentice")
    way = LINK.search(letter.text)
    assert way
    elsewhere = client.application.test_client()
    assert see(elsewhere, way[1]).heading == "Go on"
    response = elsewhere.post(way[1])
    assert response.headers["Location"] == address
    assert only(session).account_id is not None
    assert see(elsewhere, f"{address}/role").heading == "The role"


def test_once_it_is_owned_its_address_alone_opens_nothing(client: FlaskClient, session: Session) -> None:
    address = begin(client)
    client.post(f"{address}/later", data={"your_email": "sam@larkfield.example"})
    way = LINK.search(letters(session)[0].text)
    assert way
    client.application.test_client().post(way[1])
    response = client.get(f"{address}/role")
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/sign-in?onward=")


def test_what_is_sent_while_signed_out_is_kept_beside_the_draft(client: FlaskClient, session: Session) -> None:
    address = begin(client)
    client.post(f"{address}/later", data={"your_email": "sam@larkfield.example"})
    way = LINK.search(letters(session)[0].text)
    assert way
    owner = client.application.test_client()
    owner.post(way[1])
    assert client.post(f"{address}/role", data={"title": "Typed while signed out"}).status_code == 303
    page = see(owner, f"{address}/role")
    assert "You sent something while you were signed out, and we kept it." in page.text
    assert only(session).title == ""
    token = re.search(r'name="csrf_token" value="(\S+)"', page.response.text)
    assert token
    owner.post(f"{address}/kept", data={"then": "use", "csrf_token": token[1]})
    assert only(session).title == "Typed while signed out"


def test_a_form_without_its_token_keeps_what_was_typed_and_changes_nothing(
    client: FlaskClient, session: Session
) -> None:
    address = begin(client)
    client.post(f"{address}/later", data={"your_email": "sam@larkfield.example"})
    way = LINK.search(letters(session)[0].text)
    assert way
    client.post(way[1])
    page = Page(client.post(f"{address}/role", data={"title": "No token", "csrf_token": "wrong"}))
    assert page.status == 409
    assert "You’ve been away a while" in page.text
    assert 'value="No token"' in page.response.text
    assert only(session).title == ""


@pytest.mark.parametrize("step", ["organisation", "role", "dates", "who", "all"])
@pytest.mark.parametrize("said", ["\x00", "🧬" * 3000, "<script>alert(1)</script>", "=1+1", "\ud83d"])
def test_no_answer_breaks_a_page(client: FlaskClient, step: str, said: str) -> None:
    address = begin(client)
    typed = said.encode("utf-8", "surrogatepass")
    response = client.post(f"{address}/{step}", data=dict.fromkeys(ANSWER_NAMES, typed))
    assert response.status_code in (303, 400, 413, 422)
    assert see(client, f"{address}/{step}").status == 200


def test_a_draft_that_is_thrown_away_is_gone(client: FlaskClient, session: Session) -> None:
    address = begin(client)
    client.post(f"{address}/role", data={"title": "Never mind"})
    client.post(f"{address}/discard")
    assert only(session).state is State.DISCARDED
    assert only(session).answers == {}
    see(client, f"{address}/role", 404)


def test_nobody_elses_draft_is_found_by_guessing(client: FlaskClient) -> None:
    see(client, "/submit/AAAAAAAAAAAAAAAAAAAAAA/role", 404)
