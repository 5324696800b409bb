"""What whoever looks after a listing changes is seen at once only where nobody could be misled by it."""

import pytest
from sqlalchemy.orm import Session

from directory.catalogue.vocabulary import Signal
from directory.places.gazetteer import Gazetteer
from directory.submissions.fields import ALL, Answer
from directory.submissions.going_live import (
    IN_THE_PAST,
    MOVED_BACK,
    MOVED_ON,
    NOT_A_MOVE,
    OUT_OF_ORDER,
    REVIEWED,
    goes_live_at_once,
)
from directory.submissions.models import State, Steward
from directory.submissions.queries import submission_by_key
from directory.submissions.revising import edit, put_live
from tests.contracts.listings import DAY, NOW
from tests.submissions.answers import saying
from tests.submissions.kept import NO_CLOSING, acts, again, kept, somebody

TODAY = NOW.date()

AT_ONCE: dict[str, tuple[str, dict[str, Answer]]] = {
    "closing later": ("closes", {"closes_month": "2", "closes_day": "14"}),
    "opening later": ("opens", {"opens_day": "8"}),
    "starting later": ("starts", {"starts_month": "3", "starts_day": "1"}),
    "more places": ("intake_places", {"intake_places": "8"}),
    "fewer places": ("intake_places", {"intake_places": "1"}),
    "places not said": ("intake_places", {"intake_places": ""}),
}
REVIEWED_FIRST: dict[str, tuple[str, dict[str, Answer]]] = {
    "title": ("title", {"title": "Another title"}),
    "summary": ("summary", {"summary": "Another summary."}),
    "description": ("description", {"description": "Something else."}),
    "kind": ("kind", {"kind": "placement"}),
    "place": ("places", {"places": "Leeds"}),
    "closing sooner": ("closes", {"closes_day": "29"}),
    "opening sooner": ("opens", {"opens_day": "6"}),
    "starting sooner": ("starts", {"starts_month": "1", "starts_day": "31"}),
    "no closing date": ("closes", NO_CLOSING),
    "another way to close": ("closing", {"closing": "until-filled"}),
    "another hour": ("closes_hour", {"closes_hour": "6pm"}),
    "less pay": ("pay_from", {"pay_from": "9000"}),
    "unpaid": ("pay", {"pay": "unpaid"}),
    "older": ("minimum_age", {"minimum_age": "18"}),
    "younger": ("minimum_age", {"minimum_age": "14"}),
    "other stages": ("stages", {"stages": ["14-16"]}),
    "another link": ("apply_url", {"apply_url": "https://elsewhere.example"}),
    "needing more": ("needed", {"needed": "A degree"}),
    "other help": ("support", {"support": "None."}),
    "other access": ("access", {"access": "None."}),
    "places in words": ("intake_places", {"intake_places": "call 0800"}),
    "a date that isn't one": ("closes", {"closes_day": "31", "closes_month": "2"}),
}


def live() -> dict[str, Answer]:
    return saying(starts_day="20")


def ruling(name: str, instead: dict[str, Answer]) -> tuple[bool, str]:
    (found,) = [one for one in goes_live_at_once(live(), live() | instead, TODAY).each if one.question == name]
    return found.at_once, found.why


@pytest.mark.parametrize(("name", "instead"), AT_ONCE.values(), ids=AT_ONCE)
def test_goes_live_at_once(name: str, instead: dict[str, Answer]) -> None:
    at_once, why = ruling(name, instead)
    assert at_once and why


@pytest.mark.parametrize(("name", "instead"), REVIEWED_FIRST.values(), ids=REVIEWED_FIRST)
def test_is_reviewed_first(name: str, instead: dict[str, Answer]) -> None:
    at_once, why = ruling(name, instead)
    assert not at_once and why


