"""What is done to a list: made, worded, pinned, ruled, copied, undone, deleted. The caller commits.

Every change rises the list's version and leaves what the list then was, so that it can be undone. Changes need the list
as ``queries.for_editing`` gets it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.catalogue.models import Opportunity, Standing
from directory.foundation.refusals import Refusal
from directory.foundation.sums import new_token, sum_of
from directory.lists.codes import new_address, new_class_code
from directory.lists.models import MOST_PINS, EditKey, Exclusion, ListVersion, Pin, SharedList
from directory.lists.words import ListWords, note_problems, one_line
from directory.search.query import SearchQuery

SUBJECT = "list"
VERSIONS_KEPT = 50
MOST_EXCLUSIONS = 500
FULL = f"A list holds up to {MOST_PINS} pins. Take one off first."


@dataclass(frozen=True, slots=True)
class Made:
    """A list that was made, and the secret of its edit link, which can't be read again."""

    shared_list: SharedList
    key: str


def make(
    session: Session,
    words: ListWords,
    now: datetime,
    *,
    rule: SearchQuery | None = None,
    pinned: Sequence[int] = (),
    by: Account | None = None,
) -> Made:
    """Make a list, perhaps with a rule, or with these listings pinned in this order. Raises Refusal.

    Whoever is signed in becomes its editor. Listings that the public may not see are passed over.
    """
    shared_list = SharedList(
        address=_unused(session, SharedList.address, new_address),
        class_code=_unused(session, SharedList.class_code, new_class_code),
        version=0,
        **_worded(words),
        rule=spelling(rule) if rule else None,
        rule_since=now if rule else None,
        made_at=now,
        changed_at=now,
        pins=[],
        exclusions=[],
        editors=[],
    )
    session.add(shared_list)
    session.flush()
    _pin_all(session, shared_list, [(id, "") for id in pinned])
    key = add_key(session, shared_list, now)
    _changed(session, shared_list, "Made", now)
    record(
        session, "made", SUBJECT, shared_list.id, now, by=by, after={"pins": len(shared_list.pins), "rule": bool(rule)}
    )
    return Made(shared_list, key)


def copy(session: Session, original: SharedList, now: datetime, *, by: Account | None = None) -> Made:
    """Make another list that says the same, for another adviser: only who it is from is left open."""
    words = ListWords(original.title, "", original.introduction)
    made = make(session, words, now, by=by)
    copied = made.shared_list
    _pin_all(session, copied, [(pin.opportunity_id, pin.note) for pin in original.pins])
    copied.exclusions = [Exclusion(opportunity_id=one.opportunity_id) for one in original.exclusions]
    copied.rule, copied.rule_since = original.rule, now if original.rule else None
    _changed(session, copied, "Copied from another list", now)
    return made


def add_key(session: Session, shared_list: SharedList, now: datetime, *, editor_id: int | None = None) -> str:
    """Make one more edit link and give its secret; one for an editor goes when the editor goes."""
    key = new_token()
    session.add(EditKey(list_id=shared_list.id, editor_id=editor_id, key_sum=sum_of(key), made_at=now))
    session.flush()
    return key


def drop_other_keys(session: Session, shared_list: SharedList, key: str, now: datetime) -> int:
    """Let no other edit link open the list from now on, and say how many there were."""
    others = delete(EditKey).where(EditKey.list_id == shared_list.id, EditKey.key_sum != sum_of(key))
    dropped = int(session.execute(others).rowcount)  # type: ignore[attr-defined]
    record(session, "dropped other keys", SUBJECT, shared_list.id, now, after={"dropped": dropped})
    return dropped


def reword(session: Session, shared_list: SharedList, words: ListWords, now: datetime, *, seen: int) -> None:
    """Say something else first. Raises Refusal; also when the words changed since version ``seen`` was read."""
    new = _worded(words)
    old = {name: getattr(shared_list, name) for name in new}
    if new == old:
        return
    if shared_list.version != seen and _words_changed_since(session, shared_list, seen):
        raise Refusal("Somebody else changed these words since you opened the page. Look at theirs, then save again.")
    for name, value in new.items():
        setattr(shared_list, name, value)
    _changed(session, shared_list, "Changed the words", now)


