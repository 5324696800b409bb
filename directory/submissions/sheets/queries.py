"""Read what was brought as spreadsheets: by key, its drafts, and who may see it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.catalogue.models import Skill
from directory.submissions.models import SheetImport, State, Submission
from directory.submissions.queries import WHOLE


def import_by_key(session: Session, key: str) -> SheetImport | None:
    """Get what was brought."""
    return session.scalar(select(SheetImport).where(SheetImport.key == key))


def drafts_of(session: Session, brought: SheetImport) -> Sequence[Submission]:
    """Get what was made of it, in the order of its rows; not what was thrown away."""
    rows = select(Submission).where(Submission.import_id == brought.id, Submission.state != State.DISCARDED)
    return session.scalars(rows.order_by(Submission.id).options(*WHOLE)).all()


def may_open(session: Session, brought: SheetImport, account: Account | None) -> bool:
    """Say whether this person may see it: whoever has its key, until it or a draft of it is somebody's."""
    owners = set(
        session.scalars(
            select(Submission.account_id)
            .where(Submission.import_id == brought.id, Submission.account_id.is_not(None))
            .distinct()
        )
    )
    owners |= {brought.account_id} if brought.account_id is not None else set()
    return not owners or (account is not None and account.id in owners)


def skill_words(session: Session) -> dict[str, tuple[str, ...]]:
    """Give every skill's name and other words, by slug."""
    return {skill.slug: (skill.name, *skill.also) for skill in session.scalars(select(Skill).order_by(Skill.id))}
