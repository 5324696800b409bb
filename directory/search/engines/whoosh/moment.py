"""Every listing's time at one moment, as sets and as an order: what ``search.moments`` says of one, said of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from directory.catalogue.timing import NOT_RUNNING, State
from directory.foundation.clock import next_midnight
from directory.foundation.date_words import uk_day
from directory.search.engines.whoosh import bits
from directory.search.engines.whoosh.arrays import Array
from directory.search.engines.whoosh.choices import Rows, Table
from directory.search.engines.whoosh.facts import BEGINNING, NEVER, STATES, microseconds
from directory.search.facets import FACETS_BY_NAME, USUALLY, WHEN
from directory.search.moments import ANY_TIME, CLOSED_OR_PAUSED, CLOSING_WITHIN, MONTH_VALUES, OPEN, OPENS

MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Schedules:
    """All that is known of every listing's time.

    ``phase_*`` hold each listing's phases from ``first`` on, oldest first: since when, in which state, the moment it
    hangs on and the UK day of it.
    """

    first: Array
    phase_since: Array
    phase_state: Array
    phase_moment: Array
    phase_day: Array
    rolling: Array
    usual: Array


@dataclass(frozen=True, slots=True)
class Moment:
    """Every listing's time from ``since`` until ``until``, and the order in which there is something to do.

    ``table`` holds every facet of few values, those that hang on time and the others.
    """

    since: datetime
    until: datetime
    running: Array
    running_bits: Array
    table: Table
    soonest: Array


def moment(schedules: Schedules, living: Array, rank: Array, lasting: Mapping[str, Rows], now: datetime) -> Moment:
    """Work out every listing's time at ``now``; its facets stand in one table with the ``lasting`` ones."""
    started = schedules.phase_since <= microseconds(now)
    phase = schedules.first + np.add.reduceat(started, schedules.first, dtype=np.intp) - 1 if len(rank) else living[:0]
    state, hangs_on = schedules.phase_state[phase.astype(np.intp)], schedules.phase_moment[phase.astype(np.intp)]
    days = schedules.phase_day[phase.astype(np.intp)].astype(np.int64) - uk_day(now).toordinal()
    open_, opens, usual = (_is(state, which) for which in (State.OPEN, State.OPENS, State.USUAL))
    running = living & ~_is(state, *NOT_RUNNING)
    when = {
        OPEN: open_,
        **{value: open_ & (days <= most) for value, most in CLOSING_WITHIN.items()},
        OPENS: opens,
        ANY_TIME: schedules.rolling & running & ~open_ & ~opens,
        CLOSED_OR_PAUSED: ~running,
    }
    usually = {value: usual & (schedules.usual[:, 0] == month) for month, value in enumerate(MONTH_VALUES, 1)}
    dated, in_months = hangs_on != NEVER, _months_until(schedules.usual, uk_day(now).month)
    turns = (
        (open_ & dated, 0, hangs_on),
        (open_, 1, 0),
        (opens & dated, 2, hangs_on),
        (usual & schedules.rolling, 4, 0),
        (usual & (in_months < MONTHS_IN_A_YEAR), 3, in_months),
        (~running, 6, 0),
    )
    cases = [case for case, _group, _number in turns]
    group = np.select(cases, [group for _case, group, _number in turns], 5)
    number = np.select(cases, [np.broadcast_to(number, rank.shape) for _case, _group, number in turns], 0)
    order = np.lexsort((rank, number, group)).astype(np.int32)
    return Moment(
        since=now.astimezone(UTC),
        until=_until(schedules, started, living, now).astimezone(UTC),
        running=running,
        running_bits=_set(running),
        table=Table({**lasting, WHEN: _rows(WHEN, when, living), USUALLY: _rows(USUALLY, usually, living)}),
        soonest=order[living[order]],
    )


def _is(state: Array, *which: State) -> Array:
    return np.isin(state, [STATES.index(one) for one in which])


def _months_until(usual: Array, month: int) -> Array:
    """Count the months until the nearer of the months in which something usually happens; 12 when none is known."""
    ahead = (usual.astype(np.int64) - month) % MONTHS_IN_A_YEAR
    result: Array = np.where(usual > 0, ahead, MONTHS_IN_A_YEAR).min(axis=1)
    return result


def _until(schedules: Schedules, started: Array, living: Array, now: datetime) -> datetime:
    """Say when any of it next changes."""
    of_the_living = np.repeat(living, np.diff(schedules.first, append=len(started)))
    coming = schedules.phase_since[~started & of_the_living]
    midnight = next_midnight(now)
    if not len(coming):
        return midnight
    return min(midnight, BEGINNING + timedelta(microseconds=int(coming.min())))


def _rows(facet: str, having: dict[str, Array], living: Array) -> Rows:
    values = [option.value for option in FACETS_BY_NAME[facet].options]
    return Rows(values, np.stack([_set(having[value] & living) for value in values]))


def _set(mask: Array) -> Array:
    room = np.zeros(bits.padded(len(mask)), np.bool_)
    room[: len(mask)] = mask
    return bits.pack(room)
