"""Two moderators at the same moment: one decision stands, and the other hears of it."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AuditRecord
from directory.catalogue.models import Opportunity
from directory.foundation.database import session_maker
from directory.foundation.refusals import Refusal
from directory.places.gazetteer import Gazetteer
from directory.submissions.deciding import approve, return_
from directory.submissions.deciding_letters import Complaint
from directory.submissions.models import State, Submission
from directory.submissions.queries import submission_by_key
from tests.contracts.listings import NOW
from tests.submissions.reviewed import again, letters, moderator, waiting
from tests.submissions.test_deciding import SETTINGS

LATER = NOW + timedelta(hours=1)
Act = Callable[[Session, Submission, Account], object]


def at_once(database: Engine, key: str, acts: dict[str, Act]) -> list[str]:
    """Let each moderator, in a thread and a session of their own, look and then decide at the same moment."""
    said: list[str] = []
    both_looked = threading.Barrier(len(acts))

    def decide(name: str, act: Act) -> None:
        with session_maker(database)() as own:
            submission = submission_by_key(own, key)
            by = own.scalar(select(Account).where(Account.name == name))
            assert submission is not None and by is not None
            both_looked.wait(20)
            try:
                act(own, submission, by)
                own.commit()
                said.append("decided")
            except Refusal as refusal:
                own.rollback()
                said.append(str(refusal))

    threads = [threading.Thread(target=decide, args=one) for one in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(said)


@pytest.mark.parametrize("other", ["approves", "returns"])
def test_of_two_at_once_one_decides_and_the_other_is_told(
    database: Engine, session: Session, gazetteer: Gazetteer, other: str
) -> None:
    moderator(session, "Ana"), moderator(session, "Ben")
    key = waiting(session).key

    def approves(own: Session, submission: Submission, by: Account) -> None:
        approve(own, submission, by, LATER, gazetteer, SETTINGS)

    def returns(own: Session, submission: Submission, by: Account) -> None:
        return_(own, submission, by, LATER, SETTINGS, [Complaint("pay", "Say what you pay.")])

    said = at_once(database, key, {"Ana": approves, "Ben": approves if other == "approves" else returns})
    assert said[1] == "decided"
    assert "on 24 November 2026 at 10am. It’s decided once." in said[0]
    submission = submission_by_key(session, key)
    assert submission is not None and len(submission.decisions) == 1
    published = session.scalar(select(func.count()).select_from(Opportunity))
    assert published == (submission.state is State.APPROVED)
    assert len(letters(session)) == 1
    acts = session.scalars(select(AuditRecord.action).where(AuditRecord.subject == "submission")).all()
    assert len(acts) == 2, "sent, and decided once"


def test_two_at_once_can_be_the_two_that_are_needed(database: Engine, session: Session, gazetteer: Gazetteer) -> None:
    moderator(session, "Ana"), moderator(session, "Ben")
    submission = waiting(session, needs_second=True)

    def approves(own: Session, mine: Submission, by: Account) -> None:
        approve(own, mine, by, LATER, gazetteer, SETTINGS)

    assert at_once(database, submission.key, {"Ana": approves, "Ben": approves}) == ["decided", "decided"]
    submission = again(session, submission)
    assert submission.state is State.APPROVED
    assert [one.seat for one in submission.decisions] == [1, 2]
    assert len({one.by_id for one in submission.decisions}) == 2
