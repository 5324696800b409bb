"""From an approved submission to the catalogue: a new listing, or a change to one."""

from datetime import date, datetime
from itertools import chain

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue import actions as catalogue
from directory.catalogue.models import Opportunity, Skill, Standing
from directory.catalogue.queries import opportunity_by_slug
from directory.catalogue.vocabulary import Confidence, Relevance, Running, Signal
from directory.foundation.refusals import Refusal
from directory.organisations.actions import find_or_make
from directory.places.gazetteer import Gazetteer
from directory.submissions.fields import Answers
from directory.submissions.models import Purpose, Steward, Submission
from directory.submissions.reading import Proposal, read
from directory.submissions.writing import answers_of, changed, source_of, write

LONGEST_SLUG = 120
MUST_BE_SAID = ("kind", "title", "summary", "description", "stages")


def skills_by_slug(session: Session) -> dict[str, Skill]:
    """Get the skill areas by their slugs."""
    return {skill.slug: skill for skill in session.scalars(select(Skill).order_by(Skill.id))}


def proposal(session: Session, answers: Answers, gazetteer: Gazetteer, today: date) -> Proposal:
    """Read answers with the skills there are."""
    return read(answers, gazetteer, skills_by_slug(session), today)


def opportunity_of(session: Session, submission: Submission) -> Opportunity | None:
    """Get the listing that a submission is about, with everything of it."""
    if submission.opportunity_id is None:
        return None
    slug = session.scalar(select(Opportunity.slug).where(Opportunity.id == submission.opportunity_id))
    return opportunity_by_slug(session, slug) if slug else None


def publish(
    session: Session,
    submission: Submission,
    answers: Answers,
    gazetteer: Gazetteer,
    now: datetime,
    by: Account | None,
) -> Opportunity:
    """Make the catalogue say what a submission's answers say, and owe the index; raises Refusal if it can't.

    A change sets only what it changes: what its questions don't speak of stays as it was. A listing that was hidden
    because nobody answered for it is shown again, as it is when its organisation answers.
    """
    opportunity = opportunity_of(session, submission)
    match submission.purpose:
        case Purpose.NEW:
            opportunity = _new(session, submission, answers, gazetteer, now)
        case _ if opportunity is None:
            raise Refusal("The listing that this is about is gone.")
        case Purpose.REMOVAL:
            catalogue.withdraw(session, opportunity, now)
        case Purpose.CHANGE:
            change(session, opportunity, answers, gazetteer, now)
    assert opportunity is not None
    if submission.purpose is not Purpose.REMOVAL:
        if opportunity.standing is Standing.HIDDEN:
            catalogue.restore(session, opportunity, now)
        _look_after(session, opportunity, submission, now)
        catalogue.confirm(session, opportunity, Signal.ORGANISATION, now)
        if by is not None:
            catalogue.confirm(session, opportunity, Signal.PERSON, now)
    submission.opportunity_id = opportunity.id
    submission.organisation_id = opportunity.organisation_id
    return opportunity


def change(session: Session, opportunity: Opportunity, answers: Answers, gazetteer: Gazetteer, now: datetime) -> None:
    """Write into a listing what ``answers`` say otherwise than its page."""
    names = changed(answers_of(opportunity, now), answers)
    values = proposal(session, answers, gazetteer, now.date()).values
    write(opportunity, values, skills_by_slug(session), now, names)
    _demand(opportunity)
    catalogue.amend(session, opportunity, {"running": Running.RUNNING}, now)


def _new(
    session: Session, submission: Submission, answers: Answers, gazetteer: Gazetteer, now: datetime
) -> Opportunity:
    values = proposal(session, answers, gazetteer, now.date()).values
    missing = [name for name in MUST_BE_SAID if not values.get(name)]
    if missing:
        raise Refusal(f"It can’t be published without its {missing[0].replace('_', ' ')}.")
    organisation = find_or_make(session, values, now)
    skills = skills_by_slug(session)
    row = Opportunity(
        slug=_free_slug(session, values["title"], organisation.name),
        organisation_id=organisation.id,
        organisation=organisation,
        relevance=Relevance.CORE,
        confidence=Confidence.HIGH,
        running=Running.RUNNING,
        standing=Standing.PUBLISHED,
        published_at=now,
        changed_at=now,
        edited_at=now,
        glossary=[],
        without_source=[],
        sources=source_of(values),
        locations=[],
        levels=[],
        eligibility=[],
        intakes=[],
        confirmations=[],
        involvements=[],
        parts=[],
        parent=None,
    )
    write(row, values, skills, now)
    session.add(row)
    session.flush()
    return row


def _demand(row: Opportunity) -> None:
    empty = [name for name in MUST_BE_SAID if not getattr(row, name)]
    if empty:
        raise Refusal(f"It can’t be published without its {empty[0].replace('_', ' ')}.")


def _look_after(session: Session, opportunity: Opportunity, submission: Submission, now: datetime) -> None:
    if submission.account_id and not session.get(Steward, (opportunity.id, submission.account_id)):
        session.add(Steward(opportunity_id=opportunity.id, account_id=submission.account_id, at=now))


def _free_slug(session: Session, title: str, organisation: str) -> str:
    own = slugify(title, max_length=LONGEST_SLUG, word_boundary=True) or "opportunity"
    longer = slugify(f"{title} {organisation}", max_length=LONGEST_SLUG, word_boundary=True) or "opportunity"
    numbered = (f"{longer}-{number}" for number in range(2, 1_000_000))
    return next(slug for slug in chain((own, longer), numbered) if not _is_taken(session, slug))


def _is_taken(session: Session, slug: str) -> bool:
    return session.scalar(select(Opportunity.id).where(Opportunity.slug == slug)) is not None
