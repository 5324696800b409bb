"""Your listings: each can be kept true by those who look after it, and isn't there for anybody else."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.vocabulary import Signal
from directory.foundation.letters import Letter
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions, keeping
from directory.submissions.models import Decision, Outcome, State, Steward, Submission
from tests.submissions.answers import saying
from tests.submissions.kept import acts, again, kept, somebody
from tests.web.pages import Page, see
from tests.web.signed_in import SignedIn

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def sam(client: FlaskClient, session: Session) -> SignedIn:
    return SignedIn(client, session, somebody(session))


@pytest.fixture
def listing(session: Session, gazetteer: Gazetteer, sam: SignedIn) -> Opportunity:
    return kept(session, gazetteer, sam.account)


@pytest.fixture
def address(listing: Opportunity) -> str:
    return f"/mine/{listing.slug}"


POSTS: dict[str, dict[str, str]] = {
    "extend": {"closes_day": "28", "closes_month": "2", "closes_year": "2027"},
    "places": {"left": "2"},
    "close": {"reason": "All places are taken"},
    "withdraw": {},
    "reopen": {},
    "confirm": {},
    "edit": {},
    "reuse": {},
}


def test_my_listings_ask_for_signing_in(client: FlaskClient) -> None:
    for address in ("/mine", "/mine/a-listing", "/mine/a-listing/withdraw"):
        assert client.get(address).headers["Location"].startswith("/sign-in?onward=")


def test_my_listings_say_how_each_stands(sam: SignedIn, session: Session, address: str) -> None:
    page = see(sam.client, "/mine")
    assert page.headings == [
        "Drafts, and what you sent",
        "Quality control apprentice",
        "On the site",
        "Quality control apprentice",
    ]
    assert "Larkfield Advanced Therapies · Closes in 2 months" in page.text
    assert "You last said it’s right on 24 November 2026 · Places: 4" in page.text
    assert "no-store" in page.response.headers["Cache-Control"]
    assert page.response.headers["X-Robots-Tag"] == "noindex"


def test_my_drafts_say_where_they_are(sam: SignedIn, session: Session, now: datetime) -> None:
    draft, waiting, returned = (
        actions.begin(session, now, answers=saying(title=title), account=sam.account)
        for title in ("Being written", "Sent", "Came back")
    )
    waiting.state, waiting.sent_at, waiting.due_at, waiting.needs_second = State.WAITING, now, now, True
    returned.state = State.RETURNED
    said = [{"field": "pay", "words": "Say what it pays."}]
    common = {"number": 1, "seat": 1, "by_id": sam.account.id, "at": now}
    session.add(
        Decision(submission_id=returned.id, outcome=Outcome.RETURNED, reasons=said, message="Nearly.", **common)
    )
    session.add(Decision(submission_id=waiting.id, outcome=Outcome.APPROVED, **common))
    session.commit()
    text = see(sam.client, "/mine").text
    assert "Draft, saved 24 November 2026" in text
    assert "Waiting since 24 November 2026, answered by 24 November 2026. One moderator has approved it" in text
    assert "Returned with reasons on 24 November 2026 Say what it pays. Nearly." in text
    assert draft.key in sam.client.get("/mine").text


def test_a_listing_offers_what_can_be_done_with_it(sam: SignedIn, address: str) -> None:
    assert see(sam.client, address).headings == [
        "Is it still right?",
        "Move the closing date on",
        "Places left",
        "Close it early",
        "Change anything else",
    ]
    assert see(sam.client, f"{address}/withdraw").heading == "Take ‘Quality control apprentice’ off the site?"


@pytest.mark.parametrize(
    ("form", "done", "act"),
    [
        ("extend", "The new closing date is live.", "extended"),
        ("places", "The places left are live.", "said places left"),
        ("close", "It’s closed, and its page says why.", "closed early"),
        ("withdraw", "It’s off the site. You can put it back.", "withdrawn"),
        ("confirm", "Thank you. Its page says that you checked it today.", "confirmed"),
    ],
)
def test_each_form_does_what_it_says(
    sam: SignedIn, session: Session, listing: Opportunity, address: str, form: str, done: str, act: str
) -> None:
    response = sam.post(f"{address}/{form}", **POSTS[form])
    assert (response.status_code, response.headers["Location"]) == (303, f"{address}?done={form}")
    page = see(sam.client, response.headers["Location"])
    assert done in page.text
    assert acts(session, listing) == [act]


@pytest.mark.parametrize("form", ["extend", "places", "close", "withdraw"])
def test_a_form_sent_twice_is_done_once(
    sam: SignedIn, session: Session, listing: Opportunity, address: str, form: str
) -> None:
    for _ in range(2):
        assert sam.post(f"{address}/{form}", **POSTS[form]).status_code == 303
    assert len(acts(session, listing)) == 1


@pytest.mark.parametrize(
    ("form", "said", "words"),
    [
        ("extend", {}, "Enter the new closing date, like 27 11 2027"),
        ("extend", {"closes_day": "31", "closes_month": "2", "closes_year": "2027"}, "must be a real date"),
        ("extend", {"closes_day": "1", "closes_month": "2"}, "must include a year"),
        ("extend", {"closes_day": "1", "closes_month": "1", "closes_year": "2027"}, "earlier date is checked"),
        ("extend", {"closes_day": "1", "closes_month": "1", "closes_year": "9" * 500}, "must be a real date"),
        ("places", {"left": "some"}, "Enter the places left as a whole number, like 3"),
        ("places", {"left": "²"}, "Enter the places left as a whole number, like 3"),
        ("places", {"left": "9"}, "Places left must be a number from 0 to 4"),
        ("close", {"reason": "  "}, "Say why it closes"),
        ("close", {"reason": "x" * 300}, "must be 200 characters or fewer"),
    ],
)
def test_what_cannot_be_done_says_what_to_enter(
    sam: SignedIn, session: Session, listing: Opportunity, address: str, form: str, said: dict[str, str], words: str
) -> None:
    page = Page(sam.post(f"{address}/{form}", **said))
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.text.count(words) == 2
    assert acts(session, listing) == []


def test_a_form_without_its_token_changes_nothing_and_is_shown_again(
    sam: SignedIn, session: Session, listing: Opportunity, address: str
) -> None:
    page = Page(sam.post(f"{address}/close", token="wrong", reason="All taken"))
    assert page.status == 400
    assert 'value="All taken"' in page.response.text
    assert acts(session, listing) == []


def test_another_s_listing_is_not_there(
    sam: SignedIn, client: FlaskClient, session: Session, listing: Opportunity, address: str
) -> None:
    pat = SignedIn(client, session, somebody(session, "pat@elsewhere.example"))
    for path in (address, f"{address}/withdraw", "/mine/no-such-listing"):
        see(pat.client, path, 404)
    for form, said in POSTS.items():
        assert pat.post(f"{address}/{form}", **said).status_code == 404
    assert pat.post(f"{address}/close", token="wrong", **POSTS["close"]).status_code == 404
    assert listing.title not in see(pat.client, "/mine").text
    assert acts(session, listing) == []
    assert session.scalars(select(Submission).where(Submission.account_id == pat.account.id)).all() == []


@pytest.mark.parametrize("form", POSTS)
def test_nobody_who_is_signed_out_changes_anything(
    client: FlaskClient, session: Session, listing: Opportunity, address: str, form: str
) -> None:
    assert client.post(f"{address}/{form}", data=POSTS[form]).status_code == 403
    assert acts(session, listing) == []


def test_a_listing_taken_off_is_gone_and_can_be_put_back(
    sam: SignedIn, client: FlaskClient, session: Session, listing: Opportunity, address: str
) -> None:
    sam.post(f"{address}/withdraw", why="Not ours any more")
    see(client, f"/opportunities/{listing.slug}", 410)
    assert see(sam.client, address).headings == ["Put it back", "Change anything else"]
    sam.post(f"{address}/reopen")
    see(client, f"/opportunities/{listing.slug}")


def test_what_closed_early_says_so_everywhere_and_opens_again(
    sam: SignedIn, client: FlaskClient, session: Session, listing: Opportunity, address: str
) -> None:
    sam.post(f"{address}/close", **POSTS["close"])
    page = see(client, f"/opportunities/{listing.slug}")
    assert "Closed early: All places are taken." in page.text
    card = see(client, f"/organisations/{listing.organisation.slug}").some("card")[0]
    assert "Closed early" in "".join(card.itertext())
    sam.post(f"{address}/reopen")
    assert "Closed early" not in see(client, f"/opportunities/{listing.slug}").text


def test_what_a_moderator_closed_or_took_off_is_said_and_not_offered_to_be_opened(
    sam: SignedIn, session: Session, listing: Opportunity, address: str, now: datetime
) -> None:
    moderator = somebody(session, "mo@wayin.example")
    keeping.close_early(session, listing, moderator, "Its page says so", now, Signal.PERSON)
    session.commit()
    page = see(sam.client, address)
    assert "Open it again" not in page.headings and "One of us found it closed." in page.text
    keeping.withdraw(session, again(session, listing.slug), moderator, now, "unsafe")
    session.commit()
    page = see(sam.client, address)
    assert "Put it back" not in page.headings and "One of us took this off the site." in page.text


def test_to_edit_is_to_go_on_with_one_draft(sam: SignedIn, session: Session, address: str) -> None:
    first, second = (sam.post(f"{address}/edit").headers["Location"] for _ in range(2))
    assert first == second
    assert first.startswith("/submit/") and first.endswith("/role")
    assert 'value="Quality control apprentice"' in sam.client.get(first).text
    assert sam.post(f"{address}/reuse").headers["Location"] == first.replace("/role", "/dates")
    assert 'name="closes_year" value="2028"' in sam.client.get(first.replace("/role", "/dates")).text


def test_whoever_else_looks_after_it_hears_what_was_changed(
    sam: SignedIn, session: Session, listing: Opportunity, address: str, now: datetime
) -> None:
    kim = somebody(session, "kim@larkfield.example")
    session.add(Steward(opportunity_id=listing.id, account_id=kim.id, at=now))
    session.commit()
    for _ in range(2):
        sam.post(f"{address}/extend", **POSTS["extend"])
    letters = session.scalars(select(Letter)).all()
    assert [(letter.to, letter.subject) for letter in letters] == [
        ("kim@larkfield.example", "‘Quality control apprentice’ was changed")
    ]


def test_whoever_else_looks_after_it_hears_of_an_edit_that_is_live_at_once(
    sam: SignedIn, session: Session, listing: Opportunity, address: str, now: datetime
) -> None:
    kim = somebody(session, "kim@larkfield.example")
    session.add(Steward(opportunity_id=listing.id, account_id=kim.id, at=now))
    session.commit()
    draft = sam.post(f"{address}/edit").headers["Location"].removesuffix("/role")
    sam.post(f"{draft}/dates", closes_day="20", closes_month="2", closes_year="2027", closing="fixed", end="yes")
    sam.post(f"{draft}/send")
    (letter,) = session.scalars(select(Letter)).all()
    assert (letter.to, letter.subject) == ("kim@larkfield.example", "‘Quality control apprentice’ was changed")
    assert "When does it close?" in letter.text and "It’s live now" in letter.text


def test_whoever_else_looks_after_it_hears_that_it_is_gone(
    sam: SignedIn, session: Session, listing: Opportunity, address: str, now: datetime
) -> None:
    kim = somebody(session, "kim@larkfield.example")
    session.add(Steward(opportunity_id=listing.id, account_id=kim.id, at=now))
    session.commit()
    sam.post(f"{address}/withdraw")
    (letter,) = session.scalars(select(Letter)).all()
    assert "It was taken off the site." in letter.text and "live now" not in letter.text


def test_a_hidden_listing_is_in_no_page_and_says_why(
    sam: SignedIn, client: FlaskClient, session: Session, listing: Opportunity, address: str
) -> None:
    row = again(session, listing.slug)
    row.standing = Standing.HIDDEN
    session.commit()
    page = see(client, f"/opportunities/{listing.slug}", 410)
    assert page.heading == "Nobody has told us it’s still open"
    for path in ("/", "/search", f"/organisations/{listing.organisation.slug}", "/organisations"):
        assert listing.title not in client.get(path).text
    assert "Hidden: nobody has told us it’s still open" in see(sam.client, "/mine").text
    sam.post(f"{address}/confirm")
    see(client, f"/opportunities/{listing.slug}")