def test_nothing_but_dates_and_places_ever_goes_live_at_once() -> None:
    assert [question.name for question in ALL if question.live_at_once] == [
        "opens",
        "closes",
        "starts",
        "intake_places",
    ]


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        ({"closes_day": "31"}, MOVED_ON),
        ({"closes_day": "1"}, MOVED_BACK),
        (NO_CLOSING, NOT_A_MOVE),
        ({"opens_month": "6", "opens_year": "2027", "closes_day": "31"}, OUT_OF_ORDER),
    ],
)
def test_the_reason_is_said(instead: dict[str, Answer], why: str) -> None:
    assert ruling("closes", instead)[1] == why
    assert ruling("title", {"title": "Another"})[1] == REVIEWED


def test_a_day_that_has_passed_is_not_moved_on_to() -> None:
    was = saying(closes_year="2025")
    (found,) = goes_live_at_once(was, was | {"closes_month": "12"}, TODAY).each
    assert (found.at_once, found.why) == (False, IN_THE_PAST)


def test_what_only_moderators_see_is_no_change_to_a_page() -> None:
    assert goes_live_at_once(live(), live() | {"your_name": "Another", "safeguarding_name": "X"}, TODAY).each == ()


def test_of_a_change_only_what_may_goes_live(session: Session, gazetteer: Gazetteer) -> None:
    account = somebody(session)
    row = kept(session, gazetteer, account)
    draft = edit(session, row, account, NOW)
    draft.answers = draft.answers | {"title": "Another title", "closes_month": "3"}
    session.commit()
    later = NOW + DAY
    draft = submission_by_key(session, draft.key)
    assert draft is not None
    assert not put_live(session, draft, gazetteer, later)
    row = again(session, row.slug)
    assert (row.title, row.intakes[0].closes_on) == ("Quality control apprentice", row.intakes[0].closes_on)
    assert row.intakes[0].closes_on is not None and row.intakes[0].closes_on.month == 3
    assert draft.state is State.DRAFT
    assert acts(session, row) == ["changed at once"]
    assert [(one.signal, one.at) for one in row.confirmations][-1] == (Signal.ORGANISATION, later)


def test_a_change_with_nothing_to_review_is_done(session: Session, gazetteer: Gazetteer) -> None:
    account = somebody(session)
    row = kept(session, gazetteer, account)
    draft = edit(session, row, account, NOW)
    draft.answers = draft.answers | {"intake_places": "9"}
    session.commit()
    draft = submission_by_key(session, draft.key)
    assert draft is not None
    assert put_live(session, draft, gazetteer, NOW)
    assert draft.state is State.APPROVED
    assert again(session, row.slug).intakes[0].places == 9


def test_who_looks_after_it_no_longer_puts_nothing_live(session: Session, gazetteer: Gazetteer) -> None:
    account = somebody(session)
    row = kept(session, gazetteer, account)
    draft = edit(session, row, account, NOW)
    draft.answers = draft.answers | {"intake_places": "9"}
    session.delete(session.get(Steward, (row.id, account.id)))
    session.commit()
    draft = submission_by_key(session, draft.key)
    assert draft is not None
    assert not put_live(session, draft, gazetteer, NOW)
    assert (draft.state, again(session, row.slug).intakes[0].places) == (State.DRAFT, 4)


def test_what_cannot_stand_with_the_rest_of_the_page_waits(session: Session, gazetteer: Gazetteer) -> None:
    """The opening may move on only with the closing, which is reviewed here."""
    account = somebody(session)
    row = kept(session, gazetteer, account, opens_day="7", opens_month="12", opens_year="2026")
    draft = edit(session, row, account, NOW)
    said = {"opens_month": "3", "opens_year": "2027", "closing": "until-filled", "starts_month": "4"}
    draft.answers = {name: one for name, one in (draft.answers | said).items() if name not in NO_CLOSING}
    session.commit()
    draft = submission_by_key(session, draft.key)
    assert draft is not None
    assert put_live(session, draft, gazetteer, NOW).at_once == ()
    assert acts(session, row) == []
