"""What is done with a spreadsheet: bring it, say which column is which, make drafts of it. The caller commits."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.foundation.refusals import Refusal
from directory.submissions.actions import CAN_BE_WRITTEN, begin, own, send
from directory.submissions.fields import QUESTIONS, Answers
from directory.submissions.models import SheetImport, State, Submission
from directory.submissions.sheets.outcome import Outcome, RowOutcome
from directory.submissions.sheets.reading import Sheet, read_sheet
from directory.submissions.sheets.text import short

ASKED_WITH_THE_FILE = (
    *("organisation_name", "organisation_url", "organisation_kind", "your_name"),
    "your_email",
)


def bring(
    session: Session, name: str, content: bytes, common: Answers, now: datetime, account: Account | None = None
) -> SheetImport:
    """Keep a spreadsheet as it was brought, and its rows; raises Refusal when it can't be read."""
    sheet = read_sheet(content)
    brought = SheetImport(
        key=secrets.token_urlsafe(16),
        account_id=account.id if account else None,
        name=" ".join(name.replace("\x00", "").split())[-200:] or "Spreadsheet",
        content=content,
        outcome={"sheet": sheet.kept(), "columns": {}, "common": _known(common)},
        at=now,
    )
    session.add(brought)
    session.flush()
    return brought


def sheet_of(brought: SheetImport) -> Sheet:
    """Give the rows that were read when it was brought."""
    return Sheet.of(brought.outcome["sheet"])


def columns_of(brought: SheetImport) -> dict[int, str]:
    """Give what a person decided of its columns, by index."""
    return {int(index): question for index, question in brought.outcome["columns"].items()}


def common_of(brought: SheetImport) -> dict[str, str]:
    """Give the answers for every row."""
    return dict(brought.outcome["common"])


def decide(brought: SheetImport, columns: Mapping[int, str], common: Answers) -> None:
    """Take what a person says of the columns and of all rows; a question that doesn't exist is none."""
    if brought.drafted_at:
        raise Refusal("Drafts were made of this file already. To read it another way, choose the file again.")
    count = len(brought.outcome["sheet"]["headers"])
    kept = {str(index): name if name in QUESTIONS else "" for index, name in columns.items() if 0 <= index < count}
    brought.outcome = {**brought.outcome, "columns": kept, "common": _known(common)}


def make_drafts(
    session: Session, brought: SheetImport, outcome: Outcome, now: datetime, account: Account | None = None
) -> int:
    """Make a draft of each row that repeats no other, once, and say how many; 0 when they were made before."""
    unmade = update(SheetImport).where(SheetImport.id == brought.id, SheetImport.drafted_at.is_(None))
    if session.execute(unmade.values(drafted_at=now).returning(SheetImport.id)).first() is None:
        return 0
    for row in outcome.drafts:
        draft = begin(session, now, answers=row.answers, origins=_origins(row), account=account)
        draft.import_id = brought.id
    session.flush()
    return len(outcome.drafts)


def send_later(session: Session, drafts: Sequence[Submission], now: datetime) -> None:
    """Let drafts wait until their email address is confirmed."""
    for draft in drafts:
        if draft.state is not State.UNCONFIRMED:
            send(draft, now)
    session.flush()


def own_all(session: Session, drafts: Sequence[Submission], account: Account) -> list[Submission]:
    """Give drafts to whoever their email address belongs to; those that are theirs and can be sent come back."""
    return [draft for draft in drafts if own(session, draft, account) and draft.state in CAN_BE_WRITTEN]


def _known(common: Answers) -> dict[str, str]:
    said = {name: common.get(name, "") for name in ASKED_WITH_THE_FILE}
    return {
        name: answer.replace("\x00", "").strip()[: QUESTIONS[name].most]
        for name, answer in said.items()
        if isinstance(answer, str) and answer.strip()
    }


def _origins(row: RowOutcome) -> dict[str, object]:
    """Say where answers come from, and keep the cells that no answer holds, whole, under "not_read"."""
    where = f"row {row.number} of your spreadsheet"
    origins: dict[str, object] = {said.question: f"{where}. {short(said.words, 200)}" for said in row.readings}
    return origins | {"row": str(row.number)} | ({"not_read": row.unread} if row.unread else {})
