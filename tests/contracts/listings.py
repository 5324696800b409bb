"""Small listings for engines to hold, written out where a test needs to see them and drawn where it doesn't."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from hypothesis import strategies as st

from directory.catalogue.timing import Round, Schedule
from directory.catalogue.vocabulary import Closing, Reach, Recurrence, Running
from directory.places.points import Point
from directory.search.document import FIELDS, SearchDocument
from directory.search.engine import Question
from directory.search.facets import FACETS
from directory.search.language import TextQuery, name_key, read
from directory.search.moments import CLOSED_OR_PAUSED
from directory.search.query import Sort

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)

LEEDS, YORK, LONDON = Point(53.8, -1.55), Point(53.96, -1.08), Point(51.51, -0.13)

NOTHING_KNOWN = Schedule()
ENDED = Schedule(running=Running.ENDED)
PAUSED = Schedule(running=Running.PAUSED)
ALL_YEAR = Schedule(recurrence=Recurrence.ROLLING)


def closing(in_days: float) -> Schedule:
    """Open, and closing in so many days."""
    return Schedule(rounds=(Round(closes=NOW + in_days * DAY, closing=Closing.FIXED),))


def opening(in_days: float) -> Schedule:
    """Opening in so many days."""
    return Schedule(rounds=(Round(opens=NOW + in_days * DAY),))


def usually(opens: int | None = None, closes: int | None = None) -> Schedule:
    """Running each year, in these months."""
    return Schedule(recurrence=Recurrence.ANNUAL, usually_opens=opens, usually_closes=closes)


def listing(
    id: int,
    title: str = "A listing",
    body: str = "",
    *,
    points: Iterable[Point] = (),
    reach: Iterable[Reach] | None = None,
    schedule: Schedule = NOTHING_KNOWN,
    published_at: datetime = NOW,
    names: Iterable[str] | None = None,
    **values: str | tuple[str, ...],
) -> SearchDocument:
    """A listing of which only what matters is said; choices go by the names of facets."""
    texts = {"title": title, "body": body}
    placed = tuple(points)
    return SearchDocument(
        id=id,
        title=title,
        names=tuple(names) if names is not None else (name_key(title),),
        texts=tuple(texts.get(field.name, "") for field in FIELDS),
        values={facet.name: _several(values.get(facet.name, ())) for facet in FACETS if facet.of},
        points=placed,
        reach=frozenset(reach if reach is not None else [Reach.SITE] if placed else []),
        schedule=schedule,
        published_at=published_at,
    )


def asking(text: str = "", *, sort: Sort | None = None, page: int = 1, **more: object) -> Question:
    """A question as pages ask it; choices go by the names of facets, the rest by Question's own."""
    rest = {name: more.pop(name) for name in ("point", "within", "size", "counting") if name in more}
    choices: Mapping[str, str | tuple[str, ...]] = more  # type: ignore[assignment]
    words = read(text) if text else TextQuery()
    usual = Sort.BEST if words else Sort.NEAREST if rest.get("point") else Sort.SOONEST
    return Question(
        text=words,
        choices=tuple((facet.name, _several(choices[facet.name])) for facet in FACETS if facet.name in choices),
        sort=sort or usual,
        page=page,
        **rest,  # type: ignore[arg-type]
    )


def _several(values: str | tuple[str, ...]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else values


# A tiny vocabulary meets itself often: words alone, compounds, names that are one word or two.
WORDS = (
    "gene",
    "cell",
    "genecell",
    "therapy",
    "therapies",
    "lab",
    "placement",
    "Level 3",
    "T cell",
    "T-cell",
    "car-t",
    "big",
    "the",
)
POINTS = (LEEDS, YORK, LONDON, Point(55.86, -4.25), Point(51.48, -3.18))
OPEN_VALUES = ("one", "two", "three")

phrases = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
quoted = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
words_or_quoted = st.sampled_from(WORDS) | quoted
typed = phrases | st.lists(words_or_quoted | words_or_quoted.map("-{}".format), max_size=4).map(" ".join)
moments = st.integers(-60, 60).map(lambda days: NOW + days * DAY)
rounds = st.builds(
    Round,
    opens=st.none() | moments,
    closes=st.none() | moments,
    closing=st.sampled_from(Closing),
    hour_known=st.booleans(),
)
months = st.none() | st.integers(1, 12)
schedules = st.builds(
    Schedule,
    running=st.sampled_from(Running),
    recurrence=st.none() | st.sampled_from(Recurrence),
    usually_opens=months,
    usually_closes=months,
    rounds=st.lists(rounds, max_size=2).map(tuple),
    confirmed_at=st.none() | moments,
)


def values_of(facet: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of what can be chosen in a facet."""
    options = next(tuple(option.value for option in known.options) for known in FACETS if known.name == facet)
    return st.lists(st.sampled_from((options or OPEN_VALUES)[:4]), max_size=3, unique=True).map(tuple)


def documents_in(times: st.SearchStrategy[Schedule]) -> st.SearchStrategy[SearchDocument]:
    """Listings, each with one of these schedules."""
    return st.builds(
        SearchDocument,
        id=st.integers(1, 60),
        title=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
        names=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(lambda words: (name_key(" ".join(words)),)),
        texts=st.tuples(*(phrases for _field in FIELDS)),
        values=st.fixed_dictionaries({facet.name: values_of(facet.name) for facet in FACETS if facet.of}),
        points=st.lists(st.sampled_from(POINTS), max_size=2, unique=True).map(tuple),
        reach=st.sets(st.sampled_from(Reach), max_size=2).map(frozenset),
        schedule=times,
        published_at=moments,
    )


def catalogues_of(documents: st.SearchStrategy[SearchDocument]) -> st.SearchStrategy[list[SearchDocument]]:
    """Few listings, or as many as there are enough with all the words of some."""
    return st.lists(documents, max_size=5, unique_by=attrgetter("id")) | st.lists(
        documents, min_size=15, max_size=30, unique_by=attrgetter("id")
    )


documents = documents_in(schedules)
catalogues = catalogues_of(documents)

questions = st.builds(
    Question,
    text=typed.map(read),
    choices=st.tuples(*(st.tuples(st.just(facet.name), st.just(()) | values_of(facet.name)) for facet in FACETS)).map(
        lambda all: tuple((name, values) for name, values in all if values)[:2]
    )
    | st.just(())
    | st.just((("when", (CLOSED_OR_PAUSED, "open")),)),
    point=st.none() | st.sampled_from(POINTS),
    within=st.none() | st.sampled_from((5, 40, 300)),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 4),
    size=st.sampled_from((3, 20)),
    counting=st.booleans(),
)
