"""What a visitor saves stays on their device, in their order; a cookie that isn't ours is an empty list."""

import re
from collections.abc import Sequence
from datetime import time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.catalogue.actions import withdraw
from directory.catalogue.models import Intake, Opportunity
from directory.catalogue.outbox import owe
from directory.catalogue.vocabulary import Closing
from directory.schema import metadata
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row


@pytest.fixture
def ids(session: Session) -> Sequence[int]:
    """Publish 101 listings, and give their ids."""
    by = organisation("LifeArc")
    rows = [row(f"Listing {number:03}", organisation=by, slug=f"listing-{number}") for number in range(101)]
    session.add_all(rows)
    session.flush()
    owe(session, [one.id for one in rows])
    session.commit()
    return [one.id for one in rows]


def save(client: FlaskClient, *ids: int) -> None:
    for id in ids:
        assert client.post("/save?back=/search", data={"save": id}).status_code == 303


def order(client: FlaskClient, query: str = "") -> list[int]:
    return [int(id) for id in re.findall(r'class="saved-item" id="save-(\d+)"', client.get(f"/saved{query}").text)]


@pytest.mark.usefixtures("now")
def test_deadlines_ahead_come_first_and_what_has_none_or_closed_after(client: FlaskClient, session: Session) -> None:
    def closing(days: int) -> list[Intake]:
        day = NOW.date() + timedelta(days=days)
        return [Intake(position=0, zone="UTC", closing=Closing.FIXED, closes_on=day, closes_at=time(12))]

    by = organisation("LifeArc")
    rows = [row(f"In {days}", organisation=by, slug=f"in-{days}", intakes=closing(days)) for days in (-9, 30, 3)]
    rows.append(row("Any time", organisation=by, slug="any-time"))
    session.add_all(rows)
    session.flush()
    owe(session, [one.id for one in rows])
    session.commit()
    closed, late, soon, any_time = (one.id for one in rows)
    save(client, closed, late, soon, any_time)
    assert order(client, "?order=deadlines") == [soon, late, closed, any_time]


def test_saving_leads_back_to_where_it_was_pressed(client: FlaskClient, ids: Sequence[int]) -> None:
    answer = client.post("/save?back=/search%3Fq%3Dlab", data={"save": ids[0]})
    assert answer.headers["Location"] == f"/search?q=lab#save-{ids[0]}"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert client.post("/save?back=//evil.example", data={"save": ids[0]}).headers["Location"].startswith("/#")


def test_a_script_is_answered_in_a_few_bytes(client: FlaskClient, ids: Sequence[int]) -> None:
    answer = client.post("/save", data={"save": ids[3]}, headers={"Accept": "application/json"})
    assert answer.json == {"count": 1, "saved": [ids[3]], "problem": None}


def test_the_card_and_the_header_say_so(client: FlaskClient, ids: Sequence[int]) -> None:
    assert f'name="save" value="{ids[0]}"' in client.get("/search").text
    save(client, ids[0])
    page = client.get("/search").text
    assert f'name="remove" value="{ids[0]}"' in page
    assert re.search(r"data-saved-count>1<", page)


def test_looking_sets_no_cookie(client: FlaskClient, ids: Sequence[int]) -> None:
    for path in ("/search", "/saved", f"/shared?items={ids[0]}.{ids[1]}", f"/compare?items={ids[0]}.{ids[1]}"):
        assert "Set-Cookie" not in client.get(path).headers, path


def test_saved_ones_move_and_go_and_come_back(client: FlaskClient, ids: Sequence[int]) -> None:
    a, b, c = ids[:3]
    save(client, a, b, c)
    client.post("/saved", data={"act": f"up {c}"})
    assert order(client) == [a, c, b]
    client.post("/saved", data={"act": f"first {b}"})
    assert order(client) == [b, a, c]
    removed = client.post("/saved", data={"act": f"remove {a}"}).headers["Location"]
    page = client.get(removed).text
    assert "‘Listing 000’ is removed" in page and f'value="back {a}"' in page
    place = re.search(r'name="place" value="(\d+)"', page)
    assert place
    client.post("/saved", data={"act": f"back {a}", "place": place[1]})
    assert order(client) == [b, a, c]
    cleared = client.post("/saved", data={"act": "clear"}).headers["Location"]
    items = re.search(r'name="items" value="([\d.]+)"', client.get(cleared).text)
    assert items and order(client) == []
    client.post("/saved", data={"act": "all", "items": items[1]})
    assert order(client) == [b, a, c]


