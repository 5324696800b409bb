"""What is searchable of a listing, how much each part weighs, and the SHAPE that indexes are named after."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from directory.catalogue.kinds import KINDS, KindName
from directory.catalogue.models import Opportunity, Standing
from directory.catalogue.timing import Schedule
from directory.catalogue.vocabulary import (
    APPLICANT_WORDS,
    COST_WORDS,
    DELIVERY_WORDS,
    HOURS_WORDS,
    PAY_WORDS,
    STAGES,
    Delivery,
    Reach,
    StageName,
    rqf_number,
)
from directory.places.points import Point
from directory.search import language
from directory.search.facets import FACETS

# Raise it when what a field or a time says changes though no name or weight below does: indexes are then built anew.
EDITION = 4

Words = Iterator[str | None]


class Apart(StrEnum):
    """Why a listing isn't cut by a radius, though it may not be within it."""

    ONLINE = "online"
    UK_WIDE = "uk-wide"
    AREA = "area"  # known by its region or nation
    UNPLACED = "unplaced"  # no place known, or none found on the map


# A listing is counted under the first that is true of it.
APART = {
    Reach.ONLINE: Apart.ONLINE,
    Reach.UK_WIDE: Apart.UK_WIDE,
    Reach.REGION: Apart.AREA,
    Reach.NATION: Apart.AREA,
}


class Posting(NamedTuple):
    """One token of one listing: how much it weighs there, and its places, in words."""

    weight: int
    places: tuple[int, ...]


TITLE_BYTES = 48  # as much of a title as settles a tie

# A gap that no phrase is as long as; the last place there is, where all that is further on stands too.
BETWEEN_FIELDS = 100
LAST_PLACE = 65_535


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One listing as engines hold it.

    ``texts`` stand in the order of FIELDS; ``values`` are its choices in every facet that doesn't hang on time.
    ``reach`` says how its place is known; with a site whose point isn't known there are fewer points than sites.
    """

    id: int
    title: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    points: tuple[Point, ...]
    reach: frozenset[Reach]
    schedule: Schedule
    published_at: datetime

    @property
    def order(self) -> tuple[bytes, int]:
        """Settle every tie: by the beginning of the title, then by id."""
        return self.title.casefold().encode()[:TITLE_BYTES], self.id

    @property
    def apart(self) -> Apart | None:
        """Say why a radius leaves it be; None when it happens at known sites and nowhere else."""
        return next((apart for reach, apart in APART.items() if reach in self.reach), None) or (
            None if self.points else Apart.UNPLACED
        )

    def postings(self) -> Mapping[str, Posting]:
        """Give what it is found by: each token, as often as its fields weigh, and where it stands."""
        return {token: Posting(weight, tuple(places)) for token, (weight, places) in self.words()[0].items()}

    @property
    def surface(self) -> frozenset[str]:
        """Give its words as they are written, folded: what spelling is put right to and beginnings are completed to."""
        return frozenset(self.words()[1])

    def words(self) -> tuple[Mapping[str, tuple[int, list[int]]], set[str]]:
        """Read its texts once, for postings, each as its weight and places, and for surface.

        Places count on from field to field with a gap between, so that no phrase reaches from one into the next.
        """
        found: dict[str, tuple[int, list[int]]] = {}
        spelt: set[str] = set()
        beginning = end = 0
        for field, text in zip(FIELDS, self.texts, strict=True):
            pieces = language.pieces_of(text)
            spelt.update(language.surface(pieces))
            for within, token in language.placed_tokens(pieces, run_together=field.run_together):
                end = beginning + within if beginning + within < LAST_PLACE else LAST_PLACE
                known = found.get(token)
                if known is None:
                    found[token] = field.weight, [end]
                else:
                    known[1].append(end)
                    if not field.once:
                        found[token] = known[0] + field.weight, known[1]
            beginning = end + BETWEEN_FIELDS
        return found, spelt

    @property
    def fingerprint(self) -> int:
        """Sum up everything that is indexed of it in 63 bits: another number means that something changed."""
        facts = [getattr(self, name) for name in self.__slots__ if name != "reach"]
        summed = hashlib.blake2b(repr((facts, sorted(self.reach))).encode("utf-8", "replace"), digest_size=8)
        return int.from_bytes(summed.digest(), "big") >> 1


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a listing's text. Weights are whole: they count in the length of a listing too.

    In a field with ``run_together`` words that stand beside each other are found as one, so that their order counts. A
    word of one that counts ``once`` adds weight only if it stands nowhere else, however often it stands there.
    """

    name: str
    weight: int
    words: Callable[[Opportunity], Words]
    run_together: bool = False
    once: bool = False