def pin(session: Session, shared_list: SharedList, ids: Sequence[int], now: datetime) -> int:
    """Pin listings at the end, in this order, and say how many are new; what was left out is left out no longer.

    Raises Refusal when the list would hold too many.
    """
    added = _pin_all(session, shared_list, [(id, "") for id in ids])
    if added:
        pinned = {one.opportunity_id for one in shared_list.pins}
        shared_list.exclusions = [one for one in shared_list.exclusions if one.opportunity_id not in pinned]
        title = f"“{_title(session, added[0])}”" if len(added) == 1 else f"{len(added)} opportunities"
        _changed(session, shared_list, f"Pinned {title}", now)
    return len(added)


def unpin(session: Session, shared_list: SharedList, opportunity_id: int, now: datetime) -> None:
    """Take a pin off, if it is there."""
    kept = [one for one in shared_list.pins if one.opportunity_id != opportunity_id]
    if len(kept) < len(shared_list.pins):
        shared_list.pins = _in_a_row(kept)
        _changed(session, shared_list, f"Took off “{_title(session, opportunity_id)}”", now)


def move(session: Session, shared_list: SharedList, opportunity_id: int, place: int, now: datetime) -> None:
    """Move a pin to a place, counted from 0; past the end is the end."""
    moved = _pin_of(shared_list, opportunity_id)
    if moved is None:
        return
    others = [one for one in shared_list.pins if one is not moved]
    place = min(max(place, 0), len(others))
    if place != shared_list.pins.index(moved):
        shared_list.pins = _in_a_row([*others[:place], moved, *others[place:]])
        _changed(session, shared_list, f"Moved “{_title(session, opportunity_id)}”", now)


def note(session: Session, shared_list: SharedList, opportunity_id: int, words: str, now: datetime) -> None:
    """Say something of a pin, or nothing any more. Raises Refusal."""
    if problems := note_problems(words):
        raise Refusal(f"{problems[0].words}.")
    noted = _pin_of(shared_list, opportunity_id)
    if noted is None:
        raise Refusal("That opportunity isn’t pinned any more, so the note has no place. Pin it again first.")
    if noted.note != (said := one_line(words)):
        noted.note = said
        _changed(session, shared_list, f"Changed the note on “{_title(session, opportunity_id)}”", now)


def leave_out(session: Session, shared_list: SharedList, opportunity_id: int, now: datetime) -> None:
    """Leave out a listing that the rule finds. Raises Refusal past a number that no list needs."""
    if any(one.opportunity_id == opportunity_id for one in shared_list.exclusions):
        return
    if len(shared_list.exclusions) >= MOST_EXCLUSIONS:
        raise Refusal("That is a lot to leave out. Change the search behind the list instead.")
    if _known(session, [opportunity_id]):
        shared_list.exclusions.append(Exclusion(opportunity_id=opportunity_id))
        _changed(session, shared_list, f"Left out “{_title(session, opportunity_id)}”", now)


def let_in(session: Session, shared_list: SharedList, opportunity_id: int, now: datetime) -> None:
    """Leave a listing out no longer."""
    kept = [one for one in shared_list.exclusions if one.opportunity_id != opportunity_id]
    if len(kept) < len(shared_list.exclusions):
        shared_list.exclusions = kept
        _changed(session, shared_list, f"Let in “{_title(session, opportunity_id)}”", now)


def rule(session: Session, shared_list: SharedList, query: SearchQuery | None, now: datetime) -> None:
    """Let a search keep the list current, another one, or none."""
    new = spelling(query) if query else None
    if new != shared_list.rule:
        shared_list.rule, shared_list.rule_since = new, now if new else None
        _changed(session, shared_list, "Changed the search behind it" if new else "Took off the search behind it", now)


def restore(session: Session, shared_list: SharedList, number: int, now: datetime) -> None:
    """Make the list what it was at a version, which is itself a change. Raises Refusal when that isn't kept."""
    version = session.scalar(
        select(ListVersion).where(ListVersion.list_id == shared_list.id, ListVersion.number == number)
    )
    if version is None:
        raise Refusal("That version isn’t kept any more.")
    said = version.said
    if said["rule"] != shared_list.rule:
        shared_list.rule_since = now if said["rule"] else None
    for name in ("title", "made_by", "introduction", "rule"):
        setattr(shared_list, name, said[name])
    shared_list.pins = []
    shared_list.exclusions = []
    session.flush()
    _pin_all(session, shared_list, [(id, words) for id, words in said["pins"]])
    shared_list.exclusions = [Exclusion(opportunity_id=id) for id in _known(session, said["left_out"])]
    _changed(session, shared_list, f"Went back to version {number}", now)


