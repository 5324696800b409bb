"""One opportunity at a glance: the card, its facts and its date, made from a listing for the templates."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from directory.catalogue import wording
from directory.catalogue.kinds import KINDS, Kind
from directory.catalogue.models import Opportunity
from directory.catalogue.time_words import TimeWords, time_words
from directory.catalogue.vocabulary import APPLICANT_WORDS, Applicant
from directory.foundation.clock import UK
from directory.foundation.date_words import short_day, uk_day
from directory.search.snippets import Snippet

NEW_FOR = timedelta(days=7)
MOST_SKILLS = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact; ``value`` is None when it is not said. ``wells`` stand beside who it is open to."""

    label: str
    value: str | None
    note: str | None = None
    wells: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A few words on a card. ``tone`` is "", "new" or "tick"."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class OpenTo:
    """Who it is open to: a phrase, and the six wells beside it."""

    phrase: str | None
    wells: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The date on a card or a page; ``moment`` is for machines, ``print`` for paper, ``hour`` when it is known."""

    label: str
    headline: str
    detail: str | None
    treatment: str
    sentence: str
    print: str
    moment: str | None
    hour: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the slide shows."""

    id: int
    url: str
    kind: Kind
    title: str
    organisation: str
    place: str | None
    mode: str | None
    label: str | None
    facts: tuple[Fact, ...]
    open_to: OpenTo
    tags: tuple[Tag, ...]
    timing: Deadline
    snippet: Snippet = ()


def card(opportunity: Opportunity, now: datetime, *, miles: float | None = None, snippet: Snippet = ()) -> Card:
    """Make the card of ``opportunity``.

    ``miles`` is how far its nearest place is from where the visitor looks, ``snippet`` where the words stand.
    """
    return Card(
        id=opportunity.id,
        url=url_for("opportunity.page", slug=opportunity.slug),
        kind=KINDS[opportunity.kind],
        title=opportunity.title,
        organisation=opportunity.organisation.name,
        place=wording.place(opportunity.locations),
        mode=" · ".join(filter(None, (wording.mode(opportunity), _distance(miles)))) or None,
        label=wording.level(opportunity.levels),
        facts=(
            Fact(*wording.money(opportunity)),
            Fact("Length", wording.length(opportunity)),
            Fact("Starts", starts(opportunity, now)),
        ),
        open_to=open_to(opportunity),
        tags=_tags(opportunity, now),
        timing=deadline(opportunity, now),
        snippet=snippet,
    )


def deadline(opportunity: Opportunity, now: datetime) -> Deadline:
    """Make the date shown for ``opportunity``."""
    words: TimeWords = time_words(opportunity.schedule, now)
    is_early = wording.closed_early(opportunity, now) is not None
    return Deadline(
        "Closed early" if is_early else words.label,
        words.headline,
        words.detail,
        words.treatment,
        words.sentence,
        words.paper,
        words.moment.astimezone(UK).isoformat(timespec="minutes") if words.moment else None,
        words.hour,
    )


def starts(opportunity: Opportunity, now: datetime) -> str | None:
    """Say when it starts: the soonest start still ahead, else the usual month."""
    today = uk_day(now)
    ahead = [intake for intake in opportunity.intakes if intake.starts_on and intake.starts_on >= today]
    if ahead:
        day = min(intake.starts_on for intake in ahead if intake.starts_on)
        return short_day(day, today)
    return wording.starts(opportunity)


def open_to(opportunity: Opportunity) -> OpenTo:
    """Say who ``opportunity`` is open to."""
    return OpenTo(wording.open_to(opportunity.stages), wording.wells(opportunity.stages))


def _tags(opportunity: Opportunity, now: datetime) -> tuple[Tag, ...]:
    tags = [Tag("New this week", "new")] if _is_new(opportunity, now) else []
    tags += [Tag(skill.name) for skill in opportunity.skills[:MOST_SKILLS]]
    if opportunity.applicant is not Applicant.LEARNER:
        tags.append(Tag(APPLICANT_WORDS[opportunity.applicant]))
    return tuple(tags)


def _is_new(opportunity: Opportunity, now: datetime) -> bool:
    """Say whether somebody added it lately; what the catalogue began with is not news."""
    return opportunity.seed_fingerprint is None and opportunity.published_at > now - NEW_FOR


def _distance(miles: float | None) -> str | None:
    if miles is None:
        return None
    return "about a mile away" if miles < 1.5 else f"about {miles:.0f} miles away"
