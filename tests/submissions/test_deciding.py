"""Each decision is made once, by somebody else, and only an approval makes anything visible."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.audit import history
from directory.accounts.models import Account
from directory.catalogue.actions import hide, withdraw
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import opportunity_by_slug
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions, notices
from directory.submissions.deciding import approve, as_it_stands, return_, waits_for_second
from directory.submissions.deciding_letters import Complaint
from directory.submissions.models import Outcome, Purpose, State, Steward, Submission
from directory.submissions.queueing import CLAIM_HOLDS_FOR, claim
from directory.submissions.queueing import waiting as queue
from tests.contracts.listings import NOW
from tests.submissions.reviewed import again, asked, letters, moderator, person, published, waiting

LATER = NOW + timedelta(hours=1)
SETTINGS = Settings.from_environment({"WAYIN_SITE_ADDRESS": "https://wayin.example"})
ONE_IS_ENOUGH = Settings.from_environment({"WAYIN_SECOND_MODERATOR": "no"})
FEE = Complaint("pay", "Say what people are paid.", "Pay or costs aren’t clear")


@pytest.fixture
def ana(session: Session) -> Account:
    return moderator(session, "Ana")


@pytest.fixture
def ben(session: Session) -> Account:
    return moderator(session, "Ben")


def listings(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Opportunity)) or 0


def test_approving_publishes_tells_and_is_written_down(session: Session, gazetteer: Gazetteer, ana: Account) -> None:
    submission = waiting(session)
    made = approve(session, submission, ana, LATER, gazetteer, SETTINGS, message="A good one.")
    session.commit()
    assert made is not None and made.standing is Standing.PUBLISHED
    submission = again(session, submission)
    assert (submission.state, submission.opportunity_id) == (State.APPROVED, made.id)
    (decision,) = submission.decisions
    assert (decision.outcome, decision.by_id, decision.number, decision.seat) == (Outcome.APPROVED, ana.id, 1, 1)
    act = history(session, "submission", submission.id)[-1]
    assert (act.action, act.by_id, act.why) == ("approved", ana.id, "A good one.")
    assert act.before == {} and act.after["title"] == "Quality control apprentice"
    assert not {"your_email", "your_name", "safeguarding_contact"} & act.after.keys()
    (letter,) = letters(session)
    assert letter.to == "sam@larkfield.example"
    assert letter.subject == "‘Quality control apprentice’ is live"
    assert f"https://wayin.example/opportunities/{made.slug}" in letter.text
    assert "A good one." in letter.text and "A good one." in letter.html


def test_a_second_decision_hears_who_decided_what_and_when(
    session: Session, gazetteer: Gazetteer, ana: Account, ben: Account
) -> None:
    submission = waiting(session)
    return_(session, submission, ana, LATER, SETTINGS, [FEE])
    session.commit()
    said = "Ana returned this on 24 November 2026 at 10am. It’s decided once."
    with pytest.raises(Refusal, match=said):
        approve(session, submission, ben, LATER, gazetteer, SETTINGS)
    with pytest.raises(Refusal, match=said):
        return_(session, submission, ana, LATER, SETTINGS, [FEE])
    assert len(again(session, submission).decisions) == 1
    assert len(letters(session)) == 1


def test_returning_keeps_everything_and_shows_nothing(session: Session, ana: Account) -> None:
    submission = waiting(session)
    typed = dict(submission.answers)
    general = Complaint("", "Tell us more.")
    return_(session, submission, ana, LATER, SETTINGS, [FEE, general], "Thank you for sending it.")
    session.commit()
    submission = again(session, submission)
    assert submission.state is State.RETURNED
    assert submission.answers == typed
    act = history(session, "submission", submission.id)[-1]
    assert act.before == act.after, "a return changes nothing"
    assert submission.due_at is None
    assert listings(session) == 0
    (letter,) = letters(session)
    assert letter.subject == "Quality control apprentice: 2 things to change"
    for part in (letter.text, letter.html):
        assert f"https://wayin.example/submit/{submission.key}/dates#about-pay" in part
        assert f"https://wayin.example/submit/{submission.key}/check" in part
        assert "Say what people are paid." in part
        assert "Thank you for sending it." in part
        assert "isn’t published yet" in part and "Everything you wrote is kept." in part


def test_what_was_returned_is_fixed_sent_again_and_approved(
    session: Session, gazetteer: Gazetteer, ana: Account
) -> None:
    submission = waiting(session)
    return_(session, submission, ana, LATER, SETTINGS, [FEE])
    actions.save(submission, {"pay_from": "24,100"}, LATER)
    actions.enter_queue(session, submission, LATER)
    session.commit()
    submission = again(session, submission)
    assert submission.answers["description"] == submission.snapshots[0].answers["description"]
    made = approve(session, submission, ana, LATER, gazetteer, SETTINGS, seen=2)
    session.commit()
    assert made is not None and made.pay_minimum == 24_100
    assert [(one.number, one.outcome) for one in again(session, submission).decisions] == [
        (1, Outcome.RETURNED),
        (2, Outcome.APPROVED),
    ]
    assert len(letters(session)) == 2


def test_a_reason_must_be_given_and_be_about_a_question(session: Session, ana: Account) -> None:
    submission = waiting(session)
    with pytest.raises(Refusal, match="at least one reason"):
        return_(session, submission, ana, LATER, SETTINGS, [], "No.")
    with pytest.raises(Refusal, match="no question called ‘shoe_size’"):
        return_(session, submission, ana, LATER, SETTINGS, [Complaint("shoe_size", "Too big.")])
    assert again(session, submission).state is State.WAITING


def test_nobody_decides_what_they_sent_themselves(session: Session, gazetteer: Gazetteer, ana: Account) -> None:
    submission = waiting(session, by="Ana")
    with pytest.raises(Refusal, match="You sent this yourself"):
        approve(session, submission, ana, LATER, gazetteer, SETTINGS)
    with pytest.raises(Refusal, match="You sent this yourself"):
        return_(session, submission, ana, LATER, SETTINGS, [FEE])
    assert listings(session) == 0


def test_what_brings_under_18s_needs_two_different_moderators(
    session: Session, gazetteer: Gazetteer, ana: Account, ben: Account
) -> None:
    submission = waiting(session, needs_second=True)
    assert approve(session, submission, ana, LATER, gazetteer, SETTINGS, message="Looks safe.") is None
    session.commit()
    submission = again(session, submission)
    assert submission.state is State.WAITING and waits_for_second(submission)
    assert submission.claimed_by_id is None
    assert listings(session) == 0
    (halfway,) = letters(session)
    assert halfway.subject == "‘Quality control apprentice’: one of two moderators approved it"
    assert f"https://wayin.example/submit/{submission.key}/sent" in halfway.text and "Looks safe." not in halfway.text
    (waits,) = queue(session, 0, 25, LATER)
    assert (waits.approvals, waits.needs_second) == (1, True)
    with pytest.raises(Refusal, match="You approved this already"):
        approve(session, submission, ana, LATER, gazetteer, SETTINGS)
    session.rollback()
    assert approve(session, submission, ben, LATER, gazetteer, SETTINGS, message="I agree.") is not None
    session.commit()
    assert [one.seat for one in again(session, submission).decisions] == [1, 2]
    _halfway, letter = letters(session)
    assert "Looks safe." in letter.text and "I agree." in letter.text


def test_a_second_moderator_may_return_it(session: Session, gazetteer: Gazetteer, ana: Account, ben: Account) -> None:
    submission = waiting(session, needs_second=True)
    approve(session, submission, ana, LATER, gazetteer, SETTINGS)
    return_(session, submission, ben, LATER, SETTINGS, [FEE])
    session.commit()
    submission = again(session, submission)
    assert submission.state is State.RETURNED and not waits_for_second(submission)
    assert listings(session) == 0
    actions.enter_queue(session, submission, LATER, needs_second=True)
    session.commit()
    submission = again(session, submission)
    (waits,) = queue(session, 0, 25, LATER)
    assert waits.approvals == 0, "what was approved before it was sent again counts no more"
    assert approve(session, submission, ana, LATER, gazetteer, SETTINGS) is None


def test_one_moderator_is_enough_where_the_setting_says_so(
    session: Session, gazetteer: Gazetteer, ana: Account
) -> None:
    assert approve(session, waiting(session, needs_second=True), ana, LATER, gazetteer, ONE_IS_ENOUGH) is not None


def test_edits_are_published_kept_apart_and_told(session: Session, gazetteer: Gazetteer, ana: Account) -> None:
    submission = waiting(session)
    edits = {"title": "Testing apprentice", "access": "", "summary": submission.answers["summary"], "shoe_size": "9"}
    made = approve(session, submission, ana, LATER, gazetteer, SETTINGS, edits)
    session.commit()
    assert made is not None
    assert (made.title, made.access_words) == ("Testing apprentice", None)
    submission = again(session, submission)
    (decision,) = submission.decisions
    assert decision.outcome is Outcome.APPROVED_WITH_EDITS
    assert decision.edits == {"title": "Testing apprentice", "access": ""}
    assert submission.answers["title"] == "Quality control apprentice"
    (letter,) = letters(session)
    assert letter.subject == "‘Testing apprentice’ is live"
    for words in ("Its title", "Quality control apprentice", "Testing apprentice", "Step-free labs.", "Not said"):
        assert words in letter.text


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ({"title": "Quality control apprentice"}, "You changed nothing"),
        ({"your_email": "me@elsewhere.example"}, "You changed nothing"),
        ({"title": "x" * 91}, "Title must be 90 characters or fewer"),
        ({"pay_from": "lots"}, "Enter the pay as a number"),
        ({"summary": ""}, "Enter one sentence"),
    ],
)
def test_edits_that_cannot_be_used_are_refused_in_a_sentence(
    session: Session, gazetteer: Gazetteer, ana: Account, edits: dict[str, str], why: str
) -> None:
    submission = waiting(session)
    with pytest.raises(Refusal, match=why):
        approve(session, submission, ana, LATER, gazetteer, SETTINGS, edits)
    session.rollback()
    assert again(session, submission).state is State.WAITING
    assert listings(session) == 0


def test_a_second_moderator_sees_and_publishes_the_firsts_edits(
    session: Session, gazetteer: Gazetteer, ana: Account, ben: Account
) -> None:
    submission = waiting(session, needs_second=True)
    approve(session, submission, ana, LATER, gazetteer, SETTINGS, {"title": "Testing apprentice"})
    session.commit()
    submission = again(session, submission)
    assert as_it_stands(submission)["title"] == "Testing apprentice"
    made = approve(session, submission, ben, LATER, gazetteer, SETTINGS, {"support": "Travel paid."})
    assert made is not None
    assert (made.title, made.support_words) == ("Testing apprentice", "Travel paid.")


def test_a_change_is_reviewed_and_returning_it_leaves_the_page_as_it_was(
    session: Session, gazetteer: Gazetteer, ana: Account
) -> None:
    listing = published(session, gazetteer)
    submission = asked(session, listing, said={"title": "Another title"})
    return_(session, submission, ana, LATER, SETTINGS, [FEE])
    session.commit()
    live = opportunity_by_slug(session, listing.slug)
    assert live is not None and live.title == "Quality control apprentice"
    assert "The live listing stays as it was." in letters(session)[-1].text
    actions.enter_queue(session, submission, LATER)
    made = approve(session, submission, ana, LATER, gazetteer, SETTINGS)
    assert made is not None and (made.id, made.title) == (listing.id, "Another title")
    act = history(session, "submission", submission.id)[-1]
    assert (act.before["title"], act.after["title"]) == ("Quality control apprentice", "Another title")


@pytest.mark.parametrize(
    ("purpose", "told"), [(Purpose.CHANGE, "checked the change first"), (Purpose.REMOVAL, "taken off the site")]
)
def test_whoever_else_looks_after_the_listing_hears_of_it(
    session: Session, gazetteer: Gazetteer, ana: Account, purpose: Purpose, told: str
) -> None:
    listing = published(session, gazetteer)
    session.add(Steward(opportunity_id=listing.id, account_id=person(session, "Kim").id, at=NOW))
    approve(session, asked(session, listing, purpose), ana, LATER, gazetteer, SETTINGS)
    others = [letter for letter in letters(session) if letter.to != "sam@larkfield.example"]
    assert [letter.to for letter in others] == ["kim@larkfield.example"]
    assert told in others[0].text


def test_nobodys_mailbox_is_filled_by_a_colleagues_changes(session: Session, gazetteer: Gazetteer) -> None:
    listing, kim = published(session, gazetteer), person(session, "Kim")
    session.add(Steward(opportunity_id=listing.id, account_id=kim.id, at=NOW))
    for _time in range(notices.MOST_NEWS + 5):
        notices.tell_the_others(session, SETTINGS, listing, person(session, "Sam"), "Its places.", LATER)
    assert len(letters(session)) == notices.MOST_NEWS
    tomorrow = LATER + timedelta(days=1, hours=1)
    notices.tell_the_others(session, SETTINGS, listing, person(session, "Sam"), "Its places.", tomorrow)
    assert len(letters(session)) == notices.MOST_NEWS + 1


@pytest.mark.parametrize("standing", [Standing.WITHDRAWN, Standing.HIDDEN])
def test_returning_never_makes_anything_visible(
    session: Session, gazetteer: Gazetteer, ana: Account, standing: Standing
) -> None:
    listing = published(session, gazetteer)
    submission = asked(session, listing, Purpose.REMOVAL)
    found = session.get_one(Opportunity, listing.id)
    found.standing = standing
    session.commit()
    return_(session, again(session, submission), ana, LATER, SETTINGS, [FEE])
    session.commit()
    session.expire_all()
    assert session.get_one(Opportunity, listing.id).standing is standing


def test_a_removal_takes_the_listing_down_and_a_confirmation_has_nothing_to_edit(
    session: Session, gazetteer: Gazetteer, ana: Account
) -> None:
    listing = published(session, gazetteer)
    confirmation = asked(session, listing, Purpose.CONFIRMATION)
    with pytest.raises(Refusal, match="nothing to edit"):
        approve(session, confirmation, ana, LATER, gazetteer, SETTINGS, {"title": "Another"})
    session.rollback()
    assert approve(session, again(session, confirmation), ana, LATER, gazetteer, SETTINGS) is not None
    gone = approve(session, asked(session, listing, Purpose.REMOVAL), ana, LATER, gazetteer, SETTINGS)
    assert gone is not None and gone.standing is Standing.WITHDRAWN
    assert [one.subject for one in letters(session)] == [
        "‘Quality control apprentice’ is confirmed",
        "‘Quality control apprentice’ is taken down",
    ]


@pytest.mark.parametrize("purpose", [Purpose.CONFIRMATION, Purpose.CHANGE])
def test_approving_shows_again_what_was_hidden_for_want_of_an_answer(
    session: Session, gazetteer: Gazetteer, ana: Account, purpose: Purpose
) -> None:
    listing = published(session, gazetteer)
    hide(session, listing, LATER)
    submission = asked(session, listing, purpose, {"summary": "Learn to test cell therapies."})
    shown = approve(session, submission, ana, LATER, gazetteer, SETTINGS)
    assert shown is not None and shown.standing is Standing.PUBLISHED


def test_a_change_to_what_was_withdrawn_is_kept_and_nobody_is_told_that_it_is_live(
    session: Session, gazetteer: Gazetteer, ana: Account
) -> None:
    listing = published(session, gazetteer)
    withdraw(session, listing, LATER)
    change = asked(session, listing, Purpose.CHANGE, {"summary": "Learn to test cell therapies."})
    kept = approve(session, change, ana, LATER, gazetteer, SETTINGS)
    assert kept is not None
    assert (kept.standing, kept.summary) == (Standing.WITHDRAWN, "Learn to test cell therapies.")
    letter = letters(session)[-1]
    assert letter.subject == "Your changes to ‘Quality control apprentice’ are kept"
    assert f"/mine/{listing.slug}" in letter.text and "/opportunities/" not in letter.text


def test_deciding_what_was_sent_again_meanwhile_is_refused(
    session: Session, gazetteer: Gazetteer, ana: Account
) -> None:
    submission = waiting(session)
    actions.take_back(session, submission, LATER)
    session.commit()
    with pytest.raises(Refusal, match="taken back by whoever sent it"):
        approve(session, submission, ana, LATER, gazetteer, SETTINGS, seen=1)
    session.rollback()
    actions.enter_queue(session, again(session, submission), LATER)
    session.commit()
    with pytest.raises(Refusal, match="changed and sent again"):
        approve(session, again(session, submission), ana, LATER, gazetteer, SETTINGS, seen=1)


def test_what_somebody_has_taken_is_theirs_for_half_an_hour(
    session: Session, gazetteer: Gazetteer, ana: Account, ben: Account
) -> None:
    submission = waiting(session)
    claim(session, submission, ana, NOW)
    session.commit()
    with pytest.raises(Refusal, match="Ana is looking at this one"):
        approve(session, submission, ben, NOW + CLAIM_HOLDS_FOR - timedelta(seconds=1), gazetteer, SETTINGS)
    session.rollback()
    lapsed = NOW + CLAIM_HOLDS_FOR
    claim(session, again(session, submission), ben, lapsed)
    session.commit()
    with pytest.raises(Refusal, match="Ben is looking at this one"):
        approve(session, again(session, submission), ana, lapsed, gazetteer, SETTINGS)
    session.rollback()
    assert approve(session, again(session, submission), ben, lapsed, gazetteer, SETTINGS) is not None


def test_a_lapsed_claim_that_nobody_took_over_still_lets_its_moderator_decide(
    session: Session, gazetteer: Gazetteer, ana: Account
) -> None:
    submission = waiting(session)
    claim(session, submission, ana, NOW)
    assert approve(session, submission, ana, NOW + 2 * CLAIM_HOLDS_FOR, gazetteer, SETTINGS) is not None


def test_whoever_has_left_is_not_written_to(session: Session, gazetteer: Gazetteer, ana: Account) -> None:
    submission = waiting(session)
    account = session.get_one(Account, submission.account_id)
    account.email, account.erased_at = None, NOW
    session.commit()
    assert approve(session, again(session, submission), ana, LATER, gazetteer, SETTINGS) is not None
    assert letters(session) == []


def test_what_cannot_be_published_is_refused_and_waits_on(session: Session, gazetteer: Gazetteer, ana: Account) -> None:
    submission = waiting(session, description="")
    with pytest.raises(Refusal, match="can’t be published without its description"):
        approve(session, submission, ana, LATER, gazetteer, SETTINGS)
    session.rollback()
    assert again(session, submission).state is State.WAITING
    assert again(session, submission).decisions == []
    assert isinstance(submission, Submission)
