"""What is read of the catalogue: whole pages, cards in order, and when time next changes what they say."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from directory.catalogue import queries
from directory.catalogue.models import (
    Confirmation,
    GlossaryTerm,
    Intake,
    Involvement,
    Opportunity,
    Role,
    Skill,
    Source,
    Standing,
)
from directory.catalogue.timing import CLOSED_LATELY, CONFIRMATION_HOLDS_FOR, next_change
from directory.catalogue.vocabulary import Closing, Signal
from directory.organisations.models import Organisation
from tests.contracts.listings import NOW
from tests.search.rows import leeds, organisation, row

WITHDRAWN = Standing.WITHDRAWN
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


def keep(session: Session, *rows: object) -> None:
    """Write rows and forget them, so that what is read next is read from the database."""
    session.add_all(rows)
    session.flush()
    session.expunge_all()


def titles(rows: list[Opportunity]) -> list[str]:
    return [row.title for row in rows]


def confirmed(at: datetime, signal: Signal = Signal.PERSON, *, right: bool = True) -> Confirmation:
    return Confirmation(signal=signal, at=at, right=right)


def test_a_page_finds_everything_of_its_listing_at_once(session: Session, lifearc: Organisation) -> None:
    host = organisation("UCL")
    keep(
        session,
        row(
            slug="a-part",
            organisation=lifearc,
            parent=row("An umbrella", organisation=lifearc),
            locations=[leeds()],
            skills=["Quality"],
            intakes=[Intake(host=host, opens_on=date(2027, 1, 4))],
            involvements=[Involvement(organisation=host, role=Role.HOST)],
            sources=[Source(url="https://example.org/")],
            confirmations=[confirmed(NOW)],
        ),
    )
    found = queries.opportunity_by_slug(session, "a-part")
    assert found is not None
    assert found.parent is not None
    assert (found.organisation.name, found.parent.title) == ("LifeArc", "An umbrella")
    assert [one.place for one in found.locations] == ["Leeds"]
    assert [one.name for one in found.skills] == ["Quality"]
    assert [one.host.name for one in found.intakes if one.host] == ["UCL"]
    assert [one.organisation.name for one in found.involvements] == ["UCL"]
    assert [one.url for one in found.sources] == ["https://example.org/"]
    assert [one.at for one in found.confirmations] == [NOW]
    assert (found.levels, found.eligibility, found.parts) == ([], [], [])


@pytest.mark.parametrize("standing", Standing)
def test_a_page_is_found_by_its_slug_whatever_its_standing(session: Session, standing: Standing) -> None:
    keep(session, row("Here", slug="here", standing=standing))
    found = queries.opportunity_by_slug(session, "here")
    assert found is not None
    assert (found.title, found.standing) == ("Here", standing)


def test_a_slug_that_nobody_has_finds_nothing(session: Session) -> None:
    keep(session, row(slug="here"))
    for slug in ("", "her", "HERE", "here%", "h_re", "'; --"):
        assert queries.opportunity_by_slug(session, slug) is None


def test_cards_come_in_the_order_they_are_asked_for(session: Session, lifearc: Organisation) -> None:
    rows = [row(title, organisation=lifearc) for title in ("A", "B", "C")]
    session.add_all(rows)
    session.flush()
    a, b, c = (row.id for row in rows)
    assert titles(queries.opportunities_by_id(session, [c, a, b])) == ["C", "A", "B"]


def test_cards_of_what_is_withdrawn_or_gone_are_left_out(session: Session, lifearc: Organisation) -> None:
    rows = [row("A", organisation=lifearc), row("B", organisation=lifearc, standing=WITHDRAWN)]
    session.add_all(rows)
    session.flush()
    a, b = (row.id for row in rows)
    assert titles(queries.opportunities_by_id(session, [b, 999_999, a])) == ["A"]
    assert queries.opportunities_by_id(session, []) == []


def test_an_organisation_has_what_it_offers_before_what_it_takes_part_in(
    session: Session, lifearc: Organisation
) -> None:
    other = organisation("Catapult")

    def by(offerer: Organisation, title: str, *with_: Organisation, **known: Any) -> Opportunity:
        return row(title, organisation=offerer, involvements=[Involvement(organisation=one) for one in with_], **known)

    session.add_all(
        [
            by(other, "Alpha, shared", lifearc),
            by(lifearc, "zeta"),
            by(lifearc, "Beta"),
            by(lifearc, "Own and shared", lifearc),
            by(other, "Not theirs"),
            by(lifearc, "Withdrawn", standing=WITHDRAWN),
            by(other, "Withdrawn and shared", lifearc, standing=WITHDRAWN),
        ]
    )
    session.flush()
    assert titles(queries.opportunities_of(session, lifearc)) == ["Beta", "Own and shared", "zeta", "Alpha, shared"]


def test_an_umbrella_has_its_public_parts_by_title(session: Session, lifearc: Organisation) -> None:
    umbrella = row("Umbrella", organisation=lifearc)
    session.add_all(
        [
            row("second", organisation=lifearc, parent=umbrella),
            row("First", organisation=lifearc, parent=umbrella),
            row("Withdrawn", organisation=lifearc, parent=umbrella, standing=WITHDRAWN),
            row("No part of it", organisation=lifearc),
        ]
    )
    session.flush()
    assert titles(queries.parts_of(session, umbrella)) == ["First", "second"]


def changes(session: Session, now: datetime) -> datetime | None:
    """Say when time next changes what the public listings show, as they come from the database."""
    return next_change((row.schedule for row in queries.for_indexing(session)), now)


# NOW is nine in the morning in the UK, on Tuesday 24 November 2026.
TODAY, TOMORROW, YESTERDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("known", "after"),
    [
        ({"closes_on": TODAY, "closes_at": time(16)}, 7 * HOUR),
        ({"opens_on": TODAY, "opens_at": time(10)}, HOUR),
        ({"opens_on": TOMORROW}, 15 * HOUR),
        ({"opens_on": TOMORROW, "zone": "Pacific/Auckland"}, 2 * HOUR),
        ({"opens_on": TOMORROW, "opens_at": time(0, 30), "zone": "Asia/Tokyo"}, timedelta(hours=6, minutes=30)),
        ({"closes_on": YESTERDAY, "closes_at": time(23, 30), "zone": "Pacific/Honolulu"}, timedelta(minutes=30)),
        ({"closes_on": YESTERDAY, "closes_at": time(23), "zone": "America/Los_Angeles"}, CLOSED_LATELY - 2 * HOUR),
        ({"closes_on": TODAY, "closes_at": time(9)}, CLOSED_LATELY),
        ({"opens_on": TODAY}, None),
        ({"closes_on": TODAY + 30 * DAY, "closes_at": time(9)}, 30 * DAY),
        ({"starts_on": TOMORROW}, None),
        ({}, None),
    ],
)
def test_the_next_change_is_the_moment_a_round_opens_or_closes(
    session: Session, known: dict[str, Any], after: timedelta | None
) -> None:
    keep(session, row(intakes=[Intake(closing=Closing.FIXED, **known)]))
    assert changes(session, NOW) == (NOW + after if after is not None else None)


def test_the_soonest_of_all_changes_is_the_next(session: Session, lifearc: Organisation) -> None:
    keep(
        session,
        row(organisation=lifearc, intakes=[Intake(closes_on=TODAY, closes_at=time(17))]),
        row(organisation=lifearc, intakes=[Intake(opens_on=TODAY, opens_at=time(8), closes_on=TODAY)]),
        row(organisation=lifearc, intakes=[Intake(closes_on=TODAY, closes_at=time(11))]),
        row(organisation=lifearc, confirmations=[confirmed(NOW - CONFIRMATION_HOLDS_FOR + 3 * HOUR)]),
    )
    assert changes(session, NOW) == NOW + 2 * HOUR
    assert changes(session, NOW + 2 * HOUR) == NOW + 3 * HOUR
    assert changes(session, NOW + 3 * HOUR) == NOW + 8 * HOUR


@pytest.mark.parametrize(("age", "after"), [(-HOUR, HOUR), (timedelta(), None), (HOUR, None)])
def test_a_check_changes_what_is_said_when_it_ages(session: Session, age: timedelta, after: timedelta | None) -> None:
    keep(session, row(confirmations=[confirmed(NOW - CONFIRMATION_HOLDS_FOR - age)]))
    assert changes(session, NOW) == (NOW + after if after is not None else None)


def test_listings_are_counted_once_by_the_signal_that_found_them_right(session: Session, lifearc: Organisation) -> None:
    person, organisation_, link = Signal.PERSON, Signal.ORGANISATION, Signal.LINK
    keep(
        session,
        row(organisation=lifearc, confirmations=[confirmed(NOW), confirmed(NOW + HOUR), confirmed(NOW, link)]),
        row(organisation=lifearc, confirmations=[confirmed(NOW), confirmed(NOW, organisation_, right=False)]),
        row(organisation=lifearc, confirmations=[confirmed(NOW - HOUR), confirmed(NOW, right=False)]),
        row(organisation=lifearc, confirmations=[confirmed(NOW)], standing=WITHDRAWN),
        row(organisation=lifearc),
    )
    assert {signal: queries.checked_since(session, signal, NOW) for signal in Signal} == {
        person: 2,
        organisation_: 0,
        link: 1,
    }
    assert queries.checked_since(session, person, NOW - HOUR) == 3


def test_organisations_are_listed_by_name_with_how_many_they_offer(session: Session) -> None:
    catapult, abpi, ucl, gone = (organisation(name) for name in ("Catapult", "abpi", "UCL", "Gone"))
    session.add_all(
        [
            row(organisation=catapult, involvements=[Involvement(organisation=ucl)]),
            row(organisation=catapult),
            row(organisation=catapult, standing=WITHDRAWN),
            row(organisation=abpi),
            row(organisation=gone, standing=WITHDRAWN),
        ]
    )
    session.flush()
    listed = queries.organisations_with_listings(session)
    assert [(organisation.name, count) for organisation, count in listed] == [("abpi", 1), ("Catapult", 2)]


def test_the_index_gets_the_public_listings_and_no_others(session: Session, lifearc: Organisation) -> None:
    rows = [
        row("A", organisation=lifearc),
        row("B", organisation=lifearc, standing=WITHDRAWN),
        row(organisation=lifearc),
    ]
    session.add_all(rows)
    session.flush()
    ids = [row.id for row in rows]
    session.commit()
    assert [row.id for row in queries.for_indexing(session, [*ids, 999_999])] == [ids[0], ids[2]]
    assert [row.id for row in queries.for_indexing(session)] == [ids[0], ids[2]]
    assert queries.public_count(session) == 2


def test_words_come_in_the_order_of_the_alphabet_and_skills_in_their_own(session: Session) -> None:
    words = ("plasmid", "GMP", "AAV", "bench")
    session.add_all(GlossaryTerm(slug=word.lower(), term=word, meaning=word, also=[]) for word in words)
    session.add_all(Skill(id=id, slug=name.lower(), name=name, also=[]) for id, name in ((2, "Art"), (1, "Zoology")))
    session.flush()
    assert [one.term for one in queries.glossary(session, ["plasmid", "aav", "nobody-knows"])] == ["AAV", "plasmid"]
    assert [one.term for one in queries.whole_glossary(session)] == ["AAV", "bench", "GMP", "plasmid"]
    assert [one.name for one in queries.skills(session)] == ["Zoology", "Art"]
