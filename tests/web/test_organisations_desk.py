"""Moderators look after organisations: their details, their people, and which of them are one."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import AccountRole
from directory.catalogue.models import Owed
from directory.foundation.letters import Letter
from directory.organisations.memberships import ask
from directory.organisations.models import Membership, Organisation
from directory.parts import Parts
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.submissions.kept import somebody
from tests.web.pages import Page, publish, see
from tests.web.signed import sign_in

pytestmark = pytest.mark.usefixtures("now")

EVERY = "/moderation/organisations"
DETAILS = {"name": "LifeArc", "url": "https://lifearc.example", "kind": "charity", "description": "Turns science on."}


@pytest.fixture(autouse=True)
def listings(session: Session) -> None:
    publish(session, row("Theirs", organisation=organisation("LifeArc")))
    publish(session, row("Another", organisation=organisation("Life Arc")))
    lifearc = session.scalars(select(Organisation).where(Organisation.slug == "lifearc")).one()
    ask(session, somebody(session, "sam@gmail.com"), lifearc, "I run the placements.", NOW)
    session.commit()


@pytest.fixture
def token(client: FlaskClient, parts: Parts, session: Session) -> str:
    return sign_in(client, parts, session, "ana@wayin.example", AccountRole.MODERATOR, name="Ana")


def member(session: Session) -> Membership:
    session.expire_all()
    return session.scalars(select(Membership)).one()


def test_those_of_whom_somebody_waits_come_first(client: FlaskClient, token: str) -> None:
    page = see(client, EVERY)
    assert [name for name in page.links if "Arc" in name] == ["LifeArc", "Life Arc"]
    assert "1 waits to be confirmed" in page.text
    assert "2 organisations with ‘arc life’" in see(client, f"{EVERY}?q=arc+life").text
    assert "0 organisations" in see(client, f"{EVERY}?q=%25&page=999999999999").text


def test_details_are_changed_by_hand_and_the_index_is_told(client: FlaskClient, token: str, session: Session) -> None:
    said = DETAILS | {"csrf_token": token, "name": "LifeArc Ltd"}
    assert client.post(f"{EVERY}/lifearc", data=said).status_code == 303
    session.expire_all()
    found = session.scalars(select(Organisation).where(Organisation.slug == "lifearc")).one()
    assert (found.name, found.edited_at is not None) == ("LifeArc Ltd", True)
    page = see(client, f"{EVERY}/lifearc")
    assert "Name: ‘LifeArc’ became ‘LifeArc Ltd’" in page.text
    assert see(client, "/organisations/lifearc").heading == "LifeArc Ltd"
    assert session.scalar(select(Owed).limit(1)) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter its name"),
        ({"name": "life arc"}, "Another organisation has this name"),
        ({"url": "javascript:alert(1)"}, "Enter its website"),
        ({"url": "http://["}, "Enter its website"),
        ({"kind": "wizard"}, "Choose what sort"),
        ({"description": "x" * 2001}, "2,000 characters or fewer"),
        ({"csrf_token": "wrong"}, "You’ve been away a while"),
    ],
)
def test_details_that_cannot_be_used_are_shown_again(
    client: FlaskClient, token: str, wrong: dict[str, str], words: str, session: Session
) -> None:
    page = Page(client.post(f"{EVERY}/lifearc", data={"csrf_token": token} | DETAILS | wrong))
    assert page.status in (409, 422)
    assert words in page.text


def test_people_are_confirmed_or_refused_by_hand(client: FlaskClient, token: str, session: Session) -> None:
    who = member(session).id
    page = Page(client.post(f"{EVERY}/lifearc/people/{who}/refuse", data={"csrf_token": token, "why": " "}))
    assert page.status == 422
    assert "Say why" in page.text
    assert client.post(f"{EVERY}/lifearc/people/{who}/confirm", data={"csrf_token": token}).status_code == 303
    assert member(session).confirmed_at is not None
    client.post(f"{EVERY}/lifearc/people/{who}/refuse", data={"csrf_token": token, "why": "You left."})
    assert member(session).confirmed_at is None
    assert len(list(session.scalars(select(Letter)))) == 2
    for address in (
        "life-arc/people/1/confirm",
        f"lifearc/people/{who + 1}/confirm",
        "lifearc/people/9999999999999999999999/confirm",
    ):
        assert client.post(f"{EVERY}/{address}", data={"csrf_token": token}).status_code == 404


def test_two_that_are_one_are_merged_and_parted(client: FlaskClient, token: str, session: Session) -> None:
    choose = see(client, f"{EVERY}/life-arc/merge?q=lifearc")
    preview = see(client, choose.links["LifeArc"])
    assert "1 listing" in preview.text
    said = {"csrf_token": token, "into": "lifearc"}
    assert client.post(f"{EVERY}/life-arc/merge", data=said).headers["Location"] == f"{EVERY}/lifearc"
    response = client.get("/organisations/life-arc")
    assert (response.status_code, response.headers["Location"]) == (301, "/organisations/lifearc")
    assert "Another" in see(client, "/organisations/lifearc").text
    assert see(client, f"{EVERY}/life-arc").heading == "Life Arc"
    assert client.post(f"{EVERY}/life-arc/merge", data=said).status_code == 409
    assert client.post(f"{EVERY}/life-arc", data=DETAILS | {"csrf_token": token}).status_code == 303
    assert client.post(f"{EVERY}/life-arc/part", data={"csrf_token": token}).status_code == 303
    assert "Another" in see(client, "/organisations/life-arc").text
    assert client.post(f"{EVERY}/life-arc/merge", data=said | {"into": "nobody"}).status_code == 404


def test_it_is_for_moderators(client: FlaskClient, parts: Parts, session: Session) -> None:
    assert client.get(EVERY).status_code == 303
    token = sign_in(client, parts, session, "sam@gmail.com")
    for address in (EVERY, f"{EVERY}/lifearc", f"{EVERY}/lifearc/merge"):
        see(client, address, 403)
    for address in ("lifearc", "lifearc/merge", "lifearc/part", f"lifearc/people/{member(session).id}/confirm"):
        assert client.post(f"{EVERY}/{address}", data={"csrf_token": token}).status_code == 403
