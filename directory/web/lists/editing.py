"""Edit a list: words, pins, search, editors, past. Whoever has the edit link may; each act is a form of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.catalogue.models import Standing
from directory.catalogue.queries import opportunity_by_slug
from directory.foundation import clock
from directory.foundation.refusals import Refusal
from directory.lists import actions, current, editing, queries
from directory.lists.models import Editor, SharedList
from directory.lists.words import Problem
from directory.request_state import account, asking, parts, session
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.limits import allow_network, may_write_to
from directory.web.lists.edit_page import Typed, edit_page, secret
from directory.web.lists.typed import AWAY, id_of, rule_of, slug_of, words_of
from directory.web.security import csrf_failed

pages = Blueprint("list_editing", __name__, url_prefix="/lists/edit/<key>")

NO_SUCH_LISTING = "We don’t know that address. Open the opportunity’s page here, and copy its address"
CHANGED_SINCE = "Something else was changed since. Look at what there is below, and go back to what you want."
NO_SEARCH = "Paste the address of a search, or type what to look for"
NO_WAY_TO_WRITE = "That address had several emails from us within the hour. Try again later"


@dataclass(frozen=True, slots=True)
class Opened:
    """A list that somebody may edit, by which key, and which editor they are."""

    key: str
    shared_list: SharedList
    editor: Editor | None


@pages.get("")
@open_to(ANYONE)
def page(key: str) -> Response:
    """Show everything that can be changed."""
    opened = _opened(key)
    return edit_page(opened.key, opened.shared_list, opened.editor)


@pages.post("/words")
@keeps_what_was_typed
@open_to(ANYONE)
def reword(key: str) -> Response:
    """Change what it is called, who it is from, what it says first."""
    opened, words = _held(key), words_of(request.form)
    problems = (Problem("title", AWAY),) if csrf_failed() else words.problems()
    if problems:
        return _wrong(opened, Typed(words=words), problems)
    seen = id_of(request.form.get("seen", ""))

    def change() -> None:
        actions.reword(session(), opened.shared_list, words, clock.now(), seen=seen)

    return _do(opened, change, "words", Typed(words=words), field="title")


@pages.post("/pins")
@keeps_what_was_typed
@open_to(ANYONE)
def change_pin(key: str) -> Response:
    """Move a pin, take it off, or say something of it: the pressed button tells which."""
    opened, form = _held(key), request.form
    listing, note = id_of(form.get("listing", "")), form.get("note", "").replace("\x00", "")
    is_pinned = any(one.opportunity_id == listing for one in opened.shared_list.pins)
    field = f"note-{listing}" if is_pinned else "pins"
    if csrf_failed():
        return _wrong(opened, Typed(note=(listing, note)), (Problem(field, AWAY),))
    shared_list, now = opened.shared_list, clock.now()
    place = next((at for at, one in enumerate(shared_list.pins) if one.opportunity_id == listing), 0)
    moves = {"up": place - 1, "down": place + 1, "first": 0, "last": len(shared_list.pins)}
    act = form.get("act", "")

    def change() -> None:
        if act in moves:
            actions.move(session(), shared_list, listing, moves[act], now)
        elif act == "off":
            actions.unpin(session(), shared_list, listing, now)
        else:
            actions.note(session(), shared_list, listing, note, now)

    return _do(opened, change, f"pin-{listing}" if act != "off" else "pins", Typed(note=(listing, note)), field=field)


@pages.post("/add")
@keeps_what_was_typed
@open_to(ANYONE)
def add(key: str) -> Response:
    """Pin a listing that was found, or whose address was pasted."""
    opened, link = _held(key), request.form.get("link", "").replace("\x00", "")[:600]
    if csrf_failed():
        return _wrong(opened, Typed(link=link), (Problem("link", AWAY),))
    listing = id_of(request.form.get("listing", ""))
    if not listing:
        slug = slug_of(link)
        row = opportunity_by_slug(session(), slug) if slug else None
        if row is None or row.standing is not Standing.PUBLISHED:
            return _wrong(opened, Typed(link=link), (Problem("link", NO_SUCH_LISTING),))
        listing = row.id

    def change() -> None:
        actions.pin(session(), opened.shared_list, [listing], clock.now())

    return _do(opened, change, "add", Typed(link=link), field="link")


@pages.post("/rule")
@keeps_what_was_typed
@open_to(ANYONE)
def rule(key: str) -> Response:
    """Let another search keep it current, or none."""
    opened, typed = _held(key), request.form.get("rule", "").replace("\x00", "")[:4_000]
    query = rule_of(typed)
    ends = request.form.get("act") == "off"
    if csrf_failed() or (query is None and not ends):
        return _wrong(opened, Typed(rule=typed), (Problem("rule", AWAY if csrf_failed() else NO_SEARCH),))

    def change() -> None:
        actions.rule(session(), opened.shared_list, None if ends else query, clock.now())

    return _do(opened, change, "current", Typed(rule=typed), field="rule")


@pages.post("/matches")
@open_to(ANYONE)
def match(key: str) -> Response:
    """Pin what the search finds, leave it out, or let it in again."""
    opened, listing = _held(key), id_of(request.form.get("listing", ""))
    shared_list, now, act = opened.shared_list, clock.now(), request.form.get("act", "")

    def change() -> None:
        if act == "pin":
            actions.pin(session(), shared_list, [listing], now)
        elif act == "let in":
            actions.let_in(session(), shared_list, listing, now)
        else:
            actions.leave_out(session(), shared_list, listing, now)

    return _do(opened, change, "current", Typed(), field="rule")


@pages.post("/versions")
@open_to(ANYONE)
def restore(key: str) -> Response:
    """Go back to how it was."""
    opened, number = _held(key), id_of(request.form.get("number", ""))
    seen = id_of(request.form.get("seen", ""))

    def change() -> None:
        if seen and seen != opened.shared_list.version:
            raise Refusal(CHANGED_SINCE)
        actions.restore(session(), opened.shared_list, number, clock.now())

    return _do(opened, change, "versions", Typed(), field="versions")


@pages.post("/editors")
@keeps_what_was_typed
@open_to(ANYONE)
def add_editor(key: str) -> Response:
    """Let somebody else edit it, and send them a link of their own; or send oneself the link."""
    opened, email = _held(key), request.form.get("email", "").replace("\x00", "").strip()[:320]
    typed = Typed(email=email)
    if csrf_failed():
        return _wrong(opened, typed, (Problem("email", AWAY),))

    def change() -> None:
        editor = editing.add_editor(session(), opened.shared_list, email, clock.now(), by=account())
        allow_network("mail")
        if not may_write_to(editor.email):
            raise Refusal(f"{NO_WAY_TO_WRITE}.")
        editing.send_key(session(), parts().settings, opened.shared_list, editor, clock.now())

    return _do(opened, change, "editors", typed, field="email", done="sent")


@pages.post("/editors/change")
@open_to(ANYONE)
def change_editor(key: str) -> Response:
    """Take an editor off, or write to oneself each week in which the list changed, or no longer."""
    opened, act, now = _held(key), request.form.get("act", ""), clock.now()

    def change() -> None:
        if act == "off":
            editing.remove_editor(
                session(), opened.shared_list, id_of(request.form.get("editor", "")), now, by=account()
            )
        elif opened.editor is not None and act in ("digest", "no digest"):
            editing.want_digest(opened.editor, now, wanted=act == "digest")

    return _do(opened, change, "editors", Typed(), field="email", done="editors")


@pages.post("/keys")
@open_to(ANYONE)
def drop_other_keys(key: str) -> Response:
    """Let no other edit link work from now on."""
    opened = _held(key)

    def change() -> None:
        actions.drop_other_keys(session(), opened.shared_list, key, clock.now())

    return _do(opened, change, "editors", Typed(), field="email", done="keys")


@pages.get("/delete")
@open_to(ANYONE)
def ask_to_delete(key: str) -> Response:
    """Say what deleting takes away, with the button that does it."""
    opened = _opened(key)
    return secret(render_template("lists/delete.html", key=key, shared_list=opened.shared_list))


@pages.post("/delete")
@open_to(ANYONE)
def delete(key: str) -> Response:
    """Delete it, really."""
    opened = _held(key)
    actions.remove(session(), opened.shared_list, clock.now(), by=account())
    session().commit()
    return redirect(url_for("list_finding.deleted"), 303)


def _opened(key: str) -> Opened:
    """Get the list that a key opens. A wrong key is counted against its network."""
    found = editing.opened_by(session(), key[:100], account())
    if found is None:
        allow_network("wrong key")
        session().commit()
        abort(404)
    return Opened(key, *found)


def _held(key: str) -> Opened:
    """Get the list that a key opens as it is now, and keep others from changing it until this is done."""
    opened = _opened(key)
    held = queries.hold(session(), opened.shared_list)
    if held is None:
        abort(404)
    editor = editing.editor_of(held, opened.editor.email) if opened.editor else None
    return Opened(key, held, editor)


def _do(
    opened: Opened, change: Callable[[], None], at: str, typed: Typed, *, field: str, done: str | None = None
) -> Response:
    """Make a change and lead back to where it was made; a refusal is shown there with what was typed."""
    before = opened.shared_list.version
    try:
        change()
    except Refusal as refusal:
        session().rollback()
        return _wrong(_opened(opened.key), typed, (Problem(field, str(refusal).rstrip(".")),))
    has_changed = opened.shared_list.version != before
    session().commit()
    current.note_what_is_offered(asking(), opened.shared_list)
    session().commit()
    said = done or (str(before) if has_changed else None)
    return redirect(url_for("list_editing.page", key=opened.key, done=said, _anchor=at), 303)


def _wrong(opened: Opened, typed: Typed, problems: tuple[Problem, ...]) -> Response:
    return edit_page(opened.key, opened.shared_list, opened.editor, typed, problems)
