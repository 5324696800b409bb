"""An opportunity's page: everything that is known, nothing that isn't, and a next step whatever its state."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.kinds import KindName
from directory.catalogue.models import (
    Confirmation,
    EligibilityRow,
    GlossaryTerm,
    Intake,
    Location,
    Opportunity,
    Source,
    Standing,
)
from directory.catalogue.queries import WHOLE
from directory.catalogue.timing import NOT_RUNNING, timing
from directory.catalogue.vocabulary import (
    Applicant,
    Closing,
    EligibilityAbout,
    Need,
    Reach,
    Recurrence,
    Running,
    Signal,
)
from directory.foundation.clock import UK
from directory.organisations.models import Organisation
from directory.parts import Parts
from tests.contracts.listings import NOW
from tests.search.rows import leeds, organisation, row
from tests.search.test_named_listings import OWN_NAMES
from tests.web.pages import Page, every_card, publish, see, within, words

pytestmark = pytest.mark.usefixtures("now")

Listings = Mapping[str, Opportunity]

TODAY = NOW.astimezone(UK).date()
DAY = timedelta(days=1)

CLOSED: dict[str, dict[str, Any]] = {
    "closed": {"intakes": {"closing": Closing.FIXED, "closes_on": TODAY - DAY}},
    "paused": {"running": Running.PAUSED},
    "ended": {"running": Running.ENDED},
}


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


def at(slug: str) -> str:
    return f"/opportunities/{slug}"


@pytest.fixture(scope="module")
def listings(site: Parts) -> Listings:
    """Every real listing, whole, by its slug."""
    with site.sessions() as session:
        rows = session.scalars(select(Opportunity).order_by(Opportunity.slug).options(*WHOLE))
        return {row.slug: row for row in rows}


def deadline(page: Page) -> str:
    """Give the date in the key facts, as the screen shows it."""
    (box,) = page.some("key-facts")
    (shown,) = within(box, look="deadline")
    return " ".join(words(part) for part in shown if "paper" not in part.attrib.get("class", "").split())


def provenance(page: Page) -> str:
    (section,) = page.some("provenance")
    return words(section)


@pytest.mark.parametrize("nth", range(4))
def test_every_real_listing_has_a_page_with_its_own_name_and_next_steps(
    reader: FlaskClient, listings: Listings, nth: int
) -> None:
    assert len(listings) >= 200
    for slug, listing in list(listings.items())[nth::4]:
        page = see(reader, at(slug))
        text, hrefs = page.text, {link.attrib["href"] for link in within(page.main, "a")}
        assert page.heading == " ".join(listing.title.split())
        assert listing.organisation.name in text
        for paragraph in listing.description.split("\n\n"):
            assert " ".join(paragraph.split()) in text, slug
        assert {source.url for source in listing.sources} <= hrefs, slug
        assert (listing.apply_url or listing.info_url) in {None, *hrefs}, slug
        assert page.some("mini-card"), slug


def test_no_page_shows_what_is_meant_for_the_people_who_keep_the_catalogue(
    reader: FlaskClient, listings: Listings
) -> None:
    noted = {slug: " ".join(listing.notes.split()) for slug, listing in listings.items() if listing.notes}
    some = list(noted)[::7]
    assert some
    assert [slug for slug in some if noted[slug] in see(reader, at(slug)).text] == []


@pytest.mark.parametrize("slug", OWN_NAMES)
def test_each_listing_that_must_be_there_has_every_section(reader: FlaskClient, listings: Listings, slug: str) -> None:
    page = see(reader, at(slug))
    first, *rest = page.headings
    assert re.match("What (you.ll do|it is)", first)
    for section in ("Can I apply?", "How to apply", "Dates", "Who runs it", "Words explained", "Like this one"):
        assert section in rest
        assert len(words(page.section(section))) > len(section) + 10
    assert "Not checked" in provenance(page)
    assert {"Length", "Starts", "Where", "Open to"} < set(page.facts())
    assert {"Pay", "Cost"} & set(page.facts())
    programmes = within(page.section("Programmes under it"), "a") if "Programmes under it" in rest else []
    assert [words(link) for link in programmes] == sorted(
        (part.title for part in listings[slug].parts), key=str.casefold
    )


@pytest.mark.parametrize("slug", OWN_NAMES)
def test_each_listing_that_must_be_there_explains_its_words(
    reader: FlaskClient, site: Parts, listings: Listings, slug: str
) -> None:
    asked = listings[slug].glossary
    with site.sessions() as session:
        terms = session.scalars(select(GlossaryTerm).where(GlossaryTerm.slug.in_(asked))).all()
    explained = words(see(reader, at(slug)).section("Words explained"))
    assert len(terms) == len(asked) > 0
    for term in terms:
        assert f"{term.term}: {' '.join(term.meaning.split())}" in explained


def test_every_word_that_a_listing_asks_for_has_a_meaning(site: Parts, listings: Listings) -> None:
    with site.sessions() as session:
        known = set(session.scalars(select(GlossaryTerm.slug)))
    assert {slug for listing in listings.values() for slug in listing.glossary} <= known


def test_what_nobody_says_is_not_said(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(session, row(slug="bare", organisation=lifearc, kind=KindName.PLACEMENT))
    page = see(client, at("bare"))
    assert page.facts() == dict.fromkeys(("Pay", "Length", "Starts", "Where", "Open to"), "Not said")
    assert deadline(page) == "Dates Not said Ask them"
    assert "Place not said" in page.text
    assert "Support and access Not said. Before you apply, ask LifeArc" in page.text
    for section in ("Can I apply?", "Will it be funded for me?", "How to apply", "Dates", "Words explained"):
        assert section not in page.headings
    assert not page.some("key-facts-end"), "there is no page of theirs to go to"
    assert not re.search(r"\b(None|paid|free|open now|apply now)\b", page.text, re.IGNORECASE)


@pytest.mark.parametrize("kind", [KindName.COURSE, KindName.RESOURCE])
def test_what_one_uses_or_studies_says_what_it_costs(
    client: FlaskClient, session: Session, lifearc: Organisation, kind: KindName
) -> None:
    publish(session, row(slug="bare", organisation=lifearc, kind=kind))
    facts = see(client, at("bare")).facts()
    assert facts["Cost"] == "Not said"
    assert "Pay" not in facts


def test_rules_to_enter_and_rules_for_money_stand_apart(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    rules = [
        EligibilityRow(need=Need.NEEDED, about=EligibilityAbout.ENTRY, text="Five GCSEs."),
        EligibilityRow(need=Need.NOT_NEEDED, about=EligibilityAbout.ENTRY, text="A degree."),
        EligibilityRow(need=Need.NEEDED, about=EligibilityAbout.FUNDING, text="You have lived here three years."),
    ]
    publish(session, row(slug="ruled", organisation=lifearc, eligibility=rules, eligibility_words="Their own words."))
    page = see(client, at("ruled"))
    entry, funding = (words(page.section(name)) for name in ("Can I apply?", "Will it be funded for me?"))
    assert "Needed Five GCSEs. Not needed A degree." in entry
    assert "Their own words." in entry
    assert "lived here" in funding
    assert "lived here" not in entry


def test_it_says_who_sends_the_application(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(session, row(slug="school", organisation=lifearc, applicant=Applicant.SCHOOL))
    assert "Your school or college arranges it" in words(see(client, at("school")).section("How to apply"))


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"closes_on": TODAY}, "Closes Today Tue 24 Nov"),
        ({"closes_on": TODAY + DAY, "closes_at": time(16)}, "Closes Tomorrow Wed 25 Nov, 4pm"),
        ({"opens_on": TODAY + 10 * DAY}, "Opens Fri 4 Dec in 10 days"),
        ({"opens_on": TODAY + DAY, "closes_on": TODAY + 9 * DAY}, "Opens Wed 25 Nov tomorrow"),
    ],
)
def test_a_date_that_is_known_is_said_in_full(
    client: FlaskClient, session: Session, lifearc: Organisation, known: dict[str, Any], says: str
) -> None:
    publish(session, row(slug="dated", organisation=lifearc, intakes=[Intake(closing=Closing.FIXED, **known)]))
    page = see(client, at("dated"))
    assert deadline(page) == says
    assert "Dates" in page.headings
    assert words(page.some("deadline-paper")[0]).endswith("2026" if "4pm" not in says else "2026, 4pm")


def test_a_past_deadline_is_a_hint_and_never_a_date(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    past = Intake(closing=Closing.FIXED, opens_on=TODAY.replace(2025, 1, 6), closes_on=TODAY.replace(2025, 2, 3))
    publish(session, row(slug="yearly", organisation=lifearc, recurrence=Recurrence.ANNUAL, intakes=[past]))
    page = see(client, at("yearly"))
    assert deadline(page) == "Usually open January to February Dates not confirmed"
    assert "Earlier rounds" in page.headings
    assert "3 February 2025 Closed" in words(page.section("Dates"))
    assert "2026" not in page.text


def test_wells_are_drawn_only_when_one_is_filled(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(session, row(slug="back", organisation=lifearc, stages=["returner"]))
    publish(session, row(slug="phd", organisation=lifearc, stages=["returner", "phd"]))
    assert see(client, at("back")).some("wells") == []
    assert len(see(client, at("phd")).some("wells")) == 1
    assert len(see(client, "/search").some("wells")) == 1


@pytest.mark.parametrize(
    ("confirmed", "says", "button"),
    [(None, "Usually open All year Not confirmed", "Go to their site"), (NOW, "Apply Any time", "on their site")],
)
def test_any_time_is_said_only_once_somebody_confirmed_it(
    client: FlaskClient, session: Session, lifearc: Organisation, confirmed: datetime | None, says: str, button: str
) -> None:
    checks = [Confirmation(signal=Signal.ORGANISATION, at=confirmed)] if confirmed else []
    known: dict[str, Any] = {
        "recurrence": Recurrence.ROLLING,
        "confirmations": checks,
        "apply_url": "https://www.example.org/apply",
    }
    publish(session, row(slug="rolling", organisation=lifearc, **known))
    page = see(client, at("rolling"))
    assert deadline(page).startswith(says)
    (action,) = within(page.some("key-facts-end")[0], "a")
    assert words(action).endswith(button)
    assert action.attrib["href"] == "https://www.example.org/apply"
    assert "example.org" in words(page.some("key-facts-end")[0])


@pytest.mark.parametrize("known", CLOSED.values(), ids=CLOSED)
def test_what_takes_nobody_now_says_so_and_offers_the_next_step(
    client: FlaskClient, session: Session, lifearc: Organisation, known: dict[str, Any]
) -> None:
    rounds: dict[str, Any] = {"intakes": [Intake(**known["intakes"])]} if "intakes" in known else known
    shared: dict[str, Any] = {"organisation": lifearc, "kind": KindName.PLACEMENT, "stages": ["graduate"]}
    over = row("Over", slug="over", apply_url="https://example.org/", **shared, **rounds)
    publish(session, over, row("Still running", slug="running", **shared))
    page = see(client, at("over"))
    (note,) = page.some("note")
    assert re.search("closed|paused|ended", words(note), re.IGNORECASE)
    assert [link.attrib["href"] for link in within(note, "a")] == ["#similar"]
    assert [words(card) for card in page.some("mini-card") if "Still running" in words(card)]
    assert "Apply" not in words(page.some("key-facts-end")[0])
    assert re.search("closed|paused|ended|no longer|not running", deadline(page), re.IGNORECASE)
    assert see(client, "/search").cards == [at("running")]
    assert see(client, "/search?when=not-running").cards == [at("over")]


def test_the_last_of_its_kind_leads_on_too(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(session, row(slug="over", organisation=lifearc, running=Running.ENDED))
    (note,) = see(client, at("over")).some("note")
    assert [link.attrib["href"] for link in within(note, "a")] == ["/search"]


def test_what_runs_has_no_warning(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(session, row(slug="here", organisation=lifearc, recurrence=Recurrence.ANNUAL))
    assert see(client, at("here")).some("note") == []


def test_every_real_listing_that_is_over_says_so_and_stays_out_of_results(
    reader: FlaskClient, listings: Listings
) -> None:
    over = {at(slug) for slug, listing in listings.items() if timing(listing.schedule, NOW).state in NOT_RUNNING}
    assert over
    assert set(every_card(reader, "/search")) == {at(slug) for slug in listings} - over
    for address in over:
        assert re.search("closed|paused|ended", words(see(reader, address).some("note")[0]), re.IGNORECASE), address


def test_a_withdrawn_listing_is_gone_and_tells_nothing(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(session, row("Secret", slug="gone", organisation=lifearc, standing=Standing.WITHDRAWN))
    page = see(client, at("gone"), 410)
    assert "Secret" not in page.response.text
    assert page.links["Search every way in"] == "/search"
    assert page.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("slug", ["never-was", "GONE", "a" * 500, "🧬", "..", "x%00y", "%ff", "' OR 1=1 --"])
def test_a_listing_that_never_was_is_not_found(reader: FlaskClient, slug: str) -> None:
    assert "/search" in see(reader, at(slug), 404).links.values()


def test_no_page_leads_to_what_was_withdrawn(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    shared = {"organisation": lifearc, "stages": ["phd"]}
    umbrella = row("Secret umbrella", slug="umbrella", standing=Standing.WITHDRAWN, **shared)
    part = row("A part", slug="part", parent=umbrella, **shared)
    hidden = row("Secret part", slug="hidden", parent=part, standing=Standing.WITHDRAWN, **shared)
    publish(session, umbrella, part, hidden)
    page = see(client, at("part"))
    assert "Secret" not in page.text


def test_umbrella_and_parts_lead_to_each_other(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    umbrella = row("ATAC", slug="atac", organisation=lifearc)
    publish(session, umbrella, row("Level 5", slug="five", organisation=lifearc, parent=umbrella))
    assert see(client, at("five")).links["ATAC"] == at("atac")
    assert see(client, at("atac")).links["Level 5"] == at("five")


CHECKED = "One of us|a person|Checked on|Last checked"


@pytest.mark.parametrize(
    ("signal", "days", "right", "says", "never"),
    [
        (None, 0, True, "Not checked with the organisation yet", f"{CHECKED}|confirmed it|worked"),
        (Signal.LINK, 1, True, "Its link worked on 23 November 2026", f"{CHECKED}|confirmed it"),
        (Signal.PERSON, 1, True, "Checked on 23 November 2026", "organisation confirmed|Not checked|worked"),
        (Signal.ORGANISATION, 1, True, "organisation confirmed it on 23 November 2026", "One of us|Not checked|worked"),
        (Signal.PERSON, 100, True, "Last checked 100 days ago", "Checked on|Not checked"),
        (Signal.PERSON, 1, False, "Not checked with the organisation yet", f"{CHECKED}|confirmed it"),
        (Signal.ORGANISATION, 1, False, "Not checked with the organisation yet", f"{CHECKED}|confirmed it"),
        (Signal.LINK, 1, False, "Not checked with the organisation yet", "worked"),
    ],
)
def test_each_signal_says_only_what_it_knows(
    client: FlaskClient,
    session: Session,
    lifearc: Organisation,
    signal: Signal | None,
    days: int,
    right: bool,
    says: str,
    never: str,
) -> None:
    checks = [Confirmation(signal=signal, at=NOW - days * DAY, right=right)] if signal else []
    publish(session, row(slug="here", organisation=lifearc, confirmations=checks))
    told = provenance(see(client, at("here")))
    assert says in told
    assert not re.search(never, told)


def test_no_real_listing_claims_a_check_that_nobody_made(reader: FlaskClient, listings: Listings) -> None:
    unchecked = [slug for slug, listing in listings.items() if not listing.confirmations]
    for slug in unchecked[::10]:
        assert not re.search(f"{CHECKED}|confirmed it", provenance(see(reader, at(slug)))), slug


def test_sources_are_named_with_their_dates(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    sources = [Source(url="https://www.example.org/a", dated="2025"), Source(url="https://other.example/b")]
    publish(session, row(slug="sourced", organisation=lifearc, sources=sources, without_source=["pay"]))
    told = provenance(see(client, at("sourced")))
    assert "2 public pages" in told
    assert "(2025)" in told
    assert re.search("in general.*: pay", told)


def test_similar_listings_still_run_and_are_never_itself(reader: FlaskClient, listings: Listings) -> None:
    for slug in list(listings)[::20]:
        alike = [link.attrib["href"] for card in see(reader, at(slug)).some("mini-card") for link in within(card, "a")]
        assert len(alike) == len(set(alike)) <= 3
        assert at(slug) not in alike
        states = [timing(listings[other.removeprefix(at(""))].schedule, NOW).state for other in alike]
        assert NOT_RUNNING.isdisjoint(states)


def test_every_place_is_named(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    places = [leeds(), Location(reach=Reach.NATION, nation="Wales"), Location(reach=Reach.ONLINE)]
    publish(session, row(slug="here", organisation=lifearc, locations=places))
    where = see(client, at("here")).facts()["Where"]
    assert all(place in where for place in ("Leeds", "Wales", "Online"))


def test_a_title_is_only_words(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    title = 'A <b>bold</b> & "quoted" {{ title }}'
    publish(session, row(title, slug="here", organisation=lifearc, apply_url="https://example.org/?a=1&b=2"))
    assert see(client, at("here")).heading == title
