"""Opening the links of what waits: what comes of each joins the checks that its moderator reads."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from directory.foundation.clock import UK
from directory.places.gazetteer import Gazetteer
from directory.submissions.claiming import CLAIM, WITHOUT_STEPS
from directory.submissions.links.checking import link_result
from directory.submissions.links.fetching import Fetcher
from directory.submissions.models import Snapshot, State, Submission
from directory.submissions.publishing import proposal
from directory.submissions.reviewing import look_over

# One page may take ten seconds, and the other jobs wait for it.
AT_A_TIME = 1
OPENED = "opened"  # among the origins: the number of the snapshot whose link was looked at


def open_links(
    session: Session,
    now: datetime,
    fetcher: Fetcher,
    gazetteer: Callable[[], Gazetteer],
    *,
    at_a_time: int = AT_A_TIME,
) -> int:
    """Look at the links of some submissions that wait and weren't looked at since they were sent; says at how many.

    The gazetteer is read only when there is something to look at.
    """
    newest = (
        select(func.max(Snapshot.number)).where(Snapshot.submission_id == Submission.id).correlate(Submission)
    ).scalar_subquery()
    unseen = (
        select(Submission)
        .where(Submission.state == State.WAITING, Submission.purpose.not_in(WITHOUT_STEPS))
        .where(Submission.origins[OPENED].as_integer().is_distinct_from(newest))
        .order_by(Submission.sent_at.desc())
        .limit(at_a_time)
    )
    rows = session.scalars(unseen.options(selectinload(Submission.snapshots))).all()
    for row in rows:
        _look(session, row, row.snapshots[-1], fetcher, gazetteer(), now)
    return len(rows)


def _look(
    session: Session, row: Submission, sent: Snapshot, fetcher: Fetcher, gazetteer: Gazetteer, now: datetime
) -> None:
    read = proposal(session, sent.answers, gazetteer, now.astimezone(UK).date())
    url = str(read.values.get("apply_url", ""))
    row.origins = {**row.origins, OPENED: sent.number}
    if not url:
        return
    result = link_result(url, fetcher, now)
    looked = look_over(session, row, read, now, live=sent.live, link=result)
    claimed = [finding for finding in sent.checks if finding["rule"] == CLAIM]
    sent.checks = [*claimed, *looked.as_kept()]
    row.risk = looked.risk
