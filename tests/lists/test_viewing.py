"""What a list shows as time goes on, and what its editors are told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue.actions import withdraw
from directory.catalogue.kinds import KindName
from directory.catalogue.models import Intake, Opportunity
from directory.catalogue.vocabulary import Closing
from directory.foundation.letters import Letter
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.lists import actions, current, digest, editing, queries, reporting, retention
from directory.lists.evidence import evidence
from directory.lists.models import DayOfViews, Editor, Offer, OfferedBy, SharedList
from directory.lists.viewing import View, view
from directory.lists.words import ListWords
from tests.contracts.listings import NOW
from tests.lists.conftest import AskAt, MakeList, Publish

DAY = timedelta(days=1)
SETTINGS = Settings.from_environment({"WAYIN_SECRET_KEY": "a secret that is long enough to sign links with"})


def closing(on: date) -> list[Intake]:
    return [Intake(closing=Closing.FIXED, opens_on=date(2026, 11, 1), closes_on=on)]


def titles(shown: View) -> dict[str, list[str]]:
    return {
        "picked": [one.opportunity.title for one in shown.picked],
        "closed": [one.opportunity.title for one in shown.just_closed],
        "ruled": [row.title for row in shown.ruled.rows] if shown.ruled else [],
    }


def again(session: Session, shared_list: SharedList) -> SharedList:
    found = queries.by_address(session, shared_list.address)
    assert found is not None
    return found


def letters(session: Session) -> list[Letter]:
    session.flush()
    return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_a_pin_that_closes_moves_below_with_the_next_thing_to_try(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    soon = publish("Lab week", intakes=closing(date(2026, 11, 27)))
    later = publish("Lab month", intakes=closing(date(2027, 1, 30)))
    like = publish("Lab day", intakes=closing(date(2027, 2, 1)))
    shared_list = make(soon, later)
    actions.note(session, shared_list, soon.id, "Book now", NOW)
    assert titles(view(ask_at(NOW), shared_list))["picked"] == ["Lab week", "Lab month"]
    shown = view(ask_at(NOW + 5 * DAY), shared_list)
    assert (titles(shown)["picked"], titles(shown)["closed"]) == (["Lab month"], ["Lab week"])
    assert shown.just_closed[0].instead is like
    assert shown.just_closed[0].note == "Book now"
    assert shown.ids == (later.id, soon.id)


def test_it_says_until_when_it_holds(publish: Publish, make: MakeList, ask_at: AskAt) -> None:
    shared_list = make(publish("Lab week", intakes=closing(date(2026, 11, 27))))
    assert view(ask_at(NOW), shared_list).holds_until == datetime(2026, 11, 27, 23, 59, 59, 999999, tzinfo=UTC)


def test_a_withdrawn_pin_is_counted_and_not_shown(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    gone = publish("Gone")
    shared_list = make(gone, publish("Stays"))
    withdraw(session, gone, NOW)
    shown = view(ask_at(NOW), shared_list)
    assert (titles(shown)["picked"], shown.gone) == (["Stays"], 1)


def test_the_rule_finds_what_is_neither_pinned_nor_left_out(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    pinned, left_out, found = publish("Lab one"), publish("Lab two"), publish("Lab three")
    publish("Office work")
    shared_list = make(pinned, rule="lab")
    actions.leave_out(session, shared_list, left_out.id, NOW)
    shown = view(ask_at(NOW), shared_list)
    assert shown.ruled is not None
    assert (shown.ruled.ids, shown.ids) == ((found.id,), (pinned.id, found.id))
    assert shown.ruled.sentence == "for ‘lab’"


def test_the_rule_wants_all_of_its_words(publish: Publish, make: MakeList, ask_at: AskAt) -> None:
    publish("Gene therapy lab")
    publish("Gene bank")
    assert titles(view(ask_at(NOW), make(rule="gene lab")))["ruled"] == ["Gene therapy lab"]


def test_what_the_rule_comes_to_find_is_new_for_a_week_and_what_it_began_with_is_not(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    publish("Lab one")
    shared_list = make(rule="lab")
    current.note_what_is_offered(ask_at(NOW), shared_list)
    two = publish("Lab two")
    shown = view(ask_at(NOW + DAY), shared_list)
    assert shown.ruled is not None and shown.ruled.new == {two.id}  # also before anything noted it
    current.note_what_is_offered(ask_at(NOW + DAY), shared_list)
    shown = view(ask_at(NOW + 6 * DAY), shared_list)
    assert shown.ruled is not None and shown.ruled.new == {two.id}
    assert shown.ruled.since == NOW
    shown = view(ask_at(NOW + 9 * DAY), shared_list)
    assert shown.ruled is not None and shown.ruled.new == frozenset()


def test_what_is_pinned_or_left_out_has_not_closed_and_what_ended_has(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    picked, left_out, _kept = (publish(f"Lab {name}") for name in ("one", "two", "three"))
    ends, goes = publish("Lab four", intakes=closing(date(2026, 11, 27))), publish("Lab five")
    shared_list = make(rule="lab")
    current.note_what_is_offered(ask_at(NOW), shared_list)
    actions.pin(session, shared_list, [picked.id], NOW + DAY)
    actions.leave_out(session, shared_list, left_out.id, NOW + DAY)
    current.note_what_is_offered(ask_at(NOW + DAY), shared_list)
    shown = view(ask_at(NOW + DAY), shared_list)
    assert shown.ruled is not None and shown.ruled.closed == 0
    withdraw(session, goes, NOW + 2 * DAY)
    current.note_what_is_offered(ask_at(NOW + 6 * DAY), shared_list)
    shown = view(ask_at(NOW + 6 * DAY), shared_list)
    assert shown.ruled is not None and shown.ruled.closed == 2
    changes = digest.changes_since(session, shared_list, NOW, NOW + 6 * DAY)
    assert {row.id for row in changes.gone} == {ends.id, goes.id}


def test_what_somebody_else_noted_meanwhile_is_no_error(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    row = publish("Lab one")
    shared_list = make(rule="lab")
    session.commit()

    def be_first(*_: object) -> None:
        values = {"list_id": shared_list.id, "opportunity_id": row.id, "offered_by": OfferedBy.RULE, "since": NOW}
        session.connection().execute(insert(Offer).values(**values))

    event.listen(session, "before_flush", be_first, once=True)
    assert current.note_what_is_offered(ask_at(NOW), shared_list) is False
    session.commit()
    assert current.note_what_is_offered(ask_at(NOW), shared_list) is True


def test_another_rule_starts_anew(session: Session, publish: Publish, make: MakeList, ask_at: AskAt) -> None:
    from directory.search.query import SearchQuery

    publish("Lab one")
    publish("Desk one")
    shared_list = make(rule="lab")
    current.note_what_is_offered(ask_at(NOW), shared_list)
    actions.rule(session, shared_list, SearchQuery().with_text("desk"), NOW + DAY)
    current.note_what_is_offered(ask_at(NOW + DAY), shared_list)
    shown = view(ask_at(NOW + 2 * DAY), shared_list)
    assert shown.ruled is not None
    assert (titles(shown)["ruled"], shown.ruled.new) == (["Desk one"], frozenset())


def test_the_digest_tells_once_a_week_what_is_new_and_what_closed(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    pin = publish("Lab week", intakes=closing(date(2026, 11, 27)))
    shared_list = make(pin, rule="desk")
    editor = editing.add_editor(session, shared_list, "Teacher@School.example", NOW)
    editing.want_digest(editor, NOW, wanted=True)
    current.keep_current(ask_at(NOW))
    new = publish("Desk <script> one")
    current.keep_current(ask_at(NOW + 5 * DAY))
    assert digest.send_digests(session, SETTINGS, NOW + 6 * DAY) == 0
    assert digest.send_digests(session, SETTINGS, NOW + 7 * DAY) == 1
    assert digest.send_digests(session, SETTINGS, NOW + 7 * DAY + timedelta(hours=1)) == 0
    assert digest.send_digests(session, SETTINGS, NOW + 20 * DAY) == 0  # nothing new is no letter
    (letter,) = letters(session)
    assert letter.to == "teacher@school.example"
    assert letter.subject == "1 new and 1 closed on ‘Year 12 biology’"
    assert new.title in letter.text and pin.title in letter.text
    assert "<script>" not in letter.html
    token = letter.text.split("/lists/stop/")[1].split()[0]
    assert editing.to_stop(session, SETTINGS, token, NOW + 30 * DAY) is editor
    assert editing.to_stop(session, SETTINGS, token[:-1], NOW + 30 * DAY) is None


def test_nobody_who_has_not_asked_gets_a_digest(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    shared_list = make(rule="desk")
    editing.add_editor(session, shared_list, "teacher@school.example", NOW)
    current.keep_current(ask_at(NOW))
    publish("Desk one")
    current.keep_current(ask_at(NOW + DAY))
    assert digest.send_digests(session, SETTINGS, NOW + 8 * DAY) == 0


def test_an_editor_opens_the_list_by_a_sent_key_or_signed_in(session: Session, make: MakeList) -> None:
    shared_list = make()
    editor = editing.add_editor(session, shared_list, "teacher@school.example", NOW)
    editing.send_key(session, SETTINGS, shared_list, editor, NOW)
    key = letters(session)[0].text.split("/lists/edit/")[1].split()[0]
    assert editing.opened_by(session, key, None) == (shared_list, editor)
    teacher = Account(email="teacher@school.example", made_at=NOW)
    stranger = Account(email="stranger@school.example", made_at=NOW)
    assert editing.opened_by(session, shared_list.address, teacher) == (shared_list, editor)
    assert editing.opened_by(session, shared_list.address, stranger) is None
    assert editing.opened_by(session, shared_list.address, None) is None
    editing.remove_editor(session, shared_list, editor.id, NOW)
    session.expire_all()
    assert editing.opened_by(session, key, None) is None


def test_lost_links_come_in_one_letter_and_to_strangers_none(session: Session, make: MakeList) -> None:
    first, second = make(), make()
    for shared_list in (first, second):
        editing.add_editor(session, shared_list, "teacher@school.example", NOW)
    editing.send_all_keys(session, SETTINGS, "TEACHER@school.example", NOW)
    editing.send_all_keys(session, SETTINGS, "nobody@school.example", NOW)
    (letter,) = letters(session)
    keys = [part.split()[0] for part in letter.text.split("/lists/edit/")[1:]]
    assert {queries.by_key(session, key)[0].id for key in keys} == {first.id, second.id}  # type: ignore[index]
    with pytest.raises(Refusal, match="Enter an email address"):
        editing.send_all_keys(session, SETTINGS, "nobody", NOW)


def test_a_report_is_answered_once_and_a_list_that_is_taken_down_tells_its_editors(
    session: Session, make: MakeList
) -> None:
    shared_list = make()
    editing.add_editor(session, shared_list, "teacher@school.example", NOW)
    moderator = Account(email="moderator@example.org", made_at=NOW)
    session.add(moderator)
    made = reporting.report(session, shared_list, "unsafe", "A phone number", NOW)
    assert reporting.report(session, shared_list, "unsafe", "A phone number ", NOW + timedelta(minutes=2)) is made
    assert reporting.reports(session, 0, 10) == ([made], 1)
    found = reporting.report_by_key(session, made.key)
    assert found is not None
    reporting.answer(session, SETTINGS, found, moderator, "It gave a phone number.", NOW, take_down=True)
    with pytest.raises(Refusal, match="answered this report already"):
        reporting.answer(session, SETTINGS, found, moderator, "Again.", NOW, take_down=False)
    assert shared_list.taken_down_at == NOW
    assert queries.by_class_code(session, shared_list.class_code) is None
    assert "It gave a phone number." in letters(session)[0].text
    reporting.put_back(session, shared_list, moderator, "Mended.", NOW)
    assert queries.by_class_code(session, shared_list.class_code) is shared_list


def test_evidence_says_what_was_offered_when_and_what_it_counts_towards(
    session: Session, publish: Publish, make: MakeList, ask_at: AskAt
) -> None:
    trade = publish("Trade", kind=KindName.APPRENTICESHIP, stages=["16-18"])
    week = publish("Week", kind=KindName.WORK_EXPERIENCE)
    shared_list = make(week, trade)
    current.note_what_is_offered(ask_at(NOW), shared_list)
    actions.unpin(session, shared_list, week.id, NOW + DAY)
    current.note_what_is_offered(ask_at(NOW + DAY), again(session, shared_list))
    told = {one.opportunity.title: one for one in evidence(session, shared_list)}
    assert (told["Week"].offered_from, told["Week"].offered_until) == (NOW, NOW + DAY)
    assert told["Week"].benchmarks == (2, 5, 6) and not told["Week"].provider_access
    assert told["Trade"].offered_until is None and told["Trade"].provider_access


def test_an_address_is_given_out_erased_and_unused_lists_are_forgotten(
    session: Session, publish: Publish, make: MakeList
) -> None:
    old, opened, own = make(publish("One")), make(), make(now=NOW + 700 * DAY)
    editing.add_editor(session, own, "teacher@school.example", NOW)
    session.add(DayOfViews(list_id=opened.id, day=(NOW + 300 * DAY).date(), views=1))
    session.flush()
    assert retention.export(session, "teacher@school.example")["edits"][0]["list"] == own.address
    retention.erase(session, "teacher@school.example", NOW)
    assert session.scalars(select(Editor)).all() == []
    assert retention.forget_old(session, NOW + 740 * DAY) == 1
    left = set(session.scalars(select(SharedList.id)))
    assert left == {opened.id, own.id} and old.id not in left


def test_a_stage_of_school_is_spelt_as_the_catalogue_spells_it(publish: Publish) -> None:
    from directory.lists.evidence import is_provider_access

    row: Opportunity = publish("Trade", kind=KindName.APPRENTICESHIP, stages=["postdoc"])
    assert not is_provider_access(row)


def test_titles_that_only_hold_what_is_no_text_are_none(session: Session) -> None:
    with pytest.raises(Refusal, match="Enter a title"):
        actions.make(session, ListWords("\x00\u202e"), NOW)
