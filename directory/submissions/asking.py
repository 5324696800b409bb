"""Still open? Those who look after a listing are asked, and a listing about which nobody answers is hidden.

Jobs, run daily in a transaction of their own; run again, or after being killed, they do only what is left. Listings
that nobody looks after are never asked about and never hidden.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account, AuditRecord
from directory.catalogue import actions as catalogue
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import FOR_CARDS, opportunity_by_slug
from directory.catalogue.timing import State, timing
from directory.catalogue.vocabulary import Closing, Recurrence
from directory.catalogue.wording import closed_early
from directory.foundation.clock import UK
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.foundation.signing import signed
from directory.organisations.models import Membership
from directory.submissions import keeping, notices
from directory.submissions.models import Answer, Asked, Steward
from directory.submissions.queries import may_change
from directory.submissions.writing import shown_round

BEFORE, AT = "before", "at"
ASKED_BEFORE = timedelta(days=7)
ASKED_FOR_AFTER = timedelta(days=14)  # after a deadline: one long past is no question any more
UNDATED_EVERY = timedelta(days=60)
DATED_EVERY = timedelta(days=90)
LINK_HOLDS_FOR = timedelta(days=60)

HIDDEN_AFTER = timedelta(days=30)  # without an answer to the question at a deadline
HIDDEN_WITHOUT_WORD = timedelta(days=120)  # of anybody that the listing is right
TIME_TO_ANSWER = timedelta(days=14)
WARNED_BEFORE = timedelta(days=7)

THEY_SAID_CLOSED = "The organisation told us it has closed"
ASKED_SUBJECT = "still_open"
WARNED = "warned"


@dataclass(frozen=True, slots=True)
class Due:
    """A question that is due: about which day, and whether before it or at it."""

    about: date
    step: str


def ask_whether_open(session: Session, settings: Settings, now: datetime) -> int:
    """Ask about every listing of which that is due and not done yet; gives how many were asked about."""
    done = {(row.opportunity_id, row.about, row.step) for row in session.scalars(select(Asked))}
    asked = 0
    for opportunity in _looked_after(session):
        question = due(opportunity, now)
        if question and (opportunity.id, question.about, question.step) not in done:
            row = Asked(opportunity_id=opportunity.id, about=question.about, step=question.step, asked_at=now)
            session.add(row)
            session.flush()
            notices.ask(session, settings, row, opportunity, now)
            asked += 1
    return asked


def due(opportunity: Opportunity, now: datetime) -> Due | None:
    """Say what is to be asked about a listing now; needs intakes and confirmations loaded."""
    when = timing(opportunity.schedule, now)
    closes = when.round.closes if when.round and when.round.closing is Closing.FIXED else None
    match when.state:
        case State.OPEN if closes and closes - ASKED_BEFORE <= now:
            return Due(uk_day(closes), BEFORE)
        case State.CLOSED:
            was_said = closed_early(opportunity, now)
            lately = closes is not None and now < closes + ASKED_FOR_AFTER
            return Due(uk_day(closes), AT) if closes and lately and not was_said else None
        case State.USUAL if opportunity.recurrence not in (Recurrence.ROLLING, Recurrence.COHORTS):
            return _when_usually_opening(opportunity, now)
        case State.ENDED | State.PAUSED:
            return None
    every = DATED_EVERY if closes or when.state is State.OPENS else UNDATED_EVERY
    quiet_until = last_word(opportunity) + every
    return Due(uk_day(quiet_until), AT) if quiet_until <= now else None


def _when_usually_opening(opportunity: Opportunity, now: datetime) -> Due | None:
    opens, closes = opportunity.schedule.usual_window
    month = opens or closes
    today = uk_day(now)
    if month != today.month:
        return None
    first = date(today.year, month, 1)
    begins = datetime(today.year, month, 1, tzinfo=UK)
    return Due(first, AT) if last_word(opportunity) < begins - ASKED_FOR_AFTER else None


def last_word(opportunity: Opportunity) -> datetime:
    """Give when somebody last said that a listing is right: at the latest when it was published."""
    confirmed = opportunity.schedule.confirmed_at
    return max(confirmed, opportunity.published_at) if confirmed else opportunity.published_at


def hide_the_silent(session: Session, settings: Settings, now: datetime) -> int:
    """Warn about each listing a week before it is hidden for want of an answer, then hide it; gives how many were."""
    warned = _warned(session)
    unanswered = _unanswered(session)
    hidden = 0
    for opportunity in _looked_after(session):
        questions = [row for row in unanswered[opportunity.id] if row.asked_at >= last_word(opportunity)]
        if not questions:
            continue
        hides_on, asked = min(((_hides_on(row, opportunity), row) for row in questions), key=lambda pair: pair[0])
        warned_at = warned.get(asked.id)
        if warned_at is None:
            if now >= hides_on - WARNED_BEFORE:
                notices.warn(session, settings, asked, opportunity, max(hides_on, now + WARNED_BEFORE), now)
                record(session, WARNED, ASKED_SUBJECT, asked.id, now, after={"opportunity": opportunity.id})
        elif now >= max(hides_on, warned_at + WARNED_BEFORE):
            catalogue.hide(session, opportunity, now)
            why = f"Nobody answered whether it is still open, asked on {long_day(uk_day(asked.asked_at))}."
            record(session, "hidden", keeping.SUBJECT, opportunity.id, now, why=why)
            hidden += 1
    return hidden


def _hides_on(asked: Asked, opportunity: Opportunity) -> datetime:
    without_word = max(last_word(opportunity) + HIDDEN_WITHOUT_WORD, asked.asked_at + TIME_TO_ANSWER)
    return min(asked.asked_at + HIDDEN_AFTER, without_word) if asked.step == AT else without_word


def _unanswered(session: Session) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = defaultdict(list)
    for row in session.scalars(select(Asked).where(Asked.answered_at.is_(None)).order_by(Asked.id)):
        found[row.opportunity_id].append(row)
    return found


def _warned(session: Session) -> dict[int, datetime]:
    rows = select(AuditRecord.subject_id, AuditRecord.at).where(
        AuditRecord.subject == ASKED_SUBJECT, AuditRecord.action == WARNED
    )
    return {id: at for id, at in session.execute(rows) if id is not None}


def _looked_after(session: Session) -> Sequence[Opportunity]:
    """Get the public listings that somebody who can be written to looks after."""
    can_be_written_to = Account.email.is_not(None)
    looks = exists().where(
        Steward.opportunity_id == Opportunity.id, Steward.account_id == Account.id, can_be_written_to
    )
    speaks = exists().where(
        Membership.organisation_id == Opportunity.organisation_id,
        Membership.confirmed_at.is_not(None),
        Membership.account_id == Account.id,
        can_be_written_to,
    )
    public = select(Opportunity).where(Opportunity.standing == Standing.PUBLISHED, or_(looks, speaks))
    return session.scalars(public.order_by(Opportunity.id).options(*FOR_CARDS)).all()


@dataclass(frozen=True, slots=True)
class Question:
    """What a link in a letter asks: about a listing, whole, of somebody who looks after it."""

    asked: Asked
    opportunity: Opportunity
    account: Account

    def needs_a_date(self, now: datetime) -> bool:
        """Say whether "still open" can be true only with a new closing date."""
        return timing(self.opportunity.schedule, now).state is State.CLOSED

    def takes_a_date(self, now: datetime) -> bool:
        """Say whether there is a closing date that can move on."""
        intake = shown_round(self.opportunity, now)
        return intake is not None and intake.closing is Closing.FIXED


def question(session: Session, settings: Settings, token: str, now: datetime) -> Question | None:
    """Read a letter's link; None when it isn't ours, is too old, or its reader looks after the listing no longer."""
    match signed(settings, notices.STILL_OPEN, token, now, LINK_HOLDS_FOR):
        case [int(asked_id), int(account_id)]:
            asked, account = session.get(Asked, asked_id), session.get(Account, account_id)
        case _:
            return None
    if asked is None or account is None:
        return None
    row = session.get(Opportunity, asked.opportunity_id)
    if row is None or not may_change(session, row, account):
        return None
    whole = opportunity_by_slug(session, row.slug)
    return Question(asked, whole, account) if whole else None


def answer(session: Session, question: Question, said: Answer, now: datetime, closes_on: date | None = None) -> bool:
    """Take an answer, with a new closing date perhaps, and say whether it is news; the same one again changes nothing.

    Raises Refusal when it can't be so: a closing date that has passed needs a new one to be still open.
    """
    asked, account = question.asked, question.account
    opportunity = keeping.hold(session, question.opportunity)
    session.refresh(asked)
    is_same = asked.answer is said and opportunity.standing is Standing.PUBLISHED
    if is_same and (said is Answer.CLOSED or closes_on in (None, _closing_day(opportunity, now))):
        return False
    if said is Answer.OPEN:
        _still_open(session, opportunity, account, closes_on, now)
    else:
        _has_closed(session, opportunity, account, now)
    asked.answer, asked.answered_at = said, now
    return True


def _still_open(
    session: Session, opportunity: Opportunity, account: Account, closes_on: date | None, now: datetime
) -> None:
    if closes_on is not None:
        keeping.extend(session, opportunity, account, closes_on, now)
    elif timing(opportunity.schedule, now).state is State.CLOSED:
        raise Refusal("Enter the new closing date.")
    else:
        keeping.confirm_right(session, opportunity, account, now)


def _has_closed(session: Session, opportunity: Opportunity, account: Account, now: datetime) -> None:
    """Close what is open, or would be taken for open as soon as somebody confirms it."""
    state = timing(opportunity.schedule, now).state
    never_closes = opportunity.recurrence is Recurrence.ROLLING or any(
        intake.closing in (Closing.ROLLING, Closing.UNTIL_FILLED) for intake in opportunity.intakes
    )
    if state is State.OPEN or (never_closes and state is State.USUAL):
        keeping.close_early(session, opportunity, account, THEY_SAID_CLOSED, now)
        return
    act = keeping.Act("said closed", account, answer=Answer.CLOSED)
    if opportunity.standing is Standing.PUBLISHED:
        keeping.vouch(session, opportunity, act, now)
    keeping.heard(session, opportunity, Answer.CLOSED, now)
    record(session, act.action, keeping.SUBJECT, opportunity.id, now, by=account)


def _closing_day(opportunity: Opportunity, now: datetime) -> date | None:
    intake = shown_round(opportunity, now)
    return intake.closes_on if intake else None
