"""What whoever looks after a published listing does with it: extend, count places, close, withdraw, bring back.

Each act is written down and counts as the organisation's word that the page is right. The caller ``take``s the listing
first, which says whose it is and keeps others waiting, and commits. Each says whether it changed anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account, AuditRecord
from directory.catalogue import actions as catalogue
from directory.catalogue import wording
from directory.catalogue.models import Intake, Opportunity, Standing
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.timing import NOT_RUNNING, timing
from directory.catalogue.vocabulary import Closing, Recurrence, Running, Signal
from directory.foundation.clock import UK
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.refusals import Refusal
from directory.submissions.models import Answer, Asked
from directory.submissions.queries import may_change, stewards
from directory.submissions.reading import YEARS_AHEAD
from directory.submissions.writing import shown_round

SUBJECT = "opportunity"
LONGEST_REASON = 200
MOST_PLACES = 100_000
CLOSED_EARLY = "closed early"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Act:
    """What is done, by whom, what was before and why; whose word it is, and what it answers if anybody asked."""

    action: str
    account: Account
    before: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    signal: Signal = Signal.ORGANISATION
    answer: Answer = Answer.OPEN


def take(session: Session, slug: str, account: Account) -> Opportunity | None:
    """Get a listing that this account may change, whole and as it is now: others wait until the caller commits."""
    row = session.scalar(select(Opportunity).where(Opportunity.slug == slug))
    if row is None or not may_change(session, row, account):
        return None
    return hold(session, row)


def hold(session: Session, row: Opportunity) -> Opportunity:
    """Get a listing whole and as it is now, and keep others from changing it until the caller commits."""
    session.execute(
        update(Opportunity).where(Opportunity.id == row.id).values(changed_at=Opportunity.changed_at),
        execution_options={"synchronize_session": False},
    )
    session.expire(row)
    whole = opportunity_by_slug(session, row.slug)
    assert whole is not None
    return whole


def extend(session: Session, opportunity: Opportunity, account: Account, closes_on: date, now: datetime) -> bool:
    """Move the closing date on; one that was closed opens again. Raises Refusal unless it is later and to come."""
    _demand_listed(opportunity)
    intake = shown_round(opportunity, now)
    today = uk_day(now)
    if intake is None or intake.closing is not Closing.FIXED or intake.closes_on is None:
        raise Refusal("It has no closing date to move. Edit the listing to give it one.")
    if closes_on < today:
        raise Refusal("Closing date must be today or later.")
    if closes_on.year > today.year + YEARS_AHEAD:
        raise Refusal(f"Closing date must be in {today.year + YEARS_AHEAD} or sooner.")
    if closes_on == intake.closes_on and intake.closed_words is None:
        return False
    if closes_on < intake.closes_on:
        raise Refusal(
            f"It closes on {long_day(intake.closes_on)} now. An earlier date is checked by one of us first:"
            " edit the listing instead. To stop today, close it early."
        )
    before = terms(opportunity, intake)
    if intake.closed_words is not None:  # the hour was that of closing early
        intake.closes_at = intake.closed_words = None
    intake.closes_on = closes_on
    _restore_recurrence(session, opportunity)
    _amend(session, opportunity, intake, Act("extended", account, before), now)
    return True


def say_places_left(
    session: Session, opportunity: Opportunity, account: Account, left: int | None, now: datetime
) -> bool:
    """Say how many places are left; None takes the number away. Raises Refusal for more than there are."""
    _demand_listed(opportunity)
    intake = shown_round(opportunity, now)
    if intake is None:
        raise Refusal("It has no round to count places of. Edit the listing to give it dates.")
    if left is not None and not 0 <= left <= (intake.places or MOST_PLACES):
        raise Refusal(f"Places left must be a number from 0 to {intake.places or MOST_PLACES:,}.")
    if left == intake.places_left:
        return False
    before = terms(opportunity, intake)
    intake.places_left = left
    _amend(session, opportunity, intake, Act("said places left", account, before), now, running=opportunity.running)
    return True


def close_early(
    session: Session,
    opportunity: Opportunity,
    account: Account,
    reason: str,
    now: datetime,
    signal: Signal = Signal.ORGANISATION,
) -> bool:
    """Close it now, with a reason that its page shows; closing what is closed changes nothing.

    A moderator who closes it does so as Signal.PERSON. Raises Refusal without a reason.
    """
    _demand_listed(opportunity)
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal("Say why it closes, like ‘All places are taken’.")
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"The reason must be {LONGEST_REASON} characters or fewer. You have {len(reason)}.")
    if timing(opportunity.schedule, now).state in NOT_RUNNING:
        return False
    intake = _round_to_close(opportunity, now)
    before = terms(opportunity, intake)
    for running in _running(opportunity, intake, now):
        _close(running, reason, now)
    if opportunity.recurrence is Recurrence.ROLLING:  # or a lately confirmed one would go on being open
        opportunity.recurrence = None
    _amend(session, opportunity, intake, Act(CLOSED_EARLY, account, before, reason, signal, Answer.CLOSED), now)
    return True


def withdraw(session: Session, opportunity: Opportunity, account: Account, now: datetime, why: str = "") -> bool:
    """Take it off the site; it can be put back by those who look after it."""
    if opportunity.standing is Standing.WITHDRAWN:
        return False
    before = {"standing": str(opportunity.standing)}
    catalogue.withdraw(session, opportunity, now)
    heard(session, opportunity, Answer.CLOSED, now)
    after = {"standing": str(opportunity.standing)}
    record(session, WITHDRAWN, SUBJECT, opportunity.id, now, by=account, before=before, after=after, why=why)
    return True


def reopen(session: Session, opportunity: Opportunity, account: Account, now: datetime) -> bool:
    """Undo a withdrawal, a hiding or an early closing, as long as it was no moderator's.

    What closed early gets the terms back that it had; raises Refusal when its closing date has passed meanwhile.
    """
    if opportunity.standing is not Standing.PUBLISHED:
        if not may_put_back(session, opportunity):
            raise Refusal("One of us took this off the site. Answer the email you had, and we’ll look at it again.")
        before = {"standing": str(opportunity.standing)}
        catalogue.restore(session, opportunity, now)
        vouch(session, opportunity, Act("put back", account), now)
        record(session, "put back", SUBJECT, opportunity.id, now, by=account, before=before)
        return True
    closed = closed_early(session, opportunity, now)
    if closed is None:
        return False
    intake = _closed_round(session, opportunity, closed)
    if intake is None:
        raise Refusal("One of us closed this. Edit the listing, and we’ll look at it again.")
    was = _dated(closed.before)
    if was["closing"] == Closing.FIXED and (was["closes_on"] is None or was["closes_on"] < uk_day(now)):
        raise Refusal("Its closing date has passed meanwhile. Move the date on instead.")
    before = terms(opportunity, intake)
    for name in ("closing", "closes_on", "closes_at", "opens_on", "opens_at"):
        setattr(intake, name, was[name])
    intake.closed_words = None
    opportunity.recurrence = was["recurrence"]
    _amend(session, opportunity, intake, Act("reopened", account, before), now)
    return True


def confirm_right(session: Session, opportunity: Opportunity, account: Account, now: datetime) -> bool:
    """Note that the organisation finds the page right, and show it again if it was hidden for want of that."""
    _demand_listed(opportunity)
    vouch(session, opportunity, Act("confirmed", account), now)
    record(session, "confirmed", SUBJECT, opportunity.id, now, by=account)
    return True


def vouch(session: Session, opportunity: Opportunity, act: Act, now: datetime) -> None:
    """Take an act as the word that the page is right: a hidden listing is shown again, what was asked is answered."""
    if opportunity.standing is Standing.HIDDEN:
        catalogue.restore(session, opportunity, now)
    catalogue.confirm(session, opportunity, act.signal, now)
    heard(session, opportunity, act.answer, now)


def heard(session: Session, opportunity: Opportunity, answer: Answer, now: datetime) -> None:
    """Take every open question whether this listing is still open as answered."""
    session.execute(
        update(Asked)
        .where(Asked.opportunity_id == opportunity.id, Asked.answered_at.is_(None))
        .values(answered_at=now, answer=answer)
    )


def may_put_back(session: Session, opportunity: Opportunity) -> bool:
    """Say whether a listing that isn't public may be shown again by those who look after it."""
    if opportunity.standing is Standing.HIDDEN:
        return True
    last = _last(session, opportunity, (WITHDRAWN, "put back"))
    return last is not None and last.action == WITHDRAWN and _is_theirs(session, opportunity, last.by_id)


