"""Synonyms: looked through, changed once it is seen what that changes, and put back."""

from dataclasses import dataclass
from itertools import chain

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts.models import AuditRecord
from directory.catalogue import synonyms as room
from directory.catalogue.models import Synonym
from directory.catalogue.queries import synonyms
from directory.catalogue.synonyms import SynonymChange, SynonymSaid, change_synonym
from directory.foundation import clock
from directory.request_state import parts, session, signed_in
from directory.search.effects import Effect, Use, effect_of_synonym, uses
from directory.search.language import fold
from directory.search.proposing import phrases, problems_of_synonym
from directory.web.access import MODERATOR, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.forms.words import LARGEST_NUMBER, SynonymForm, lines, number
from directory.web.moderation.changing import (
    AWAY,
    MEANWHILE,
    asking,
    page_of,
    problems_of_why,
    queries,
    sum_of,
    told,
)
from directory.web.security import csrf_failed

pages = Blueprint("words", __name__, url_prefix="/moderation/words")

PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One synonym in the list, with what its phrases are in use for."""

    id: int
    said: SynonymSaid
    uses: tuple[Use, ...]


@pages.get("")
@open_to(MODERATOR)
def every() -> Response:
    """List the synonyms, those with the letters asked for."""
    typed = " ".join(request.args.get("q", "").replace("\x00", " ").split())
    found = sorted((row for row in synonyms(session()) if _has(row, fold(typed))), key=_order)
    page, last = page_of(found, request.args.get("page"), PAGE)
    now = asking()
    entries = [
        Entry(row.id, said, tuple(uses(now, (*said.words, *said.finds))))
        for row in found[(page - 1) * PAGE : page * PAGE]
        if (said := room.said(row))
    ]
    return private(
        render_template(
            "moderation/words/every.html",
            typed=typed,
            entries=entries,
            total=len(found),
            page=page,
            last=last,
            is_saved="saved" in request.args,
            history=told(room.SUBJECT, in_words),
        )
    )


@pages.get("/add")
@open_to(MODERATOR)
def add() -> Response:
    """Ask for new words."""
    return _form(SynonymForm(seen=sum_of(None)))


@pages.get(f"/<int(max={LARGEST_NUMBER}):id>")
@open_to(MODERATOR)
def edit(id: int) -> Response:
    """Ask for other words in the place of these."""
    said = room.said(room.synonym(session(), id))
    if said is None:
        abort(404)
    form = SynonymForm(id=str(id), words=lines(said.words), finds=lines(said.finds), seen=sum_of(said))
    return _form(form, said)


@pages.post("/check")
@open_to(MODERATOR)
@keeps_what_was_typed
def check() -> Response:
    """Show what a change would do; nothing is changed."""
    form = SynonymForm(request.form)
    change = _asked(form)
    if change.to and not form.record.data and (problems := _problems(change)):
        return _form(form, _said_now(change), form.blame(problems), status=422)
    return _checked(form, change, note=AWAY if csrf_failed() else MEANWHILE if _is_stale(form, change) else "")


@pages.post("/save")
@open_to(MODERATOR)
@keeps_what_was_typed
def save() -> Response:
    """Make a change that was checked; it is in force at once here, and within a second elsewhere."""
    form = SynonymForm(request.form)
    change = _asked(form)
    if csrf_failed() or _is_stale(form, change):
        return _checked(form, change, note=AWAY if csrf_failed() else MEANWHILE, status=409)
    if change.to and not form.record.data and (problems := _problems(change)):
        return _form(form, _said_now(change), form.blame(problems), status=422)
    effect = _effect(change)
    if problems := problems_of_why(form, effect):
        return _checked(form, change, effect, errors=form.blame(problems), status=422)
    change_synonym(session(), change, clock.now(), by=signed_in(), why=form.reason, effect=effect.recorded)
    session().commit()
    parts().words.look_again()
    return redirect(url_for("words.every", saved="yes"), 303)


def in_words(record: AuditRecord) -> tuple[str, str]:
    """Say what a synonym said before a change and after it."""
    before, after = room.changed_to(record)
    return _spelt(before), _spelt(after)


def _spelt(said: SynonymSaid | None) -> str:
    if said is None:
        return ""
    return f"{', '.join(said.words)} → {', '.join(said.finds)}" if said.finds else " = ".join(said.words)


def _asked(form: SynonymForm) -> SynonymChange:
    """Read which change is asked for; raises Refusal when there is no such thing to change."""
    if form.record.data:
        return room.undo_of(session(), number(form.record.data) or 0)
    id = number(form.id.data)
    if form.id.data and (id is None or room.synonym(session(), id) is None):
        abort(404)
    if form.gone.data:
        return SynonymChange(id, None)
    return SynonymChange(id, SynonymSaid(phrases(form.words.data or ""), phrases(form.finds.data or "")))


def _problems(change: SynonymChange) -> dict[str, str]:
    others = [said for row in synonyms(session()) if row.id != change.id and (said := room.said(row))]
    return dict(problems_of_synonym(change.to, others)) if change.to else {}


def _said_now(change: SynonymChange) -> SynonymSaid | None:
    return room.said(room.synonym(session(), change.id)) if change.id is not None else None


def _is_stale(form: SynonymForm, change: SynonymChange) -> bool:
    return bool(form.seen.data) and form.seen.data != sum_of(_said_now(change))


def _effect(change: SynonymChange) -> Effect:
    return effect_of_synonym(asking(), queries(), change, _said_now(change))


def _form(
    form: SynonymForm,
    said: SynonymSaid | None = None,
    errors: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response:
    id = number(form.id.data) if form.id.data else None
    response = private(
        render_template(
            "moderation/words/form.html",
            form=form,
            said=said,
            errors=errors or [],
            uses=list(uses(asking(), (*said.words, *said.finds))) if said else [],
            history=told(room.SUBJECT, in_words, id) if id is not None else [],
        )
    )
    response.status_code = status
    return response


def _checked(
    form: SynonymForm,
    change: SynonymChange,
    effect: Effect | None = None,
    *,
    note: str = "",
    errors: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response:
    said = _said_now(change)
    form.seen.data = sum_of(said)
    response = private(
        render_template(
            "moderation/words/check.html",
            form=form,
            change=change,
            before=_spelt(said),
            after=_spelt(change.to),
            is_undoing=bool(form.record.data),
            nothing_changes=said == change.to,
            effect=effect or (None if said == change.to else _effect(change)),
            note_said=note,
            errors=errors or [],
        )
    )
    response.status_code = status
    return response


def _has(row: Synonym, folded: str) -> bool:
    return any(folded in fold(phrase) for phrase in chain(row.words, row.finds))


def _order(row: Synonym) -> tuple[str, int]:
    return fold(row.words[0] if row.words else ""), row.id
