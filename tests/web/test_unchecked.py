"""Moderators check what nobody has checked: the most useful first, a minute each, one leads to the next."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from directory.accounts.models import AccountRole, AuditRecord
from directory.catalogue.models import Confirmation, Opportunity, Standing
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.vocabulary import Relevance, Running, Signal
from directory.foundation.letters import Letter
from directory.parts import Parts
from directory.submissions.models import Steward
from tests.contracts.listings import NOW
from tests.search.rows import leeds, organisation, row
from tests.submissions.kept import somebody
from tests.web.pages import Page, publish, see, within, words
from tests.web.signed import sign_in

pytestmark = pytest.mark.usefixtures("now")

EVERY = "/moderation/unchecked"
SEEN = re.compile(r'name="(?:seen|was)" value="([^"]+)"')


@pytest.fixture(autouse=True)
def listings(session: Session) -> None:
    lifearc = organisation("LifeArc")
    school = {"stages": ["14-16", "16-18"], "delivery": "on-site"}
    publish(
        session,
        row(
            "Lab taster",
            slug="taster",
            organisation=lifearc,
            summary="S",
            description="D",
            locations=[leeds()],
            **school,
        ),
        row("A course", slug="course", organisation=lifearc, summary="S", description="D", stages=["graduate"]),
        row("Near it", slug="near", organisation=lifearc, relevance=Relevance.RELATED, stages=["graduate"]),
        row("It ended", slug="gone", organisation=lifearc, running=Running.ENDED),
    )


@pytest.fixture
def token(client: FlaskClient, parts: Parts, session: Session) -> str:
    return sign_in(client, parts, session, "ana@wayin.example", AccountRole.MODERATOR, name="Ana")


def seen(client: FlaskClient, slug: str, page: str = "") -> str:
    found = SEEN.search(client.get(f"{EVERY}/{slug}{page}").text)
    assert found
    return found[1]


def listing(session: Session, slug: str) -> Opportunity:
    session.expire_all()
    found = opportunity_by_slug(session, slug)
    assert found
    return found


def acts(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(AuditRecord.action).where(AuditRecord.subject == "opportunity")))


def names(page: Page) -> list[str]:
    (found,) = page.some("vet-list")
    return [words(link) for link in within(found, "a")]


def test_the_most_useful_to_check_come_first(client: FlaskClient, token: str) -> None:
    page = see(client, EVERY)
    assert names(page) == ["Lab taster", "A course", "Near it", "It ended"]
    assert "4 listings" in page.text
    assert "Not said: pay, length, cost, where to apply" in page.text


def test_what_a_person_or_its_organisation_confirmed_lately_is_not_among_them(
    client: FlaskClient, token: str, session: Session
) -> None:
    for slug, signal, days in (("taster", Signal.PERSON, 10), ("course", Signal.ORGANISATION, 200)):
        checked = Confirmation(signal=signal, at=NOW - timedelta(days=days), right=True)
        found = listing(session, slug)
        found.confirmations.append(checked)
        session.commit()
    found = listing(session, "near")
    found.confirmations.append(Confirmation(signal=Signal.LINK, at=NOW, right=True))
    session.commit()
    page = see(client, EVERY)
    assert names(page) == ["A course", "Near it", "It ended"]
    assert "Last checked on" in page.text


def test_checking_one_leads_to_the_next(client: FlaskClient, token: str, session: Session) -> None:
    page = see(client, f"{EVERY}/taster")
    assert page.heading == "Lab taster"
    assert "Number 1 of 4" in page.text
    said = {"csrf_token": token, "seen": seen(client, "taster"), "what": "right"}
    assert client.post(f"{EVERY}/taster", data=said).headers["Location"] == f"{EVERY}/course"
    assert [check.signal for check in listing(session, "taster").confirmations] == [Signal.PERSON]
    again = Page(client.post(f"{EVERY}/taster", data=said))
    assert again.status == 409
    assert "Somebody checked or changed this while you looked" in again.text
    assert acts(session) == ["checked"]


def test_one_that_ended_or_closed_is_said_to_have(client: FlaskClient, token: str, session: Session) -> None:
    said = {"csrf_token": token, "seen": seen(client, "course"), "what": "ended", "why": "Their page says so."}
    assert client.post(f"{EVERY}/course", data=said).headers["Location"] == f"{EVERY}/near"
    assert listing(session, "course").running is Running.ENDED
    said = {"csrf_token": token, "seen": seen(client, "taster"), "what": "closed", "why": ""}
    page = Page(client.post(f"{EVERY}/taster", data=said))
    assert page.status == 422
    assert "Say why it closes" in page.text
    client.post(f"{EVERY}/taster", data=said | {"why": "All places are taken"})
    assert listing(session, "taster").intakes[0].closed_words == "All places are taken"
    assert acts(session) == ["ended", "closed early"]


def test_one_is_taken_off_with_a_reason_only(client: FlaskClient, token: str, session: Session) -> None:
    said = {"csrf_token": token, "seen": seen(client, "gone"), "what": "off", "why": " "}
    assert client.post(f"{EVERY}/gone", data=said).status_code == 422
    said["why"] = "Not in the UK."
    assert client.post(f"{EVERY}/gone", data=said).headers["Location"] == EVERY
    assert listing(session, "gone").standing is Standing.WITHDRAWN
    assert acts(session) == ["withdrawn"]
    see(client, f"{EVERY}/gone", 410)


def test_whoever_looks_after_it_hears_that_it_was_taken_off(client: FlaskClient, token: str, session: Session) -> None:
    kim = somebody(session, "kim@larkfield.example")
    session.add(Steward(opportunity_id=listing(session, "gone").id, account_id=kim.id, at=NOW))
    session.commit()
    said = {"csrf_token": token, "seen": seen(client, "gone"), "what": "off", "why": "Not in the UK."}
    client.post(f"{EVERY}/gone", data=said)
    (letter,) = session.scalars(select(Letter))
    assert (letter.to, letter.subject) == ("kim@larkfield.example", "We changed ‘It ended’")
    assert "We took it off the site." in letter.text and "Not in the UK." not in letter.text


def test_a_correction_shows_at_once_and_is_written_down(client: FlaskClient, token: str, session: Session) -> None:
    page = see(client, f"{EVERY}/course/correct")
    assert 'value="A course"' in page.response.text
    sent = {
        "csrf_token": token,
        "was": seen(client, "course", "/correct"),
        "kind": "course",
        "title": "A better course",
        "summary": "S",
        "description": "D",
        "stages": ["graduate"],
        "applicant": "learner",
    }
    response = client.post(f"{EVERY}/course/correct", data=sent)
    assert response.headers["Location"] == f"{EVERY}/near", Page(response).text
    assert see(client, "/opportunities/course").heading == "A better course"
    changed = session.scalars(select(AuditRecord).where(AuditRecord.action == "corrected")).one()
    assert (changed.before, changed.after) == ({"title": "A course"}, {"title": "A better course"})
    assert [check.signal for check in listing(session, "course").confirmations] == [Signal.PERSON]
    stale = Page(client.post(f"{EVERY}/course/correct", data=sent | {"title": "Mine"}))
    assert stale.status == 409
    assert "Saved elsewhere meanwhile: ‘A better course’" in stale.text


def test_a_correction_that_cannot_be_used_is_shown_again(client: FlaskClient, token: str, session: Session) -> None:
    sent = {"csrf_token": token, "was": seen(client, "course", "/correct"), "title": "", "minimum_age": "lots"}
    page = Page(client.post(f"{EVERY}/course/correct", data=sent))
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert 'value="lots"' in page.response.text
    assert listing(session, "course").title == "A course"


def test_a_form_without_its_token_changes_nothing(client: FlaskClient, token: str, session: Session) -> None:
    for address, what in ((f"{EVERY}/course", "right"), (f"{EVERY}/course/correct", "")):
        page = Page(client.post(address, data={"what": what, "csrf_token": "wrong", "title": "Typed"}))
        assert page.status == 409
    assert acts(session) == []


@pytest.mark.parametrize("typed", ["\x00", "🧬" * 3000, "\ud83d"])
def test_nothing_typed_breaks_it(client: FlaskClient, token: str, typed: str) -> None:
    said = typed.encode("utf-8", "surrogatepass")
    for what in ("right", "closed", "ended", "off", said):
        data = {"csrf_token": token, "seen": seen(client, "course"), "what": what, "why": said}
        assert client.post(f"{EVERY}/near", data=data).status_code in (303, 400, 409, 413, 422)
    assert client.get(f"{EVERY}?page=99999999999999").status_code == 200
    assert client.get(f"{EVERY}?page=x").status_code == 200
    see(client, f"{EVERY}/nothing", 404)


def test_it_is_for_moderators(client: FlaskClient, parts: Parts, session: Session) -> None:
    assert client.get(EVERY).status_code == 303
    sign_in(client, parts, session, "sam@larkfield.example")
    for address in (EVERY, f"{EVERY}/course", f"{EVERY}/course/correct"):
        see(client, address, 403)


def test_a_long_list_costs_no_more_questions_than_a_short_one(
    client: FlaskClient, token: str, session: Session, parts: Parts
) -> None:
    def cost() -> int:
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            asked.append(statement)

        event.listen(parts.database, "before_cursor_execute", note)
        try:
            assert len(client.get(EVERY).data) < 60_000
        finally:
            event.remove(parts.database, "before_cursor_execute", note)
        return len(asked)

    few = cost()
    lifearc = listing(session, "course").organisation
    publish(session, *(row(f"Listing {number}", organisation=lifearc) for number in range(300)))
    assert cost() == few
    assert see(client, f"{EVERY}?page=2").link("next")
