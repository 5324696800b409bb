"""The queue and the other desks: what waits, at a cost that doesn't grow, and who may see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from directory.foundation.resources import resource
from directory.places.gazetteer import Gazetteer
from directory.submissions import bank
from directory.submissions.models import Purpose, Snapshot, State, Submission
from directory.submissions.queries import reasons
from directory.submissions.queueing import claim
from tests.contracts.listings import NOW
from tests.submissions.answers import saying
from tests.submissions.reviewed import again, asked, moderator, person, published, waiting
from tests.web.moderating import decide, post, signed_in
from tests.web.pages import Page, see, within, words

pytestmark = pytest.mark.usefixtures("now")

MOST = 60_000


@pytest.fixture(autouse=True)
def bank_of_reasons(session: Session) -> None:
    bank.fill(session, resource("seed_data") / "reasons.yaml")
    session.commit()


@pytest.fixture
def ana(app: Flask, session: Session) -> FlaskClient:
    return signed_in(app, session, moderator(session, "Ana"))


@contextmanager
def counted(database: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database, "before_cursor_execute", note)
    yield statements
    event.remove(database, "before_cursor_execute", note)


def many(session: Session, count: int) -> None:
    """So many that wait, written straight into the tables."""
    sender = person(session, "Sam")
    for number in range(count):
        answers = saying(title=f"A placement with a long and telling title, number {number}")
        made = NOW - timedelta(minutes=number)
        row = Submission(
            key=f"a-key-of-twenty-{number:06}",
            answers=answers,
            origins={},
            title=answers["title"],
            state=State.WAITING,
            account_id=sender.id,
            made_at=made,
            saved_at=made,
            sent_at=made,
            due_at=NOW + timedelta(minutes=number),
            risk=number % 100,
            needs_second=number % 2 == 0,
            snapshots=[Snapshot(number=1, answers=answers, live={}, checks=[], at=made)],
        )
        session.add(row)
    session.commit()


def test_a_thousand_waiting_cost_no_more_than_thirty(ana: FlaskClient, database: Engine, session: Session) -> None:
    many(session, 30)
    with counted(database) as few:
        see(ana, "/moderation")
    session.query(Snapshot).delete()
    session.query(Submission).delete()
    session.commit()
    many(session, 1_000)
    with counted(database) as lots:
        page = see(ana, "/moderation")
    assert page.heading == "1,000 waiting"
    assert len(within(page.main, "ol", "queue")[0]) == 25
    assert len(lots) == len(few) <= 6
    assert len(page.response.data) < MOST
    with counted(database) as last:
        assert "976 to 1,000 of 1,000" in see(ana, "/moderation?page=40").text
    assert len(last) == len(few)
    with counted(database) as one:
        see(ana, "/moderation/a-key-of-twenty-000500")
    assert len(one) < 40


def test_a_row_says_what_it_is_since_when_and_by_when(ana: FlaskClient, session: Session, gazetteer: Gazetteer) -> None:
    listing = published(session, gazetteer)
    asked(session, listing, Purpose.REMOVAL, now=NOW - timedelta(days=6))
    mine = waiting(session, NOW - timedelta(hours=5), risk=50, needs_second=True)
    claim(session, mine, moderator(session, "Ben"), NOW)
    session.commit()
    page = see(ana, "/moderation")
    removal, new = (words(row) for row in within(page.main, "ol", "queue")[0])
    assert "Asks to take it down" in removal
    assert "Late: was due Fri 20 Nov, 5pm Waiting 6 days" in removal
    assert "Larkfield Advanced Therapies Apprenticeship · New listing" in new
    assert "Due by Thu 26 Nov, 5pm Waiting 5 hours" in new
    for mark in ("High risk", "Needs two moderators", "Ben has it"):
        assert mark in new
    assert "1 late" in page.text


def test_what_only_others_can_decide_comes_last(app: Flask, ana: FlaskClient, session: Session) -> None:
    first = waiting(session, needs_second=True, title="For two")
    waiting(session, NOW + timedelta(days=3), title="For one")
    waiting(session, by="Ana", title="Her own")
    decide(ana, again(session, first), "approve")
    page = see(ana, "/moderation")
    assert [words(row) for row in within(page.main, "h2")] == ["For one", "For two", "Her own"]
    assert "You approved it, it waits for somebody else" in page.text
    ben = see(signed_in(app, session, moderator(session, "Ben")), "/moderation")
    assert [words(row) for row in within(ben.main, "h2")] == ["For two", "Her own", "For one"]
    assert "Approved once, waits for a second moderator" in ben.text


def test_it_can_be_narrowed_to_what_is_asked(ana: FlaskClient, session: Session, gazetteer: Gazetteer) -> None:
    asked(session, published(session, gazetteer), Purpose.REMOVAL)
    waiting(session)
    page = see(ana, "/moderation?purpose=removal")
    assert len(within(page.main, "ol", "queue")[0]) == 1
    assert "New (1)" in page.text and "Removals (1)" in page.text
    assert "Nothing waits here" in see(ana, "/moderation?purpose=confirmation").text


@pytest.mark.parametrize(
    "rest", ["?page=0", "?page=99", "?page=x", "?page=9999999999", "?purpose=%00", "?after=nobody"]
)
def test_whatever_stands_in_the_address_is_an_answer(ana: FlaskClient, session: Session, rest: str) -> None:
    waiting(session)
    assert see(ana, f"/moderation{rest}").heading == "1 waiting"


def test_only_moderators_enter(app: Flask, client: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    (bank_reason, *_rest) = reasons(session)
    sam = signed_in(app, session, person(session, "Sam"))
    for address in (
        *("/moderation", f"/moderation/{submission.key}", f"/moderation/{submission.key}/preview"),
        *(f"/moderation/{submission.key}/edits", "/moderation/done", "/moderation/record", "/moderation/record/1"),
        *("/moderation/reasons", f"/moderation/reasons/{bank_reason.id}"),
    ):
        assert client.get(address).status_code == 303, address
        assert sam.get(address).status_code == 403, address


def test_pages_are_kept_by_nobody(ana: FlaskClient, session: Session) -> None:
    response = ana.get(f"/moderation/{waiting(session).key}")
    assert response.cache_control.no_store
    assert 'content="noindex"' in response.text


def test_only_desks_that_exist_are_linked(ana: FlaskClient) -> None:
    page = see(ana, "/moderation/record")
    links = {link.attrib["href"] for link in within(within(page.tree, "nav", "desks")[0], "a")}
    assert {"/moderation", "/moderation/reasons", "/moderation/record"} <= links
    assert all(ana.get(link).status_code == 200 for link in links)


def test_what_was_decided_lately_is_listed(ana: FlaskClient, session: Session) -> None:
    assert "Nothing has been decided yet" in see(ana, "/moderation/done").text
    decide(ana, waiting(session), "approve")
    page = see(ana, "/moderation/done")
    assert "Approved" in page.text and "Ana" in page.text and "Tue 24 Nov, 9am" in page.text


def test_the_record_says_who_did_what_and_shows_before_and_after(ana: FlaskClient, session: Session) -> None:
    decide(ana, waiting(session), "approve", message="A good one.")
    page = see(ana, "/moderation/record?subject=submission")
    assert "Approved: submission" in page.text and "A good one." in page.text
    (link, *_rest) = [a.attrib["href"] for a in within(page.main, "a") if "/record/" in a.attrib["href"]]
    act = see(ana, link)
    assert "Quality control apprentice" in act.text
    assert "sam@larkfield.example" not in act.text
    assert ana.get("/moderation/record/99999").status_code == 404
    assert ana.get("/moderation/record/99999999999999999999").status_code == 404
    assert see(ana, "/moderation/record?subject=nothing").heading == "Record"


def test_moderators_keep_the_bank_of_reasons(ana: FlaskClient, session: Session) -> None:
    assert "It asks applicants to pay" in see(ana, "/moderation/reasons").text
    said = {"label": "No pictures", "words": "Say it in words.", "field": "description"}
    assert post(ana, "/moderation/reasons", **said).status_code == 303
    session.expire_all()
    added = reasons(session)[-1]
    assert "Say it in words." in see(ana, f"/moderation/reasons/{added.id}").text
    assert post(ana, f"/moderation/reasons/{added.id}", **{**said, "label": "Pictures"}).status_code == 303
    assert "Pictures" in see(ana, "/moderation/reasons").text
    assert post(ana, f"/moderation/reasons/{added.id}/retire").status_code == 303
    assert "Pictures" not in see(ana, "/moderation/reasons").text
    assert post(ana, f"/moderation/reasons/{added.id}/retire").status_code == 404
    page = Page(post(ana, "/moderation/reasons", label="", words="Kept as typed", field="shoes"))
    assert page.status == 422
    assert "Enter a short name" in page.text and "Kept as typed" in page.response.text
