"""Moderators change the words that find each other: seen first, then live, recorded, and undone if need be."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AccountRole, AuditRecord
from directory.catalogue.models import Synonym
from directory.catalogue.synonyms import SynonymChange, SynonymSaid, change_synonym
from directory.foundation import clock
from directory.parts import Parts
from directory.search import golden
from tests.search.rows import organisation, row
from tests.web.changing_words import form_with, send, sign_in
from tests.web.pages import Page, publish, see, total_at

WORDS, ADD, CHECK, SAVE = (f"/moderation/words{end}" for end in ("", "/add", "/check", "/save"))
QUERIES = """
- typed: worktop
  all: [bench]
- typed: about somewhere else
  all: [not-here]
"""


@pytest.fixture
def me(client: FlaskClient, session: Session) -> Account:
    return sign_in(client, session, AccountRole.MODERATOR)


@pytest.fixture
def catalogue(session: Session) -> None:
    lifearc = organisation("LifeArc")
    publish(
        session,
        row("Laboratory job", slug="bench", organisation=lifearc),
        row("Office job", slug="office", organisation=lifearc),
    )


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two golden queries in the place of the real ones, which are about other listings."""
    file = tmp_path / "golden_queries.yaml"
    file.write_text(QUERIES)
    read = golden.load(file)
    monkeypatch.setattr(golden, "load", lambda _file: read)


def write(session: Session, *words: str, finds: tuple[str, ...] = ()) -> int:
    row = change_synonym(session, SynonymChange(None, SynonymSaid(words, finds)), clock.now(), by=None)
    session.commit()
    return row.id


def said(session: Session) -> list[tuple[str, ...]]:
    session.expire_all()
    rows = select(Synonym).where(Synonym.removed_at.is_(None)).order_by(Synonym.id)
    return [tuple(row.words) + (("→", *row.finds) if row.finds else ()) for row in session.scalars(rows)]


def records(session: Session) -> list[AuditRecord]:
    return list(session.scalars(select(AuditRecord).where(AuditRecord.subject == "synonym").order_by(AuditRecord.id)))


def checked(client: FlaskClient, address: str, changes: Mapping[str, str]) -> Page:
    return send(client, see(client, address), CHECK, changes, holding="words")


@pytest.mark.usefixtures("catalogue")
def test_words_are_seen_to_work_before_they_are_live_and_then_they_work(
    client: FlaskClient, session: Session, me: Account, parts: Parts
) -> None:
    assert total_at(client, "/search?q=worktop") == 0
    preview = checked(client, ADD, {"words": "worktop\nlaboratory"})
    assert preview.heading == "What this changes"
    assert "worktop 0 1" in preview.text
    assert "None of the 0 breaks" in preview.text
    assert said(session) == []
    assert total_at(client, "/search?q=worktop") == 0

    done = send(client, preview, SAVE, {"why": "People say so."})
    assert "Saved." in done.text
    assert said(session) == [("worktop", "laboratory")]
    assert total_at(client, "/search?q=worktop") == 1, "at once"
    (made,) = records(session)
    assert (made.by_id, made.action, made.why) == (me.id, "added", "People say so.")
    assert (made.before, made.after) == ({}, {"words": ["worktop", "laboratory"], "finds": []})
    assert "Added by Sam" in done.text


@pytest.mark.usefixtures("me", "catalogue")
def test_the_list_says_how_much_each_phrase_is_used(client: FlaskClient, session: Session) -> None:
    write(session, "worktop", "laboratory", "lab job")
    write(session, "desk", finds=("office",))
    page = see(client, WORDS)
    assert "worktop: 0 listings say it, search finds 1" in page.text
    assert "laboratory: 1 listing says it, search finds 1" in page.text
    assert "Typing this also finds: office" in page.text
    assert "2 entries" in page.headings
    found = see(client, f"{WORDS}?q=OFF")
    assert "1 entry with ‘OFF’" in found.headings
    assert see(client, f"{WORDS}?q=nothing").text.count("No entries with") == 1


@pytest.mark.usefixtures("me", "catalogue")
def test_many_entries_come_in_pages(client: FlaskClient, session: Session) -> None:
    for number in range(45):
        write(session, f"word {number}", "laboratory")
    first, last = see(client, WORDS), see(client, f"{WORDS}?page=3")
    assert len(first.some("panel")) == 20
    assert len(last.some("panel")) == 5
    for page in ("0", "-1", "99999999999999999999", "x", "²"):
        assert see(client, f"{WORDS}?page={page}").status == 200


