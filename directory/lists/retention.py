"""How long lists are kept, and what they keep of a person: editors' email addresses, and nothing of a student."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.personal import Keeping
from directory.lists.models import DayOfViews, EditKey, Editor, ListReport, SharedList

A_YEAR = timedelta(days=365)
UNUSED_FOR = 2 * A_YEAR
REPORTS_KEPT = A_YEAR


def export(session: Session, email: str) -> Mapping[str, Any]:
    """Give what lists keep of an address."""
    rows = session.execute(
        select(Editor, SharedList).join(SharedList, SharedList.id == Editor.list_id).where(Editor.email == email)
    )
    return {
        "edits": [
            {"list": row.address, "title": row.title, "since": editor.added_at, "digest": editor.wants_digest}
            for editor, row in rows
        ]
    }


def erase(session: Session, email: str, now: datetime) -> None:
    """Take an address off every list; one that then has no editor stays for those who have its link."""
    session.execute(delete(EditKey).where(EditKey.editor_id.in_(select(Editor.id).where(Editor.email == email))))
    session.execute(delete(Editor).where(Editor.email == email))


LISTS = Keeping("lists", export, erase)


def forget_old(session: Session, now: datetime) -> int:
    """Delete lists that nobody changed or opened for ``UNUSED_FOR``, and old reports; gives how many lists."""
    session.execute(delete(ListReport).where(ListReport.answered_at < now - REPORTS_KEPT))
    opened = exists().where(DayOfViews.list_id == SharedList.id, DayOfViews.day > (now - UNUSED_FOR).date())
    old = session.scalars(select(SharedList.id).where(SharedList.changed_at < now - UNUSED_FOR, ~opened)).all()
    for id in old:
        record(session, "forgot", "list", id, now)
    session.execute(delete(SharedList).where(SharedList.id.in_(old)))
    return len(old)
