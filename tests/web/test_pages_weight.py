"""What a first visit weighs, and that no copy of a page is kept past what it says."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import brotli
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Confirmation, Intake, Opportunity
from directory.catalogue.timing import CONFIRMATION_HOLDS_FOR
from directory.catalogue.vocabulary import Closing, Recurrence, Signal
from directory.foundation import clock
from directory.foundation.clock import UK
from directory.organisations.models import Organisation
from directory.parts import Parts
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.web.pages import Page, publish, see
from tests.web.test_pages_reading import PAGES as READING

KB = 1000
MOST = 60 * KB
MAIN = 40 * KB  # home, results, an opportunity

LINKED = re.compile(r'<(?:link|script|img|source)\b[^>]*?\b(?:href|src)="(/static/[^"]+)"')
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
URL = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)""")

TODAY = NOW.astimezone(UK).date()
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


class Scales:
    """Weighs first visits as a browser makes them, each asset once."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self._assets: dict[str, tuple[int, frozenset[str]]] = {}

    def page(self, address: str) -> int:
        """Give the bytes of the page and of all it brings with it."""
        weight, body = self._got(address)
        brought: set[str] = set()
        coming = set(LINKED.findall(body))
        assert coming, "every page has a style"
        while coming:
            asset = coming.pop()
            brought.add(asset)
            coming |= self._asset(asset)[1] - brought
        return weight + sum(self._asset(asset)[0] for asset in brought)

    def _asset(self, address: str) -> tuple[int, frozenset[str]]:
        if address not in self._assets:
            weight, body = self._got(address)
            asked = IMPORTED.findall(body) if ".js" in address else URL.findall(body) if ".css" in address else []
            beside = address.rpartition("/")[0]
            self._assets[address] = weight, frozenset(_resolved(beside, path) for path in asked)
        return self._assets[address]

    def _got(self, address: str) -> tuple[int, str]:
        response = self._client.get(address, headers={"Accept-Encoding": "br"})
        assert response.status_code == 200, address
        body = response.data
        coded = response.headers.get("Content-Encoding") == "br"
        return len(body), (brotli.decompress(body) if coded else body).decode()


def _resolved(folder: str, path: str) -> str:
    parts = folder.split("/")
    for step in path.split("/"):
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


@pytest.fixture(scope="module")
def scales(reader: FlaskClient) -> Scales:
    return Scales(reader)


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


SEARCHES = (
    "/search",
    "/search?q=gene+therapy",
    "/search?q=zzzz&kind=course",
    "/search?near=Newport&within=50&kind=course&kind=placement&stage=graduate&pay=paid&when=open",
    "/search?page=5&sort=newest",
)


@pytest.mark.parametrize("address", ["/", *SEARCHES])
def test_a_first_visit_to_home_or_results_is_light(scales: Scales, address: str) -> None:
    assert scales.page(address) <= MAIN


def test_a_first_visit_to_any_listing_is_light(scales: Scales, site: Parts) -> None:
    with site.sessions() as session:
        slugs = session.scalars(select(Opportunity.slug).order_by(Opportunity.slug)).all()
    assert len(slugs) >= 200
    weights = {slug: scales.page(f"/opportunities/{slug}") for slug in slugs[:: every(site)]}
    assert {slug: weight for slug, weight in weights.items() if weight > MAIN} == {}


def test_a_first_visit_to_any_other_page_keeps_to_the_budget(scales: Scales, site: Parts) -> None:
    with site.sessions() as session:
        slugs = session.scalars(select(Organisation.slug).order_by(Organisation.slug)).all()
    addresses = (*READING, *(f"/organisations/{slug}" for slug in slugs[:: every(site)]))
    weights = {address: scales.page(address) for address in addresses}
    assert {address: weight for address, weight in weights.items() if weight > MOST} == {}


def every(site: Parts) -> int:
    """Weigh every page once, and of the same pages from the other database some."""
    return 1 if site.database.dialect.name == "sqlite" else 10


def test_the_scales_miss_nothing_that_a_page_brings(scales: Scales, reader: FlaskClient) -> None:
    """Or the budget would be kept by not looking."""
    scales.page("/search")
    brought = set(scales._assets)
    assert {address.rpartition(".")[2] for address in brought} >= {"css", "js", "svg"}
    assert len([address for address in brought if "/js/" in address]) >= 5
    for element in see(reader, "/search").tree.iter():
        for name in ("src", "srcset", "href", "data", "poster"):
            address = element.attrib.get(name, "")
            assert not address.startswith("/static/") or address in brought
            assert element.tag == "a" or not re.match("(https?:)?//", address) or element.attrib["rel"] == "canonical"


KEPT = (
    "/",
    "/search",
    "/search?q=cell",
    "/opportunities/lifearc-industrial-placements",
    "/organisations/lifearc",
    *READING,
)


@pytest.mark.parametrize("address", KEPT)
@pytest.mark.parametrize("coding", ["br", "identity"])
def test_a_page_that_has_not_changed_is_not_sent_again(
    reader: FlaskClient, now: datetime, address: str, coding: str
) -> None:
    accepting = {"Accept-Encoding": coding}
    first = reader.get(address, headers=accepting)
    again = reader.get(address, headers={**accepting, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    other = reader.get(address, headers={**accepting, "If-None-Match": 'W/"something else"'})
    assert other.status_code == 200


def test_no_two_pages_share_a_validator(reader: FlaskClient, now: datetime) -> None:
    validators = [reader.get(address).headers["ETag"] for address in KEPT]
    assert len(set(validators)) == len(KEPT)


def shown(organisation: Organisation) -> Iterator[tuple[str, Opportunity, datetime]]:
    """Give listings whose page changes at a moment, by what happens then."""

    def listing(**known: object) -> Opportunity:
        return row("Here", slug="here", organisation=organisation, **known)

    in_an_hour = (NOW + HOUR).astimezone(UK).time()
    yield "closes", listing(intakes=[Intake(closing=Closing.FIXED, closes_on=TODAY, closes_at=in_an_hour)]), NOW + HOUR
    yield (
        "opens",
        listing(
            intakes=[Intake(closing=Closing.FIXED, opens_on=TODAY, opens_at=in_an_hour, closes_on=TODAY + 9 * DAY)]
        ),
        NOW + HOUR,
    )
    yield (
        "opens elsewhere",
        listing(intakes=[Intake(opens_on=TODAY + DAY, opens_at=time(1), zone="Asia/Tokyo", closing=Closing.UNKNOWN)]),
        datetime.combine(TODAY, time(16), NOW.tzinfo),
    )
    checked = Confirmation(signal=Signal.PERSON, at=NOW - CONFIRMATION_HOLDS_FOR + HOUR)
    yield "ages", listing(recurrence=Recurrence.ROLLING, confirmations=[checked]), NOW + HOUR
    closing = Intake(closing=Closing.FIXED, closes_on=TODAY + DAY)
    yield "comes nearer", listing(intakes=[closing]), NOW + 15 * HOUR


CHANGES = ("closes", "opens", "opens elsewhere", "ages", "comes nearer")


@pytest.mark.parametrize("what", CHANGES)
def test_no_page_is_kept_past_what_it_says(
    client: FlaskClient, session: Session, lifearc: Organisation, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ((listing, change),) = [(listing, change) for name, listing, change in shown(lifearc) if name == what]
    with session.no_autoflush:
        publish(session, listing)
    addresses = ("/", "/search", "/search?q=here&near=Leeds", "/opportunities/here", "/organisations/lifearc")
    for before in (timedelta(minutes=3), 90 * SECOND, SECOND):
        monkeypatch.setattr(clock, "now", lambda before=before: change - before)
        for address in addresses:
            kept = client.get(address).cache_control.max_age
            assert kept is not None
            assert 0 <= kept <= before.total_seconds(), address
            assert kept >= before.total_seconds() - 1, f"{address} could be kept longer"


@pytest.mark.parametrize("what", CHANGES)
def test_a_page_that_changed_is_sent_again(
    client: FlaskClient, session: Session, lifearc: Organisation, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    ((listing, change),) = [(listing, change) for name, listing, change in shown(lifearc) if name == what]
    with session.no_autoflush:
        publish(session, listing)
    monkeypatch.setattr(clock, "now", lambda: change - SECOND)
    before = client.get("/opportunities/here")
    monkeypatch.setattr(clock, "now", lambda: change)
    after = client.get("/opportunities/here", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert Page(after).text != Page(before).text


def test_a_page_is_kept_five_minutes_at_most(reader: FlaskClient, now: datetime) -> None:
    for address in KEPT:
        control = reader.get(address).cache_control
        assert 0 < (control.max_age or 0) <= 300, address
        assert control.must_revalidate
