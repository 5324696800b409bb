"""A made-up catalogue of any size, about 80 words a listing: the first thousand are the same in every size."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from benchmarks.searching.moment import NOW
from benchmarks.searching.words import (
    GENERAL,
    PHRASES,
    ROLES,
    STOPS,
    TOPIC_WORDS,
    TOPICS,
    VOCABULARY,
    drawn_by_rank,
    vocabulary,
)
from directory.catalogue.timing import Round, Schedule
from directory.catalogue.vocabulary import Closing, Reach, Recurrence, Running
from directory.places.points import Point
from directory.places.regions import REGIONS
from directory.search.document import FIELDS, SearchDocument
from directory.search.facets import ENGLAND, FACETS, ONLINE, ORGANISATION, SKILL, UK_WIDE
from directory.search.language import name_key

SEED = 20261124
EDITION = 1  # raise it when the same seed gives other listings, so that kept indexes are built anew
AT_A_TIME = 1000
ORGANISATIONS = 5000

OPTIONS: dict[str, tuple[str, ...]] = {
    **{facet.name: tuple(option.value for option in facet.options) for facet in FACETS},
    SKILL: tuple(TOPICS),
    ORGANISATION: tuple(f"organisation-{number:04}" for number in range(ORGANISATIONS)),
}
_IN_ENGLAND = frozenset(region.slug for region in REGIONS if not region.is_nation)
_REGIONS = tuple(region.slug for region in REGIONS)

STOP_SHARE, TOPIC_SHARE, PHRASE_SHARE, SECOND_ORGANISATION_SHARE = 0.15, 0.25, 0.5, 0.1
MIDDLE_LENGTH, SPREAD, SHORTEST, LONGEST = 73, 25, 25, 200
# What is known of a listing's time, and the share of it.
TIMES = {
    "closes": 0.20,
    "opens": 0.08,
    "each year": 0.30,
    "any time, confirmed": 0.10,
    "any time": 0.10,
    "closed": 0.08,
    "ended": 0.04,
    "unknown": 0.10,
}


def listings(size: int) -> Iterator[SearchDocument]:
    """Make ``size`` listings."""
    for start in range(0, size, AT_A_TIME):
        yield from _thousand(start, min(AT_A_TIME, size - start))


def _thousand(start: int, wanted: int) -> Iterator[SearchDocument]:
    dice = np.random.default_rng([SEED, start])
    topics = drawn_by_rank(dice.random(AT_A_TIME), len(TOPICS), 0.6, 0)
    bodies = _bodies(dice, topics)
    for within in range(wanted):
        yield _listing(dice, start + within + 1, int(topics[within]), next(bodies))


def _listing(dice: Any, number: int, topic: int, body: str) -> SearchDocument:
    words = TOPIC_WORDS[topic]
    title = " ".join(
        (words[0], words[1], _any(dice, GENERAL), words[dice.integers(2, len(words))], _any(dice, ROLES))
    ).capitalize()
    organisations = drawn_by_rank(dice.random(1 + (dice.random() < SECOND_ORGANISATION_SHARE)), ORGANISATIONS, 0.9, 0)
    where, points, reach = _place(dice)
    texts = {
        "title": title,
        "organisation": " ".join(vocabulary()[900 + 7 * organisations[0] + word] for word in range(3)),
        "body": body,
    }
    return SearchDocument(
        id=number,
        title=title,
        names=(name_key(title),),
        texts=tuple(texts.get(field.name, "") for field in FIELDS),
        values={
            "kind": _some(dice, "kind", 1, 0.8),
            "stage": _some(dice, "stage", 1 + dice.integers(3), 0.4),
            "where": where,
            "skill": tuple(dict.fromkeys((OPTIONS[SKILL][topic], *_some(dice, SKILL, dice.integers(3), 0.3)))),
            "pay": _some(dice, "pay", 1, 0.5),
            "level": _some(dice, "level", dice.integers(3), 0.5),
            "starts": _some(dice, "starts", dice.random() < 0.3, 0.3),
            "delivery": (ONLINE,) if ONLINE in where else _some(dice, "delivery", dice.random() < 0.8, 0.9),
            "organisation": tuple(dict.fromkeys(OPTIONS[ORGANISATION][one] for one in organisations)),
        },
        points=points,
        reach=reach,
        schedule=_schedule(dice),
        published_at=NOW - timedelta(minutes=int(dice.integers(0, 700 * 24 * 60))),
    )


def _bodies(dice: Any, topics: Any) -> Iterator[str]:
    lengths = dice.normal(MIDDLE_LENGTH, SPREAD, AT_A_TIME).clip(SHORTEST, LONGEST).astype(int)
    whole = int(lengths.sum())
    words = np.array(vocabulary(), object)[drawn_by_rank(dice.random(whole), VOCABULARY)]
    sort = dice.random(whole)
    stops = sort < STOP_SHARE
    words[stops] = np.array(STOPS, object)[dice.integers(0, len(STOPS), int(stops.sum()))]
    topical = np.flatnonzero(sort > 1 - TOPIC_SHARE)
    owners, which = np.repeat(topics, lengths)[topical], dice.geometric(0.25, len(topical)) - 1
    for at, owner, number in zip(topical, owners, which, strict=True):
        words[at] = TOPIC_WORDS[owner][number % len(TOPIC_WORDS[owner])]
    phrases, chances = dice.integers(0, len(PHRASES), AT_A_TIME), dice.random(AT_A_TIME)
    for end, length, phrase, chance in zip(np.cumsum(lengths), lengths, phrases, chances, strict=True):
        body = words[end - length : end].tolist()
        if chance < PHRASE_SHARE:
            body.insert(length // 2, PHRASES[phrase])
        yield " ".join(body)


def _any(dice: Any, words: tuple[str, ...]) -> str:
    return words[int(dice.integers(len(words)))]


def _some(dice: Any, facet: str, several: int, slope: float) -> tuple[str, ...]:
    """Draw values of a facet; the same one twice counts once."""
    options = OPTIONS[facet]
    return tuple(
        dict.fromkeys(options[one] for one in drawn_by_rank(dice.random(int(several)), len(options), slope, 0))
    )


def _place(dice: Any) -> tuple[tuple[str, ...], tuple[Point, ...], frozenset[Reach]]:
    chance, region = dice.random(), _any(dice, _REGIONS)
    if chance < 0.1:
        return (ONLINE,), (), frozenset((Reach.ONLINE,))
    if chance < 0.2:
        return (UK_WIDE,), (), frozenset((Reach.UK_WIDE,))
    where = (region, ENGLAND) if region in _IN_ENGLAND else (region,)
    if chance < 0.3:
        return where, (), frozenset((Reach.REGION,))
    return where, (Point(float(dice.uniform(50, 58.5)), float(dice.uniform(-5.5, 1.6))),), frozenset((Reach.SITE,))


def _schedule(dice: Any) -> Schedule:
    known = tuple(TIMES)[int(np.searchsorted(np.cumsum(tuple(TIMES.values())), dice.random()).clip(max=len(TIMES) - 1))]
    days, month = int(dice.integers(1, 120)), int(dice.integers(1, 13))
    match known:
        case "closes":
            return Schedule(rounds=(Round(_day(-30), _day(days), Closing.FIXED),))
        case "opens":
            return Schedule(rounds=(Round(_day(days), _day(days + 60), Closing.FIXED),))
        case "each year":
            return Schedule(recurrence=Recurrence.ANNUAL, usually_opens=month, usually_closes=month % 12 + 1)
        case "any time, confirmed":
            return Schedule(recurrence=Recurrence.ROLLING, confirmed_at=_day(-days % 60 - 60))
        case "any time":
            return Schedule(recurrence=Recurrence.ROLLING)
        case "closed":
            return Schedule(rounds=(Round(_day(-days - 60), _day(-days), Closing.FIXED),))
        case "ended":
            return Schedule(running=Running.ENDED)
        case _:
            return Schedule()


def _day(days: int) -> datetime:
    """Give the end of the day so many days from now."""
    day: date = (NOW + timedelta(days=days)).date()
    return datetime.combine(day, time(23, 59), UTC)
