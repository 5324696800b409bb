"""What pages share on which words are changed: trying a change out, asking why, and telling what was changed before."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from directory.accounts.models import AuditRecord
from directory.accounts.trail import acts
from directory.foundation import clock
from directory.foundation.date_words import hour, long_day, uk_day
from directory.foundation.resources import resource
from directory.request_state import parts, session
from directory.search import golden
from directory.search.asking import Asking
from directory.search.effects import Effect
from directory.web.forms.words import LONGEST_WHY, ChangeForm

TOLD = 20  # changes on a page
NOBODY = "The product itself"

ACTS = {
    "added": "Added",
    "edited": "Changed",
    "removed": "Removed",
    "restored": "Put back",
    "merged": "Merged",
    "retired": "Retired",
}
NEEDS_WHY = "Enter why this should go live although it breaks what people search for"
MEANWHILE = "Somebody changed this after you opened it. What is live now stands below, and what you want: look again."
AWAY = "You’ve been away a while. What you typed is still here: press the button again."


@dataclass(frozen=True, slots=True)
class Told:
    """One change that was made, in words; ``before`` and ``after`` are empty where there was nothing."""

    id: int
    act: str
    when: str
    who: str
    before: str
    after: str
    why: str
    breaks: tuple[str, ...]


def asking() -> Asking:
    """Give what answers searches as they are answered now."""
    return Asking.of(session(), parts().search, parts().gazetteer, parts().vocabulary, clock.now())


def queries() -> tuple[golden.GoldenQuery, ...]:
    """Read the golden queries."""
    return golden.load(resource("seed_data") / "golden_queries.yaml")


def sum_of(said: object) -> str:
    """Sum up what is there."""
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:16]


def problems_of_why(form: ChangeForm, effect: Effect) -> dict[str, str]:
    """Say what is wrong with the why: what breaks searches needs one."""
    if effect.breaks and not form.reason:
        return {"why": NEEDS_WHY}
    if len(form.reason) > LONGEST_WHY:
        return {"why": f"Why must be {LONGEST_WHY} characters or fewer. You have {len(form.reason):,}"}
    return {}


def told(subject: str, in_words: Callable[[AuditRecord], tuple[str, str]], subject_id: int | None = None) -> list[Told]:
    """Tell the last changes, of one thing or of all of its sort, newest first."""
    return [
        Told(
            id=act.record.id,
            act=ACTS.get(act.record.action, act.record.action),
            when=_when(act.record),
            who=act.by or NOBODY,
            before=before,
            after=after,
            why=act.record.why,
            breaks=tuple(act.record.after.get("breaks", ())),
        )
        for act in acts(session(), 0, TOLD, subject, subject_id)
        for before, after in [in_words(act.record)]
    ]


def _when(record: AuditRecord) -> str:
    at = record.at.astimezone(clock.UK)
    return f"{long_day(uk_day(record.at))}, {hour(at.time())}"


def page_of(found: list[Any], asked: str | None, size: int) -> tuple[int, int]:
    """Give the page to show and the last one."""
    last = max(1, -(-len(found) // size))
    wanted = int(asked[:6]) if asked and asked.isascii() and asked[:6].isdigit() else 1
    return min(max(wanted, 1), last), last