@pytest.mark.usefixtures("me", "catalogue", "queries")
def test_what_breaks_a_golden_query_needs_a_reason(client: FlaskClient, session: Session) -> None:
    id = write(session, "worktop", "laboratory")
    page = see(client, f"{WORDS}/{id}")
    preview = send(client, page, CHECK, holding="gone")
    assert "1 of 1 would no longer show" in preview.text
    assert "worktop: bench" in preview.text
    assert "1 more are about listings that aren’t in this catalogue" in preview.text

    refused = send(client, preview, SAVE)
    assert (refused.status, refused.title.startswith("Error:")) == (422, True)
    assert "Enter why this should go live" in refused.text
    assert said(session) == [("worktop", "laboratory")]

    send(client, refused, SAVE, {"why": "Nobody says that here."})
    assert said(session) == []
    removed = records(session)[-1]
    assert (removed.action, removed.why) == ("removed", "Nobody says that here.")
    assert removed.before == {"words": ["worktop", "laboratory"], "finds": []}
    assert removed.after == {"breaks": ["worktop"], "mends": []}
    assert "Broke 1 golden query: worktop" in see(client, WORDS).text

    undo = send(client, see(client, WORDS), CHECK)
    assert undo.heading == "What undoing this changes"
    assert "1 would show at last what people mean" in undo.text
    send(client, undo, SAVE)
    assert said(session) == [("worktop", "laboratory")]


@pytest.mark.usefixtures("me", "catalogue")
def test_every_change_is_undone_from_its_record(client: FlaskClient, session: Session) -> None:
    id = write(session, "worktop", "laboratory")
    send(client, checked(client, f"{WORDS}/{id}", {"words": "worktop", "finds": "laboratory\njob"}), SAVE)
    assert said(session) == [("worktop", "→", "laboratory", "job")]
    history = see(client, f"{WORDS}/{id}")
    assert "From: worktop = laboratory" in history.text
    send(client, send(client, history, CHECK, holding="record"), SAVE)
    assert said(session) == [("worktop", "laboratory")]
    assert [one.action for one in records(session)] == ["added", "edited", "edited"]


