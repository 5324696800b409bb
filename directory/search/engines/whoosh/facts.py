"""What is kept of a listing besides its words: as Whoosh's column holds it, so that reading it back runs nothing."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Sized
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import cos, radians, sin

import numpy as np

from directory.catalogue.timing import Round, State, Timing
from directory.catalogue.vocabulary import Recurrence
from directory.foundation.date_words import uk_day
from directory.places.points import Point
from directory.search.document import TITLE_BYTES, Apart, SearchDocument
from directory.search.engines.whoosh.arrays import Array
from directory.search.facets import FACETS
from directory.search.moments import phases

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
SINCE_EVER = -(2**62)
NEVER = 2**62
NO_DAY = 2**31 - 1
KEPT = tuple(facet.name for facet in FACETS if facet.of)

ID_BYTES = 8
KEY_BYTES = TITLE_BYTES + ID_BYTES

STATES = tuple(State)
APARTS = (None, *Apart)


def microseconds(moment: datetime) -> int:
    """Count from the beginning of 1970 to a moment: exact, and whole numbers sort as moments do."""
    return (moment - BEGINNING) // timedelta(microseconds=1)


def digest(text: str) -> int:
    """Make a number of 63 bits of a text: equal texts have equal numbers, and others practically never."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def written(document: SearchDocument, length: int, surface: Iterable[str]) -> bytes:
    """Write the facts of a listing whose words weigh ``length`` and are written as in ``surface``."""
    title, id = document.order
    schedule = document.schedule
    return json.dumps(
        [
            id,
            length,
            title.decode("utf-8", "surrogateescape"),
            document.fingerprint,
            [digest(name) for name in document.names],
            [document.values[name] for name in KEPT],
            [_on_the_globe(point) for point in document.points],
            APARTS.index(document.apart),
            microseconds(document.published_at),
            schedule.recurrence is Recurrence.ROLLING,
            [month or 0 for month in schedule.usual_window],
            [
                [
                    microseconds(since) if since else SINCE_EVER,
                    STATES.index(known.state),
                    *_hangs_on(known),
                ]
                for since, known in phases(schedule)
            ],
            " ".join(surface),
        ],
        separators=(",", ":"),
    ).encode()


def _hangs_on(known: Timing) -> tuple[int, int]:
    """Give the moment that a state hangs on, and the UK day of closing."""
    match known.state, known.round:
        case State.OPEN, Round(closes=datetime() as closes):
            return microseconds(closes), uk_day(closes).toordinal()
        case State.OPENS, Round(opens=datetime() as opens):
            return microseconds(opens), NO_DAY
    return NEVER, NO_DAY


def _on_the_globe(point: Point) -> list[float]:
    """Give a point as a vector of length 1, so that distances need no trigonometry."""
    latitude, longitude = radians(point.latitude), radians(point.longitude)
    flat = cos(latitude)
    return [flat * cos(longitude), flat * sin(longitude), sin(latitude)]


def globe(point: Point) -> Array:
    """Give a point as a vector of length 1."""
    return np.array(_on_the_globe(point))


def arrays_of(facts: Iterable[bytes]) -> dict[str, Array]:
    """Lay a segment's facts out as arrays, by listing; ``*_starts`` say where each listing's own of a list begin."""
    rows = [json.loads(one) for one in facts]
    ids, lengths, titles, prints, names, values, points, aparts, published, rolling, usual, spans, surfaces = (
        zip(*rows, strict=True) if rows else ((),) * 13
    )
    keys = np.array([_key(title, id) for title, id in zip(titles, ids, strict=True)], f"S{KEY_BYTES}")
    in_order = np.argsort(keys).astype(np.int32)
    named = [(name, number) for number, of in enumerate(names) for name in of]
    named.sort()
    counted = Counter(word for words in surfaces for word in words.split())
    lexicon = sorted((word.encode(), count) for word, count in counted.items())
    flat = [span for of in spans for span in of]
    arrays: dict[str, Array] = {
        "id": np.array(ids, np.int64),
        "length": np.array(lengths, np.uint32),
        "fingerprint": np.array(prints, np.int64),
        "in_order": in_order,
        "titles": keys[in_order],
        "name": np.array([name for name, _number in named], np.int64),
        "named": np.array([number for _name, number in named], np.int32),
        "apart": np.array(aparts, np.uint8),
        "published": np.array(published, np.int64),
        "rolling": np.array(rolling, np.bool_),
        "usual": np.array(usual, np.uint8).reshape(len(rows), 2),
        "point_of": np.array([number for number, of in enumerate(points) for _point in of], np.int32),
        "points": np.array([point for of in points for point in of], np.float64).reshape(-1, 3),
        "phase_of": np.array([number for number, of in enumerate(spans) for _span in of], np.int32),
        "phase_since": np.array([since for since, _state, _moment, _day in flat], np.int64),
        "phase_state": np.array([state for _since, state, _moment, _day in flat], np.uint8),
        "phase_moment": np.array([moment for _since, _state, moment, _day in flat], np.int64),
        "phase_day": np.array([day for _since, _state, _moment, day in flat], np.int32),
        "surface": np.array([word for word, _count in lexicon], f"S{_widest(word for word, _count in lexicon)}"),
        "surface_count": np.array([count for _word, count in lexicon], np.int32),
    }
    for position, facet in enumerate(KEPT):
        arrays.update(_codes(facet, [of[position] for of in values]))
    return arrays


def _codes(facet: str, values: Sequence[Sequence[str]]) -> Iterator[tuple[str, Array]]:
    """Give a facet's values, and behind each other the numbers of those that each listing has."""
    known = sorted({value for of in values for value in of})
    code = {value: number for number, value in enumerate(known)}
    yield f"{facet}_values", np.array([value.encode() for value in known], f"S{_widest(known)}")
    yield f"{facet}_starts", np.array([0, *accumulate(len(of) for of in values)], np.int32)
    yield f"{facet}_codes", np.array([code[value] for of in values for value in of], np.int32)


def _widest(words: Iterable[Sized]) -> int:
    return max(map(len, words), default=1)


def _key(title: str, id: int) -> bytes:
    """Put a title's beginning and an id in one key that sorts as they do."""
    return title.encode("utf-8", "surrogateescape").ljust(TITLE_BYTES, b"\0") + id.to_bytes(ID_BYTES, "big")
