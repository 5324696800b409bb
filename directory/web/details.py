"""What an opportunity's page shows beside its story: key facts, who can apply, dates, who runs it, its sources."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from urllib.parse import urlsplit

from flask import url_for

from directory.catalogue import wording
from directory.catalogue.kinds import KINDS
from directory.catalogue.models import EligibilityRow, Intake, Opportunity, Role, Source
from directory.catalogue.timing import CONFIRMATION_HOLDS_FOR, NOT_RUNNING, State, moment, timing
from directory.catalogue.vocabulary import (
    APPLICANT_WORDS,
    COST_WORDS,
    HOURS_WORDS,
    LIKE,
    Applicant,
    Confidence,
    Cost,
    EligibilityAbout,
    Signal,
    rqf_number,
)
from directory.foundation.date_words import hour, long_day, uk_day
from directory.organisations.models import Organisation
from directory.web.cards import Deadline, Fact, deadline, starts

FIELD_WORDS = {
    "pay": "pay",
    "pay_words": "pay",
    "levels": "level",
    "hours": "hours",
    "locations": "where it is",
    "delivery": "how you take part",
    "cost": "what it costs you",
    "eligibility_words": "who can apply",
    "eligibility": "who can apply",
    "length_words": "length",
    "length_weeks": "length",
    "skills": "skill areas",
    "stages": "who it is open to",
    "involvements": "partners",
    "newest_source": "the date of its sources",
    "newest_source_words": "the date of its sources",
    "newest_source_year": "the date of its sources",
}
PAST = {"Opens": "Opened", "Closes": "Closed", "Starts": "Started"}
SUPPORT_WORDS = {Confidence.HIGH: "well", Confidence.MEDIUM: "fairly well", Confidence.LOW: "thinly"}


@dataclass(frozen=True, slots=True)
class DateRow:
    """One dot on the date line. ``state`` is past, next or later."""

    when: str
    what: str
    state: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a page: an organisation or another listing."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A page that says so: its site's name, its address, and the date of what it says when known."""

    site: str
    url: str
    dated: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the facts come from and how fresh they are. ``tone`` is "ok", "warn" or, when nobody checked, ""."""

    title: str
    tone: str
    paragraphs: tuple[str, ...]
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """The way to the organisation's own page: what the button says, where it leads, and a note on that."""

    text: str
    url: str
    note: str
    leaves: bool = True


@dataclass(frozen=True, slots=True)
class Leaf:
    """The calendar leaf beside a date."""

    month: str
    day: int


@dataclass(frozen=True, slots=True)
class Details:
    """Everything on the page that is not the story itself."""

    deadline: Deadline
    facts: tuple[Fact, ...]
    paragraphs: tuple[str, ...]
    entry: tuple[EligibilityRow, ...]
    funding: tuple[EligibilityRow, ...]
    how: tuple[str, ...]
    dates: tuple[DateRow, ...]
    time_note: str | None
    part_of: Named | None
    partners: tuple[Named, ...]
    hosts: tuple[Named, ...]
    action: Action | None
    leaf: Leaf | None
    provenance: Provenance
    age: str | None
    closed_early: str | None

    @property
    def only_past(self) -> bool:
        """Say whether every date is behind us."""
        return all(row.state == "past" for row in self.dates)


def details(opportunity: Opportunity, now: datetime) -> Details:
    """Gather what the page of ``opportunity`` shows; needs everything of it loaded."""
    return Details(
        deadline=_deadline(opportunity, now),
        facts=tuple(_facts(opportunity, now)),
        paragraphs=tuple(_paragraphs(opportunity)),
        entry=_rows(opportunity, EligibilityAbout.ENTRY),
        funding=_rows(opportunity, EligibilityAbout.FUNDING),
        how=tuple(_how(opportunity)),
        dates=tuple(_dates(opportunity, now)),
        time_note=_time_note(opportunity, now),
        part_of=_listing(parent) if (parent := opportunity.public_parent) else None,
        partners=_involved(opportunity, Role.PARTNER),
        hosts=_involved(opportunity, Role.HOST),
        action=_action(opportunity, now),
        leaf=_leaf(opportunity, now),
        provenance=_provenance(opportunity, now),
        age=wording.ages(opportunity),
        closed_early=wording.closed_early(opportunity, now),
    )


