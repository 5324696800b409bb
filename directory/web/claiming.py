"""A listing that is here already, and whoever it belongs to: it's right, it needs correcting, or it should go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts.addresses import email_address
from directory.catalogue import queries as catalogue
from directory.catalogue.models import Opportunity, Standing
from directory.foundation import clock
from directory.organisations.queries import found_to_be, organisation_by_slug
from directory.request_state import account, session
from directory.submissions import actions, claiming
from directory.submissions.fields import one
from directory.submissions.models import Purpose, State, Submission
from directory.submissions.publishing import opportunity_of
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.limits import allow_network
from directory.web.searchable import make_searchable
from directory.web.security import csrf_failed
from directory.web.submitting.drafts import draft
from directory.web.submitting.sending import hand_in

pages = Blueprint("claiming", __name__)

AWAY = "You’ve been away a while. What you typed is still here: send it again."
LONGEST_NAME, LONGEST_WORDS = 120, 1_000
ASKS = ("what", "your_name", "your_email", "words", "reason")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that somebody may say of a listing of theirs."""

    purpose: Purpose
    label: str
    more: str


CHOICES = (
    Choice(Purpose.CONFIRMATION, "It’s right as it is", "The page then says that you confirmed it, and when."),
    Choice(Purpose.CHANGE, "Correct it", "You change the answers the page is made of. We look at it before it shows."),
    Choice(Purpose.REMOVAL, "Ask us to take it down", "Say why. We look at it first, then the page says it’s gone."),
)

# What is demanded, where the words stand, and the words.
Said = Mapping[str, str]
DEMANDS: tuple[tuple[str, str, Callable[[Said], bool]], ...] = (
    ("what", "Choose what you’d like us to do", lambda said: said["what"] in {choice.purpose for choice in CHOICES}),
    ("reason", "Say why it should be taken down", lambda said: said["what"] != Purpose.REMOVAL or bool(said["reason"])),
    ("your_name", "Enter your name", lambda said: bool(said["your_name"])),
    (
        "your_email",
        "Enter your email address at work, like name@example.org",
        lambda said: email_address(said["your_email"]) is not None,
    ),
    ("words", "Say how you speak for them, like ‘I run the apprenticeships’", lambda said: bool(said["words"])),
)
LIMITS = {"your_name": LONGEST_NAME, "words": LONGEST_WORDS, "reason": LONGEST_WORDS}


@pages.get("/organisations/<slug:slug>/claim")
@open_to(ANYONE)
def of_organisation(slug: str) -> Response:
    """Lead from an organisation to the listing that somebody comes about."""
    organisation = organisation_by_slug(session(), slug)
    if organisation is None:
        abort(404)
    organisation = found_to_be(session(), organisation)
    listings = [
        row for row in catalogue.opportunities_of(session(), organisation) if row.organisation_id == organisation.id
    ]
    return private(render_template("claiming/organisation.html", organisation=organisation, listings=listings))


@pages.get("/opportunities/<slug:slug>/claim")
@open_to(ANYONE)
def ask(slug: str) -> Response:
    """Ask what to do with a listing, and who asks."""
    opportunity = _listing(slug)
    me = account()
    if me and (mine := claiming.open_claim(session(), opportunity, me)):
        return _page(opportunity, {}, mine=mine)
    said = {"your_name": me.name, "your_email": me.email or ""} if me else {}
    return _page(opportunity, said)


@pages.post("/opportunities/<slug:slug>/claim")
@keeps_what_was_typed
@open_to(ANYONE)
def begin(slug: str) -> Response:
    """Begin it: a correction goes on to the five steps, anything else is sent as it is."""
    opportunity = _listing(slug)
    said, me = _typed(), account()
    if me:
        said["your_email"] = me.email or ""
    if csrf_failed():
        return _page(opportunity, said, remark=AWAY, status=409)
    if problems := _problems(said):
        return _page(opportunity, said, problems, status=422)
    if me and (mine := claiming.open_claim(session(), opportunity, me)):
        return redirect(url_for("steps.whole", key=mine.key), 303)
    allow_network("draft")
    made = claiming.claim(session(), opportunity, Purpose(said["what"]), said, me, clock.now())
    if made.purpose in claiming.WITHOUT_STEPS:
        _send(made)
    session().commit()
    return redirect(url_for("steps.whole", key=made.key), 303)