def document_of(opportunity: Opportunity) -> SearchDocument:
    """Make the document of a listing, which must have all that can be searched loaded."""
    reaches = {location.reach for location in opportunity.locations}
    return SearchDocument(
        id=opportunity.id,
        title=opportunity.title,
        names=tuple(dict.fromkeys(names_of(opportunity.title))),
        texts=tuple(". ".join(filter(None, field.words(opportunity))) for field in FIELDS),
        values={
            facet.name: _known(facet.of(opportunity), {option.value for option in facet.options})
            for facet in FACETS
            if facet.of
        },
        points=tuple(
            dict.fromkeys(
                Point(location.latitude, location.longitude)
                for location in opportunity.locations
                if location.latitude is not None and location.longitude is not None
            )
        ),
        reach=frozenset(reaches | ({Reach.ONLINE} if opportunity.delivery is Delivery.ONLINE else set())),
        schedule=opportunity.schedule,
        published_at=opportunity.published_at,
    )


def _known(values: Iterable[str], options: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for value in values if not options or value in options))


def names_of(title: str) -> Iterator[str]:
    """Give what a listing is called: its whole title, the title without what stands in brackets, and its short name.

    A short name is an acronym in brackets ("(ATAC)") or a hashtag ("#BIGIMPACT").
    """
    yield language.name_key(title)
    yield language.name_key(IN_BRACKETS.sub("", title))
    for short in SHORT_NAME.finditer(title):
        yield language.name_key(short[0])


IN_BRACKETS = re.compile(r"\([^)]*\)")
SHORT_NAME = re.compile(r"\([^\s()]*[A-Z][^\s()]*[A-Z][^\s()]*\)|#\w+")

# What people say who don't know what we call it. A stage narrows words to listings open to it.
EVERYDAY_WORDS: Mapping[tuple[KindName, StageName | None], str] = {
    (KindName.APPRENTICESHIP, None): "apprentice, earn while you learn, job with training",
    (KindName.PLACEMENT, None): "work placement, student placement",
    (KindName.PLACEMENT, StageName.UNDERGRADUATE): "year in industry, sandwich year, placement year, year out",
    (KindName.PLACEMENT, StageName.SIXTEEN_TO_EIGHTEEN): "T Level industry placement",
    (KindName.INTERNSHIP, None): "intern, summer job",
    (KindName.FELLOWSHIP, None): "fellow",
    (KindName.WORK_EXPERIENCE, None): "work shadowing, taster, insight",
    (KindName.VIRTUAL_EXPERIENCE, None): "work experience, remote, from home, insight",
    (KindName.GRADUATE_SCHEME, None): "graduate programme, graduate job, trainee",
    (KindName.STUDENTSHIP, None): "PhD, doctorate, doctoral training",
    (KindName.COURSE, None): "training, class, learn, study, qualification",
    (KindName.RESOURCE, None): "advice, information, ideas",
}
REMOTE_WORDS = "online, virtual, remote, from home"
COUNTED = re.compile(r"\b(Years|S)\s?(\d+)(?: (to|and) S?(\d+))?")


def _titles(opportunity: Opportunity) -> Words:
    yield opportunity.title


def _organisation(opportunity: Opportunity) -> Words:
    yield opportunity.organisation.name


def _subject(opportunity: Opportunity) -> Words:
    """Say what it is about, and what it is."""
    yield opportunity.summary
    yield from opportunity.subjects
    kind = KINDS[opportunity.kind]
    yield kind.singular
    yield kind.plural
    for (name, stage), words in EVERYDAY_WORDS.items():
        if name is opportunity.kind and (stage is None or stage in opportunity.stages):
            yield words


