"""One item: all that a moderator needs to decide in a minute, and a form whose parts must agree."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.foundation.resources import resource
from directory.parts import Parts
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions, bank
from directory.submissions.checks import link as links
from directory.submissions.checks.finding import Rule, to_json
from directory.submissions.claiming import CLAIM, as_finding
from directory.submissions.links.opening import open_links
from directory.submissions.models import Outcome, Purpose, State
from directory.submissions.queries import reasons
from tests.contracts.listings import NOW
from tests.submissions.links.web_of_ours import opened
from tests.submissions.reviewed import again, asked, letters, moderator, person, published, skills, waiting
from tests.web.moderating import decide, post, signed_in
from tests.web.pages import Page, see, within, words

pytestmark = pytest.mark.usefixtures("now")

CHECKS = Rule("fees", "Nobody pays to apply.", "https://example.org/rule")


@pytest.fixture(autouse=True)
def bank_of_reasons(session: Session) -> None:
    bank.fill(session, resource("seed_data") / "reasons.yaml")
    skills(session)
    session.commit()


@pytest.fixture
def ana(app: Flask, session: Session) -> FlaskClient:
    return signed_in(app, session, moderator(session, "Ana"))


@pytest.fixture
def ben(app: Flask, session: Session) -> FlaskClient:
    return signed_in(app, session, moderator(session, "Ben"))


def test_a_change_shows_only_what_changed_beside_what_is_live(
    ana: FlaskClient, session: Session, gazetteer: Gazetteer
) -> None:
    listing = published(session, gazetteer)
    change = {"pay_from": "24,100", "safeguarding_contact": "0141 496 0000"}
    submission = asked(session, listing, said=change, now=NOW - timedelta(hours=5))
    page = see(ana, f"/moderation/{submission.key}")
    table = within(page.main, "table", "diff")[0]
    assert [[words(cell) for cell in row] for row in within(table, "tr")] == [
        ["Field", "Live now", "Sent for review"],
        ["How much, before tax?", "£22600", "£24,100"],
    ]
    assert [words(one) for one in within(table, "del")] == ["£22600"]
    assert [words(one) for one in within(table, "ins")] == ["£24,100"]
    assert "Item 1 of 1 · waiting 5 hours · due by Thu 26 Nov, 5pm" in page.text
    assert "1 listing before, 0 returned in 12 months" in page.text
    assert page.links["Who speaks for it"] == "/moderation/organisations/larkfield-advanced-therapies"
    assert "The live listing stays as it was" in page.text
    private = words(within(page.main, "dl", "private")[0])
    assert "sam@larkfield.example" in private and "0141 496 0000" in private
    whole = see(ana, f"/moderation/{submission.key}?all=yes")
    assert len(within(within(whole.main, "table", "diff")[0], "tr")) > 30
    assert "£24,100 a year" in see(ana, f"/moderation/{submission.key}/preview").text


def test_a_change_is_not_shown_as_new_to_the_site(ana: FlaskClient, session: Session, gazetteer: Gazetteer) -> None:
    listing = published(session, gazetteer)
    listing.published_at = NOW - timedelta(days=90)
    session.commit()
    address = f"/moderation/{asked(session, listing, said={'title': 'Another title'}).key}"
    assert "New this week" not in see(ana, address).text
    assert "New this week" in see(ana, f"/moderation/{waiting(session).key}").text


def test_something_new_is_shown_whole_and_then_beside_what_was_sent_before(ana: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    page = see(ana, f"/moderation/{submission.key}")
    assert "What was sent" in page.text and "new here, 0 listings before" in page.text
    actions.take_back(session, submission, NOW)
    actions.save(submission, {"title": "Quality apprentice"}, NOW)
    actions.enter_queue(session, submission, NOW)
    session.commit()
    page = see(ana, f"/moderation/{submission.key}")
    table = within(page.main, "table", "diff")[0]
    assert [[words(cell) for cell in row] for row in within(table, "tr")] == [
        ["Field", "Sent before", "Sent for review"],
        ["Its title", "Quality control apprentice", "Quality apprentice"],
    ]
    assert [words(one) for one in within(table, "del")] == ["control"]


def test_something_new_shows_its_checks_first_and_folds_what_it_does_not_say(
    ana: FlaskClient, session: Session, gazetteer: Gazetteer
) -> None:
    page = see(ana, f"/moderation/{waiting(session).key}")
    assert page.headings[:2] == ["Checks", "What was sent"]
    asked_of_it = [words(cell) for cell in within(within(page.main, "table", "diff")[0], "th")]
    assert "Its title" in asked_of_it and "What is nice to have?" not in asked_of_it
    (folded,) = [one for one in within(page.main, "details") if words(one).startswith("Not said")]
    assert "What is nice to have?" in words(folded)
    change = see(ana, f"/moderation/{asked(session, published(session, gazetteer)).key}")
    assert change.headings[:2] == ["What changed", "Checks"]


def test_checks_stand_worst_first(ana: FlaskClient, session: Session) -> None:
    found = waiting(session, how_to_apply="Fill in the form and pay a £15 background check fee.")
    page = see(ana, f"/moderation/{found.key}")
    shown = [words(row) for row in within(within(page.main, "ul", "check-list")[0], "li")]
    stands = [row.partition(": ")[0] for row in shown]
    assert stands == sorted(stands, key=["Needs attention", "Worth a look", "Fine"].index)
    assert any(row.startswith("Needs attention: Asks applicants to pay") for row in shown)


def test_checks_are_made_anew_but_for_what_the_link_answered(ana: FlaskClient, session: Session) -> None:
    kept = [
        links.RULE.stop("Page isn’t there", "It answered ‘not found’.", "Check it."),
        CHECKS.warn("Seen then", "", ""),
    ]
    first = waiting(session, checks=to_json(kept))
    text = see(ana, f"/moderation/{first.key}").text
    assert "Page isn’t there" in text and "Seen then" not in text and "Made just now" in text
    assert "No duplicates" in text
    waiting(session)  # the very same comes in meanwhile
    assert "Is waiting already" in see(ana, f"/moderation/{first.key}").text


def test_a_check_that_speaks_of_a_listing_leads_to_it(ana: FlaskClient, session: Session, gazetteer: Gazetteer) -> None:
    listing = published(session, gazetteer)
    page = see(ana, f"/moderation/{waiting(session).key}")
    assert f"/opportunities/{listing.slug}" in page.links.values()


def test_a_claim_still_says_what_it_asks_when_its_link_was_opened(
    ana: FlaskClient, session: Session, gazetteer: Gazetteer
) -> None:
    change = asked(session, published(session, gazetteer))
    change.origins = {CLAIM: {"words": "I run it.", "reason": ""}}
    change.snapshots[-1].checks = as_finding(session, change, person(session, "Sam"))
    session.commit()
    with opened() as web:
        open_links(session, NOW, web.fetcher(), lambda: gazetteer)
    session.commit()
    assert "They say that it’s theirs" in see(ana, f"/moderation/{change.key}").text


def test_approving_publishes_and_it_is_found_at_once(
    ana: FlaskClient, client: FlaskClient, session: Session, parts: Parts
) -> None:
    first, second = waiting(session), waiting(session, NOW + timedelta(minutes=1), title="Another apprentice")
    response = decide(ana, again(session, first), "approve", message="Good.")
    assert response.headers["Location"].endswith(f"/moderation/{second.key}?after={first.key}")
    assert "Approved: ‘Quality control apprentice’" in see(ana, response.headers["Location"]).text
    assert "Quality control apprentice" in see(client, "/search?q=quality").text
    response = decide(ana, again(session, second), "approve")
    assert response.headers["Location"].endswith(f"/moderation?after={second.key}")
    assert "Approved: ‘Another apprentice’" in see(ana, response.headers["Location"]).text


def test_returning_says_each_reason_and_shows_nothing(ana: FlaskClient, client: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    fee, pay, *_rest = reasons(session)
    said: dict[str, Any] = {
        "reason": [str(fee.id), str(pay.id)],
        f"words-{fee.id}": "The £15 fee is yours to pay.",
        f"words-{pay.id}": pay.words,
        "note_field": ["title", "", ""],
        "note": ["Say what they’d do.", "", ""],
        "message": "Thanks for sending it.",
    }
    assert decide(ana, submission, "return", **said).status_code == 303
    submission = again(session, submission)
    assert submission.state is State.RETURNED
    assert [(one["field"], one["words"]) for one in submission.decisions[0].reasons] == [
        ("cost_note", "The £15 fee is yours to pay."),
        ("pay", pay.words),
        ("title", "Say what they’d do."),
    ]
    assert "Thanks for sending it." in letters(session)[-1].text
    assert "Quality control apprentice" not in see(client, "/search").text
    page = see(ana, f"/moderation/{submission.key}")
    assert "Returned with reasons by Ana, Tue 24 Nov, 9am." in page.text
    assert "Reasons they’ll see" not in page.text


COMBINATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing chosen": ({"decision": ""}, "Choose what you decide"),
    "something else chosen": ({"decision": "burn"}, "Choose what you decide"),
    "return without a reason": ({"decision": "return", "message": "No."}, "Tick at least one reason"),
    "approve with a reason": ({"decision": "approve", "reason": "1"}, "You chose to approve and gave reasons"),
    "edits with a note": ({"decision": "edits", "note_field": "", "note": "Why"}, "You chose to approve and gave"),
    "a reason that isn’t there": ({"decision": "return", "reason": "999"}, "isn’t offered any more"),
    "a reason emptied": ({"decision": "return", "reason": "1", "words-1": " "}, "Say what they’ll read"),
    "a note about nothing we ask": (
        {"decision": "return", "reason": "1", "note_field": "shoes", "note": "x"},
        "Choose an answer from the list",
    ),
    "a note that says nothing": (
        {"decision": "return", "reason": "1", "note_field": "title", "note": ""},
        "Say what to change about ‘Its title’",
    ),
    "far too long a message": ({"decision": "approve", "message": "x" * 4001}, "4,000 characters or fewer"),
    "far too long a reason": ({"decision": "return", "reason": "1", "words-1": "x" * 1001}, "1,000 characters or"),
    "cut off": ({"decision": "approve", "end": None}, "Part of the form didn’t arrive"),
}


@pytest.mark.parametrize(("said", "answer"), COMBINATIONS.values(), ids=COMBINATIONS)
def test_a_form_that_does_not_agree_is_shown_again_as_typed(
    ana: FlaskClient, session: Session, said: dict[str, Any], answer: str
) -> None:
    submission = waiting(session)
    first = str(reasons(session)[0].id)
    form = {name.replace("-1", f"-{first}"): first if value == "1" else value for name, value in said.items()}
    form = {"message": "Typed with care.", "end": "yes", **form}
    response = post(
        ana, f"/moderation/{submission.key}/decide", number=1, **{k: v for k, v in form.items() if v is not None}
    )
    page = Page(response)
    assert page.status == 422
    assert answer in page.text
    assert form["message"] in response.text
    assert page.tree.findtext("head/title", "").startswith("Error: ")
    if form.get("reason") == first:
        assert f'value="{first}" checked' in response.text
    assert again(session, submission).state is State.WAITING


def test_whoever_is_second_is_told_who_was_first(ana: FlaskClient, ben: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    decide(ana, submission, "approve")
    for _twice in range(2):
        page = Page(decide(ben, submission, "approve", message="Typed with care."))
        assert page.status == 409
        assert "Ana approved this on 24 November 2026 at 9am. It’s decided once." in page.text
        assert "It’s no longer yours to decide" in page.headings
    assert len(again(session, submission).decisions) == 1


def test_what_was_sent_again_meanwhile_is_not_decided_unseen(ana: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    for number in ("0", "2", "x", "", "99999999999999"):
        page = Page(decide(ana, submission, "approve", number=number))
        assert page.status == 409
        assert "changed and sent again" in page.text
    assert again(session, submission).state is State.WAITING


def test_a_form_without_its_token_is_kept_as_typed_and_does_nothing(ana: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    form = {"decision": "approve", "number": 1, "end": "yes", "message": "Typed with care.", "csrf_token": "wrong"}
    for address in ("decide", "edits"):
        response = ana.post(f"/moderation/{submission.key}/{address}", data=form)
        assert response.status_code == 400
        assert "You’ve been away a while" in response.text and "Typed with care." in response.text
    assert again(session, submission).state is State.WAITING


def test_a_foreign_key_is_nobodys(ana: FlaskClient, session: Session) -> None:
    submission = actions.begin(session, NOW, answers={"title": "Only a draft"})
    session.commit()
    for key in (submission.key, "nobody", "%00", "x" * 500):
        for address in (f"/moderation/{key}", f"/moderation/{key}/preview", f"/moderation/{key}/edits"):
            assert ana.get(address).status_code == 404
        for act in ("claim", "release", "decide", "edits"):
            assert post(ana, f"/moderation/{key}/{act}", decision="approve", end="yes").status_code == 404


def test_one_moderator_takes_it_and_the_other_sees_so(ana: FlaskClient, ben: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    assert post(ana, f"/moderation/{submission.key}/claim").status_code == 303
    assert "You have it until Tue 24 Nov, 9:30am" in see(ana, f"/moderation/{submission.key}").text
    assert "Ana has it until Tue 24 Nov, 9:30am" in see(ben, f"/moderation/{submission.key}").text
    assert post(ben, f"/moderation/{submission.key}/claim").status_code == 409
    assert "Ana is looking at this one" in Page(decide(ben, submission, "approve")).text
    post(ben, f"/moderation/{submission.key}/release")
    assert again(session, submission).claimed_by_id is not None
    post(ana, f"/moderation/{submission.key}/release")
    assert again(session, submission).claimed_by_id is None


def test_the_wait_for_a_second_moderator_is_seen(ana: FlaskClient, ben: FlaskClient, session: Session) -> None:
    submission = waiting(session, needs_second=True)
    assert "A second moderator looks at it next" in see(ana, f"/moderation/{submission.key}").text
    response = decide(ana, submission, "approve")
    assert "waits for a second moderator" in see(ana, response.headers["Location"]).text
    page = see(ana, f"/moderation/{submission.key}")
    assert "You approved this, Tue 24 Nov, 9am. It waits for a second moderator, who isn’t you." in page.text
    assert "Approved once, waits for a second moderator" in see(ben, "/moderation").text
    page = see(ben, f"/moderation/{submission.key}")
    assert "Ana approved this, Tue 24 Nov, 9am. You would be the second moderator." in page.text
    decide(ben, submission, "approve")
    assert again(session, submission).state is State.APPROVED


def test_nobody_is_offered_to_decide_their_own(ana: FlaskClient, session: Session) -> None:
    submission = waiting(session, by="Ana")
    page = see(ana, f"/moderation/{submission.key}")
    assert "You sent this yourself, so somebody else has to decide it." in page.text
    assert "Reasons they’ll see" not in page.text
    assert Page(decide(ana, submission, "approve")).status == 409


def edits_of(ana: FlaskClient, key: str, **instead: Any) -> dict[str, Any]:
    """The form of edits as its page gives it, with some answers changed."""
    page = see(ana, f"/moderation/{key}/edits")
    said: dict[str, Any] = {}
    for field in within(page.main, "input"):
        is_box = field.attrib.get("type") in ("checkbox", "radio")
        if field.attrib.get("name") and (not is_box or "checked" in field.attrib):
            said.setdefault(field.attrib["name"], []).append(field.attrib.get("value", ""))
    for field in within(page.main, "textarea"):
        said[field.attrib["name"]] = (field.text or "").strip("\n")
    return {**said, **instead}


def test_edits_are_made_in_the_same_fields_and_told(ana: FlaskClient, client: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    response = decide(ana, submission, "edits", message="A small thing.")
    assert response.status_code == 200
    page = Page(response)
    assert page.heading == "Edit, then approve"
    assert "A small thing." in response.text
    assert "sam@larkfield.example" not in response.text
    form = edits_of(ana, submission.key, title="Testing apprentice", message="A small thing.")
    assert post(ana, f"/moderation/{submission.key}/edits", **form).status_code == 303
    submission = again(session, submission)
    assert submission.decisions[0].outcome is Outcome.APPROVED_WITH_EDITS
    assert submission.decisions[0].edits == {"title": "Testing apprentice"}
    assert "Testing apprentice" in see(client, "/search?q=testing").text
    assert "A small thing." in letters(session)[-1].text


def test_edits_that_cannot_be_used_are_shown_again_as_typed(ana: FlaskClient, session: Session) -> None:
    submission = waiting(session)
    form = edits_of(ana, submission.key, pay_from="plenty", message="Typed with care.")
    page = Page(post(ana, f"/moderation/{submission.key}/edits", **form))
    assert page.status == 422
    assert "Enter the pay as a number" in page.text
    assert 'value="plenty"' in page.response.text and "Typed with care." in page.response.text
    unchanged = Page(post(ana, f"/moderation/{submission.key}/edits", **edits_of(ana, submission.key)))
    assert unchanged.status == 409 and "You changed nothing" in unchanged.text
    cut = {name: value for name, value in edits_of(ana, submission.key).items() if name not in ("end", "skills")}
    page = Page(post(ana, f"/moderation/{submission.key}/edits", **cut))
    assert page.status == 422 and "Part of the form didn’t arrive" in page.text
    assert again(session, submission).state is State.WAITING


def test_what_asks_to_go_has_nothing_to_edit(ana: FlaskClient, session: Session, gazetteer: Gazetteer) -> None:
    submission = asked(session, published(session, gazetteer), Purpose.REMOVAL)
    page = see(ana, f"/moderation/{submission.key}")
    assert "Approve with my edits" not in page.text
    assert ana.get(f"/moderation/{submission.key}/edits").status_code == 404
    assert "nothing to edit" in Page(decide(ana, submission, "edits")).text
    assert decide(ana, submission, "approve").status_code == 303


def test_garbage_is_an_answer(ana: FlaskClient, session: Session) -> None:
    submission = waiting(session, title="‘<b>’ & \x0b")
    see(ana, f"/moderation/{submission.key}?all=%00&against=<b>&after=%ff")
    garbage = {
        "decision": "\x00",
        "reason": ["\x00", "-1", "1e9", "'"],
        "words-\x00": "x",
        "note": "\x00",
        "number": "²",
    }
    assert post(ana, f"/moderation/{submission.key}/decide", end="yes", **garbage).status_code == 422
    assert post(ana, f"/moderation/{submission.key}/decide").status_code == 422
    assert decide(ana, submission, "approve", message="\x00 Fine 😀").status_code == 303
