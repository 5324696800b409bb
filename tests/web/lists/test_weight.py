"""A full list stays light: 200 pins, each with a long note of different words."""

import random

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.models import Intake
from directory.catalogue.outbox import owe
from directory.catalogue.vocabulary import Closing
from directory.lists.codes import code_words
from directory.lists.models import LONGEST_NOTE, MOST_PINS
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.web.lists.shown import share
from tests.web.test_pages_weight import MOST, Scales


@pytest.fixture
def full(session: Session) -> str:
    """Make the heaviest list that people would make, and give its address."""
    drawn = random.Random(5)

    def words(number: int) -> str:
        return " ".join(drawn.choices(code_words(), k=number))

    by = [organisation(words(3).title()) for _ in range(40)]
    rows = [
        row(
            words(6).capitalize(),
            slug=f"{words(4).replace(' ', '-')}-{number}",
            organisation=drawn.choice(by),
            intakes=[Intake(closing=Closing.FIXED, closes_on=NOW.date().replace(year=NOW.year + 1))],
        )
        for number in range(MOST_PINS)
    ]
    session.add_all(rows)
    session.flush()
    ids = [one.id for one in rows]
    owe(session, ids)
    session.commit()
    return share(session, ids, notes=[words(18)[: LONGEST_NOTE // 2] for _ in ids]).address


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("part", ["", "/print", "/embed", "/qr", "/share"])
def test_a_full_list_keeps_to_the_budget(client: FlaskClient, full: str, part: str) -> None:
    assert Scales(client).page(f"/l/{full}{part}") <= MOST
