"""What a list has stood for over time: since when each listing is on it by pin or by rule, and until when it was."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.lists.models import Offer, OfferedBy, SharedList
from directory.search.asking import Asking
from directory.search.query import SearchQuery

MOST_MATCHES = 1_000
# What a rule finds within this long of being made is what it began with.
AT_ONCE = timedelta(minutes=10)


def rule_of(shared_list: SharedList) -> SearchQuery | None:
    """Read a list's rule as a search."""
    return SearchQuery.from_pairs(parse_qsl(shared_list.rule)) if shared_list.rule else None


def matches(asking: Asking, shared_list: SharedList, rule: SearchQuery) -> tuple[tuple[int, ...], datetime]:
    """Give what a list's rule finds now, in its order, and until when it does unless something is changed.

    It finds what has all of its words and is neither pinned nor left out, ``MOST_MATCHES`` at most. Needs pins and
    exclusions loaded.
    """
    meant = asking.interpreter.interpret(rule)
    aside = set_aside(shared_list)
    question = replace(meant.question(meant.query), size=MOST_MATCHES + len(aside), few=0)
    page = asking.briefly(question)
    whole = page.ids if page.some_words_from is None else page.ids[: page.some_words_from]
    return tuple(id for id in whole if id not in aside)[:MOST_MATCHES], page.holds_until


def set_aside(shared_list: SharedList) -> set[int]:
    """Give what the rule doesn't show although it finds it: what is pinned or left out. Needs both loaded."""
    pinned = {one.opportunity_id for one in shared_list.pins}
    return pinned | {one.opportunity_id for one in shared_list.exclusions}


def newest_first(session: Session, shared_list: SharedList, ids: Sequence[int]) -> tuple[int, ...]:
    """Put what is on a list in the order in which it came there, the last first; what nobody noted yet came last."""
    since = {one.opportunity_id: one.since for one in offers(session, shared_list) if one.until is None}
    last = max(since.values(), default=shared_list.made_at)
    return tuple(sorted(ids, key=lambda id: since.get(id, last), reverse=True))


def note_offers(
    session: Session, shared_list: SharedList, pinned: Iterable[int], found: Iterable[int], now: datetime
) -> bool:
    """Note what the list offers from now on, by pins that are open and by its rule; says whether anything changed."""
    offered = {OfferedBy.PIN: set(pinned), OfferedBy.RULE: set(found)}
    began = shared_list.rule_since
    since = began if began and now < began + AT_ONCE else now
    known = {(one.offered_by, one.opportunity_id): one for one in offers(session, shared_list)}
    has_changed = False
    for way, ids in offered.items():
        for id in sorted(ids):
            one = known.get((way, id))
            if one is None:
                session.add(Offer(list_id=shared_list.id, opportunity_id=id, offered_by=way, since=since))
            elif one.until is not None:
                one.since, one.until = since, None
            else:
                continue
            has_changed = True
    for (way, id), one in known.items():
        if one.until is None and id not in offered[way]:
            one.until = now
            has_changed = True
    session.flush()
    return has_changed


def offers(session: Session, shared_list: SharedList) -> Sequence[Offer]:
    """Get all that a list offers and has offered."""
    rows = select(Offer).where(Offer.list_id == shared_list.id)
    return session.scalars(rows.order_by(Offer.since, Offer.opportunity_id)).all()


def is_new(offer: Offer, shared_list: SharedList, since: datetime) -> bool:
    """Say whether the rule came to find this after ``since``, and not at once when the rule was made."""
    began = shared_list.rule_since
    by_rule = offer.offered_by is OfferedBy.RULE and offer.until is None
    return by_rule and began is not None and offer.since > max(since, began)
