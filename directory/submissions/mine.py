"""What somebody looks after and has sent, for the page that lists it: each in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue import wording
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import FOR_CARDS
from directory.catalogue.time_words import time_words
from directory.foundation.date_words import long_day, uk_day
from directory.submissions.asking import last_word
from directory.submissions.models import Decision, Outcome, Purpose, State, Submission
from directory.submissions.queries import listings_of, submissions_of
from directory.submissions.writing import shown_round

MOST_DONE = 10
PURPOSE_WORDS = {
    Purpose.NEW: "",
    Purpose.CHANGE: "A change to a listing",
    Purpose.CONFIRMATION: "That a listing is right",
    Purpose.REMOVAL: "To remove a listing",
}
DONE_WORDS = {
    Purpose.NEW: "Published",
    Purpose.CHANGE: "Live",
    Purpose.CONFIRMATION: "Confirmed",
    Purpose.REMOVAL: "Removed",
}
SEE = "See where it stands"
NOT_PUBLIC = {
    Standing.WITHDRAWN: "Off the site",
    Standing.HIDDEN: "Hidden: nobody has told us it’s still open",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing as those who look after it see it."""

    slug: str
    title: str
    organisation: str
    state: str
    paper: str  # the state without today
    freshness: str
    places: str | None
    is_public: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A draft or what was sent, with what a moderator asked for when it came back."""

    key: str
    title: str
    about: str
    state: str
    act: str
    reasons: tuple[str, ...] = ()


def listed(row: Opportunity, now: datetime) -> Listed:
    """Say how a listing stands; needs what cards need."""
    early = wording.closed_early(row, now)
    words = time_words(row.schedule, now)
    closed = f"Closed early: {early}" if early else None
    return Listed(
        slug=row.slug,
        title=row.title,
        organisation=row.organisation.name,
        state=NOT_PUBLIC.get(row.standing, closed or words.sentence),
        paper=NOT_PUBLIC.get(row.standing, closed or words.paper),
        freshness=f"You last said it’s right on {long_day(uk_day(last_word(row)))}",
        places=wording.places(shown_round(row, now)),
        is_public=row.standing is Standing.PUBLISHED,
    )


def listings(session: Session, account: Account, now: datetime) -> list[Listed]:
    """List what somebody may change, public or not, by title."""
    ids = listings_of(session, account)
    rows: Sequence[Opportunity] = session.scalars(
        select(Opportunity).where(Opportunity.id.in_(ids)).options(*FOR_CARDS)
    ).all()
    return [listed(row, now) for row in sorted(rows, key=lambda row: (row.title.casefold(), row.id))]


def sent(session: Session, account: Account) -> list[Sent]:
    """List what somebody is writing, has sent or had published, the latest first; of the done only the newest."""
    rows = submissions_of(session, account)
    done = [row for row in rows if row.state is State.APPROVED][:MOST_DONE]
    return [_said(row) for row in rows if row.state is not State.APPROVED or row in done]


def _said(row: Submission) -> Sent:
    last = row.decisions[-1] if row.decisions else None
    state, act = STATES[row.state](row, last)
    reasons: tuple[str, ...] = ()
    if row.state is State.RETURNED and last is not None:
        reasons = tuple(filter(None, (*(reason.get("words", "") for reason in last.reasons), last.message)))
    return Sent(row.key, row.title or "Without a title yet", PURPOSE_WORDS[row.purpose], state, act, reasons)


def _day(moment: datetime | None) -> str:
    return long_day(uk_day(moment)) if moment else "now"


def _on(decision: Decision | None) -> str:
    return f" on {_day(decision.at)}" if decision else ""


def _waiting(row: Submission, last: Decision | None) -> tuple[str, str]:
    said = f"Waiting since {_day(row.sent_at)}"
    if row.due_at:
        said += f", answered by {_day(row.due_at)}"
    if row.needs_second:
        is_half_done = last is not None and last.outcome is not Outcome.RETURNED and last.at >= (row.sent_at or last.at)
        said += ". One moderator has approved it, a second looks too" if is_half_done else ". Two moderators look at it"
    return said, SEE


STATES: Mapping[State, Callable[[Submission, Decision | None], tuple[str, str]]] = {
    State.DRAFT: lambda row, _last: (f"Draft, saved {_day(row.saved_at)}", "Go on"),
    State.UNCONFIRMED: lambda _row, _last: ("Waiting for you to confirm your email address", SEE),
    State.WAITING: _waiting,
    State.RETURNED: lambda _row, last: (f"Returned with reasons{_on(last)}", "Fix and send"),
    State.APPROVED: lambda row, last: (f"{DONE_WORDS[row.purpose]}{_on(last)}", SEE),
}
