"""Something that waits for a moderator, and the moderators, for tests of deciding and of its pages."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AccountRole, Grant
from directory.catalogue.models import Opportunity, Skill
from directory.foundation.letters import Letter
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions, publishing
from directory.submissions.fields import Answers
from directory.submissions.models import Purpose, Submission
from directory.submissions.queries import submission_by_key
from directory.submissions.writing import answers_of
from tests.contracts.listings import NOW
from tests.submissions.answers import saying


def person(session: Session, name: str, role: AccountRole | None = None) -> Account:
    """Somebody with an account, made when first asked for."""
    email = f"{name.lower()}@larkfield.example"
    found = session.scalar(select(Account).where(Account.email == email))
    if found:
        return found
    made = Account(email=email, name=name, made_at=NOW, grants=[])
    if role:
        made.grants.append(Grant(role=role, at=NOW))
    session.add(made)
    session.flush()
    return made


def moderator(session: Session, name: str = "Ana") -> Account:
    """A moderator."""
    return person(session, name, AccountRole.MODERATOR)


def waiting(session: Session, now: datetime = NOW, *, by: str = "Sam", **instead: Any) -> Submission:
    """Something new that waits; ``checks``, ``risk`` and ``needs_second`` are the queue's, the rest are answers."""
    queue = {name: instead.pop(name) for name in ("checks", "risk", "needs_second") if name in instead}
    sender = person(session, by)  # named, so that the session goes on holding it
    submission = actions.begin(session, now, answers=saying(**instead), account=sender)
    actions.enter_queue(session, submission, now, **queue)
    session.commit()
    return again(session, submission)


def skills(session: Session) -> None:
    """The skill areas that the answers name, made when first asked for."""
    if session.scalar(select(Skill).limit(1)) is None:
        session.add_all(Skill(slug=slug, name=slug.capitalize(), also=[]) for slug in ("quality", "analytical"))


def published(session: Session, gazetteer: Gazetteer, **instead: Any) -> Opportunity:
    """A listing that somebody sent and a moderator approved."""
    skills(session)
    submission = actions.begin(session, NOW, answers=saying(**instead), account=person(session, "Sam"))
    made = publishing.publish(session, submission, submission.answers, gazetteer, NOW, moderator(session))
    session.commit()
    return made


def asked(
    session: Session,
    opportunity: Opportunity,
    purpose: Purpose = Purpose.CHANGE,
    said: Answers | None = None,
    now: datetime = NOW,
) -> Submission:
    """Something asked about a listing, which waits; ``said`` is what it would say otherwise."""
    live = answers_of(opportunity, now)
    sender = person(session, "Sam")
    private = {"your_name": "Sam", "your_email": "sam@larkfield.example", "safeguarding_name": "Jo Marsh"}
    submission = actions.begin(
        session,
        now,
        answers={**live, **private, **(said or {})},
        purpose=purpose,
        opportunity=opportunity,
        account=sender,
    )
    actions.enter_queue(session, submission, now, live=live)
    session.commit()
    return again(session, submission)


def again(session: Session, submission: Submission) -> Submission:
    """The submission as the database has it."""
    session.expire_all()
    found = submission_by_key(session, submission.key)
    assert found is not None
    return found


def letters(session: Session) -> list[Letter]:
    """What is owed by email, in order."""
    return list(session.scalars(select(Letter).order_by(Letter.id)))
