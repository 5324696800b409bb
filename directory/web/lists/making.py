"""Make a list: from nothing, from a search, from what is saved, or as a copy; without an account."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts.addresses import email_address
from directory.catalogue.queries import opportunities_by_id
from directory.foundation import clock
from directory.lists import actions, current, editing, queries
from directory.lists.actions import Made
from directory.lists.models import MOST_PINS
from directory.lists.words import ListWords, Problem
from directory.request_state import account, asking, parts, session
from directory.search import wording
from directory.search.query import SearchQuery
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.limits import allow_network, may_write_to
from directory.web.lists.typed import AWAY, ids_of, rule_of, words_of
from directory.web.results import address as search_address
from directory.web.security import csrf_failed

LONGEST_PROPOSED_TITLE = 90

pages = Blueprint("list_making", __name__, url_prefix="/lists")


@pages.get("/new")
@open_to(ANYONE)
def ask() -> Response:
    """Ask what the list is called; what it begins with stands in the address."""
    rule = rule_of(request.args.get("rule", ""))
    title = _title(rule) if rule else ""
    return _page(ListWords(title), rule, ids_of(request.args.get("pins", "")))


@pages.post("/new")
@keeps_what_was_typed
@open_to(ANYONE)
def make() -> Response:
    """Make the list and go on to editing it, or show the form again with what to put right."""
    words, email = words_of(request.form), request.form.get("email", "").strip()
    rule, pinned = rule_of(request.form.get("rule", "")), ids_of(request.form.get("pins", ""))
    problems = (Problem("title", AWAY),) if csrf_failed() else words.problems()
    if email and not csrf_failed() and email_address(email) is None:
        problems = (*problems, Problem("email", f"{editing.NO_EMAIL}, or leave it empty"))
    if problems:
        return _page(words, rule, pinned, problems, email=email)
    allow_network("list")
    made = actions.make(session(), words, clock.now(), rule=rule, pinned=pinned, by=account())
    return _made(made, email)


@pages.get("/copy/<address>")
@open_to(ANYONE)
def ask_to_copy(address: str) -> Response:
    """Say what copying a list does, with the button that does it."""
    original = queries.by_address(session(), address)
    if original is None:
        abort(404)
    if original.taken_down_at is not None:
        abort(410)
    return private(render_template("lists/copy.html", original=original))


@pages.post("/copy/<address>")
@open_to(ANYONE)
def copy(address: str) -> Response:
    """Make a list that says the same."""
    original = queries.by_address(session(), address)
    if original is None:
        abort(404)
    if original.taken_down_at is not None:
        abort(410)
    allow_network("list")
    return _made(actions.copy(session(), original, clock.now(), by=account()), "")


def _made(made: Made, email: str) -> Response:
    """Note what a new list offers, make its maker an editor, send the link where it was asked for, and lead there."""
    now, who = clock.now(), account()
    if who is not None and who.email:
        editing.add_editor(session(), made.shared_list, who.email, now, by=who)
    told = "yes"
    if email:
        editor = editing.add_editor(session(), made.shared_list, email, now, by=who)
        told = "sent" if may_write_to(editor.email) else "unsent"
    if told == "sent":
        allow_network("mail")
        editing.send_key(session(), parts().settings, made.shared_list, editor, now)
    session().commit()
    current.note_what_is_offered(asking(), made.shared_list)
    session().commit()
    return redirect(url_for("list_editing.page", key=made.key, made=told), 303)


def _title(rule: SearchQuery) -> str:
    """Propose a title: what the search looks for."""
    ask = asking()
    meant = ask.interpreter.interpret(rule)
    sentence = wording.sentence(meant.query, meant.place, ask.interpreter.naming)
    words = wording.lasting_name(sentence, meant.query)
    return words if len(words) <= LONGEST_PROPOSED_TITLE else ""


def _page(
    words: ListWords,
    rule: SearchQuery | None,
    pinned: tuple[int, ...],
    problems: tuple[Problem, ...] = (),
    *,
    email: str = "",
) -> Response:
    ask = asking()
    found = None
    if rule:
        meant = ask.interpreter.interpret(rule)
        count = ask.briefly(meant.question(meant.query)).with_all_words
        name = wording.lasting_name(wording.sentence(meant.query, meant.place, ask.interpreter.naming), meant.query)
        found = {"name": name, "count": wording.counted(count), "url": search_address(rule)}
    page = render_template(
        "lists/new.html",
        words=words,
        email=email,
        rule=actions.spelling(rule) if rule else "",
        found=found,
        pinned=opportunities_by_id(session(), pinned[:MOST_PINS]),
        problems={problem.field: problem.words for problem in problems},
    )
    response = private(page)
    response.status_code = 422 if problems else 200
    return response
