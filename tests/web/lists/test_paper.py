"""A list on paper and on the wall: numbered rows, absolute dates, codes that lead to where they say."""

import io
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.models import Intake
from directory.catalogue.queries import opportunities_by_id
from directory.catalogue.vocabulary import Closing
from directory.foundation.clock import UK
from directory.parts import Parts
from directory.web.qr import qr
from tests.contracts.listings import NOW
from tests.web.lists.shown import share
from tests.web.pages import see

pytestmark = pytest.mark.usefixtures("now")
TODAY = NOW.astimezone(UK).date()


def test_the_handout_says_what_a_page_of_paper_must(
    client: FlaskClient, session: Session, ids: Sequence[int], parts: Parts
) -> None:
    (row,) = opportunities_by_id(session, [ids[0]])
    row.intakes = [Intake(closing=Closing.FIXED, closes_on=TODAY + timedelta(days=1))]
    session.flush()
    one = share(session, ids[:2], notes=["Ask us for a travel form."], rule="lab")
    page = see(client, f"/l/{one.address}/print")
    day = TODAY + timedelta(days=1)
    assert f"{day:%a} {day.day} {day:%b %Y}" in page.text and "omorrow" not in page.text
    assert "From the careers team, Ashgrove College. Printed" in page.text
    assert "Ask us for a travel form." in page.text and "From the search that keeps this list current" in page.text
    assert page.text.count("Looked") == page.text.count("Applied") == 3
    codes = re.findall(r'(?i:aria-label="(http[^"]+)")', client.get(f"/l/{one.address}/print").text)
    here = parts.settings.site_address
    assert codes[0] == f"{here}/l/{one.address}"
    assert codes[1:3] == [f"{here}/o/{ids[0]}".upper(), f"{here}/o/{ids[1]}".upper()]
    assert client.get(f"/O/{ids[0]}").headers["Location"] == "/opportunities/listing-0"


def test_the_wall_has_the_code_the_address_and_four_words(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    one = share(session, ids)
    text = see(client, f"/l/{one.address}/qr").text
    assert one.class_code.replace("-", " ") in text and f"/l/{one.address}" in text


@pytest.mark.parametrize(("ending", "starts"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_code_can_be_taken_as_a_picture(
    client: FlaskClient, session: Session, ids: Sequence[int], ending: str, starts: bytes
) -> None:
    one = share(session, ids)
    answer = client.get(f"/l/{one.address}/qr.{ending}")
    assert answer.data.startswith(starts)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="qr-{one.address}.{ending}"'
    assert client.get(f"/l/nothing/qr.{ending}").status_code == 404
    assert client.get(f"/l/{one.address}/qr.gif").status_code == 404


def test_a_code_is_named_by_its_address_and_lets_no_markup_through() -> None:
    drawn = qr('https://wayin.example/l/"><script>')
    assert 'aria-label="https://wayin.example/l/&#34;&gt;&lt;script&gt;"' in drawn and "<script" not in drawn
    assert io.StringIO(drawn).read().startswith('<svg role="img"')


def test_codes_on_the_handout_are_coarse_enough_to_scan_at_19_mm(parts: Parts) -> None:
    """0.4 mm for a module is what printed codes need; a usual site's address leaves more."""
    drawn = qr("HTTPS://WWW.WAYIN.EXAMPLE/O/123456")
    size = re.search(r'viewBox="0 0 (\d+) ', drawn)
    assert size and 19 / int(size[1]) > 0.5
