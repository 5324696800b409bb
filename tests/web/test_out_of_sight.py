"""What isn't published is out of sight, and what is somebody's is nobody else's, at every address that there is."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from directory.accounts import actions as accounts
from directory.accounts.models import Account, AccountRole, Visit
from directory.catalogue import actions as catalogue
from directory.catalogue.models import Opportunity
from directory.foundation import clock
from directory.lists import actions as lists
from directory.lists.words import ListWords
from directory.parts import Parts
from directory.schema import metadata
from directory.submissions import actions as submissions
from directory.submissions.actions import BESIDE
from directory.submissions.models import State
from directory.web.access import ENOUGH, audience_of
from tests.web.everything import ARGUMENT, UNREAD, Everything
from tests.web.signed import sign_in
from tests.web.test_forms_attacked import GOOD

pytestmark = pytest.mark.usefixtures("now")

ROLES = (None, *AccountRole)
# Whoever has such a link is meant by it: those of letters, and the one that a list is changed with.
LETTERS = ("/sign-in/link/", "/still-open/", "/lists/edit/", "/lists/stop/")


@pytest.fixture(autouse=True)
def _once(database: Engine) -> None:
    if database.dialect.name != "sqlite":
        pytest.skip("who may see what has nothing to do with the database")


@pytest.fixture
def all(session: Session, parts: Parts) -> Everything:
    return Everything(session, parts, accounts.add(session, "sam@larkfield.example", "Sam Reed", clock.now()))


def visitor(app: Flask, parts: Parts, session: Session, role: AccountRole | None) -> tuple[FlaskClient, str]:
    """Give a browser of somebody from elsewhere, and the token of their forms."""
    client = FlaskClient(app, app.response_class)
    return client, sign_in(client, parts, session, f"{role}@elsewhere.example", role) if role else ""


def rows(session: Session) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Give every row there is that is somebody's, by its table and key.

    What is sent to a draft of somebody who is signed out is kept beside it until they are back, so that nothing typed
    is lost: whoever has its key may have been them. It is no answer of the draft's until they say so.
    """
    session.rollback()
    found = {
        (table.name, *(getattr(row, column.key) for column in table.primary_key)): row._asdict()
        for table in metadata.sorted_tables
        if table.name not in ("search_outbox", "visit")
        for row in session.execute(select(table))
    }
    for row in found.values():
        if isinstance(row.get("origins"), dict):
            row["origins"] = {name: said for name, said in row["origins"].items() if name != BESIDE}
    return found


def walk(client: FlaskClient, token: str, addresses: list[tuple[Rule, str]]) -> Iterator[tuple[Rule, str]]:
    """Open every address, or send its form with all that such forms take; gives what came back."""
    for number, (rule, address) in enumerate(addresses):
        client.environ_base["REMOTE_ADDR"] = f"10.1.{number}.1"
        if "GET" in (rule.methods or ()):
            response = client.get(address)
        else:
            response = client.post(address, data={**GOOD, "your_email": "pat@elsewhere.example", "csrf_token": token})
        yield rule, response.data.decode("utf-8", "replace")


def addresses_for(app: Flask, all: Everything, role: AccountRole | None) -> list[tuple[Rule, str]]:
    """List the addresses of what is somebody's, but for what this role is for; those that sign out come last."""
    found = [
        (rule, address)
        for rule in app.url_map.iter_rules()
        if role not in ENOUGH.get(audience_of(app.view_functions[rule.endpoint]), ())
        and not rule.rule.startswith(LETTERS)
        for address in all.addresses(rule)
    ]
    return sorted(found, key=lambda one: one[1].startswith("/sign-out"))


@pytest.mark.parametrize("role", ROLES)
def test_nobody_from_elsewhere_reads_or_changes_what_is_somebodys(
    app: Flask, parts: Parts, session: Session, all: Everything, role: AccountRole | None
) -> None:
    client, token = visitor(app, parts, session, role)
    addresses = addresses_for(app, all, role)
    before = rows(session)
    for rule, text in walk(client, token, addresses):
        assert UNREAD not in text, rule
        assert str(all.owns.email) not in text, rule
    after = rows(session)
    mine = session.scalar(select(Account.id).where(Account.email == f"{role}@elsewhere.example"))
    assert [key for key, row in before.items() if row != after.get(key) and key != ("account", mine)] == []
    assert session.scalar(select(func.count()).where(Visit.account_id == all.owns.id)) == 1