def test_the_hundred_and_first_is_refused_and_loses_nothing(client: FlaskClient, ids: Sequence[int]) -> None:
    client.post("/save", data={"save": ".".join(map(str, ids[:100]))})
    answer = client.post("/save", data={"save": ids[100]})
    assert answer.headers["Location"] == "/saved?full=yes"
    assert "all a device keeps" in client.get("/saved?full=yes").text
    assert order(client) == list(ids[:100])


def test_what_is_no_longer_listed_is_said_and_not_shown(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    save(client, *ids[:2])
    gone = session.get(Opportunity, ids[0])
    assert gone is not None
    withdraw(session, gone, NOW)
    session.commit()
    assert "One that you saved is no longer listed" in client.get("/saved").text
    assert order(client) == [ids[1]]


def test_what_is_no_longer_listed_is_dropped_on_the_next_act(
    client: FlaskClient, session: Session, ids: Sequence[int]
) -> None:
    a, gone, c, d = ids[:4]
    save(client, a, gone, c, d)
    listing = session.get(Opportunity, gone)
    assert listing is not None
    withdraw(session, listing, NOW)
    session.commit()
    client.post("/saved", data={"act": f"up {c}"})
    assert order(client) == [c, a, d]  # past what is seen above it, not past what isn't
    assert "no longer listed" not in client.get("/saved").text


def test_undo_never_takes_away_what_was_saved_since(client: FlaskClient, ids: Sequence[int]) -> None:
    save(client, *ids[:2])
    client.post("/saved", data={"act": "clear"})
    save(client, ids[2])
    client.post("/saved", data={"act": "all", "items": f"{ids[0]}.{ids[1]}"})
    assert order(client) == list(ids[:3])


@pytest.mark.parametrize("act", ["back", "all"])
def test_undo_past_a_hundred_is_refused_and_loses_nothing(client: FlaskClient, ids: Sequence[int], act: str) -> None:
    client.post("/save", data={"save": ".".join(map(str, ids[:100]))})
    undo = {"act": f"back {ids[100]}", "place": 1} if act == "back" else {"act": "all", "items": ids[100]}
    assert client.post("/saved", data=undo).headers["Location"] == "/saved?full=yes"
    assert order(client) == list(ids[:100])


@pytest.mark.parametrize("cookie", ["", "1.2.3", "1.2.3.forged", "x" * 3900, "\u2603", "..", "1.%00"])
def test_a_cookie_that_is_not_ours_is_an_empty_list(client: FlaskClient, ids: Sequence[int], cookie: str) -> None:
    client.set_cookie("saved", cookie)
    assert order(client) == []
    assert client.get("/search").status_code == 200


@pytest.mark.parametrize("act", ["", "up", "up x", "first 999999999999", "back 1", "nothing 1", "remove \x00"])
def test_nonsense_changes_nothing(client: FlaskClient, ids: Sequence[int], act: str) -> None:
    save(client, ids[5], ids[6])
    assert client.post("/saved", data={"act": act.replace("1", str(ids[5]))}).status_code == 303
    assert set(order(client)) == {ids[5], ids[6]}


def test_nothing_of_it_reaches_the_database(client: FlaskClient, session: Session, ids: Sequence[int]) -> None:
    def rows() -> dict[str, int | None]:
        return {table.name: session.scalar(select(func.count()).select_from(table)) for table in metadata.sorted_tables}

    client.get("/search")  # the index is filled by the first search
    session.expire_all()
    before = rows()
    save(client, *ids[:4])
    client.post("/saved", data={"act": f"remove {ids[0]}"})
    client.get(f"/compare?items={ids[1]}.{ids[2]}")
    session.rollback()
    assert rows() == before


def test_a_link_holds_the_list_and_another_device_saves_it(client: FlaskClient, ids: Sequence[int]) -> None:
    items = f"{ids[2]}.{ids[0]}"
    page = client.get(f"/shared?items={items}").text
    assert page.index("Listing 002") < page.index("Listing 000")
    client.post("/save?back=/saved", data={"save": items})
    assert order(client) == [ids[2], ids[0]]
    answer = client.get(f"/shared?items={ids[2]},{ids[0]},")
    assert answer.status_code == 301 and answer.headers["Location"] == f"/shared?items={items}"
    assert f"/shared?items={items}" in client.get(f"/shared/link?items={items}").text


def test_a_link_gives_the_same_listings_in_other_formats(client: FlaskClient, ids: Sequence[int]) -> None:
    items = f"{ids[2]}.{ids[0]}.999999"
    table = client.get(f"/shared.csv?items={items}").text
    assert table.index("Listing 002") < table.index("Listing 000")
    feed = client.get(f"/shared.json?items={items}").json
    assert [item["title"] for item in feed["items"]] == ["Listing 002", "Listing 000"]
