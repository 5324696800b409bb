"""What strangers wrote stays text: in every field, in every format, however it is meant."""

import io
import json
import re
import zipfile
from datetime import date, time
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.catalogue.actions import amend
from directory.catalogue.models import EligibilityRow, Intake, Level, Location, Opportunity, Skill
from directory.catalogue.vocabulary import Closing, EligibilityAbout, Framework, Need, Pay, Reach
from directory.exports.csv import cell
from directory.exports.plain import line, lines
from directory.foundation.workbooks import as_text
from directory.organisations.models import Organisation, OrganisationKind
from tests.contracts.listings import NOW
from tests.search.rows import row
from tests.web.pages import publish, see
from tests.web.taken_away import csv_rows, events, feed, got, xlsx_rows

pytestmark = pytest.mark.usefixtures("now")

HOSTILE = (
    '=HYPERLINK("http://evil.example";"Apply")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+44 and -44",
    '  "=1+1',
    "' =1+1",
    "\t=1+1",
    "harmless;=1+1",
    "＝1+1",
    "＂=1+1",
    "“﹦1+1”",
    '<r><t>hi</t></r></is></c><c r="M2"><f>HYPERLINK("//evil.example","Apply")</f><v>0</v></c><c><is><r><t/></r>',
    "<r>R&D</r>",
    "<script>alert(1)</script>",
    "</script><script src=//evil.example></script><!--",
    "]]></summary><entry>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "one\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
    "two\nATTENDEE:mailto:a@evil.example",
    "back\\slash; comma, \\n",
    "\x00nul\x1bescape\x85next\u2028line",
    "\u202eegnahc\u202c \ufeffmark",
    "half \ud83d of a letter",
    "🧬" * 60,
    "{{ 7 * 7 }} %s {0} ${x}",
    "long " * 400,
)
ALLOWED = {
    *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SUMMARY", "DESCRIPTION", "URL", "CATEGORIES"),
    *("STATUS", "TRANSP"),
}
ATOM = "{http://www.w3.org/2005/Atom}"
FORMULA = re.compile(r"""[\s"]*[=+\-@＝＋－＠\t\r]""")
EVERY_COLUMN = "title,kind,organisation,summary,where,areas,stages,level,skills,pay,length,dates,closes,apply"


