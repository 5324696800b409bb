"""Making and changing lists."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.audit import history
from directory.catalogue.actions import withdraw
from directory.foundation.refusals import Refusal
from directory.lists import actions, queries
from directory.lists.models import MOST_PINS, SharedList
from directory.lists.words import ListWords
from directory.schema import metadata
from directory.search.query import SearchQuery
from tests.contracts.listings import NOW
from tests.lists.conftest import MakeList, Publish

LATER = NOW + timedelta(hours=1)


def pinned(shared_list: SharedList) -> list[str]:
    return [f"{one.position} {one.note}".strip() for one in shared_list.pins]


def order(session: Session, shared_list: SharedList) -> list[int]:
    session.flush()
    session.expire_all()
    again = queries.by_address(session, shared_list.address)
    assert again is not None
    return [one.opportunity_id for one in again.pins]


def test_a_list_is_reached_by_address_code_and_key(session: Session) -> None:
    made = actions.make(session, ListWords("Biology"), NOW)
    shared_list = made.shared_list
    assert queries.by_address(session, shared_list.address.upper()) is shared_list
    assert queries.by_class_code(session, shared_list.class_code.replace("-", " ").title()) is shared_list
    assert queries.by_key(session, made.key) == (shared_list, None)
    assert queries.by_key(session, made.key[:-1]) is None
    assert queries.by_address(session, shared_list.class_code) is None


def test_only_a_sum_of_the_key_is_kept(session: Session) -> None:
    made = actions.make(session, ListWords("Biology"), NOW)
    for table in metadata.sorted_tables:
        assert made.key not in str(session.execute(select(table)).all())


def test_pins_keep_the_order_in_which_they_were_given_once_each(
    session: Session, publish: Publish, make: MakeList
) -> None:
    one, two, three = publish("One"), publish("Two"), publish("Three")
    shared_list = make(two, one)
    assert actions.pin(session, shared_list, [one.id, three.id, three.id, 999_999], LATER) == 1
    assert order(session, shared_list) == [two.id, one.id, three.id]


def test_what_the_public_may_not_see_cannot_be_pinned(session: Session, publish: Publish, make: MakeList) -> None:
    gone = publish("Gone")
    withdraw(session, gone, NOW)
    assert order(session, make(gone)) == []


@pytest.mark.parametrize(("place", "expected"), [(0, "cab"), (1, "acb"), (2, "abc"), (9, "abc"), (-5, "cab")])
def test_a_pin_moves_to_a_place(session: Session, publish: Publish, make: MakeList, place: int, expected: str) -> None:
    rows = {letter: publish(letter) for letter in "abc"}
    shared_list = make(*rows.values())
    actions.move(session, shared_list, rows["c"].id, place, LATER)
    assert order(session, shared_list) == [rows[letter].id for letter in expected]


def test_a_full_list_says_so_and_stays_as_it_is(session: Session, publish: Publish, make: MakeList) -> None:
    shared_list = make(*(publish(f"Listing {number}") for number in range(MOST_PINS)))
    one_more = publish("One more")
    with pytest.raises(Refusal, match="up to 200 pins"):
        actions.pin(session, shared_list, [one_more.id], LATER)
    assert len(order(session, shared_list)) == MOST_PINS


def test_a_note_is_kept_and_what_cannot_be_is_refused(session: Session, publish: Publish, make: MakeList) -> None:
    one = publish("One")
    shared_list = make(one)
    actions.note(session, shared_list, one.id, "  We’ll book\nIT room 3. ", LATER)
    assert pinned(shared_list) == ["0 We’ll book IT room 3."]
    with pytest.raises(Refusal, match="can’t hold web or email addresses"):
        actions.note(session, shared_list, one.id, "www.elsewhere.com", LATER)
    actions.unpin(session, shared_list, one.id, LATER)
    with pytest.raises(Refusal, match="isn’t pinned any more"):
        actions.note(session, shared_list, one.id, "Hello", LATER)


def test_pinning_what_was_left_out_lets_it_in(session: Session, publish: Publish, make: MakeList) -> None:
    one = publish("One")
    shared_list = make(rule="one")
    actions.leave_out(session, shared_list, one.id, LATER)
    assert [row.opportunity_id for row in shared_list.exclusions] == [one.id]
    actions.pin(session, shared_list, [one.id], LATER)
    assert shared_list.exclusions == []


def test_every_change_is_a_version_that_can_be_gone_back_to(session: Session, publish: Publish, make: MakeList) -> None:
    one, two = publish("One"), publish("Two")
    shared_list = make(one, two, rule="lab")
    actions.note(session, shared_list, two.id, "Look", LATER)
    actions.unpin(session, shared_list, two.id, LATER)
    actions.rule(session, shared_list, None, LATER)
    actions.reword(session, shared_list, ListWords("Chemistry"), LATER, seen=shared_list.version)
    assert [row.what for row in queries.versions(session, shared_list)] == [
        "Changed the words",
        "Took off the search behind it",
        "Took off “Two”",
        "Changed the note on “Two”",
        "Made",
    ]
    actions.restore(session, shared_list, 2, LATER)
    assert (shared_list.title, shared_list.rule, pinned(shared_list)) == ("Year 12 biology", "q=lab", ["0", "1 Look"])
    assert shared_list.version == 6
    with pytest.raises(Refusal, match="isn’t kept"):
        actions.restore(session, shared_list, 99, LATER)


def test_what_changes_nothing_is_no_version(session: Session, publish: Publish, make: MakeList) -> None:
    one = publish("One")
    shared_list = make(one, rule="lab")
    actions.reword(session, shared_list, ListWords("Year 12 biology", "Ashgrove College", "Start here."), LATER, seen=1)
    actions.pin(session, shared_list, [one.id], LATER)
    actions.move(session, shared_list, one.id, 0, LATER)
    actions.note(session, shared_list, one.id, "", LATER)
    actions.rule(session, shared_list, SearchQuery().with_text("lab"), LATER)
    actions.let_in(session, shared_list, one.id, LATER)
    assert shared_list.version == 1


def test_words_that_somebody_else_changed_meanwhile_are_not_overwritten(
    session: Session, publish: Publish, make: MakeList
) -> None:
    shared_list = make(publish("One"))
    seen = shared_list.version
    actions.pin(session, shared_list, [publish("Two").id], LATER)
    actions.reword(session, shared_list, ListWords("Mine"), LATER, seen=seen)  # a pin doesn't get in the way of words
    with pytest.raises(Refusal, match="Somebody else changed these words"):
        actions.reword(session, shared_list, ListWords("Theirs"), LATER, seen=seen)
    assert shared_list.title == "Mine"


def test_a_copy_is_a_list_of_its_own(session: Session, publish: Publish, make: MakeList) -> None:
    one, two = publish("One"), publish("Two")
    original = make(one, rule="lab")
    actions.note(session, original, one.id, "Look", NOW)
    actions.leave_out(session, original, two.id, NOW)
    copied = actions.copy(session, original, LATER).shared_list
    assert (copied.title, copied.made_by, copied.rule, pinned(copied)) == ("Year 12 biology", "", "q=lab", ["0 Look"])
    assert [row.opportunity_id for row in copied.exclusions] == [two.id]
    assert copied.address != original.address
    actions.unpin(session, copied, one.id, LATER)
    assert order(session, original) == [one.id]


def test_deleting_leaves_no_row_of_it(session: Session, publish: Publish, make: MakeList) -> None:
    other = make(publish("Other"))
    counts = {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in metadata.sorted_tables
        if table.name.startswith(("list_", "shared_list"))
    }
    one = publish("One")
    shared_list = make(one, rule="lab")
    actions.leave_out(session, shared_list, publish("Two").id, NOW)
    actions.note(session, shared_list, one.id, "Look", NOW)
    id = shared_list.id
    actions.remove(session, shared_list, LATER)
    session.flush()
    session.expire_all()
    for name, count in counts.items():
        assert session.scalar(select(func.count()).select_from(metadata.tables[name])) == count, name
    assert order(session, other)
    assert [record.action for record in history(session, "list", id)][-1] == "deleted"
    assert all("Look" not in str(record.after) for record in history(session, "list", id))


def test_the_other_edit_links_can_be_ended(session: Session, make: MakeList) -> None:
    shared_list = make()
    mine, theirs = (actions.add_key(session, shared_list, NOW) for _ in range(2))
    assert actions.drop_other_keys(session, shared_list, mine, LATER) == 2
    assert queries.by_key(session, mine) is not None
    assert queries.by_key(session, theirs) is None
