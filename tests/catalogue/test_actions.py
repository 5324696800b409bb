"""People's changes to the catalogue: each is marked, dated and owed to the index, or refused in a sentence."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from directory.catalogue.actions import NEVER_AMENDED, amend, confirm, hide, restore, withdraw
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.outbox import owed
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.timing import State, timing
from directory.catalogue.vocabulary import Pay, Recurrence, Signal
from directory.foundation.refusals import Refusal
from tests.contracts.listings import NOW
from tests.search.rows import leeds, row

LATER = NOW + timedelta(hours=1)

Act = Callable[[Session, Opportunity], None]

EDITS: dict[str, Act] = {
    "amend": lambda session, listing: amend(session, listing, {"title": "Another name"}, LATER),
    "withdraw": lambda session, listing: withdraw(session, listing, LATER),
    "hide": lambda session, listing: hide(session, listing, LATER),
    "restore": lambda session, listing: restore(session, listing, LATER),
}
CHANGES: dict[str, Act] = {
    **EDITS,
    "confirm": lambda session, listing: confirm(session, listing, Signal.PERSON, LATER),
}


@pytest.fixture
def listing(session: Session) -> Opportunity:
    """A listing as a person finds it: nothing of it is owed."""
    session.add(row("A placement", slug="a-placement", recurrence=Recurrence.ROLLING))
    session.commit()
    return found(session)


def found(session: Session) -> Opportunity:
    session.flush()
    session.expunge_all()
    whole = opportunity_by_slug(session, "a-placement")
    assert whole is not None
    return whole


@pytest.mark.parametrize("act", CHANGES.values(), ids=CHANGES)
def test_every_change_is_dated_and_owed_to_the_index_once(session: Session, listing: Opportunity, act: Act) -> None:
    act(session, listing)
    assert [id for _sequence, id in owed(session)] == [listing.id]
    assert found(session).changed_at == LATER


@pytest.mark.parametrize("act", EDITS.values(), ids=EDITS)
def test_every_edit_is_marked_as_a_persons_own(session: Session, listing: Opportunity, act: Act) -> None:
    act(session, listing)
    assert found(session).edited_at == LATER


@pytest.mark.parametrize("signal", Signal)
def test_to_confirm_is_not_to_edit(session: Session, listing: Opportunity, signal: Signal) -> None:
    """Or a link that answers would keep what the files say next from the listing."""
    confirm(session, listing, signal, LATER)
    assert found(session).edited_at is None


@pytest.mark.parametrize("act", CHANGES.values(), ids=CHANGES)
def test_a_change_stands_or_falls_with_what_it_owes(session: Session, listing: Opportunity, act: Act) -> None:
    act(session, listing)
    session.rollback()
    assert owed(session) == []
    whole = found(session)
    assert (whole.title, whole.standing, whole.confirmations) == ("A placement", Standing.PUBLISHED, [])


def test_to_amend_sets_what_is_said_and_leaves_the_rest(session: Session, listing: Opportunity) -> None:
    amend(session, listing, {"title": "Another name", "pay": Pay.WAGE, "locations": [leeds()]}, LATER)
    whole = found(session)
    assert (whole.title, whole.pay, [place.place for place in whole.locations]) == ("Another name", "paid", ["Leeds"])
    assert (whole.summary, whole.recurrence, whole.published_at) == ("", Recurrence.ROLLING, NOW)


@pytest.mark.parametrize("field", ["colour", "schedule", "metadata", "__class__", "", *sorted(NEVER_AMENDED)])
def test_a_field_that_cannot_be_changed_is_refused_by_name(session: Session, listing: Opportunity, field: str) -> None:
    with pytest.raises(Refusal, match=f"'{field}'"):
        amend(session, listing, {field: "anything"}, LATER)
    assert owed(session) == []


def test_nothing_of_a_refused_change_is_done(session: Session, listing: Opportunity) -> None:
    with pytest.raises(Refusal):
        amend(session, listing, {"title": "Another name", "colour": "red"}, LATER)
    session.flush()
    whole = found(session)
    assert (whole.title, whole.edited_at) == ("A placement", None)


def test_what_was_withdrawn_can_be_restored(session: Session, listing: Opportunity) -> None:
    withdraw(session, listing, LATER)
    assert found(session).standing is Standing.WITHDRAWN
    restore(session, found(session), LATER)
    assert found(session).standing is Standing.PUBLISHED
    assert len(owed(session)) == 2


def test_a_confirmation_keeps_who_when_and_what_they_said(session: Session, listing: Opportunity) -> None:
    confirm(session, listing, Signal.ORGANISATION, LATER, words="Yes, in January.")
    confirm(session, listing, Signal.PERSON, NOW, right=False)
    assert [(one.signal, one.at, one.right, one.words) for one in found(session).confirmations] == [
        (Signal.PERSON, NOW, False, None),
        (Signal.ORGANISATION, LATER, True, "Yes, in January."),
    ]


@pytest.mark.parametrize(
    ("signal", "right", "state"),
    [
        (Signal.ORGANISATION, True, State.OPEN),
        (Signal.PERSON, True, State.OPEN),
        (Signal.LINK, True, State.USUAL),
        (Signal.PERSON, False, State.USUAL),
    ],
)
def test_only_a_person_who_found_it_right_can_tell_that_it_is_open(
    session: Session, listing: Opportunity, signal: Signal, right: bool, state: State
) -> None:
    confirm(session, listing, signal, NOW, right=right)
    assert timing(found(session).schedule, LATER).state is state
