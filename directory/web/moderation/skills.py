"""Skill areas: what each is in use for, changed once it is seen what that changes, and put back."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts.models import AuditRecord
from directory.catalogue import skills as room
from directory.catalogue.queries import listings_by_skill, skills
from directory.catalogue.skills import SkillChange, SkillSaid, change_skill
from directory.foundation import clock
from directory.request_state import session, signed_in
from directory.search.effects import Effect, effect_of_skill, uses
from directory.search.proposing import line, phrases, problems_of_skill
from directory.web.access import MODERATOR, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.forms.words import SkillForm, lines, number
from directory.web.moderation.changing import (
    AWAY,
    MEANWHILE,
    asking,
    problems_of_why,
    queries,
    sum_of,
    told,
)
from directory.web.security import csrf_failed

pages = Blueprint("skills", __name__, url_prefix="/moderation/skills")

NO_OTHER = "Choose the skill area that its listings go to"


@pages.get("")
@open_to(MODERATOR)
def every() -> Response:
    """List the skill areas with what they are in use for."""
    rows, filed = skills(session()), listings_by_skill(session())
    found = {use.phrase: use.found for use in uses(asking(), (row.name for row in rows))}
    return private(
        render_template(
            "moderation/skills/every.html",
            rows=[(row, *filed.get(row.id, (0, 0)), found[row.name]) for row in rows],
            is_saved="saved" in request.args,
            history=told(room.SUBJECT, in_words),
        )
    )


@pages.get("/add")
@open_to(MODERATOR)
def add() -> Response:
    """Ask for a new skill area."""
    return _form(SkillForm(seen=sum_of(None)))


@pages.get("/<slug:slug>")
@open_to(MODERATOR)
def edit(slug: str) -> Response:
    """Ask for another name or other words, or what it is merged into."""
    said = _said_now(slug)
    if said is None:
        abort(404)
    return _form(SkillForm(slug=slug, name=said.name, also=lines(said.also), seen=sum_of(said)), said)


@pages.post("/check")
@open_to(MODERATOR)
@keeps_what_was_typed
def check() -> Response:
    """Show what a change would do; nothing is changed."""
    form = SkillForm(request.form)
    change = _asked(form)
    if problems := _problems(form, change):
        return _form(form, _said_now(change.slug), form.blame(problems), status=422)
    return _checked(form, change, note=AWAY if csrf_failed() else MEANWHILE if _is_stale(form, change) else "")


@pages.post("/save")
@open_to(MODERATOR)
@keeps_what_was_typed
def save() -> Response:
    """Make a change that was checked; the index takes in the listings that say it within a second or two."""
    form = SkillForm(request.form)
    change = _asked(form)
    if csrf_failed() or _is_stale(form, change):
        return _checked(form, change, note=AWAY if csrf_failed() else MEANWHILE, status=409)
    if problems := _problems(form, change):
        return _form(form, _said_now(change.slug), form.blame(problems), status=422)
    effect = _effect(change)
    if problems := problems_of_why(form, effect):
        return _checked(form, change, effect, errors=form.blame(problems), status=422)
    change_skill(session(), change, clock.now(), by=signed_in(), why=form.reason, effect=effect.recorded)
    session().commit()
    return redirect(url_for("skills.every", saved="yes"), 303)


def in_words(record: AuditRecord) -> tuple[str, str]:
    """Say what a skill area said before a change and after it."""
    before, after = room.changed_to(record)
    into = record.after.get("into")
    return _spelt(before), f"Its listings went to {into}" if into else _spelt(after)


def _spelt(said: SkillSaid | None) -> str:
    if said is None:
        return ""
    return f"{said.name} (also {', '.join(said.also)})" if said.also else said.name


def _asked(form: SkillForm) -> SkillChange:
    """Read which change is asked for; raises Refusal when there is no such thing to change."""
    if form.record.data:
        return room.undo_of(session(), number(form.record.data) or 0)
    slug = line(form.slug.data or "")
    if slug and _said_now(slug) is None:
        abort(404)
    if form.gone.data:
        return SkillChange(slug, None, into=line(form.into.data or "") if form.gone.data == "merge" else "")
    return SkillChange(slug, SkillSaid(line(form.name.data or ""), phrases(form.also.data or "")))


def _problems(form: SkillForm, change: SkillChange) -> dict[str, str]:
    if form.record.data:
        return {}
    others = {row.slug: SkillSaid(row.name, tuple(row.also)) for row in skills(session()) if row.slug != change.slug}
    if change.to:
        return dict(problems_of_skill(change.to, others.values()))
    return {"into": NO_OTHER} if form.gone.data == "merge" and change.into not in others else {}


def _said_now(slug: str) -> SkillSaid | None:
    return room.said(room.skill_by_slug(session(), slug)) if slug else None


def _is_stale(form: SkillForm, change: SkillChange) -> bool:
    return bool(form.seen.data) and form.seen.data != sum_of(_said_now(change.slug))


def _effect(change: SkillChange) -> Effect:
    return effect_of_skill(asking(), queries(), change, _said_now(change.slug))


def _form(
    form: SkillForm,
    said: SkillSaid | None = None,
    errors: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response:
    slug = line(form.slug.data or "")
    row = room.skill_by_slug(session(), slug) if slug else None
    form.into.choices = [(other.slug, other.name) for other in skills(session()) if other.slug != slug]
    if not form.name.data and said:  # what was sent only said where its listings go
        form.name.data, form.also.data = said.name, lines(said.also)
    response = private(
        render_template(
            "moderation/skills/form.html",
            form=form,
            said=said,
            errors=errors or [],
            uses=list(uses(asking(), (said.name, *said.also))) if said else [],
            filed=len(room.filed_under(session(), slug)) if said else 0,
            history=told(room.SUBJECT, in_words, row.id) if row else [],
        )
    )
    response.status_code = status
    return response


def _checked(
    form: SkillForm,
    change: SkillChange,
    effect: Effect | None = None,
    *,
    note: str = "",
    errors: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response:
    said, into = _said_now(change.slug), _said_now(change.into)
    form.seen.data = sum_of(said)
    filed = len(room.filed_under(session(), change.slug)) if said else 0
    response = private(
        render_template(
            "moderation/skills/check.html",
            form=form,
            change=change,
            before=_spelt(said),
            after=_spelt(change.to),
            into=into.name if into else "",
            filed=filed if change.to != said else 0,
            is_undoing=bool(form.record.data),
            nothing_changes=said == change.to,
            effect=effect or (None if said == change.to else _effect(change)),
            note_said=note,
            errors=errors or [],
        )
    )
    response.status_code = status
    return response
