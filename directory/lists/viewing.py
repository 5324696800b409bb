"""What a list shows at one moment: its pins, those that just closed with the next thing to try, what its rule finds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.queries import opportunities_by_id
from directory.catalogue.timing import NOT_RUNNING, next_change, timing
from directory.lists import offering
from directory.lists.models import OfferedBy, SharedList
from directory.lists.offering import matches, rule_of
from directory.lists.queries import pins_with_listings
from directory.search import wording
from directory.search.asking import Asking
from directory.search.query import SearchQuery
from directory.search.similar import similar

NEW_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Picked:
    """A pinned listing, what its editor says of it and, when it isn't running, the next thing to try."""

    opportunity: Opportunity
    note: str
    instead: Opportunity | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rule finds: all the ``ids`` in order, some of their ``rows``, and which are new ``since`` a moment.

    ``sentence`` reads the rule back. ``closed`` counts what stopped being found since then.
    """

    query: SearchQuery
    sentence: str
    ids: tuple[int, ...]
    rows: tuple[Opportunity, ...]
    new: frozenset[int]
    since: datetime
    closed: int
    holds_until: datetime


@dataclass(frozen=True, slots=True)
class View:
    """A list as it is now. ``gone`` counts pins that are no longer listed. All of it holds until ``holds_until``.

    ``ids`` are all that it stands for, in the order of the page: open pins, closed pins, what the rule finds.
    """

    picked: tuple[Picked, ...]
    just_closed: tuple[Picked, ...]
    gone: int
    ruled: Ruled | None
    holds_until: datetime | None

    @property
    def ids(self) -> tuple[int, ...]:
        """Give the ids of all that it stands for, in the order of the page."""
        by_hand = (one.opportunity.id for one in (*self.picked, *self.just_closed))
        return (*by_hand, *(self.ruled.ids if self.ruled else ()))


def view(asking: Asking, shared_list: SharedList, *, first: int = 0, most: int = 3) -> View:
    """Look at a list; of what its rule finds, ``most`` rows from the ``first`` on are read."""
    session, now = asking.session, asking.now
    pins = pins_with_listings(session, shared_list)
    listed = [(pin, row) for pin, row in pins if row.standing is Standing.PUBLISHED]
    picked, just_closed = [], []
    offered = {row.id for _, row in listed}
    for pin, row in listed:
        if timing(row.schedule, now).state in NOT_RUNNING:
            just_closed.append(Picked(row, pin.note, _instead(asking, row, offered)))
        else:
            picked.append(Picked(row, pin.note))
    ruled = _ruled(asking, shared_list, first, most)
    rows = [row for _, row in listed] + list(ruled.rows if ruled else ())
    changes = (next_change((row.schedule for row in rows), now), ruled.holds_until if ruled else None)
    return View(
        picked=tuple(picked),
        just_closed=tuple(just_closed),
        gone=len(pins) - len(listed),
        ruled=ruled,
        holds_until=min(filter(None, changes), default=None),
    )


def _ruled(asking: Asking, shared_list: SharedList, first: int, most: int) -> Ruled | None:
    rule = rule_of(shared_list)
    if rule is None or shared_list.rule_since is None:
        return None
    since = max(asking.now - NEW_FOR, shared_list.rule_since)
    ids, holds_until = matches(asking, shared_list, rule)
    offers = offering.offers(asking.session, shared_list)
    old = {one.opportunity_id for one in offers if one.until is None and not offering.is_new(one, shared_list, since)}
    found = [one for one in offers if one.offered_by is OfferedBy.RULE]
    left = {one.opportunity_id for one in found if one.until is not None and one.until > since}
    left -= {*ids, *offering.set_aside(shared_list)}
    meant = asking.interpreter.interpret(rule)
    return Ruled(
        query=meant.spelt(meant.query),
        sentence=wording.sentence(meant.query, meant.place, asking.interpreter.naming),
        ids=ids,
        rows=tuple(opportunities_by_id(asking.session, ids[first : first + most])),
        new=frozenset(ids) - old if asking.now > shared_list.rule_since + offering.AT_ONCE else frozenset(),
        since=since,
        closed=_closed(asking, left),
        holds_until=holds_until,
    )


def _closed(asking: Asking, left: Collection[int]) -> int:
    """Count those that stopped running or went; what is only said otherwise, so that it isn't found, still runs."""
    rows = opportunities_by_id(asking.session, tuple(left)) if left else ()
    return len(left) - sum(timing(row.schedule, asking.now).state not in NOT_RUNNING for row in rows)


def _instead(asking: Asking, closed: Opportunity, offered: set[int]) -> Opportunity | None:
    """Find the most alike that runs and isn't on the list already."""
    alike = similar(asking.session, asking.engine, closed, len(offered) + 1, asking.now)
    return next((one for one in alike if one.id not in offered), None)
