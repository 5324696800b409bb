"""The record of everything that was done: who, when, what before and after, why."""

from collections.abc import Iterable

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug import Response

from directory.accounts import trail
from directory.request_state import session
from directory.submissions import desk
from directory.web.access import MODERATOR, open_to
from directory.web.caching import private
from directory.web.moderation import wording
from directory.web.moderation.navigation import PAGE_SIZE, paging
from directory.web.results import Link

pages = Blueprint("record", __name__, url_prefix="/moderation/record")

MOST_NAMES = 6


@pages.get("")
@open_to(MODERATOR)
def page() -> Response:
    """Show what was done, the last first; of one sort of thing when asked."""
    subjects = trail.subjects(session())
    asked = request.args.get("subject")
    subject = asked if asked in subjects else None
    shown = paging(trail.how_many(session(), subject))
    return private(
        render_template(
            "moderation/record.html",
            acts=[_told(act) for act in trail.acts(session(), shown.start, PAGE_SIZE, subject)],
            filters=[
                Link("All", url_for("record.page"), subject is None),
                *(Link(_named(one), url_for("record.page", subject=one), one == subject) for one in subjects),
            ],
            paging=shown,
        )
    )


@pages.get("/<int:id>")
@open_to(MODERATOR)
def act(id: int) -> Response:
    """Show one act whole: what was before it and after."""
    found = trail.act(session(), id) if id < 2**31 else None
    if found is None:
        abort(404)
    rows = [(_label(name), _plain(before), _plain(after)) for name, before, after in trail.differences(found.record)]
    key = desk.key_of(session(), found.record.subject_id) if found.record.subject == "submission" else None
    item = key and url_for("review.page", key=key)
    return private(render_template("moderation/act.html", act=_told(found), rows=rows, item=item))


def _told(act: trail.Act) -> dict[str, str]:
    row = act.record
    number = f" {row.subject_id}" if row.subject_id is not None else ""
    return {
        "url": url_for("record.act", id=row.id),
        "when": wording.at(row.at),
        "by": act.by or "The product itself",
        "what": f"{row.action.capitalize()}: {_named(row.subject).lower()}{number}",
        "changed": _listed(_label(name) for name, _before, _after in trail.differences(row)) if row.before else "",
        "why": row.why,
    }


def _listed(names: Iterable[str]) -> str:
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - MOST_NAMES} more" if len(each) > MOST_NAMES else ""
    return ", ".join(each[:MOST_NAMES]) + more


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _named(subject: str) -> str:
    return subject.replace("_", " ").capitalize()


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
