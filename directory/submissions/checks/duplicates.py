"""Is it here already, or does another copy wait? Whoever has a database looks the candidates up first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, load_only, selectinload

from directory.catalogue.models import Intake, Location, Opportunity, Standing
from directory.organisations.models import Organisation
from directory.submissions.checks.case import Candidate, Case, said, typed_day, word
from directory.submissions.checks.domains import host, page, split
from directory.submissions.checks.finding import Finding, Rule
from directory.submissions.checks.likeness import Likeness, alike, likeness, links_of
from directory.submissions.checks.sentences import quoted
from directory.submissions.models import State, Submission

RULE = Rule(
    "duplicates", "One opportunity has one page. Two of title, organisation and link the same is a likely copy."
)
FIELD = "title"
MOST_SHOWN = 3
SHORTEST_TELLING_WORD = 5
TELLING_WORDS = 2
ROWS_LOOKED_AT = 200


def check(case: Case) -> Iterator[Finding]:
    """Compare with the candidates; names the nearest even when none is a likely copy."""
    compared = sorted(
        ((likeness(case, other), other) for other in case.candidates),
        key=lambda pair: (-pair[0].signs, -pair[0].percent, pair[1].key),
    )
    likely = [(shared, other) for shared, other in compared if shared.signs >= 2]
    for shared, other in likely[:MOST_SHOWN]:
        yield _copy(shared, other)
    if not likely and word(case.values, "title"):
        nearest = max(compared, key=lambda pair: pair[0].percent, default=None)
        yield RULE.ok(
            "No duplicates",
            f"Nearest match: {quoted(nearest[1].title)}, {nearest[0].percent}% alike."
            if nearest
            else "Nothing like it is here.",
        )


def _copy(shared: Likeness, other: Candidate) -> Finding:
    told = f"{quoted(other.title)} from {other.organisation}, {shared.percent}% alike."
    slug = other.key if other.published else ""
    where = "here" if other.published else "waiting"
    if shared.another_round:
        return RULE.warn(
            f"May be another round of one that is {where} already",
            f"{told} Its dates or its place are others.",
            "If it is the same programme again, change that listing: one page keeps all its rounds.",
            FIELD,
            listing=slug,
        )
    fix = "Change the one that is there, or say in the title how this one differs."
    if shared.signs == 3:
        return RULE.stop(f"Is {where} already", told, fix, FIELD, listing=slug)
    return RULE.warn(f"May be {where} already", told, fix, FIELD, listing=slug)


def candidates(
    session: Session,
    values: Mapping[str, Any],
    organisation_id: int | None,
    limit: int = 10,
    *,
    but_opportunity: int | None = None,
    but_submission: int | None = None,
) -> tuple[Candidate, ...]:
    """Find the published listings and the waiting submissions most like ``values``, ``limit`` at most, nearest first.

    Looks only at what shares the organisation, a link, or a telling word of the title: five statements, however many
    listings there are. ``but_…`` leave out the listing that is being changed and the submission itself.
    """
    title, own = word(values, "title"), links_of(values)
    found = [
        *_published(session, values, title, organisation_id, but_opportunity),
        *_waiting(session, values, title, organisation_id, but_submission),
    ]
    name = word(values, "organisation_name")

    def nearness(one: Candidate) -> tuple[float, str]:
        shared = bool(own & {page(link) for link in one.links}) + (alike(name, one.organisation) / 100)
        return -(alike(title, one.title) + 40 * shared), one.key

    return tuple(sorted(found, key=nearness)[:limit])


def telling_words(title: str) -> list[str]:
    """Give the words that tell a title from others: the longest, which are the rarest as a rule."""
    letters = "".join(letter if letter.isalnum() else " " for letter in title.lower())
    longest = sorted(set(letters.split()), key=lambda one: (-len(one), one))
    return [one for one in longest if len(one) >= SHORTEST_TELLING_WORD][:TELLING_WORDS] or longest[:1]


def _published(
    session: Session, values: Mapping[str, Any], title: str, organisation_id: int | None, but: int | None
) -> Iterator[Candidate]:
    near: list[ColumnElement[bool]] = [
        Opportunity.title.icontains(one, autoescape=True) for one in telling_words(title)
    ]
    for link in _hosted_paths(values):
        near += [column.icontains(link, autoescape=True) for column in (Opportunity.apply_url, Opportunity.info_url)]
    if organisation_id is not None:
        near.append(Opportunity.organisation_id == organisation_id)
    if not near:
        return
    query = (
        select(Opportunity)
        .where(Opportunity.standing == Standing.PUBLISHED, or_(*near))
        .order_by(Opportunity.organisation_id != organisation_id, Opportunity.id.desc())
        .limit(ROWS_LOOKED_AT)
        .options(
            load_only(Opportunity.slug, Opportunity.title, Opportunity.apply_url, Opportunity.info_url),
            selectinload(Opportunity.organisation).load_only(Organisation.name),
            selectinload(Opportunity.locations).load_only(Location.place),
            selectinload(Opportunity.intakes).load_only(Intake.opens_on, Intake.closes_on, Intake.position),
        )
    )
    for row in session.scalars(query if but is None else query.where(Opportunity.id != but)):
        last = max(row.intakes, key=lambda intake: intake.position, default=None)
        yield Candidate(
            key=row.slug,
            published=True,
            title=row.title,
            organisation=row.organisation.name,
            links=tuple(link for link in (row.apply_url, row.info_url) if link),
            opens_on=last.opens_on if last else None,
            closes_on=last.closes_on if last else None,
            places=frozenset(location.place.casefold() for location in row.locations if location.place),
        )


def _waiting(
    session: Session, values: Mapping[str, Any], title: str, organisation_id: int | None, but: int | None
) -> Iterator[Candidate]:
    near: list[ColumnElement[bool]] = [Submission.title.icontains(one, autoescape=True) for one in telling_words(title)]
    for link in _hosted_paths(values):
        near.append(Submission.answers["apply_url"].as_string().icontains(link, autoescape=True))
    if organisation_id is not None:
        near.append(Submission.organisation_id == organisation_id)
    if not near:
        return
    query = (
        select(Submission.key, Submission.title, Submission.answers)
        .where(Submission.state == State.WAITING, or_(*near))
        .order_by(Submission.id.desc())
        .limit(ROWS_LOOKED_AT)
    )
    for key, named, answers in session.execute(query if but is None else query.where(Submission.id != but)):
        yield Candidate(
            key=key,
            published=False,
            title=named or said(answers, "title"),
            organisation=said(answers, "organisation_name"),
            links=_links(said(answers, name) for name in ("apply_url", "info_url")),
            opens_on=typed_day(answers, "opens"),
            closes_on=typed_day(answers, "closes"),
            places=frozenset(place.casefold() for place in said(answers, "places").splitlines()),
        )


def _links(said_links: Iterable[str]) -> tuple[str, ...]:
    return tuple(link for link in said_links if link)


def _hosted_paths(values: Mapping[str, Any]) -> Sequence[str]:
    """Give what the pages linked to are found by in a database: host and path."""
    links = (word(values, name) for name in ("apply_url", "info_url"))
    return list(dict.fromkeys(f"{host(link)}{path}" for link in links if len(path := split(link).path.rstrip("/")) > 1))
