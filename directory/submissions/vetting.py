"""A moderator checks a listing that nobody has checked yet: it is right, corrected, over, or taken off.

Each act is written down and is a person's check. The caller ``hold``s the listing first, and commits.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue import actions as catalogue
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.vocabulary import Running, Signal
from directory.foundation.date_words import uk_day
from directory.foundation.refusals import Refusal
from directory.places.gazetteer import Gazetteer
from directory.submissions import keeping
from directory.submissions.fields import Answer, Answers, public
from directory.submissions.keeping import SUBJECT, Act
from directory.submissions.models import Answer as Heard
from directory.submissions.publishing import change, proposal
from directory.submissions.reading import Problem
from directory.submissions.writing import NOT_OF_A_LISTING, answers_of, changed

LONGEST_WHY = 1_000


def is_as_seen(opportunity: Opportunity, seen: str) -> bool:
    """Say whether a listing still is what a page showed; ``seen`` is what ``stamp`` gave then."""
    return seen == stamp(opportunity)


def stamp(opportunity: Opportunity) -> str:
    """Give what changes whenever a listing does."""
    return f"{opportunity.changed_at.timestamp():.6f}-{len(opportunity.confirmations)}"


def find_right(session: Session, opportunity: Opportunity, moderator: Account, now: datetime) -> None:
    """Note that a person looked and found it right."""
    _demand_published(opportunity)
    keeping.vouch(session, opportunity, Act("checked", moderator, signal=Signal.PERSON), now)
    record(session, "checked", SUBJECT, opportunity.id, now, by=moderator)


def find_closed(session: Session, opportunity: Opportunity, moderator: Account, why: str, now: datetime) -> None:
    """Close the round that is open, with a reason that the page shows; where none is, it is only checked."""
    _demand_published(opportunity)
    checks = len(opportunity.confirmations)
    keeping.close_early(session, opportunity, moderator, why, now, signal=Signal.PERSON)
    if len(opportunity.confirmations) == checks:
        find_right(session, opportunity, moderator, now)


def find_ended(session: Session, opportunity: Opportunity, moderator: Account, why: str, now: datetime) -> None:
    """Note that it has ended and doesn't come back."""
    _demand_published(opportunity)
    before = {"running": str(opportunity.running)}
    catalogue.amend(session, opportunity, {"running": Running.ENDED}, now)
    keeping.vouch(session, opportunity, Act("ended", moderator, signal=Signal.PERSON, answer=Heard.CLOSED), now)
    after = {"running": str(opportunity.running)}
    record(session, "ended", SUBJECT, opportunity.id, now, by=moderator, before=before, after=after, why=_why(why))


def take_off(session: Session, opportunity: Opportunity, moderator: Account, why: str, now: datetime) -> None:
    """Take it off the site; raises Refusal without a reason."""
    if not _why(why):
        raise Refusal("Say why it’s taken off. Only moderators read it.")
    keeping.withdraw(session, opportunity, moderator, now, _why(why))


def problems_with(
    session: Session, opportunity: Opportunity, said: Answers, gazetteer: Gazetteer, now: datetime
) -> tuple[Problem, ...]:
    """Say what of the corrections can't be used; what its page says already is left alone."""
    live = answers_of(opportunity, now)
    touched = set(changed(live, {**live, **said}))
    found = proposal(session, {**live, **said}, gazetteer, uk_day(now)).problems
    return tuple(problem for problem in found if problem.field in touched)


def correct(
    session: Session, opportunity: Opportunity, moderator: Account, said: Answers, gazetteer: Gazetteer, now: datetime
) -> None:
    """Make the page say what a moderator found; nothing different said is a check like any other.

    Raises Refusal when it can't be used: ask ``problems_with`` first.
    """
    _demand_published(opportunity)
    live = answers_of(opportunity, now)
    after: dict[str, Answer] = {**live, **{name: one for name, one in said.items() if name not in NOT_OF_A_LISTING}}
    after = {name: one for name, one in after.items() if one}
    if not changed(live, after):
        find_right(session, opportunity, moderator, now)
        return
    if problems := problems_with(session, opportunity, said, gazetteer, now):
        raise Refusal(problems[0].words)
    running = opportunity.running
    change(session, opportunity, after, gazetteer, now)
    if running is Running.PAUSED:  # no answer says so, and no correction undoes it
        catalogue.amend(session, opportunity, {"running": running}, now)
    keeping.vouch(session, opportunity, Act("corrected", moderator, signal=Signal.PERSON), now)
    differs = {name for name in {*live, *after} if live.get(name) != after.get(name)}
    record(
        session,
        "corrected",
        SUBJECT,
        opportunity.id,
        now,
        by=moderator,
        before=public({name: one for name, one in live.items() if name in differs}),
        after=public({name: one for name, one in after.items() if name in differs}),
    )


def _demand_published(opportunity: Opportunity) -> None:
    if opportunity.standing is Standing.WITHDRAWN:
        raise Refusal("This was taken off the site meanwhile.")


def _why(why: str) -> str:
    return why.replace("\x00", "").strip()[:LONGEST_WHY]