def _paragraphs(opportunity: Opportunity) -> Iterator[str]:
    yield from (part.strip() for part in opportunity.description.split("\n\n") if part.strip())
    if opportunity.group_words:
        yield opportunity.group_words


def _time_note(opportunity: Opportunity, now: datetime) -> str | None:
    """Give what its sources say about time; while nobody has confirmed it, as what they said."""
    if opportunity.usual_words and timing(opportunity.schedule, now).state in (State.USUAL, State.CLOSED):
        return f"Not confirmed. What its sources say: {opportunity.usual_words}"
    return opportunity.usual_words


def _deadline(opportunity: Opportunity, now: datetime) -> Deadline:
    """Give the card's date with the exact hour beside it."""
    shown = deadline(opportunity, now)
    return replace(shown, detail=f"{shown.detail}, {shown.hour}") if shown.hour else shown


def _facts(opportunity: Opportunity, now: datetime) -> Iterator[Fact]:
    label, words = wording.money(opportunity)
    yield Fact(label, words, opportunity.pay_words if label == "Pay" else opportunity.cost_words)
    if label == "Pay" and opportunity.cost:
        yield Fact("Cost", COST_WORDS[Cost(opportunity.cost)], opportunity.cost_words)
    hours = HOURS_WORDS[opportunity.hours].capitalize() if opportunity.hours else None
    length_notes = filter(None, (wording.more_on_length(opportunity), hours))
    yield Fact("Length", wording.length(opportunity), ". ".join(note.rstrip(".") for note in length_notes) or None)
    yield Fact("Starts", starts(opportunity, now))
    yield Fact("Where", wording.place(opportunity.locations), _where_notes(opportunity))
    yield Fact("Open to", wording.open_to_in_full(opportunity.stages), wells=wording.wells(opportunity.stages))
    if ages := wording.ages(opportunity):
        yield Fact("Age", ages)
    if opportunity.levels:
        yield Fact("Level", wording.level(opportunity.levels), _level_notes(opportunity))
    if places := wording.places(wording.round_of(opportunity, now)):
        yield Fact("Places", places)


def _where_notes(opportunity: Opportunity) -> str | None:
    places = [wording.where_in_full(location) for location in opportunity.locations]
    in_full = "; ".join(places) if len(places) > 1 else None
    return ". ".join(filter(None, (wording.mode(opportunity), in_full))) or None


def _level_notes(opportunity: Opportunity) -> str:
    """Say what the levels are like, and what the nation calls the award when the source names it."""
    likes = [LIKE[number] for number in sorted({rqf_number(row.framework, row.number) for row in opportunity.levels})]
    like = f"Like {likes[0]}" if len(likes) == 1 else f"From {likes[0]} to {likes[-1]}"
    names = dict.fromkeys(row.local_name for row in opportunity.levels if row.local_name)
    return ". ".join([*names, like])


def _rows(opportunity: Opportunity, about: EligibilityAbout) -> tuple[EligibilityRow, ...]:
    return tuple(row for row in opportunity.eligibility if row.about is about)


def _how(opportunity: Opportunity) -> Iterator[str]:
    if opportunity.applicant is not Applicant.LEARNER:
        yield f"{APPLICANT_WORDS[opportunity.applicant]}."
    if opportunity.how_to_apply:
        yield opportunity.how_to_apply


def _dates(opportunity: Opportunity, now: datetime) -> Iterator[DateRow]:
    known = sorted(_known_dates(opportunity), key=lambda entry: (entry[1], entry[0]))
    coming = next((day for at, day, _what, _rest in known if at > now), None)
    for at, day, what, rest in known:
        past = at <= now
        state = "past" if past else "next" if day == coming else "later"
        yield DateRow(long_day(day), f"{PAST[what] if past else what}{rest}", state)


