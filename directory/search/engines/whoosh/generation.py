"""One state of the index, never changed once made: a question is answered from its arrays."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from math import asin, pi, sin, sqrt

import numpy as np

from directory.places.points import EARTH_RADIUS_IN_MILES, Point
from directory.search.document import Apart
from directory.search.engine import SCORE_STEPS, Nearby, Question, SearchPage, place_on_page
from directory.search.engines.whoosh import bits
from directory.search.engines.whoosh.arrays import Array
from directory.search.engines.whoosh.choices import Codes, Counts, Rows, choices
from directory.search.engines.whoosh.facts import APARTS, KEY_BYTES, globe
from directory.search.engines.whoosh.matching import Hits, Matches, Placed, Words, joint, score_of
from directory.search.engines.whoosh.moment import Moment, Schedules, moment
from directory.search.engines.whoosh.segment import Segment
from directory.search.facets import FACETS, FACETS_BY_NAME, WHEN
from directory.search.language import TextQuery
from directory.search.moments import CLOSED_OR_PAUSED
from directory.search.query import Sort

RADIUS = "radius"  # stands beside the facets as one more filter
NAMED_BONUS = 1 << 40  # more than any score comes to
LISTINGS_AT_A_TIME = 2048  # of an order that is known, looked through from its beginning
MANY_EQUAL = 4  # times as many as a page holds: so many that are equal are first told apart
ALL = np.array(2**64 - 1, np.uint64)


class Generation:
    """What was published at one time."""

    def __init__(self, number: int, sequence: int, segments: Sequence[tuple[Segment, Array | None]]) -> None:
        bases = [0, *accumulate(segment.size for segment, _gone in segments)]
        self.number = number
        self.sequence = sequence
        self.segments = {segment.name: segment for segment, _gone in segments}
        self.size = bases[-1]
        self._placed = [Placed(segment, base, gone) for (segment, gone), base in zip(segments, bases, strict=False)]
        self._living = ~joint(
            [np.zeros(one.segment.size, np.bool_) if one.gone is None else one.gone for one in self._placed]
        ).astype(np.bool_)
        self._living_bits = self._set(self._living)
        self.count = int(self._living.sum())
        self.ids = self._all("id")
        self._rank = self._ranks()
        published = np.lexsort((self._rank, -self._all("published"))).astype(np.int32)
        self._newest = published[self._living[published]]
        lengths = self._all("length")
        self._words = Words(
            self._placed, lengths, self.count, float(lengths[self._living].mean()) if self.count else 0.0
        )
        having = {
            facet.name: choices(facet.name, [option.value for option in facet.options], self._placed, self.size)
            for facet in FACETS
            if facet.of
        }
        self._lasting = {name: rows for name, rows in having.items() if isinstance(rows, Rows)}
        self._many = {name: codes for name, codes in having.items() if isinstance(codes, Codes)}
        self._points = self._all("points").reshape(-1, 3)
        self._point_of = self._all_numbered("point_of")
        self._apart = self._all("apart")
        self._never_cut = self._set(self._living & (self._apart > 0))
        self._schedules = self._timetable()
        self._moment: Moment | None = None

    @cached_property
    def spelt(self) -> Mapping[str, int]:
        """Count the listings that have each word as it is written."""
        counted: Counter[str] = Counter()
        for one in self._placed:
            words, counts = one.segment.facts["surface"], one.segment.facts["surface_count"]
            counted.update(dict(zip(map(bytes.decode, words.tolist()), counts.tolist(), strict=True)))
        return counted

    def is_called(self, name: str) -> bool:
        """Say whether a living listing has this name."""
        return bool(self._words.called(name))

    def weights(self, text: TextQuery, id: int) -> tuple[float | None, ...]:
        """Weigh each term in a listing."""
        asked = self._words.asked(text)
        numbers = np.flatnonzero((self.ids == id) & self._living)
        hits = [asked.term(term) for term in text.terms]
        return tuple(
            score_of(int(numbers[0]), one) if len(numbers) and numbers[0] in one.numbers else None for one in hits
        )

    def at(self, now: datetime) -> Moment:
        """Give every listing's time at ``now``: kept for as long as nothing changes."""
        kept = self._moment
        if kept is None or not kept.since <= now < kept.until:
            self._moment = kept = moment(self._schedules, self._living, self._rank, self._lasting, now)
        return kept

    def search(self, question: Question, now: datetime) -> SearchPage:
        """Answer one question."""
        time = self.at(now)
        matches = Matches(self._words, question.text, self._living) if question.text else None
        have_all = self._set_of(matches.all_words.numbers) if matches else self._living_bits
        chord = self._chord(question.point)
        inside = self._inside(chord, question.within)
        filters = self._filters(question, time, inside)
        met = _met(filters)

        matching, kept = have_all, have_all & met
        total, more = bits.count(kept), 0
        following: Array | None = None
        # What is kept is running unless "when" asks for other things: so many of it are enough.
        if matches and question.text.required and (total < question.few or WHEN in dict(question.choices)):
            have_some = self._set_of(matches.some_words.numbers)
            if bits.count(have_all & time.running_bits) < question.few:
                matching, kept = have_some, have_some & met
                total = bits.count(kept)
            elif total < question.few:
                following = have_some & ~have_all & met
                more = bits.count(following)
        first = kept if matching is have_all else kept & have_all
        with_all_words = total if matching is have_all else bits.count(first)

        number, last = place_on_page(total + more, question.page, question.size)
        start, end = (number - 1) * question.size, number * question.size
        asked = _Asked(question.sort, time, matches.named if matches else None, chord)
        mask = bits.unpack(kept)
        in_first = mask if first is kept else bits.unpack(first)
        page = self._ordered(in_first, matches.all_words if matches else None, asked, start, end)
        if matches and start + len(page) < end and total + more > with_all_words:
            from_, to = max(0, start - with_all_words), end - with_all_words
            second = kept & ~have_all if following is None else following
            page += self._ordered(bits.unpack(second), matches.some_words, asked, from_, to)
        asked_for = CLOSED_OR_PAUSED in dict(question.choices).get(WHEN, ())
        counts = self._counts(matching, kept, mask, filters, question, time) if question.counting else {}
        return SearchPage(
            ids=tuple(self.ids[page].tolist()),
            number=number,
            last=last,
            total=total,
            with_all_words=with_all_words,
            more=more,
            some_words_from=max(0, with_all_words - start) if start + len(page) > with_all_words else None,
            counts=counts,
            not_running=0
            if asked_for
            else (counts or self._counted(WHEN, matching, filters, time))[WHEN][CLOSED_OR_PAUSED],
            nearby=self._nearby(kept, inside) if question.point else None,
            miles=self._miles(page, chord) if chord is not None else {},
            holds_until=time.until,
        )

    def _filters(self, question: Question, time: Moment, inside: Array | None) -> dict[str, Array]:
        """Give what each choice leaves in, by facet; unless asked for, what isn't running is left out."""
        filters = {WHEN: time.running_bits}
        for name, values in question.choices:
            filters[name] = self._facet(name, time).having(values)
        if inside is not None and question.within is not None:
            filters[RADIUS] = inside | self._never_cut
        return filters

    def _counts(
        self,
        matching: Array,
        kept: Array,
        mask: Array,
        filters: Mapping[str, Array],
        question: Question,
        time: Moment,
    ) -> dict[str, Mapping[str, int]]:
        counts: dict[str, Mapping[str, int]] = {**time.table.counts(kept)}
        for name, facet in self._many.items():
            if name not in filters:
                counts[name] = facet.counts_among(mask)
        for name, _values in question.choices:
            counts |= self._counted(name, matching, filters, time)
        if WHEN not in dict(question.choices):  # unless asked for, what doesn't run is left out of all but this
            over = bits.count(matching & _met(filters, but=WHEN) & ~time.running_bits)
            counts[WHEN] = {**counts[WHEN], CLOSED_OR_PAUSED: over}
        for name, asked in question.choices:
            counted = counts[name]
            if FACETS_BY_NAME[name].is_open and isinstance(counted, Counts):
                counts[name] = counted.and_asked(asked)
        return counts

    def _counted(
        self, name: str, matching: Array, filters: Mapping[str, Array], time: Moment
    ) -> dict[str, Mapping[str, int]]:
        """Count a facet by itself, as if nothing were chosen in it."""
        return {name: self._facet(name, time).counts(matching & _met(filters, but=name))}

    def _facet(self, name: str, time: Moment) -> Rows | Codes:
        return time.table.facets.get(name) or self._many[name]

    def _ordered(self, mask: Array, hits: Hits | None, asked: "_Asked", start: int, end: int) -> list[int]:
        """Give the listings of a set from ``start`` to ``end`` in the order asked for."""
        mask = mask[: self.size]
        match asked.sort:
            case Sort.SOONEST:
                return _from_order(asked.time.soonest, mask, start, end)
            case Sort.NEWEST:
                return _from_order(self._newest, mask, start, end)
            case Sort.BEST if hits is not None:
                here = mask[hits.numbers]
                numbers, before = hits.numbers[here], np.rint(hits.scores[here] * -SCORE_STEPS)
                if asked.named is not None and len(asked.named):
                    before[np.isin(numbers, asked.named)] -= NAMED_BONUS
            case Sort.NEAREST if asked.chord is not None:
                numbers = np.flatnonzero(mask)
                before = self._nearest(asked.chord)[numbers]
            case _:
                numbers = np.flatnonzero(mask)
                before = np.zeros(len(numbers))
        return _first(numbers, before, self._rank, start, end)

    def _chord(self, point: Point | None) -> Array | None:
        """Give the square of the straight way through the globe from ``point`` to each point of a listing."""
        if point is None:
            return None
        away = self._points - globe(point)
        result: Array = np.einsum("ij,ij->i", away, away)
        return result

    def _inside(self, chord: Array | None, within: float | None) -> Array | None:
        if chord is None:
            return None
        reached = self._point_of if within is None else self._point_of[chord <= _chord_of(within)]
        mask = np.zeros(bits.padded(self.size), np.bool_)
        mask[reached] = True
        return bits.pack(mask) & self._living_bits

    def _nearest(self, chord: Array) -> Array:
        """Give each listing's shortest way, endless where it has no point."""
        nearest = np.full(self.size, np.inf)
        np.minimum.at(nearest, self._point_of, chord)
        return nearest

    def _miles(self, page: Sequence[int], chord: Array) -> dict[int, float]:
        nearest = self._nearest(chord)[page]
        return {
            int(self.ids[number]): float(_miles(way))
            for number, way in zip(page, nearest, strict=True)
            if np.isfinite(way)
        }

    def _nearby(self, kept: Array, inside: Array | None) -> Nearby:
        within = kept if inside is None else kept & inside
        outside = bits.unpack(kept & ~within)[: self.size]
        apart = np.bincount(self._apart[outside], minlength=len(APARTS))
        apart[APARTS.index(Apart.UNPLACED)] += apart[0]
        return Nearby(bits.count(within), {reason: int(apart[APARTS.index(reason)]) for reason in Apart})

    def _ranks(self) -> Array:
        """Give each listing's place in the order of titles: segments, in order already, are laid into each other."""
        order, keys = np.zeros(0, np.int32), np.zeros(0, f"S{KEY_BYTES}")
        for one in sorted(self._placed, key=lambda placed: -placed.segment.size):
            titles, numbers = one.segment.facts["titles"], one.segment.facts["in_order"] + np.int32(one.base)
            at = np.searchsorted(keys, titles)
            order, keys = (
                (np.insert(order, at, numbers), np.insert(keys, at, titles)) if len(keys) else (numbers, titles)
            )
        ranks = np.empty(self.size, np.int32)
        ranks[order] = np.arange(self.size, dtype=np.int32)
        return ranks

    def _timetable(self) -> Schedules:
        of = self._all_numbered("phase_of")
        return Schedules(
            first=np.concatenate(([0], np.cumsum(np.bincount(of, minlength=self.size))[:-1])) if self.size else of,
            phase_since=self._all("phase_since"),
            phase_state=self._all("phase_state"),
            phase_moment=self._all("phase_moment"),
            phase_day=self._all("phase_day"),
            rolling=self._all("rolling").astype(np.bool_),
            usual=self._all("usual").reshape(-1, 2),
        )

    def _all(self, name: str) -> Array:
        return joint([one.segment.facts[name] for one in self._placed])

    def _all_numbered(self, name: str) -> Array:
        """Put lists of listings behind each other, each counted from its segment's base."""
        return joint([one.segment.facts[name] + np.int32(one.base) for one in self._placed]).astype(np.intp)

    def _set(self, mask: Array) -> Array:
        room = np.zeros(bits.padded(self.size), np.bool_)
        room[: self.size] = mask
        return bits.pack(room)

    def _set_of(self, numbers: Array) -> Array:
        room = np.zeros(bits.padded(self.size), np.bool_)
        room[numbers] = True
        return bits.pack(room)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an order rests on: the time, the listings called as typed, and the way to each point."""

    sort: Sort
    time: Moment
    named: Array | None
    chord: Array | None


def _met(filters: Mapping[str, Array], but: str | None = None) -> Array:
    """Give what meets every filter but one; all bits when there is no other."""
    met: Array = ALL
    for name, having in filters.items():
        if name != but:
            met = met & having
    return met


def _from_order(order: Array, mask: Array, start: int, end: int) -> list[int]:
    """Give those from ``start`` to ``end`` of a set along an order that is known."""
    found: list[int] = []
    for begin in range(0, len(order), LISTINGS_AT_A_TIME):
        part = order[begin : begin + LISTINGS_AT_A_TIME]
        found += part[mask[part]].tolist()
        if len(found) >= end:
            break
    return found[start:end]


def _first(numbers: Array, before: Array, rank: Array, start: int, end: int) -> list[int]:
    """Give those from ``start`` to ``end``, least ``before`` first and in order of title where that is equal."""
    if len(numbers) > end:
        worst = np.partition(before, end - 1)[end - 1]
        chosen = (before <= worst).nonzero()[0]
        if len(chosen) > MANY_EQUAL * end:
            sure, equal = np.flatnonzero(before < worst), np.flatnonzero(before == worst)
            room = end - len(sure)
            chosen = np.concatenate((sure, equal[np.argpartition(rank[numbers[equal]], room - 1)[:room]]))
        numbers, before = numbers[chosen], before[chosen]
    order = np.lexsort((rank[numbers], before))
    result: list[int] = numbers[order][start:end].tolist()
    return result


def _miles(chord: float) -> float:
    """Turn the square of the straight way into miles along the ground."""
    return 2 * EARTH_RADIUS_IN_MILES * asin(min(1.0, sqrt(chord) / 2))


def _chord_of(miles: float) -> float:
    """Turn miles along the ground into the square of the straight way."""
    return float((2 * sin(min(miles / (2 * EARTH_RADIUS_IN_MILES), pi / 2))) ** 2)
