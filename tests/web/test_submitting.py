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


def previewed(client: FlaskClient, address: str, said: dict[str, str]) -> str:
    """Give the part of a page that shows how it will look; it is no page, so it isn't read as one."""
    app = client.application
    return FlaskClient(app, app.response_class).post(address, data=said).text


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


def test_a_closing_date_says_by_itself_how_it_closes(client: FlaskClient) -> None:
    address = begin(client)
    said = {"closes_day": "30", "closes_month": "1", "closes_year": "2027", "pay": "hour", "pay_from": "14.50"}
    assert client.post(f"{address}/dates", data=said).status_code == 303
    assert "How does it close" not in Page(client.post(f"{address}/send")).text.partition("What our checks see")[0]


def test_checks_speak_while_somebody_writes_of_what_that_step_asks(client: FlaskClient) -> None:
    address = begin(client)
    client.post(f"{address}/role", data={"kind": "internship", "summary": "For a rockstar.", "delivery": "on-site"})
    so_far = "What our checks see so far"
    assert "‘rockstar’: may keep people away" in see(client, f"{address}/role").text
    assert so_far not in see(client, f"{address}/dates").text
    typed = {"pay": "hour", "pay_from": "5"}
    assert "Pay is below the legal minimum" in previewed(client, f"{address}/preview?step=dates", typed)
    assert so_far not in see(client, f"{address}/dates").text, "a preview keeps nothing"
    client.post(f"{address}/who", data={"stages": "14-16", "how_to_apply": "Write to us."})
    assert "No safeguarding contact" in see(client, f"{address}/who").text


def test_a_preview_draws_what_its_card_needs_and_leads_nowhere_dead(client: FlaskClient) -> None:
    address = begin(client)
    client.post(
        f"{address}/organisation", data={"organisation_name": "Larkfield", "organisation_about": "Grows cells."}
    )
    fragment = previewed(client, f"{address}/preview?step=role", {"kind": "internship", "title": "Cell intern"})
    used = set(re.findall(r'href="#([ik]-[\w-]+)"', fragment))
    assert used and used <= set(re.findall(r'<symbol id="([\w-]+)"', fragment))
    assert f'href="{address}/whole-page"' in fragment
    whole = see(client, f"{address}/whole-page")
    assert "Not checked with the organisation yet" not in whole.text
    for link in whole.links:
        if link.startswith("/"):
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    ("said", "reminds"),
    [
        ({"kind": "internship"}, "‘Competitive’ isn’t a number"),
        ({"kind": "internship", "pay": "year", "pay_from": "competitive"}, "‘Competitive’ isn’t a number"),
        ({"kind": "internship", "pay": "hour", "pay_from": "14.50"}, ""),
        ({"kind": "internship", "pay": "funded"}, ""),
        ({"kind": "course"}, "Listings that show cost get found by people who filter for it.<"),
    ],
)
def test_a_preview_says_when_the_amount_that_people_filter_by_is_missing(
    client: FlaskClient, said: dict[str, str], reminds: str
) -> None:
    text = previewed(client, f"{begin(client)}/preview", said)
    assert reminds in text
    assert ("Listings that show" in text) == bool(reminds)
    assert ("Competitive" in text) == ("Competitive" in reminds)


def test_what_is_saved_after_it_was_sent_changes_nothing_and_stays_in_the_form(
    client: FlaskClient, session: Session
) -> None:
    address = begin(client)
    fill(client, address, saying())
    client.post(f"{address}/send")
    way = LINK.search(letters(session)[0].text)
    assert way
    client.post(way[1])
    token = re.search(r'name="csrf_token" value="(\S+)"', client.get(f"{address}/sent").text)
    assert token
    said = {"title": "Typed in another tab", "csrf_token": token[1]}
    page = Page(client.post(f"{address}/role", data=said))
    assert page.status == 409
    assert "This was sent for review meanwhile" in page.text
    assert 'value="Typed in another tab"' in page.response.text
    client.post(f"{address}/take-back", data={"csrf_token": token[1]})
    client.post(f"{address}/role", data=said)
    assert only(session).title == "Typed in another tab"


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
