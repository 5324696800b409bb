"""What Whoosh keeps of a listing: weighted words, names, facet values, and the facts that each search asks for."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

from whoosh import fields, formats

from directory.catalogue.timing import Round, Schedule
from directory.catalogue.vocabulary import Closing, Recurrence, Running
from directory.places.points import Point
from directory.search.document import Apart, SearchDocument
from directory.search.facets import FACETS

ID, WORDS, NAMES, FACTS = "id", "words", "names", "facts"
FACET_FIELDS = {facet.name: f"facet_{facet.name}" for facet in FACETS if facet.of}


class Tokens(fields.FieldType):  # type: ignore[misc]
    """A field of tokens that come with their weights: the product reads words itself, the same for every engine.

    Weights are inside one field, so BM25 sees a title's word as several, not as another field's score.
    """

    def __init__(self, *, scorable: bool = False) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, scorable=scorable)

    def index(self, value: Mapping[str, int], **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give Whoosh each token, its frequency and its weight; nothing more is kept of a posting."""
        for token, weight in value.items():
            yield token.encode(), weight, float(weight), b""


def schema() -> Any:
    """Make the schema of an index of this shape."""
    return fields.Schema(
        **{ID: fields.ID(unique=True), WORDS: Tokens(scorable=True), NAMES: Tokens(), FACTS: fields.COLUMN()},
        **{name: Tokens() for name in FACET_FIELDS.values()},
    )


def row(document: SearchDocument) -> dict[str, Any]:
    """Give Whoosh's fields for a listing."""
    return {
        ID: str(document.id),
        WORDS: document.weights(),
        NAMES: dict.fromkeys(document.names, 1),
        FACTS: Facts.of(document).to_bytes(),
        **{field: dict.fromkeys(document.values[name], 1) for name, field in FACET_FIELDS.items()},
    }


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked of a listing each search but isn't looked up by: kept as JSON, so that reading it runs nothing."""

    id: int
    title: str
    points: tuple[Point, ...]
    apart: Apart | None
    schedule: Schedule
    published_at: datetime

    @classmethod
    def of(cls, document: SearchDocument) -> Self:
        """Take the facts of a document."""
        return cls(
            document.id, document.title, document.points, document.apart, document.schedule, document.published_at
        )

    @property
    def order(self) -> tuple[str, int]:
        """Settle every tie: by title, then by id."""
        return self.title.casefold(), self.id

    def to_bytes(self) -> bytes:
        """Write them."""
        schedule = self.schedule
        return json.dumps(
            [
                self.id,
                self.title,
                [[point.latitude, point.longitude] for point in self.points],
                self.apart,
                self.published_at.isoformat(),
                schedule.running,
                schedule.recurrence,
                schedule.usually_opens,
                schedule.usually_closes,
                _written(schedule.confirmed_at),
                [
                    [
                        _written(round.opens),
                        _written(round.closes),
                        round.closing,
                        round.starts_on and round.starts_on.isoformat(),
                        round.hour_known,
                    ]
                    for round in schedule.rounds
                ],
            ],
            separators=(",", ":"),
        ).encode()

    @classmethod
    def from_bytes(cls, written: bytes) -> Self:
        """Read them back."""
        id, title, points, apart, published, running, recurrence, opens, closes, confirmed, rounds = json.loads(written)
        return cls(
            id=id,
            title=title,
            points=tuple(Point(latitude, longitude) for latitude, longitude in points),
            apart=apart and Apart(apart),
            published_at=datetime.fromisoformat(published),
            schedule=Schedule(
                running=Running(running),
                recurrence=recurrence and Recurrence(recurrence),
                usually_opens=opens,
                usually_closes=closes,
                confirmed_at=_read(confirmed),
                rounds=tuple(
                    Round(_read(opens), _read(closes), Closing(closing), starts and date.fromisoformat(starts), known)
                    for opens, closes, closing, starts, known in rounds
                ),
            ),
        )


def _written(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _read(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
