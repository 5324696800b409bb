"""Sending a draft for review, confirming its email address, and where it stands since."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts.models import Account
from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.request_state import account, parts, session
from directory.submissions import actions, claiming, notices
from directory.submissions.fields import QUESTIONS, Step, one
from directory.submissions.going_live import Rulings
from directory.submissions.models import Purpose, State, Submission
from directory.submissions.publishing import opportunity_of
from directory.submissions.queries import submission_by_key
from directory.submissions.revising import put_live
from directory.web.access import ANYONE, open_to
from directory.web.caching import private
from directory.web.searchable import make_searchable
from directory.web.signing_in import AFTERWARDS, send_way_in
from directory.web.submitting import checking
from directory.web.submitting.drafts import draft, live_answers, overlook, proposal

pages = Blueprint("sending", __name__, url_prefix="/submit")


@pages.post("/<key>/send")
@open_to(ANYONE)
def send(key: str) -> Response:
    """Send a draft; whoever's address isn't confirmed yet is sent a link first."""
    found = draft(key)
    if found.state not in actions.CAN_BE_WRITTEN:
        return redirect(url_for("sending.standing", key=key), 303)
    if not can_be_sent(found):
        return checking.page(found, status=422)
    hand_in(found, account())
    session().commit()
    return redirect(url_for("sending.standing", key=key), 303)


def can_be_sent(found: Submission) -> bool:
    """Say whether everything that is demanded can be used; what says nothing of a listing demands nothing of it."""
    return found.purpose in claiming.WITHOUT_STEPS or not proposal(found).problems


def hand_in(found: Submission, who: Account | None) -> None:
    """Put a draft that can be used before the moderators, or ask for its address to be confirmed. The view commits.

    A change that may go live at once does, and so does the word of whoever speaks for it that a page is right.
    """
    if who is None or not actions.own(session(), found, who):
        actions.send(found, clock.now())
        onward = url_for("sending.standing", key=found.key)
        send_way_in(one(found.answers, "your_email").lower(), onward, purpose="confirm", title=found.title)
        return
    claiming.introduce(session(), found, who, clock.now())
    if found.purpose in claiming.WITHOUT_STEPS:
        _hand_in_claim(found, who)
        return
    if _is_live_now(found, who):
        return
    live = live_answers(found)
    looked = overlook(found, proposal(found))
    actions.enter_queue(
        session(),
        found,
        clock.now(),
        live=live,
        checks=[*claiming.as_finding(session(), found, who), *looked.as_kept()],
        risk=looked.risk,
        needs_second=looked.needs_second and parts().settings.second_moderator,
    )


def _hand_in_claim(found: Submission, who: Account) -> None:
    if claiming.confirm_at_once(session(), found, who, parts().gazetteer, clock.now()):
        make_searchable()
        return
    checks = claiming.as_finding(session(), found, who)
    actions.enter_queue(session(), found, clock.now(), live=live_answers(found), checks=checks)


def _is_live_now(found: Submission, who: Account) -> bool:
    """Put what of a change may go live at once on its page; says whether that was all of it."""
    if found.purpose is not Purpose.CHANGE:
        return False
    rulings = put_live(session(), found, parts().gazetteer, clock.now())
    if rulings.at_once:
        _tell_the_others(found, who, rulings)
        make_searchable()
    return found.state is State.APPROVED


def _tell_the_others(found: Submission, who: Account, rulings: Rulings) -> None:
    listing, said = opportunity_of(session(), found), [QUESTIONS[name].label for name in rulings.at_once]
    if listing is not None:
        what = f"What is answered anew: {' '.join(said)}"
        notices.tell_the_others(session(), parts().settings, listing, who, what, clock.now())


def _confirm(who: Account, onward: str) -> None:
    """Take a draft on by whoever just signed in to go on with it; one that was sent is then with the moderators."""
    beginning, _, rest = onward.removeprefix("/").partition("/")
    found = submission_by_key(session(), rest.partition("/")[0]) if beginning == "submit" else None
    if found is None or found.state is State.DISCARDED or not actions.own(session(), found, who):
        return
    if found.state is State.UNCONFIRMED and can_be_sent(found):
        hand_in(found, who)
    else:
        claiming.introduce(session(), found, who, clock.now())


AFTERWARDS.append(_confirm)


@pages.get("/<key>/sent")
@open_to(ANYONE)
def standing(key: str) -> Response:
    """Say where a submission stands and what comes next."""
    found = draft(key)
    if found.state in (State.DRAFT, State.RETURNED):
        return redirect(url_for("steps.whole", key=key), 303)
    return private(
        render_template(
            "submit/sent.html",
            submission=found,
            email=one(found.answers, "your_email"),
            approvals=sum(1 for decision in found.decisions if decision.number == len(found.snapshots)),
            slug=_slug(found),
        )
    )


def _slug(found: Submission) -> str | None:
    opportunity = opportunity_of(session(), found)
    return opportunity.slug if opportunity else None


@pages.post("/<key>/take-back")
@open_to(ANYONE)
def take_back(key: str) -> Response:
    """Take a submission out of the queue to change it."""
    found = draft(key)
    try:
        if found.state is State.UNCONFIRMED:
            found.state = State.DRAFT
        else:
            actions.take_back(session(), found, clock.now())
    except Refusal:
        return redirect(url_for("sending.standing", key=key), 303)
    session().commit()
    return redirect(url_for("steps.show", key=key, step=Step.CHECK), 303)


@pages.post("/<key>/again")
@open_to(ANYONE)
def send_again(key: str) -> Response:
    """Send the link by which the address is confirmed once more."""
    found = draft(key)
    if found.state is not State.UNCONFIRMED or request.form.get("email"):
        abort(409)
    onward = url_for("sending.standing", key=key)
    send_way_in(one(found.answers, "your_email").lower(), onward, purpose="confirm", title=found.title)
    session().commit()
    return redirect(url_for("sending.standing", key=key), 303)
