"""One state of the index, immutable once opened: Whoosh matches and scores words, and sets of listings do the rest."""

import math
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from directory.places.points import Point, miles_between
from directory.search.document import Apart
from directory.search.engine import (
    FEW,
    Nearby,
    Question,
    SearchPage,
    place_on_page,
)
from directory.search.engines.whoosh.segment import Bits, Segment, bits_of, members
from directory.search.engines.whoosh.words import Matches, Words
from directory.search.facets import FACETS, WHEN
from directory.search.moments import CLOSED_OR_PAUSED, Times, Timetable
from directory.search.query import Sort

RADIUS = "radius"  # stands beside the facets as one more filter


class Generation:
    """What was published at one time. ``previous`` lends the segments that are still the same."""

    def __init__(self, reader: Any, previous: "Generation | None" = None) -> None:
        weakref.finalize(self, reader.close)
        self._moment: _Moment | None = None

        leaves = [leaf for leaf, _offset in reader.leaf_readers()] if reader.doc_count_all() else []
        known = previous._segments if previous else {}
        self._segments: dict[str, Segment] = {
            leaf.segment().segment_id(): known.get(leaf.segment().segment_id()) or Segment(leaf) for leaf in leaves
        }
        segments = list(self._segments.values())
        self.size = sum(segment.size for segment in segments)
        self.facts = [facts for segment in segments for facts in segment.facts]
        self._live = bits_of((number for number in range(self.size) if not reader.is_deleted(number)), self.size)
        self.count = self._live.bit_count()

        alive = list(members(self._live, range(self.size), self.size))
        in_order = sorted(alive, key=lambda number: self.facts[number].order)
        self._rank = {number: rank for rank, number in enumerate(in_order)}
        self._newest = sorted(in_order, key=lambda number: self.facts[number].published_at, reverse=True)
        self._timetable = Timetable({number: self.facts[number].schedule for number in alive})
        self._words = Words(reader, self._together([segment.named for segment in segments]))
        self._having = {
            facet.name: self._together([segment.having[facet.name] for segment in segments])
            for facet in FACETS
            if facet.of
        }
        self._apart = {
            reason: self._bits(number for number in alive if self.facts[number].apart is reason) for reason in Apart
        }

    def search(self, question: Question, now: datetime) -> SearchPage:
        """Answer one question."""
        moment = self._at(now)
        matches = self._words.match(question.text) if question.text else None
        have_all = matches.all_words if matches else self._live
        enough = not matches or (have_all & moment.running).bit_count() >= FEW
        matching = have_all if enough or not matches else matches.some_words
        miles = self._miles(question.point)
        inside = self._bits(
            number for number, distance in miles.items() if question.within is None or distance <= question.within
        )
        filters = self._filters(question, moment, inside)

        kept = matching & _met(filters)
        more = 0
        if matches and enough and kept.bit_count() < FEW:
            more = matches.some_words & ~have_all & _met(filters)
        total, following = kept.bit_count(), more.bit_count()
        with_all_words = (kept & have_all).bit_count()

        number, last = place_on_page(total + following, question.page, question.size)
        start = (number - 1) * question.size
        ordered = chain(
            self._ordered(kept & have_all, question, moment, matches, miles),
            self._ordered((kept & ~have_all) | more, question, moment, matches, miles),
        )
        page = list(islice(ordered, start, start + question.size))
        counts = self._counts(matching, filters, question, moment) if question.counting else {}
        hidden = moment.having[WHEN].get(CLOSED_OR_PAUSED, 0)
        asked_for = CLOSED_OR_PAUSED in dict(question.choices).get(WHEN, ())
        return SearchPage(
            ids=tuple(self.facts[number].id for number in page),
            number=number,
            last=last,
            total=total,
            with_all_words=with_all_words,
            more=following,
            some_words_from=max(0, with_all_words - start) if start + len(page) > with_all_words else None,
            counts=counts,
            not_running=0 if asked_for else (matching & _met(filters, but=WHEN) & hidden).bit_count(),
            nearby=self._nearby(kept, inside) if question.point else None,
            miles={self.facts[number].id: miles[number] for number in page if number in miles},
            holds_until=moment.times.until,
        )

    def _filters(self, question: Question, moment: "_Moment", inside: Bits) -> dict[str, Bits]:
        """Give what each choice leaves in, by facet; unless asked for, what isn't running is left out."""
        filters = {WHEN: moment.running}
        for name, values in question.choices:
            having = self._having.get(name) or moment.having.get(name, {})
            filters[name] = 0
            for value in values:
                filters[name] |= having.get(value, 0)
        if question.point and question.within is not None:
            filters[RADIUS] = inside
            for reason in self._apart.values():
                filters[RADIUS] |= reason
        return filters

    def _counts(
        self, matching: Bits, filters: Mapping[str, Bits], question: Question, moment: "_Moment"
    ) -> dict[str, dict[str, int]]:
        counts = {}
        for facet in FACETS:
            base = matching & _met(filters, but=facet.name)
            having = self._having[facet.name] if facet.of else moment.having[facet.name]
            values = [option.value for option in facet.options] or [
                *having,
                *dict(question.choices).get(facet.name, ()),
            ]
            counts[facet.name] = {value: (base & having.get(value, 0)).bit_count() for value in values}
        return counts

    def _nearby(self, kept: Bits, inside: Bits) -> Nearby:
        outside = kept & ~inside
        return Nearby(
            (kept & inside).bit_count(),
            {reason: (outside & bits).bit_count() for reason, bits in self._apart.items()},
        )

    def _miles(self, point: Point | None) -> dict[int, float]:
        """Measure every listing that has a point."""
        if point is None:
            return {}
        return {
            number: min(miles_between(point, other) for other in self.facts[number].points)
            for number in self._rank
            if self.facts[number].points
        }

    def _ordered(
        self, bits: Bits, question: Question, moment: "_Moment", matches: Matches | None, miles: Mapping[int, float]
    ) -> Iterator[int]:
        """Go through a set in the order asked for."""
        match question.sort:
            case Sort.SOONEST:
                return members(bits, moment.soonest, self.size)
            case Sort.NEWEST:
                return members(bits, self._newest, self.size)
            case Sort.NEAREST:
                found = members(bits, self._rank, self.size)
                return iter(sorted(found, key=lambda number: miles.get(number, math.inf)))
            case Sort.BEST:
                found = members(bits, self._rank, self.size)
                if matches is None:
                    return found
                best_first = sorted(found, key=matches.worth, reverse=True)
                named = bits & matches.named
                return chain(members(named, best_first, self.size), members(bits & ~named, best_first, self.size))

    def _at(self, now: datetime) -> "_Moment":
        """Give every listing's time at ``now`` as sets: kept for as long as nothing changes."""
        times, moment = self._timetable.at(now), self._moment
        if moment is None or moment.times is not times:
            self._moment = moment = self._moment_of(times)
        return moment

    def _moment_of(self, times: Times) -> "_Moment":
        having: dict[str, dict[str, list[int]]] = {facet.name: {} for facet in FACETS if facet.at}
        for number, time in times.of.items():
            for facet in FACETS:
                for value in facet.at(time) if facet.at else ():
                    having[facet.name].setdefault(value, []).append(number)
        return _Moment(
            times=times,
            running=self._bits(number for number, time in times.of.items() if time.running),
            having={name: {value: self._bits(found) for value, found in of.items()} for name, of in having.items()},
            soonest=sorted(self._rank, key=lambda number: times.of[number].turn),
        )

    def _bits(self, numbers: Iterable[int]) -> Bits:
        return bits_of(numbers, self.size)

    def _together(self, parts: Iterable[Mapping[str, Bits]]) -> dict[str, Bits]:
        """Put segments' sets behind each other, without what is deleted."""
        together: dict[str, Bits] = {}
        offset = 0
        for part, segment in zip(parts, self._segments.values(), strict=True):
            for value, bits in part.items():
                together[value] = together.get(value, 0) | bits << offset
            offset += segment.size
        return {value: alive for value, bits in together.items() if (alive := bits & self._live)}


@dataclass(frozen=True, slots=True)
class _Moment:
    """Every listing's time as sets, and the order in which there is something to do."""

    times: Times
    running: Bits
    having: Mapping[str, Mapping[str, Bits]]
    soonest: list[int]


def _met(filters: Mapping[str, Bits], but: str | None = None) -> Bits:
    """Give what meets every filter but one; all bits when there is no other."""
    met = -1
    for name, bits in filters.items():
        if name != but:
            met &= bits
    return met