@pages.get("/submit/<key>/claim")
@open_to(ANYONE)
def again(key: str) -> Response:
    """Show what was asked about a listing, to change it and send it again."""
    found, opportunity = _asked(key)
    if found.state not in actions.CAN_BE_WRITTEN or found.state is State.UNCONFIRMED:
        return redirect(url_for("sending.standing", key=key), 303)
    return _page(opportunity, _saved(found), again=found)


@pages.post("/submit/<key>/claim")
@keeps_what_was_typed
@open_to(ANYONE)
def send_again(key: str) -> Response:
    """Send it again."""
    found, opportunity = _asked(key)
    if found.state not in actions.CAN_BE_WRITTEN:
        return redirect(url_for("sending.standing", key=key), 303)
    said = {**_typed(), "what": str(found.purpose), "your_email": one(found.answers, "your_email")}
    if csrf_failed():
        return _page(opportunity, said, again=found, remark=AWAY, status=409)
    if problems := _problems(said):
        return _page(opportunity, said, problems, again=found, status=422)
    claiming.say_again(found, said, clock.now())
    _send(found)
    session().commit()
    return redirect(url_for("sending.standing", key=key), 303)


def _send(found: Submission) -> None:
    hand_in(found, account())
    if found.state is State.APPROVED:
        make_searchable()


def _listing(slug: str) -> Opportunity:
    opportunity = catalogue.opportunity_by_slug(session(), slug)
    if opportunity is None:
        abort(404)
    if opportunity.standing is Standing.WITHDRAWN:
        abort(410)
    return opportunity


def _asked(key: str) -> tuple[Submission, Opportunity]:
    found = draft(key)
    opportunity = opportunity_of(session(), found)
    if found.purpose not in claiming.WITHOUT_STEPS or opportunity is None:
        abort(404)
    return found, opportunity


def _typed() -> dict[str, str]:
    typed = {name: request.form.get(name, "").replace("\x00", "").strip() for name in ASKS}
    return {**typed, "your_email": typed["your_email"].lower(), "your_name": " ".join(typed["your_name"].split())}


def _saved(found: Submission) -> dict[str, str]:
    said = {name: one(found.answers, name) for name in ("your_name", "your_email")}
    return {**said, **claiming.words_of(found), "what": str(found.purpose)}


def _problems(said: Said) -> dict[str, str]:
    found = {name: words for name, words, is_met in DEMANDS if not is_met(said)}
    for name, most in LIMITS.items():
        if len(said[name]) > most:
            found[name] = f"This must be {most:,} characters or fewer. You have {len(said[name]):,}"
    return found


def _page(
    opportunity: Opportunity,
    said: Said,
    problems: Mapping[str, str] | None = None,
    *,
    mine: Submission | None = None,
    again: Submission | None = None,
    remark: str | None = None,
    status: int = 200,
) -> Response:
    last = again.decisions[-1] if again and again.state is State.RETURNED and again.decisions else None
    response = private(
        render_template(
            "claiming/claim.html",
            opportunity=opportunity,
            choices=CHOICES,
            said={**dict.fromkeys(ASKS, ""), **said},
            problems={**dict.fromkeys(ASKS, ""), **(problems or {})},
            errors=[("what-0" if name == "what" else name, words) for name, words in (problems or {}).items()],
            mine=mine,
            again=again,
            returned=last,
            remark=remark,
        )
    )
    response.status_code = status
    return response
