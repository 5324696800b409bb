"""Read submissions: by key, the queue, whose they are, and who may change what."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from directory.accounts.models import Account
from directory.catalogue.models import Opportunity
from directory.organisations.models import Membership
from directory.submissions.models import Reason, State, Steward, Submission

WHOLE = (
    selectinload(Submission.snapshots),
    selectinload(Submission.decisions),
    selectinload(Submission.organisation),
    selectinload(Submission.account),
    selectinload(Submission.claimed_by),
)


def submission_by_key(session: Session, key: str) -> Submission | None:
    """Get one submission with what was sent and decided of it."""
    if not key.isprintable():
        return None  # no key of ours, and PostgreSQL can't be asked for it
    return session.scalar(select(Submission).where(Submission.key == key).options(*WHOLE))


def submissions_of(session: Session, account: Account) -> Sequence[Submission]:
    """Get what somebody is writing or has sent, the latest first; not what they threw away."""
    rows = select(Submission).where(Submission.account_id == account.id, Submission.state != State.DISCARDED)
    return session.scalars(rows.order_by(Submission.saved_at.desc()).options(selectinload(Submission.decisions))).all()


def may_go_on(submission: Submission, account: Account | None) -> bool:
    """Say whether this person may change this submission: until it is owned, whoever has its key may."""
    return submission.account_id is None or (account is not None and submission.account_id == account.id)


def may_change(session: Session, opportunity: Opportunity, account: Account) -> bool:
    """Say whether somebody looks after this listing, or is confirmed to speak for its organisation."""
    return bool(
        session.scalar(
            select(func.count())
            .select_from(Opportunity)
            .outerjoin(Steward, (Steward.opportunity_id == Opportunity.id) & (Steward.account_id == account.id))
            .outerjoin(
                Membership,
                (Membership.organisation_id == Opportunity.organisation_id)
                & (Membership.account_id == account.id)
                & Membership.confirmed_at.is_not(None),
            )
            .where(Opportunity.id == opportunity.id)
            .where(or_(Steward.account_id.is_not(None), Membership.id.is_not(None)))
        )
    )


def listings_of(session: Session, account: Account) -> Sequence[int]:
    """Give the keys of the listings that somebody may change, published or not."""
    speaks_for = select(Membership.organisation_id).where(
        Membership.account_id == account.id, Membership.confirmed_at.is_not(None)
    )
    looks_after = select(Steward.opportunity_id).where(Steward.account_id == account.id)
    mine = or_(Opportunity.organisation_id.in_(speaks_for), Opportunity.id.in_(looks_after))
    return session.scalars(select(Opportunity.id).where(mine).order_by(Opportunity.id)).all()


def stewards(session: Session, opportunity: Opportunity) -> Sequence[Account]:
    """Get those to write to about a listing: who looks after it, or is confirmed to speak for its organisation."""
    speaks = select(Membership.account_id).where(
        Membership.organisation_id == opportunity.organisation_id, Membership.confirmed_at.is_not(None)
    )
    after = select(Steward.account_id).where(Steward.opportunity_id == opportunity.id)
    rows = select(Account).where(or_(Account.id.in_(after), Account.id.in_(speaks)), Account.email.is_not(None))
    return session.scalars(rows.order_by(Account.id)).all()


def reasons(session: Session) -> Sequence[Reason]:
    """Get the reasons for returning something that moderators use now."""
    return session.scalars(select(Reason).where(Reason.retired_at.is_(None)).order_by(Reason.id)).all()


def counts(session: Session) -> Mapping[State, int]:
    """Count submissions by where they are."""
    rows = session.execute(select(Submission.state, func.count()).group_by(Submission.state))
    return dict(iter(rows))
