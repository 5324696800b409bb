"""The queue: what waits, the soonest due first, and of that the riskiest; and what was decided lately."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request, url_for
from werkzeug import Response

from directory.catalogue.kinds import KINDS, Kind, KindName
from directory.foundation import clock
from directory.request_state import session, signed_in
from directory.submissions import desk
from directory.submissions.models import Purpose
from directory.submissions.queries import submission_by_key
from directory.submissions.queueing import Waiting, waiting
from directory.web.access import MODERATOR, open_to
from directory.web.caching import private
from directory.web.moderation import wording
from directory.web.moderation.navigation import PAGE_SIZE, desks, paging
from directory.web.results import Link

pages = Blueprint("queue", __name__, url_prefix="/moderation")
pages.app_template_global("moderation_desks")(desks)


@dataclass(frozen=True, slots=True)
class Row:
    """One that waits, as the queue shows it."""

    url: str
    title: str
    organisation: str
    kind: Kind | None
    purpose: str
    waited: str
    due: str
    is_late: bool
    risk: tuple[str, str] | None
    taken: str
    second: str


APPROVED_ONCE = "Approved once, waits for a second moderator"
APPROVED_BY_YOU = "You approved it, it waits for somebody else"


@pages.get("")
@open_to(MODERATOR)
def page() -> Response:
    """Show what waits, a page at a time."""
    now = clock.now()
    counts = desk.counts(session(), now)
    asked = request.args.get("purpose")
    purpose = Purpose(asked) if asked in list(Purpose) else None
    shown = paging(counts.by_purpose.get(purpose, 0) if purpose else counts.total)
    rows = waiting(session(), shown.start, PAGE_SIZE, now, purpose, reader=signed_in())
    return private(
        render_template(
            "moderation/queue.html",
            rows=[_row(row, now) for row in rows],
            total=counts.total,
            late=counts.late,
            filters=_filters(counts, purpose),
            paging=shown,
            told=what_was_decided(),
        )
    )


@pages.get("/done")
@open_to(MODERATOR)
def done() -> Response:
    """Show what was decided lately."""
    shown = paging(desk.how_many_decided(session()))
    rows = [
        (
            url_for("review.page", key=row.key),
            row.title or "Without a title",
            wording.PURPOSES[row.purpose],
            wording.OUTCOMES[row.outcome] + (", waits for a second moderator" if row.first_of_two else ""),
            row.by,
            wording.at(row.at),
        )
        for row in desk.decided(session(), shown.start, PAGE_SIZE)
    ]
    return private(render_template("moderation/done.html", rows=rows, paging=shown))


def what_was_decided() -> str | None:
    """Say what became of the one that was decided just before this page."""
    key = request.args.get("after", "")
    found = submission_by_key(session(), key) if key else None
    if found is None or not found.decisions:
        return None
    last = found.decisions[-1]
    second = ", waits for a second moderator" if found.due_at else ""
    return f"{wording.OUTCOMES[last.outcome]}{second}: ‘{found.title}’"


def _row(row: Waiting, now: datetime) -> Row:
    taken = "You have it" if row.claimed_by_id == signed_in().id else f"{row.claimed_by} has it"
    second = (APPROVED_BY_YOU if row.is_for_others else APPROVED_ONCE) if row.approvals else "Needs two moderators"
    return Row(
        url=url_for("review.page", key=row.key),
        title=row.title or "Without a title",
        organisation=row.organisation or "No organisation said",
        kind=KINDS[KindName(row.kind)] if row.kind in list(KindName) else None,
        purpose=wording.PURPOSES[Purpose(row.purpose)],
        waited=wording.waited(row.sent_at, now),
        due=wording.due(row.due_at, now),
        is_late=row.due_at < now,
        risk=wording.risk(row.risk),
        taken=taken if row.claimed_by_id else "",
        second=second if row.needs_second else "",
    )


def _filters(counts: desk.Counts, chosen: Purpose | None) -> list[Link]:
    everything = Link(f"All ({counts.total:,})", url_for("queue.page"), chosen is None)
    return [
        everything,
        *(
            Link(
                f"{label} ({counts.by_purpose.get(purpose, 0):,})",
                url_for("queue.page", purpose=purpose),
                purpose is chosen,
            )
            for purpose, label in wording.SHORT_PURPOSES.items()
        ),
    ]
