"""Moderators change the skill areas: seen first, then live and owed to the index, recorded, and undone if need be."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AccountRole, AuditRecord
from directory.catalogue.models import Skill
from tests.search.rows import organisation, row
from tests.web.changing_words import fields_of, form_with, send, sign_in
from tests.web.pages import Page, publish, see, total_at

SKILLS, ADD, CHECK, SAVE = (f"/moderation/skills{end}" for end in ("", "/add", "/check", "/save"))


@pytest.fixture(autouse=True)
def me(client: FlaskClient, session: Session) -> Account:
    return sign_in(client, session, AccountRole.MODERATOR)


@pytest.fixture(autouse=True)
def catalogue(session: Session) -> None:
    lifearc = organisation("LifeArc")
    research, quality, unused = (
        Skill(slug=name.lower(), name=name, also=[]) for name in ("Research", "Quality", "Unused")
    )
    one, both = row("A job", organisation=lifearc, slug="one"), row("A role", organisation=lifearc, slug="both")
    one.skills, both.skills = [research], [research, quality]
    session.add_all([research, quality, unused])
    publish(session, one, both, row("Gone", organisation=lifearc, slug="gone", standing="withdrawn"))


def skills(session: Session) -> dict[str, str]:
    session.expire_all()
    return {one.slug: one.name for one in session.scalars(select(Skill).order_by(Skill.slug))}


def records(session: Session) -> list[AuditRecord]:
    return list(session.scalars(select(AuditRecord).where(AuditRecord.subject == "skill").order_by(AuditRecord.id)))


def test_the_list_says_how_much_each_is_used(client: FlaskClient) -> None:
    page = see(client, SKILLS)
    assert "Research, change 2 under Research 2 2" in page.text
    assert "Quality, change 1 under Quality 1 1" in page.text
    assert "Unused, change 0 under Unused 0 0" in page.text


def test_an_edit_is_seen_first_and_then_found(client: FlaskClient, session: Session, me: Account) -> None:
    page = see(client, f"{SKILLS}/research")
    preview = send(client, page, CHECK, {"name": "Finding out", "also": "research, snooping"}, holding="name")
    assert "2 listings are filed under it" in preview.text
    assert "snooping 0 2" in preview.text
    assert skills(session)["research"] == "Research"
    done = send(client, preview, SAVE, {"why": "Plainer."})
    assert "Saved." in done.text
    assert skills(session)["research"] == "Finding out"
    assert total_at(client, "/search?q=snooping") == 2
    (edited,) = records(session)
    assert (edited.action, edited.by_id, edited.why) == ("edited", me.id, "Plainer.")
    assert edited.before == {"slug": "research", "name": "Research", "also": []}

    send(client, send(client, done, CHECK, holding="record"), SAVE)
    assert skills(session)["research"] == "Research"


def test_merging_moves_the_listings_and_undoing_brings_them_back(client: FlaskClient, session: Session) -> None:
    page = see(client, f"{SKILLS}/research")
    assert "2 listings are filed under it" in page.text
    nowhere = send(client, page, CHECK, holding="into")
    assert nowhere.status == 422
    assert nowhere.text.count("Choose the skill area that its listings go to") == 2
    preview = send(client, nowhere, CHECK, {"into": "quality"}, holding="into")
    assert "Its listings go to Quality" in preview.text
    assert "Research 2 0" in preview.text
    done = send(client, preview, SAVE)
    assert skills(session).keys() == {"quality", "unused"}
    assert total_at(client, "/search?skill=quality") == 2
    assert "Its listings went to quality" in done.text

    undo = send(client, done, CHECK, holding="record")
    assert "Research 0 2" in undo.text
    send(client, undo, SAVE)
    assert skills(session).keys() == {"quality", "research", "unused"}
    assert (total_at(client, "/search?skill=quality"), total_at(client, "/search?skill=research")) == (1, 2)


def test_one_is_added_and_only_an_unused_one_retired(client: FlaskClient, session: Session) -> None:
    send(client, send(client, see(client, ADD), CHECK, {"name": "Data & code", "also": "AI"}), SAVE)
    assert skills(session)["data-code"] == "Data & code"
    send(client, send(client, see(client, f"{SKILLS}/unused"), CHECK, holding="gone"), SAVE)
    assert "unused" not in skills(session)
    in_use = {"slug": "research", "gone": "yes", "csrf_token": token(see(client, ADD))}
    refused = Page(client.post(SAVE, data=in_use))
    assert (refused.status, "merge it into another" in refused.text) == (409, True)
    assert "research" in skills(session)
    assert [one.action for one in records(session)] == ["added", "retired"]


def token(page: Page) -> str:
    return fields_of(form_with(page, CHECK))["csrf_token"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "\x00"}, "Enter a name"),
        ({"name": "x" * 10_000}, "You have 10,000"),
        ({"name": "QUALITY"}, "is there already"),
        ({"name": "Data", "also": "x" * 10_000}, "It has 10,000"),
        ({"name": "Data", "also": "the"}, "has no word that search looks for"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(
    client: FlaskClient, session: Session, typed: dict[str, str], words: str
) -> None:
    before = skills(session)
    page = send(client, see(client, ADD), CHECK, typed)
    assert (page.status, page.title.startswith("Error:")) == (422, True)
    assert page.text.count(words) == 2
    assert client.post(SAVE, data={"csrf_token": token(page), **typed}).status_code == 422
    assert skills(session) == before


def test_the_same_change_is_made_once(client: FlaskClient, session: Session) -> None:
    preview = send(client, see(client, ADD), CHECK, {"name": "Data"})
    assert [send(client, preview, SAVE).status for _ in range(2)] == [200, 422]
    merging = send(client, see(client, f"{SKILLS}/research"), CHECK, {"into": "quality"}, holding="into")
    assert [send(client, merging, SAVE).status for _ in range(2)] == [200, 404]
    assert [one.action for one in records(session)] == ["added", "merged"]


def test_an_old_address_finds_what_a_skill_area_was_merged_into(client: FlaskClient, session: Session) -> None:
    merging = send(client, see(client, f"{SKILLS}/research"), CHECK, {"into": "quality"}, holding="into")
    send(client, merging, SAVE)
    old, new = (see(client, f"/search?skill={slug}") for slug in ("research", "quality"))
    assert (old.total, old.chips.keys(), old.link("canonical")) == (new.total, new.chips.keys(), new.link("canonical"))
    assert old.chips, "the choice stands on the page"


def test_a_change_meanwhile_and_a_lost_token_are_said(client: FlaskClient, session: Session) -> None:
    preview = send(client, see(client, f"{SKILLS}/research"), CHECK, {"name": "Mine at work"}, holding="name")
    away = send(client, preview, SAVE, {"csrf_token": "wrong"})
    assert (away.status, "You’ve been away a while" in away.text) == (409, True)
    session.scalars(select(Skill).where(Skill.slug == "research")).one().name = "Theirs"
    session.commit()
    page = send(client, away, SAVE)
    assert (page.status, "Somebody changed this" in page.text) == (409, True)
    assert skills(session)["research"] == "Theirs"
    assert send(client, page, SAVE).status == 200
    assert skills(session)["research"] == "Mine at work"


@pytest.mark.parametrize("address", [CHECK, SAVE])
@pytest.mark.parametrize("data", [{"slug": "nowhere"}, {"slug": "no\x00where", "gone": "yes"}, {"record": "7"}])
def test_what_is_not_there_is_no_trouble(client: FlaskClient, address: str, data: dict[str, str]) -> None:
    sent = {**data, "csrf_token": token(see(client, ADD))}
    assert client.post(address, data=sent).status_code in (404, 409)
    assert client.get(f"{SKILLS}/nowhere").status_code == 404


def test_nobody_else_may_enter(app, session: Session) -> None:  # type: ignore[no-untyped-def]
    visitor = app.test_client()
    assert visitor.get(SKILLS).status_code == 303
    assert visitor.post(SAVE, data={"name": "Data"}).status_code == 403
    sign_in(visitor, session, AccountRole.ADVISER, email="pat@school.example")
    assert visitor.get(SKILLS).status_code == 403
    assert "data" not in skills(session)