def _known_dates(opportunity: Opportunity) -> Iterator[tuple[datetime, date, str, str]]:
    """Give each date with the moment from which it is past; a day on which something starts is past when it ends."""
    for intake in opportunity.intakes:
        whose = f" ({intake.host.name})" if intake.host else ""
        round = intake.round
        if intake.opens_on and round.opens:
            yield round.opens, intake.opens_on, "Opens", f"{_at(intake, 'opens')}{whose}"
        if intake.closes_on and round.closes:
            yield round.closes, intake.closes_on, "Closes", f"{_at(intake, 'closes')}{whose}"
        if intake.starts_on:
            ends = moment(intake.starts_on, None, intake.zone, otherwise=time.max)
            yield ends, intake.starts_on, "Starts", whose


def _at(intake: Intake, what: str) -> str:
    at = intake.opens_at if what == "opens" else intake.closes_at
    if at is None:
        return ""
    zone = "" if intake.zone == "Europe/London" else f", {intake.zone.partition('/')[2].replace('_', ' ')} time"
    return f" at {hour(at)}{zone}"


def _involved(opportunity: Opportunity, role: Role) -> tuple[Named, ...]:
    named = (_organisation(row.organisation) for row in opportunity.involvements if row.role is role)
    return tuple(dict.fromkeys(named))  # two that were found to be one are named once


def _organisation(organisation: Organisation) -> Named:
    return Named(organisation.name, url_for("organisation.page", slug=organisation.slug))


def _listing(opportunity: Opportunity) -> Named:
    return Named(opportunity.title, url_for("opportunity.page", slug=opportunity.slug))


def _action(opportunity: Opportunity, now: datetime) -> Action | None:
    url = opportunity.apply_url or opportunity.info_url
    if not url:
        return None
    state = timing(opportunity.schedule, now).state
    if state in NOT_RUNNING:
        text = "See their page"
    elif state is State.OPEN:
        text = f"{KINDS[opportunity.kind].verb} on their site"
    else:
        text = "Go to their site"
    return Action(text, url, f"Opens {site_of(url)}. We don't see what you do there.")


def _leaf(opportunity: Opportunity, now: datetime) -> Leaf | None:
    when = timing(opportunity.schedule, now)
    shown = when.round and (when.round.opens if when.state is State.OPENS else when.round.closes)
    return Leaf(f"{uk_day(shown):%b}", uk_day(shown).day) if shown else None


def site_of(url: str) -> str:
    """Name the site that an address is on."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _provenance(opportunity: Opportunity, now: datetime) -> Provenance:
    newest = {
        signal: max(
            (check.at for check in opportunity.confirmations if check.right and check.signal is signal), default=None
        )
        for signal in Signal
    }
    by_people = [at for signal in (Signal.ORGANISATION, Signal.PERSON) if (at := newest[signal])]
    fresh = any(now < at + CONFIRMATION_HOLDS_FOR for at in by_people)
    if by_people and fresh:
        title = f"Checked on {long_day(uk_day(max(by_people)))}"
    elif by_people:
        title = f"Last checked {(now - max(by_people)).days} days ago"
    else:
        title = "Not checked with the organisation yet"
    return Provenance(
        title,
        "ok" if fresh else "warn" if by_people else "",
        tuple(_provenance_sentences(opportunity, newest)),
        tuple(_source(source) for source in opportunity.sources),
    )


def _provenance_sentences(opportunity: Opportunity, newest: dict[Signal, datetime | None]) -> Iterator[str]:
    said = {
        Signal.ORGANISATION: "The organisation confirmed it on",
        Signal.PERSON: "One of us compared it with the organisation's page on",
        Signal.LINK: "Its link worked on",
    }
    for signal, words in said.items():
        if at := newest[signal]:
            yield f"{words} {long_day(uk_day(at))}."
    count = len(opportunity.sources)
    newest_source = opportunity.newest_source_words or opportunity.newest_source_year
    dated = f" The newest is from {newest_source}." if newest_source else ""
    yield f"The facts come from {count} public {'page' if count == 1 else 'pages'}.{dated}"
    if opportunity.confidence:
        yield f"They are {SUPPORT_WORDS[opportunity.confidence]} supported."
    general = list(
        dict.fromkeys(FIELD_WORDS.get(field, field.replace("_", " ")) for field in opportunity.without_source)
    )
    if general:
        yield f"Known only in general, without a page that says it: {', '.join(general)}."


def _source(source: Source) -> SourceLink:
    return SourceLink(site_of(source.url), source.url, source.dated)
