"""One item: what changed, what our checks see, how people will see it, the organisation's past, and the decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts import trail
from directory.catalogue.kinds import KINDS, KindName
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.timing import NOT_RUNNING, timing
from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.request_state import parts, session, signed_in
from directory.submissions import comparing, desk
from directory.submissions.checks.checking import worst_first
from directory.submissions.checks.finding import Finding, from_json
from directory.submissions.deciding import CAN_BE_EDITED, approvals, as_it_stands, needs_another, sent
from directory.submissions.fields import QUESTIONS, Answers, one
from directory.submissions.models import State, Submission
from directory.submissions.publishing import opportunity_of, proposal, skills_by_slug
from directory.submissions.queries import reasons, submission_by_key
from directory.submissions.queueing import (
    CLAIM_HOLDS_FOR,
    claim,
    held_by_another,
    how_many_wait,
    neighbours,
    release,
)
from directory.submissions.reviewing import look_again
from directory.submissions.writing import answers_of
from directory.web.access import MODERATOR, open_to
from directory.web.caching import private
from directory.web.cards import Card, card
from directory.web.details import details
from directory.web.moderation import wording
from directory.web.moderation.queue import what_was_decided
from directory.web.submitting.drafts import shown

pages = Blueprint("review", __name__, url_prefix="/moderation")

NOTES = 3
MOST_ACTS = 30
NO_LONGER = {
    State.APPROVED: "This was decided",
    State.RETURNED: "This was returned",
    State.DRAFT: "Whoever sent this has taken it back",
    State.UNCONFIRMED: "Whoever sent this has taken it back, and confirms their address",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the decision's form: what was typed, or nothing yet."""

    decision: str = ""
    reasons: frozenset[str] = frozenset()
    reason_words: dict[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answers beside what they are compared with, which ``before`` names; empty when there is nothing."""

    title: str
    before: str
    after: str
    rows: Sequence[comparing.Row]
    unsaid: Sequence[str]
    total: int
    shows_all: bool
    other: tuple[str, str] | None


@pages.get("/<key>")
@open_to(MODERATOR)
def page(key: str) -> Response:
    """Show one item."""
    return show(item(key))


@pages.get("/<key>/preview")
@open_to(MODERATOR)
def preview(key: str) -> Response:
    """Show the page that would be published, whole."""
    found = item(key)
    opportunity = _as_published(found)
    now = clock.now()
    return private(
        render_template(
            "moderation/preview.html",
            key=key,
            opportunity=opportunity,
            card=card(opportunity, now),
            details=details(opportunity, now),
            is_running=timing(opportunity.schedule, now).state not in NOT_RUNNING,
            glossary=(),
            programmes=(),
            similar=(),
        )
    )


@pages.post("/<key>/claim")
@open_to(MODERATOR)
def take(key: str) -> Response:
    """Take one, so that nobody else decides it meanwhile."""
    found = item(key)
    try:
        claim(session(), found, signed_in(), clock.now())
    except Refusal as refusal:
        session().rollback()
        return show(item(key), errors=[str(refusal)], status=409)
    session().commit()
    return redirect(url_for("review.page", key=key), 303)


@pages.post("/<key>/release")
@open_to(MODERATOR)
def let_go(key: str) -> Response:
    """Let one go again."""
    release(session(), item(key), signed_in(), clock.now())
    session().commit()
    return redirect(url_for("review.page", key=key), 303)


def item(key: str) -> Submission:
    """Get something that was sent; what never was is nobody's to see but its writer's."""
    found = submission_by_key(session(), key)
    if found is None or not found.snapshots or found.state is State.DISCARDED:
        abort(404)
    return found


def show(found: Submission, typed: Typed | None = None, errors: Sequence[str] = (), status: int = 200) -> Response:
    """Show an item with its decision's form as it was typed, and what is wrong with it."""
    now, me = clock.now(), signed_in()
    place, before, after = neighbours(session(), found, me)
    kind = one(as_it_stands(found), "kind")
    opportunity = _as_published(found)
    response = private(
        render_template(
            "moderation/item.html",
            submission=found,
            key=found.key,
            title=found.title or "Without a title",
            purpose=wording.PURPOSES[found.purpose],
            kind=KINDS[KindName(kind)] if kind in list(KindName) else None,
            place=place,
            total=how_many_wait(session()),
            waited=wording.waited(found.sent_at, now),
            due=wording.due(found.due_at, now),
            previous=before and url_for("review.page", key=before),
            next=after and url_for("review.page", key=after),
            past=desk.past(session(), found, now),
            organisation=one(as_it_stands(found), "organisation_name"),
            comparison=_comparison(found, now),
            private_rows=comparing.rows(None, as_it_stands(found), {}, private=True),
            findings=_findings(found, now),
            checked="" if _is_checked_anew(found) else wording.at(sent(found).at),
            card=_card(found, opportunity, now),
            history=_history(found),
            standing=_standing(found),
            off_the_site=_is_off_the_site(found),
            is_open=_is_open(found),
            is_mine=found.claimed_by_id == me.id and not held_by_another(found, me, now),
            held_until=wording.at(found.claimed_at + CLAIM_HOLDS_FOR) if found.claimed_at else "",
            holder=found.claimed_by.called if found.claimed_by and held_by_another(found, me, now) else "",
            first_of_two=needs_another(found, parts().settings),
            can_be_edited=found.purpose in CAN_BE_EDITED,
            number=sent(found).number,
            bank=reasons(session()),
            questions=QUESTIONS.values(),
            typed=_with_rows(typed or Typed()),
            errors=errors,
            told=what_was_decided(),
        )
    )
    response.status_code = status
    return response


def _with_rows(typed: Typed) -> Typed:
    rows = (*typed.notes, *[("", "")] * NOTES)[: max(NOTES, len(typed.notes))]
    return replace(typed, notes=rows)


def _is_open(found: Submission) -> bool:
    """Say whether whoever looks may decide it."""
    me = signed_in()
    is_mine = me.id in (found.account_id, *(decision.by_id for decision in approvals(found)))
    return found.state is State.WAITING and not is_mine


def _standing(found: Submission) -> str | None:
    """Say why it can't be decided by whoever looks, or that somebody approved it before."""
    me, first = signed_in(), next(iter(approvals(found)), None)
    if found.state is not State.WAITING:
        last = found.decisions[-1] if found.decisions and found.state in (State.APPROVED, State.RETURNED) else None
        if last is None:
            return f"{NO_LONGER[found.state]}. There is nothing to decide."
        return f"{wording.OUTCOMES[last.outcome]} by {_name(last.by_id)}, {wording.at(last.at)}."
    if found.account_id == me.id:
        return "You sent this yourself, so somebody else has to decide it."
    if first and first.by_id == me.id:
        return f"You approved this, {wording.at(first.at)}. It waits for a second moderator, who isn’t you."
    if first:
        edits = ", with edits, which are shown here" if first.edits else ""
        return f"{_name(first.by_id)} approved this, {wording.at(first.at)}{edits}. You would be the second moderator."
    return None


def _is_off_the_site(found: Submission) -> bool:
    """Say whether what it would change is withdrawn, so that approving shows nobody anything yet."""
    listing = opportunity_of(session(), found) if _is_checked_anew(found) else None
    return listing is not None and listing.standing is Standing.WITHDRAWN


def _name(account_id: int) -> str:
    return desk.called(session(), account_id)


def _comparison(found: Submission, now: datetime) -> Comparison:
    """Compare with the live page, or with what was sent before, or with nothing."""
    answers = as_it_stands(found)
    names = {slug: skill.name for slug, skill in skills_by_slug(session()).items()}
    listing = opportunity_of(session(), found) if found.state is State.WAITING else None
    live: Answers = answers_of(listing, now) if listing else sent(found).live
    earlier = found.snapshots[-2].answers if len(found.snapshots) > 1 else None
    is_against_live = bool(live) and not (earlier is not None and request.args.get("against") == "earlier")
    before = live if is_against_live else earlier
    rows = comparing.rows(before, answers, names, live=is_against_live)
    changed = [row for row in rows if row.is_changed]
    unsaid = [row.question.label for row in rows if row.says_nothing] if before is None else []
    told = [row for row in rows if not row.says_nothing] if before is None else rows
    shows_all = before is None or request.args.get("all") == "yes"
    other = None
    if live and earlier is not None:
        address = url_for("review.page", key=found.key, against="earlier" if is_against_live else None)
        other = (address, "Compare with what was sent before" if is_against_live else "Compare with the live page")
    return Comparison(
        title="What was sent" if before is None else "What changed",
        before="" if before is None else "Live now" if is_against_live else "Sent before",
        after="Sent for review",
        rows=told if shows_all else changed,
        unsaid=unsaid,
        total=len(rows),
        shows_all=shows_all,
        other=other,
    )


def _is_checked_anew(found: Submission) -> bool:
    return found.state is State.WAITING and found.purpose in CAN_BE_EDITED


def _findings(found: Submission, now: datetime) -> Sequence[Finding]:
    """Give what our checks see now, worst first; of what was decided, or has nothing to check, what they saw then."""
    if not _is_checked_anew(found):
        return worst_first(from_json(sent(found).checks))
    answers, listing = as_it_stands(found), opportunity_of(session(), found)
    read = proposal(session(), answers, parts().gazetteer, clock.uk_today())
    live = answers_of(listing, now) if listing else {}
    return look_again(session(), found, answers, read, now, live=live)


def _as_published(found: Submission) -> Opportunity:
    """Make the listing that approving would publish; what isn't to be changed is the live one."""
    listing = opportunity_of(session(), found)
    if listing is not None and found.purpose not in CAN_BE_EDITED:
        return listing
    read = proposal(session(), as_it_stands(found), parts().gazetteer, clock.uk_today())
    made = shown(read.values)
    made.organisation.slug = listing.organisation.slug if listing else ""
    if listing is not None:
        made.published_at, made.seed_fingerprint = listing.published_at, listing.seed_fingerprint
    return made


def _card(found: Submission, opportunity: Opportunity, now: datetime) -> Card:
    return replace(card(opportunity, now), url=url_for("review.preview", key=found.key))


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the history."""

    when: str
    what: str
    by: str
    why: str


def _history(found: Submission) -> list[Act]:
    acts = trail.acts(session(), 0, MOST_ACTS, "submission", found.id)
    return [
        Act(wording.at(act.record.at), act.record.action.capitalize(), act.by, act.record.why) for act in reversed(acts)
    ]