def _body(opportunity: Opportunity) -> Words:
    yield opportunity.description
    for skill in opportunity.skills:
        yield skill.name
        yield from skill.also
    yield from (involvement.organisation.name for involvement in opportunity.involvements)
    yield opportunity.public_parent.title if opportunity.public_parent else None
    yield from (part.title for part in opportunity.parts if part.standing is Standing.PUBLISHED)


def _facts(opportunity: Opportunity) -> Words:
    yield from _places(opportunity)
    yield from _stages(opportunity)
    yield from _levels(opportunity)
    yield opportunity.eligibility_words
    yield from (row.text for row in opportunity.eligibility)
    yield APPLICANT_WORDS[opportunity.applicant]
    yield opportunity.how_to_apply
    yield opportunity.usual_words
    yield opportunity.group_words
    yield opportunity.length_words
    yield from (intake.starts_words for intake in opportunity.intakes)
    yield DELIVERY_WORDS[opportunity.delivery] if opportunity.delivery else None
    yield REMOTE_WORDS if opportunity.delivery is Delivery.ONLINE else None
    yield HOURS_WORDS[opportunity.hours] if opportunity.hours else None
    yield PAY_WORDS[opportunity.pay] if opportunity.pay else None
    yield opportunity.pay_words
    yield COST_WORDS[opportunity.cost] if opportunity.cost else None
    yield opportunity.cost_words


def _places(opportunity: Opportunity) -> Words:
    for location in opportunity.locations:
        yield from (location.place, location.region, location.nation, location.postcode)
        yield {Reach.ONLINE: REMOTE_WORDS, Reach.UK_WIDE: "UK-wide, anywhere in the UK"}.get(location.reach)


def _stages(opportunity: Opportunity) -> Words:
    in_northern_ireland = any(location.nation == "Northern Ireland" for location in opportunity.locations)
    for stage in (STAGES[StageName(name)] for name in opportunity.stages):
        yield stage.label
        yield stage.meaning
        # Northern Ireland counts its years one ahead, so its words stay with listings that are there.
        for nation in (stage.england, stage.scotland, stage.northern_ireland if in_northern_ireland else ""):
            yield " ".join(_counted(nation))


def _counted(years: str) -> Iterator[str]:
    """Count out "Years 9 to 11" as Year 9, Year 10, Year 11, and "S5 and S6" as S5, S6."""
    for prefix, first, _joined, last in COUNTED.findall(years):
        for number in range(int(first), int(last or first) + 1):
            yield f"{prefix}{number}" if prefix == "S" else f"Year {number}"


def _levels(opportunity: Opportunity) -> Words:
    for level in opportunity.levels:
        yield f"{level.framework} level {level.number}"
        yield f"Level {rqf_number(level.framework, level.number)}"
        yield from (level.local_name, level.nation)


def _nothing(_opportunity: Opportunity) -> Words:
    """Leave a field to be filled by what stands in many listings."""
    yield None


FIELDS: tuple[Field, ...] = (
    Field("title", 30, _titles, run_together=True),
    Field("organisation", 20, _organisation, run_together=True),
    Field("subject", 20, _subject),
    Field("body", 10, _body),
    Field("facts", 10, _facts),
    Field("standard", 1, _nothing, once=True),
)
ORGANISATION_NAME, BODY, STANDARD = (
    next(at for at, field in enumerate(FIELDS) if field.name == name) for name in ("organisation", "body", "standard")
)


def _shape() -> str:
    """Fingerprint all that decides what an index holds: fields, weights, facets and how words are read."""
    probe = "CAR-T cells, A levels & Level 3: King's naïve apprentices' 14-16 training was running"
    parts = (
        EDITION,
        [(field.name, field.weight, field.run_together, field.once) for field in FIELDS],
        [(facet.name, facet.of is not None, [option.value for option in facet.options]) for facet in FACETS],
        list(language.tokens(probe, run_together=True)),
        sorted(language.STOP_WORDS),
        language.SPELLINGS,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


SHAPE = _shape()