def may_open_again(session: Session, opportunity: Opportunity, now: datetime) -> bool:
    """Say whether those who look after a listing closed it early, so that they may open it again."""
    closed = closed_early(session, opportunity, now)
    return closed is not None and _closed_round(session, opportunity, closed) is not None


def closed_early(session: Session, opportunity: Opportunity, now: datetime) -> AuditRecord | None:
    """Give the record of closing this listing early, while that is why it is closed."""
    if not wording.closed_early(opportunity, now):
        return None
    return _last(session, opportunity, (CLOSED_EARLY,))


def terms(opportunity: Opportunity, intake: Intake) -> dict[str, Any]:
    """Give what closing, places and recurrence are, as the record keeps it."""
    plain = ("closing", "places", "places_left", "closed_words")
    moments = ("opens_on", "opens_at", "closes_on", "closes_at")
    return {
        "intake": intake.id,
        "recurrence": str(opportunity.recurrence) if opportunity.recurrence else None,
        **{name: getattr(intake, name) for name in plain},
        **{name: value.isoformat() if (value := getattr(intake, name)) else None for name in moments},
    }


def _dated(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Read what ``terms`` kept."""
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("opens_on", "closes_on")}
    hours = {name: time.fromisoformat(kept[name]) if kept[name] else None for name in ("opens_at", "closes_at")}
    recurrence = Recurrence(kept["recurrence"]) if kept["recurrence"] else None
    return {"closing": Closing(kept["closing"]), "recurrence": recurrence, **days, **hours}


def _round_to_close(opportunity: Opportunity, now: datetime) -> Intake:
    intake = shown_round(opportunity, now)
    if intake is None:
        intake = Intake(position=0, zone=UK.key, closing=Closing.UNKNOWN)
        opportunity.intakes = [intake]
    return intake


def _closed_round(session: Session, opportunity: Opportunity, closed: AuditRecord) -> Intake | None:
    """Give the round that its own people closed; none when a moderator did."""
    if not _is_theirs(session, opportunity, closed.by_id):
        return None
    return next((row for row in opportunity.intakes if row.id == closed.after.get("intake")), None)


def _running(opportunity: Opportunity, shown: Intake, now: datetime) -> Iterator[Intake]:
    """Go through the rounds that an end now ends: the shown one, and whatever else is open."""
    for intake in opportunity.intakes:
        opens, closes = intake.round.opens, intake.round.closes
        has_begun, is_over = opens is None or opens <= now, closes is not None and closes <= now
        if intake is shown or (has_begun and not is_over):
            yield intake


def _close(intake: Intake, reason: str, now: datetime) -> None:
    moment = now.astimezone(ZoneInfo(intake.zone)).replace(second=0, microsecond=0)
    if intake.round.opens and intake.round.opens > now - timedelta(minutes=1):
        intake.opens_on = intake.opens_at = None
    intake.closing = Closing.FIXED
    intake.closes_on, intake.closes_at = moment.date(), moment.time()
    intake.closed_words = reason


def _restore_recurrence(session: Session, opportunity: Opportunity) -> None:
    last = _last(session, opportunity, (CLOSED_EARLY,)) if opportunity.recurrence is None else None
    if last is not None and last.before.get("recurrence"):
        opportunity.recurrence = Recurrence(last.before["recurrence"])


def _amend(
    session: Session,
    opportunity: Opportunity,
    intake: Intake,
    act: Act,
    now: datetime,
    running: Running = Running.RUNNING,
) -> None:
    catalogue.amend(session, opportunity, {"running": running}, now)
    vouch(session, opportunity, act, now)
    after = terms(opportunity, intake)
    record(
        session,
        act.action,
        SUBJECT,
        opportunity.id,
        now,
        by=act.account,
        before=act.before,
        after=after,
        why=act.why,
    )


def _demand_listed(opportunity: Opportunity) -> None:
    if opportunity.standing is Standing.WITHDRAWN:
        raise Refusal("This is off the site. Put it back first.")


def _last(session: Session, opportunity: Opportunity, actions: tuple[str, ...]) -> AuditRecord | None:
    rows = select(AuditRecord).where(
        AuditRecord.subject == SUBJECT, AuditRecord.subject_id == opportunity.id, AuditRecord.action.in_(actions)
    )
    return session.scalar(rows.order_by(AuditRecord.id.desc()).limit(1))


def _is_theirs(session: Session, opportunity: Opportunity, account_id: int | None) -> bool:
    return any(account.id == account_id for account in stewards(session, opportunity))