def kept(text: str) -> str:
    """Give text as a database can keep it: PostgreSQL takes no NUL, and neither half a letter."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


@pytest.fixture
def texts(session: Session) -> dict[str, str]:
    """A listing for each hostile text, which says it everywhere; the texts by where the listings lead."""
    found = {f"hostile-{number}": kept(text) for number, text in enumerate(HOSTILE)}
    listings = [listing_of(slug, text) for slug, text in found.items()]
    publish(session, *listings)
    for listing in listings:
        amend(session, listing, {}, NOW)
    session.commit()
    return {f"/opportunities/{slug}": text for slug, text in found.items()}


def listing_of(slug: str, text: str) -> Opportunity:
    short = text[:40]
    listing = row(
        text[:200],
        slug=slug,
        summary=text,
        description=text,
        eligibility_words=text,
        length_words=text,
        pay=Pay.WAGE,
        pay_words=text,
        usual_words=text,
        how_to_apply=text,
        apply_url=f"https://example.org/{text[:100]}",
        organisation=Organisation(
            slug=slug, name=text[:200], kind=OrganisationKind.CHARITY, description=text, url="https://example.org"
        ),
        locations=[Location(position=0, reach=Reach.SITE, place=short, region=short, nation=short, postcode=text[:10])],
        levels=[Level(position=0, framework=Framework.RQF, number=3, local_name=text[:120])],
        eligibility=[EligibilityRow(position=0, need=Need.NEEDED, about=EligibilityAbout.ENTRY, text=text)],
        intakes=[
            Intake(
                position=0,
                zone="Europe/London",
                closing=Closing.FIXED,
                closes_on=date(2026, 12, 24),
                closes_at=time(12),
            )
        ],
    )
    listing.skills = [Skill(slug=slug, name=text[:80], also=[])]
    return listing


def path_of(public: object) -> str:
    return urlsplit(str(public)).path


def test_no_cell_of_a_csv_can_run(client: FlaskClient, texts: dict[str, str]) -> None:
    rows = csv_rows(got(client, f"/search.csv?columns={EVERY_COLUMN}"))
    assert {path_of(one["Its page"]) for one in rows} == set(texts)
    for one in rows:
        cells = [*one.values(), *(part for value in one.values() for part in value.split(";"))]
        assert [value for value in cells if FORMULA.match(value) or not value.isprintable()] == []
        assert one["Title"].replace("'", "") == line(texts[path_of(one["Its page"])][:200]).replace("'", "")


def test_a_workbook_holds_text_only(client: FlaskClient, texts: dict[str, str]) -> None:
    data = got(client, f"/search.xlsx?columns={EVERY_COLUMN}")
    assert {path_of(one["Its page"]): one["Title"] for one in xlsx_rows(data)} == {
        place: as_text(line(text[:200])) for place, text in texts.items()
    }
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]


def test_a_calendar_has_its_own_entries_and_properties_only(client: FlaskClient, texts: dict[str, str]) -> None:
    data = got(client, "/search.ics")
    found = {path_of(one["URL"]): one for one in events(data)}
    assert len(events(data)) == len(found) == len(texts)
    for place, text in texts.items():
        assert set(found[place]) == ALLOWED
        assert str(found[place]["SUMMARY"]) == line(f"Closes: {text[:200]} ({text[:200]})")
        assert len(events(got(client, f"{place}.ics"))) == 1
    assert all(len(one) <= 75 for one in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_feed_holds_plain_text(client: FlaskClient, texts: dict[str, str]) -> None:
    entries = [*feed(got(client, "/search.atom")).entries, *feed(got(client, "/search.atom?page=2")).entries]
    assert {path_of(one.link) for one in entries} == set(texts)
    for one in entries:
        text = texts[path_of(one.link)]
        assert one.title_detail.type == one.summary_detail.type == "text/plain"
        assert (one.title, one.author) == (line(text[:200]), line(text[:200]))
        assert one.summary.startswith(line(text))
        assert {link.rel for link in one.links} == {"alternate"}
    items = json.loads(got(client, "/search.json"))["items"]
    assert {one["title"] for one in items} <= {line(text[:200]) for text in texts.values()}
    assert not [one for one in items if "content_html" in one]


def test_linked_data_stays_data(client: FlaskClient, texts: dict[str, str]) -> None:
    for place, text in texts.items():
        if not "".join(text.split()).isprintable():
            continue  # not even a page can hold it
        page = see(client, place)
        blocks = [block.text or "" for block in page.tree.iter("script") if "src" not in block.attrib]
        trail, itself = map(json.loads, blocks)
        assert trail["itemListElement"][-1]["name"] == itself["name"] == line(text[:200])
        assert itself["description"] == lines(text)
        assert not [block for block in blocks if "<" in block]
        see(client, place.replace("opportunities", "organisations"))


@given(st.text())
def test_a_cell_of_any_text_begins_no_formula(text: str) -> None:
    assert FORMULA.match(str(cell(line(text)))) is None


def test_an_address_leads_where_it_led() -> None:
    address = "https://apply.example/x?y=1;@z=2;b=3"
    assert cell(address) == "https://apply.example/x?y=1%3B@z=2;b=3"
    assert FORMULA.match(str(cell("https://apply.example/ ;=1"))) is None


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_title_comes_through_every_format(client: FlaskClient, session: Session, text: str) -> None:
    title = line(text) or "-"
    listing: Opportunity = row(title, summary=text, intakes=[])
    listing.organisation.slug = listing.slug
    publish(session, listing)
    amend(session, listing, {}, NOW)
    session.commit()
    at = f"organisation={listing.slug}"
    assert xlsx_rows(got(client, f"/search.xlsx?{at}"))[0]["Title"] == title
    # Not by feedparser, which mends letters that look as if they had been read in another coding.
    atom = ElementTree.fromstring(got(client, f"/search.atom?{at}"))
    assert atom.findtext(f"{ATOM}entry/{ATOM}title") == title
    assert json.loads(got(client, f"/search.json?{at}"))["items"][0]["title"] == title
    assert len(csv_rows(got(client, f"/search.csv?{at}"))) == 1