def remove(session: Session, shared_list: SharedList, now: datetime, *, by: Account | None = None) -> None:
    """Delete a list and everything that belongs to it; only that it was deleted stays written down."""
    record(session, "deleted", SUBJECT, shared_list.id, now, by=by)
    session.execute(delete(SharedList).where(SharedList.id == shared_list.id))
    session.expunge(shared_list)


def spelling(query: SearchQuery) -> str:
    """Write a search as a rule: its one spelling, and no page."""
    return urlencode(query.with_page(1).to_pairs())


def said_of(shared_list: SharedList) -> dict[str, Any]:
    """Give all that a list says, as its versions keep it."""
    return {
        "title": shared_list.title,
        "made_by": shared_list.made_by,
        "introduction": shared_list.introduction,
        "rule": shared_list.rule,
        "pins": [[one.opportunity_id, one.note] for one in shared_list.pins],
        "left_out": [one.opportunity_id for one in shared_list.exclusions],
    }


def _worded(words: ListWords) -> dict[str, str]:
    if problems := words.problems():
        raise Refusal(f"{problems[0].words}.")
    kept = words.kept()
    return {"title": kept.title, "made_by": kept.made_by, "introduction": kept.introduction}


def _words_changed_since(session: Session, shared_list: SharedList, number: int) -> bool:
    seen = select(ListVersion).where(ListVersion.list_id == shared_list.id, ListVersion.number <= number)
    version = session.scalar(seen.order_by(ListVersion.number.desc()).limit(1))
    names = ("title", "made_by", "introduction")
    return version is None or any(version.said[name] != getattr(shared_list, name) for name in names)


def _pin_all(session: Session, shared_list: SharedList, wanted: Sequence[tuple[int, str]]) -> list[int]:
    """Pin what isn't pinned yet and the public may see; gives the ids that are new."""
    pinned = {one.opportunity_id for one in shared_list.pins}
    known = set(_known(session, [id for id, _ in wanted]))
    new = {id: words for id, words in wanted if id in known and id not in pinned}
    if len(pinned) + len(new) > MOST_PINS:
        raise Refusal(FULL)
    first = len(shared_list.pins)
    shared_list.pins += [
        Pin(opportunity_id=id, note=words, position=first + place) for place, (id, words) in enumerate(new.items())
    ]
    return list(new)


def _known(session: Session, ids: Sequence[int]) -> list[int]:
    """Keep those of ``ids`` that the public may see, in that order."""
    public = select(Opportunity.id).where(Opportunity.id.in_(ids), Opportunity.standing == Standing.PUBLISHED)
    found = set(session.scalars(public))
    return [id for id in dict.fromkeys(ids) if id in found]


def _pin_of(shared_list: SharedList, opportunity_id: int) -> Pin | None:
    return next((one for one in shared_list.pins if one.opportunity_id == opportunity_id), None)


def _in_a_row(pins: Iterable[Pin]) -> list[Pin]:
    pins = list(pins)
    for place, one in enumerate(pins):
        one.position = place
    return pins


def _title(session: Session, opportunity_id: int) -> str:
    title = session.scalar(select(Opportunity.title).where(Opportunity.id == opportunity_id)) or "an opportunity"
    return title if len(title) <= 120 else f"{title[:119].rstrip()}…"


def _changed(session: Session, shared_list: SharedList, what: str, now: datetime) -> None:
    before = shared_list.version
    shared_list.version = before + 1
    shared_list.changed_at = now
    session.flush()
    session.add(
        ListVersion(list_id=shared_list.id, number=before + 1, at=now, what=what[:200], said=said_of(shared_list))
    )
    old = ListVersion.number <= before + 1 - VERSIONS_KEPT
    session.execute(delete(ListVersion).where(ListVersion.list_id == shared_list.id, old))
    if before:
        record(session, "changed", SUBJECT, shared_list.id, now, after={"version": before + 1, "what": what})
    session.flush()


def _unused(session: Session, column: Any, draw: Any) -> str:
    while True:
        drawn = str(draw())
        if not session.scalar(select(exists().where(column == drawn))):
            return drawn