def test_whoever_it_belongs_to_finds_it_at_those_addresses_and_changes_it(
    app: Flask, parts: Parts, session: Session, all: Everything
) -> None:
    client, addresses = FlaskClient(app, app.response_class), addresses_for(app, all, None)
    token = sign_in(client, parts, session, str(all.owns.email))
    before = rows(session)
    read = {rule.rule for rule, text in walk(client, token, addresses) if UNREAD in text}
    after = rows(session)
    assert {"/account", "/submit/<key>/all", "/submit/<key>/claim", "/submit/spreadsheet/<key>/columns"} <= read
    changed = {key[0] for key, row in before.items() if row != after.get(key)}
    assert {"account", "opportunity", "submission", "sheet_import"} <= changed


@pytest.mark.parametrize("role", [AccountRole.MODERATOR, AccountRole.ADMINISTRATOR])
def test_a_draft_that_was_never_sent_is_not_the_moderators_to_see(
    app: Flask, parts: Parts, session: Session, all: Everything, role: AccountRole
) -> None:
    client, token = visitor(app, parts, session, role)
    draft = all.draft()
    session.commit()
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/moderation/<key>")]
    before = rows(session)
    for rule, text in walk(client, token, [(rule, rule.rule.replace("<key>", draft.key)) for rule in rules]):
        assert "That page isn't here" in text, rule
    assert rows(session) == before


SECRET = "Quokka"
FORMATS = ("", ".json", ".csv", ".ics", ".atom")
QUESTIONS = ("q=quok", "q=placement", "q=works", "sort=newest", "kind=apprenticeship", "q=placement&page=2")


def unpublished(all: Everything) -> Iterator[str]:
    """Make what no student may see, all by one word, in every state; gives what its addresses could be guessed from."""
    session, now = all.session, clock.now()
    said = {"title": f"{SECRET} placement", "organisation_name": f"{SECRET} Works", "summary": f"With a {SECRET}."}
    for state in State:
        made = all.draft(**said)
        if state is not State.DRAFT:
            submissions.enter_queue(session, made, now)
            made.state = state
        yield from (made.key, str(made.id))
    parent = all.listing(**said)
    said["organisation_name"] = "Larkfield Advanced Therapies"
    # Whoever opens what is hidden for want of an answer is told what it was called, and no more.
    for act, title in ((catalogue.withdraw, said["title"]), (catalogue.hide, "Numbat placement")):
        row = all.listing(**{**said, "title": title})
        act(session, row, now)
        yield from (row.slug, str(row.id))
    shown = all.listing(title="Wombat placement", summary="With a wombat.")
    shown.parent_id = parent.id
    catalogue.withdraw(session, parent, now)
    yield from (parent.slug, f"{SECRET}-placement".lower(), shown.slug, shown.organisation.slug)
    session.commit()


@pytest.mark.parametrize("role", [None, AccountRole.ADVISER])
def test_what_is_not_published_is_found_by_no_address_format_search_or_guess(
    app: Flask, parts: Parts, session: Session, all: Everything, role: AccountRole | None
) -> None:
    client, _token = visitor(app, parts, session, role)
    guesses = [*unpublished(all), "1", "2"]
    ids = sorted(session.scalars(select(Opportunity.id)))
    made = lists.make(session, ListWords("Year 12"), clock.now(), pinned=ids).shared_list
    session.commit()
    addresses = {
        ARGUMENT.sub(lambda found, guess=guess: found[2].split(", ")[0] if found[1] == "any" else guess, rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/static/", "/dev/"))
        for guess in guesses
    }
    addresses |= {f"/search{ending}?{question}" for ending in FORMATS for question in QUESTIONS}
    addresses |= {f"/shared{ending}?items={'.'.join(map(str, ids))}" for ending in FORMATS}
    addresses |= {f"/l/{made.address}{ending}" for ending in (*FORMATS, "/print", "/embed", "/more")}
    addresses |= {f"/opportunities/{guess}{ending}" for ending in FORMATS for guess in guesses}
    addresses |= {
        "/complete?q=quok",
        "/complete?q=pla",
        "/sitemap.xml",
        f"/compare?items={'.'.join(map(str, ids[:4]))}",
    }
    for address in addresses:
        text = client.get(address).data.decode("utf-8", "replace")
        assert SECRET not in text, (address, text[text.index(SECRET) - 150 :][:300])
    for address in ("/search?q=wombat", "/search.csv?q=wombat", f"/l/{made.address}", f"/shared?items={ids[-1]}"):
        assert "Wombat placement" in client.get(address).text, address
