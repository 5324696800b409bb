"""Somebody finds a listing of theirs here: they say it's right, correct it, or ask that it goes."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Confirmation, Opportunity, Standing
from directory.catalogue.vocabulary import Signal
from directory.organisations.models import Membership, SpeaksBy
from directory.parts import Parts
from directory.submissions.models import Purpose, Snapshot, State, Submission
from tests.search.rows import row
from tests.web.pages import Page, publish, see
from tests.web.signed import come_back, sign_in

pytestmark = pytest.mark.usefixtures("now")

CLAIM = "/opportunities/lab-year/claim"
SAID = {
    "what": "confirmation",
    "your_name": "Sam Reed",
    "your_email": "Sam@larkfield.example",
    "words": "I run the placements.",
}


@pytest.fixture(autouse=True)
def listing(session: Session) -> Opportunity:
    made = row("Lab year", slug="lab-year", stages=["undergraduate"], summary="A year.", description="A year in a lab.")
    made.organisation.url = "https://www.larkfield.example/about"
    publish(session, made)
    return made


def submissions(session: Session) -> list[Submission]:
    session.expire_all()
    return list(session.scalars(select(Submission).order_by(Submission.id)))


def signals(session: Session) -> list[Signal]:
    session.expire_all()
    return list(session.scalars(select(Confirmation.signal)))


def test_a_listing_and_its_organisation_ask_whose_they_are(client: FlaskClient) -> None:
    assert see(client, "/opportunities/lab-year").links["Is this yours?"] == CLAIM
    ours = see(client, "/organisations/lifearc").links["Is this yours?"]
    assert see(client, ours).links["Lab year"] == CLAIM
    page = see(client, CLAIM)
    assert page.heading == "Is this yours?"
    for words in ("It’s right as it is", "Correct it", "Ask us to take it down", "How do you speak for them?"):
        assert words in page.text


def test_whoever_writes_from_its_own_domain_confirms_it_by_opening_the_link(
    client: FlaskClient, session: Session
) -> None:
    where = client.post(CLAIM, data=SAID).headers["Location"]
    (sent,) = submissions(session)
    assert (sent.purpose, sent.state, signals(session)) == (Purpose.CONFIRMATION, State.UNCONFIRMED, [])
    assert client.get(where).headers["Location"].endswith("/sent")
    come_back(client, session)
    (sent,) = submissions(session)
    (member,) = session.scalars(select(Membership))
    assert (sent.state, signals(session)) == (State.APPROVED, [Signal.ORGANISATION])
    assert (member.confirmed_by, member.words) == (SpeaksBy.EMAIL_DOMAIN, "I run the placements.")
    assert see(client, f"/submit/{sent.key}/sent").heading == "Thank you"


def test_anybody_elses_word_waits_for_a_moderator(client: FlaskClient, session: Session) -> None:
    client.post(CLAIM, data=SAID | {"your_email": "sam@gmail.com"})
    come_back(client, session)
    (sent,) = submissions(session)
    (member,) = session.scalars(select(Membership))
    assert (sent.state, sent.title, signals(session), member.confirmed_at) == (State.WAITING, "Lab year", [], None)
    (finding,) = _checks(session)
    assert finding["title"] == "They say that the page is right as it is"
    assert "I run the placements." not in str(finding)


def _checks(session: Session) -> list[dict[str, str]]:
    return list(session.scalars(select(Snapshot)).one().checks)


def test_taking_it_down_needs_a_reason_and_a_moderator_even_from_its_own_domain(
    client: FlaskClient, session: Session
) -> None:
    page = Page(client.post(CLAIM, data=SAID | {"what": "removal"}))
    assert page.status == 422
    assert "Say why it should be taken down" in page.text
    assert 'value="Sam Reed"' in page.response.text
    client.post(CLAIM, data=SAID | {"what": "removal", "reason": "It ended in 2020."})
    come_back(client, session)
    (sent,) = submissions(session)
    assert sent.state is State.WAITING
    (finding,) = _checks(session)
    assert "It ended in 2020." in finding["evidence"]
    assert session.scalars(select(Opportunity)).one().standing is Standing.PUBLISHED


def test_to_correct_it_leads_to_the_steps_with_what_the_page_says(client: FlaskClient, session: Session) -> None:
    where = client.post(CLAIM, data=SAID | {"what": "change"}).headers["Location"]
    assert 'value="Lab year"' in client.get(f"{where}/role").text
    (draft,) = submissions(session)
    assert (draft.purpose, draft.state) == (Purpose.CHANGE, State.DRAFT)
    client.post(f"{where}/later", data={"your_email": "sam@larkfield.example"})
    come_back(client, session)
    assert session.scalars(select(Membership)).one().confirmed_by is SpeaksBy.EMAIL_DOMAIN


def test_one_person_has_one_claim_to_a_listing_at_a_time(client: FlaskClient, parts: Parts, session: Session) -> None:
    token = sign_in(client, parts, session, "sam@gmail.com")
    for what in ("confirmation", "removal"):
        said = SAID | {"what": what, "reason": "Gone.", "csrf_token": token}
        assert client.post(CLAIM, data=said).status_code == 303
    (sent,) = submissions(session)
    assert sent.purpose is Purpose.CONFIRMATION
    assert "You told us already" in see(client, CLAIM).text


def test_a_later_claim_by_the_same_address_takes_the_place_of_an_earlier_one(
    client: FlaskClient, session: Session
) -> None:
    for what in ("confirmation", "removal"):
        visitor = client.application.test_client()
        visitor.post(CLAIM, data=SAID | {"what": what, "reason": "Gone.", "your_email": "sam@gmail.com"})
        come_back(visitor, session)
    assert [sent.state for sent in submissions(session)] == [State.DISCARDED, State.WAITING]


def test_what_was_taken_back_can_be_changed_and_sent_again(client: FlaskClient, session: Session) -> None:
    client.post(CLAIM, data=SAID | {"your_email": "sam@gmail.com"})
    token = come_back(client, session)
    (sent,) = submissions(session)
    assert client.post(f"/submit/{sent.key}/take-back", data={"csrf_token": token}).status_code == 303
    assert client.get(f"/submit/{sent.key}").headers["Location"].endswith("/claim")
    assert client.get(f"/submit/{sent.key}/check").headers["Location"].endswith("/claim")
    page = see(client, f"/submit/{sent.key}/claim")
    assert "I run the placements." in page.response.text
    said = {"your_name": "Sam Reed", "words": "I run it all.", "csrf_token": token}
    client.post(f"/submit/{sent.key}/claim", data=said)
    (sent,) = submissions(session)
    assert sent.state is State.WAITING
    assert session.scalars(select(Membership)).one().words == "I run it all."


@pytest.mark.parametrize("said", ["\x00", "🧬" * 3000, "<script>alert(1)</script>", "\ud83d"])
def test_no_claim_breaks_the_page(client: FlaskClient, said: str, session: Session) -> None:
    typed = said.encode("utf-8", "surrogatepass")
    response = client.post(CLAIM, data=dict.fromkeys(SAID, typed))
    assert response.status_code in (400, 413, 422)
    assert submissions(session) == []


def test_a_form_without_its_token_keeps_what_was_typed(client: FlaskClient, parts: Parts, session: Session) -> None:
    sign_in(client, parts, session, "sam@larkfield.example")
    page = Page(client.post(CLAIM, data=SAID | {"csrf_token": "wrong"}))
    assert page.status == 409
    assert "I run the placements." in page.response.text
    assert submissions(session) == []


def test_nobody_reads_or_sends_what_somebody_else_asked(
    client: FlaskClient, parts: Parts, session: Session, now: datetime
) -> None:
    client.post(CLAIM, data=SAID | {"your_email": "sam@gmail.com"})
    come_back(client, session)
    (sent,) = submissions(session)
    stranger = client.application.test_client()
    assert stranger.get(f"/submit/{sent.key}/claim").headers["Location"].startswith("/sign-in")
    token = sign_in(stranger, parts, session, "else@gmail.com")
    see(stranger, f"/submit/{sent.key}/claim", 404)
    assert stranger.post(f"/submit/{sent.key}/claim", data={"csrf_token": token}).status_code == 404
    see(client, "/opportunities/nothing/claim", 404)


def test_a_listing_that_is_gone_is_nobodys(client: FlaskClient, session: Session, listing: Opportunity) -> None:
    listing.standing = Standing.WITHDRAWN
    session.commit()
    see(client, CLAIM, 410)
    assert client.post(CLAIM, data=SAID).status_code == 410