@pytest.mark.usefixtures("me")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"words": ""}, "Enter the words that people type"),
        ({"words": "\x00\n \r\n"}, "Enter the words that people type"),
        ({"words": "lab\nLAB\nlabs"}, "Enter at least two phrases"),
        ({"words": "x" * 10_000 + "\nlab"}, "must be 80 characters or fewer. It has 10,000"),
        ({"words": "\n".join(f"word {number}" for number in range(3_000))}, "20 phrases or fewer. You have 3,000"),
        ({"words": "the\nof"}, "has no word that search looks for"),
        ({"words": "<script>alert(1)</script>", "finds": "!"}, "‘!’ has no word"),
        ({"words": "Bench\nlaboratories"}, "in the list already"),
        ({"words": "laboratory", "finds": "labs"}, "Enter words that differ"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(
    client: FlaskClient, session: Session, typed: dict[str, str], words: str
) -> None:
    write(session, "lab", "bench")
    page = checked(client, ADD, typed)
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert page.text.count(words) == 2, "in the summary and at the field"
    assert said(session) == [("lab", "bench")]
    if "\x00" not in typed["words"]:
        kept = [box.text or "" for box in page.some("input", "textarea")]
        assert typed["words"].strip() in "".join(kept)
    assert client.post(SAVE, data={"csrf_token": token(page), **typed}).status_code == 422
    assert said(session) == [("lab", "bench")]


def token(page: Page) -> str:
    form = form_with(page, CHECK)
    return next(one.attrib["value"] for one in form.iter("input") if one.attrib.get("name") == "csrf_token")


@pytest.mark.usefixtures("me", "catalogue")
def test_hostile_text_is_cleaned_and_shown_as_text(client: FlaskClient, session: Session) -> None:
    preview = checked(client, ADD, {"words": "<b>wörk</b>\x00top\n laboratory  job ,🧬 gene's"})
    send(client, preview, SAVE, {"why": "a\x00b\nc" + "d" * 400})
    assert said(session) == [("<b>wörk</b>top", "laboratory job", "🧬 gene's")]
    assert records(session)[-1].why.startswith("ab c")
    assert "<b>wörk</b>top" in see(client, WORDS).text


@pytest.mark.usefixtures("me", "catalogue")
def test_a_why_that_is_too_long_is_said(client: FlaskClient) -> None:
    preview = checked(client, ADD, {"words": "worktop\nlaboratory"})
    assert (
        "Why must be 500 characters or fewer. You have 10,000"
        in send(client, preview, SAVE, {"why": "d" * 10_000}).text
    )


@pytest.mark.usefixtures("me", "catalogue")
def test_a_form_sent_twice_does_it_once(client: FlaskClient, session: Session) -> None:
    preview = checked(client, ADD, {"words": "worktop\nlaboratory"})
    for _ in range(2):
        send(client, preview, SAVE)
    assert said(session) == [("worktop", "laboratory")]
    page = see(client, f"{WORDS}/{session.scalars(select(Synonym.id)).one()}")
    removing = send(client, page, CHECK, holding="gone")
    assert send(client, removing, SAVE).status == 200
    assert send(client, removing, SAVE).status == 409
    assert [one.action for one in records(session)] == ["added", "removed"]


@pytest.mark.usefixtures("me", "catalogue")
def test_a_change_meanwhile_is_shown_and_nothing_typed_is_lost(client: FlaskClient, session: Session) -> None:
    id = write(session, "worktop", "laboratory")
    preview = checked(client, f"{WORDS}/{id}", {"words": "worktop\nlaboratory\nbench"})
    change_synonym(session, SynonymChange(id, SynonymSaid(("worktop", "theirs"))), clock.now(), by=None)
    session.commit()
    page = send(client, preview, SAVE)
    assert page.status == 409
    assert "Somebody changed this after you opened it" in page.text
    assert "worktop = theirs" in page.text
    assert "worktop = laboratory = bench" in page.text
    assert said(session) == [("worktop", "theirs")]
    assert send(client, page, SAVE).status == 200
    assert said(session) == [("worktop", "laboratory", "bench")]


@pytest.mark.usefixtures("me", "catalogue")
def test_a_form_without_its_token_changes_nothing_and_is_kept(client: FlaskClient, session: Session) -> None:
    preview = checked(client, ADD, {"words": "worktop\nlaboratory"})
    page = send(client, preview, SAVE, {"csrf_token": "wrong", "why": "Kept."})
    assert page.status == 409
    assert "You’ve been away a while" in page.text
    assert said(session) == []
    send(client, page, SAVE)
    assert records(session)[-1].why == "Kept."


@pytest.mark.usefixtures("me")
@pytest.mark.parametrize(
    ("address", "data", "status"),
    [
        (CHECK, {"id": "1"}, 404),
        (CHECK, {"id": "9" * 30}, 404),
        (CHECK, {"id": "x; drop table"}, 404),
        (SAVE, {"id": "1", "gone": "yes"}, 404),
        (CHECK, {"record": "9" * 30}, 409),
        (SAVE, {"record": "1"}, 409),
        (CHECK, {"gone": "yes"}, 200),
        (SAVE, {"gone": "yes"}, 409),
    ],
)
def test_what_is_not_there_is_no_trouble(
    client: FlaskClient, session: Session, address: str, data: dict[str, str], status: int
) -> None:
    page = client.post(address, data={**data, "csrf_token": token(see(client, ADD))})
    assert page.status_code == status
    assert said(session) == []


@pytest.mark.usefixtures("me")
@pytest.mark.parametrize("id", ["1", "2147483647", "99999999999999999999", "x"])
def test_an_entry_that_is_not_there_is_not_found(client: FlaskClient, id: str) -> None:
    assert client.get(f"{WORDS}/{id}").status_code == 404


@pytest.mark.parametrize("role", [None, AccountRole.ADVISER])
def test_nobody_else_may_enter(client: FlaskClient, session: Session, role: AccountRole | None) -> None:
    for address in (WORDS, ADD):
        assert client.get(address).status_code == 303
    assert client.post(SAVE, data={"words": "a\nb"}).status_code == 403
    sign_in(client, session, role)
    for address in (WORDS, ADD):
        assert client.get(address).status_code == 403
    assert client.post(CHECK, data={"words": "a\nb"}).status_code in (400, 403)
    assert said(session) == []


def test_an_administrator_may_and_no_copy_of_the_page_is_kept(client: FlaskClient, session: Session) -> None:
    sign_in(client, session, AccountRole.ADMINISTRATOR)
    page = see(client, WORDS)
    assert page.response.cache_control.no_store
    assert "noindex" in page.response.headers["X-Robots-Tag"]
