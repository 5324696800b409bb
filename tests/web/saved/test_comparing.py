"""Up to four side by side, with what differs and what nobody says."""

import re
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.vocabulary import Pay
from tests.search.rows import leeds, organisation, row


@pytest.fixture
def ids(session: Session) -> Sequence[int]:
    """Publish five listings that differ in pay and place."""
    by = organisation("LifeArc")
    rows = [
        row(f"Listing {number}", organisation=by, pay=pay, locations=places, how_to_apply="Write to us.")
        for number, (pay, places) in enumerate(
            [(Pay.WAGE, [leeds()]), (None, [leeds()]), (Pay.UNPAID, []), (Pay.WAGE, []), (Pay.WAGE, [])]
        )
    ]
    session.add_all(rows)
    session.commit()
    return [one.id for one in rows]


def cells(page: str, label: str) -> list[str]:
    head = rf'<tr role="row"[^>]*><th role="rowheader" scope="row">{label}(?:<small>Same for all</small>)?</th>'
    found = re.search(rf"{head}(.*?)</tr>", page, re.DOTALL)
    assert found, label
    told = re.findall(r"<td.*?</b>(.*?)</td>", found[1], re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in told]


def test_what_nobody_says_leads_to_whom_to_ask(client: FlaskClient, ids: Sequence[int]) -> None:
    page = client.get(f"/compare?items={ids[0]}.{ids[1]}").text
    assert "<h1>Compare 2</h1>" in page
    assert cells(page, "Starts") == ["Not said. Ask them: LifeArc, about starts"] * 2
    assert 'href="/organisations/lifearc"' in page


def test_rows_that_match_throughout_are_quieter_and_can_be_hidden(client: FlaskClient, ids: Sequence[int]) -> None:
    address = f"/compare?items={ids[0]}.{ids[1]}"
    page = client.get(address).text
    assert cells(page, "How you apply") == ["Write to us."] * 2
    assert '<tr role="row" class="is-alike"><th role="rowheader" scope="row">How you apply<small>Same for all<' in page
    hidden = client.get(f"{address}&alike=hide").text
    assert "How you apply" not in hidden and "Show rows that match" in hidden
    assert "Starts" in hidden  # that nobody says it of either is no likeness


def test_chosen_boxes_become_one_address(client: FlaskClient, ids: Sequence[int]) -> None:
    answer = client.get(f"/compare?item={ids[2]}&item={ids[0]}")
    assert answer.headers["Location"] == f"/compare?items={ids[2]}.{ids[0]}"


def test_a_fifth_is_kept_for_another_comparison(client: FlaskClient, ids: Sequence[int]) -> None:
    page = client.get(f"/compare?items={'.'.join(map(str, ids))}").text
    assert "<h1>Compare 4</h1>" in page and "You can compare up to 4" in page
    assert f'href="/compare?items={ids[4]}"' in page


def test_one_is_taken_out_by_a_link(client: FlaskClient, ids: Sequence[int]) -> None:
    page = client.get(f"/compare?items={ids[0]}.{ids[1]}.{ids[2]}").text
    assert f'href="/compare?items={ids[0]}.{ids[2]}"' in page


@pytest.mark.parametrize("query", ["", "?items=", "?items=abc", "?items=0", "?item=", "?items=99999999999999999999"])
def test_nothing_to_compare_says_how(client: FlaskClient, ids: Sequence[int], query: str) -> None:
    answer = client.get(f"/compare{query}", follow_redirects=True)
    assert answer.status_code == 200
    assert "tick “Compare”" in answer.text
