"""Save, order and remove: each a form that works by itself and answers a script in a few bytes."""

from datetime import datetime
from functools import partial

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug import Response

from directory.catalogue.models import Opportunity
from directory.catalogue.queries import opportunities_by_id
from directory.catalogue.timing import timing
from directory.foundation import clock
from directory.request_state import session
from directory.web.access import ANYONE, open_to
from directory.web.appearance import HERE
from directory.web.caching import private
from directory.web.cards import card
from directory.web.saved.keeping import MOST, Ids, ids_of, joined, keep, saved

pages = Blueprint("saved", __name__)

FULL = f"You have saved {MOST}, which is all a device keeps. Remove some first."
DEADLINES = "deadlines"


@pages.post("/save")
@open_to(ANYONE)
def save() -> Response:
    """Save a listing, or remove it, and go back to where that was pressed."""
    ids, wanted = _public(saved()), ids_of(request.form.get("save", ""))
    if wanted:
        new = _public(tuple(id for id in wanted if id not in ids))
        is_full = len(ids) + len(new) > MOST
        kept = ids if is_full else (*ids, *new)
    else:
        gone = ids_of(request.form.get("remove", ""))
        is_full, kept = False, tuple(id for id in ids if id not in gone)
    if "application/json" in request.headers.get("Accept", ""):
        answer: Response = jsonify(count=len(kept), saved=list(kept), problem=FULL if is_full else None)
    elif is_full:
        answer = redirect(url_for("saved.page", full="yes"), 303)
    else:
        back = request.args.get("back", "/")
        one = (wanted or ids_of(request.form.get("remove", "")) or (0,))[0]
        answer = redirect(f"{back if HERE.fullmatch(back) else '/'}#save-{one}", 303)
    return keep(answer, kept)


@pages.get("/saved")
@open_to(ANYONE)
def page() -> Response:
    """Show what this device has saved, in its own order or by deadline."""
    ids, now = saved(), clock.now()
    rows = opportunities_by_id(session(), ids)
    by_deadline = request.args.get("order") == DEADLINES
    cards = [card(row, now) for row in (sorted(rows, key=partial(_deadline, now=now)) if by_deadline else rows)]
    removed = _removed()
    return private(
        render_template(
            "saved/page.html",
            cards=cards,
            gone=len(ids) - len(rows),
            by_deadline=by_deadline,
            items=joined(row.id for row in rows),
            removed=removed,
            removed_title=_title(removed[0]) if removed else "",
            is_full=FULL if "full" in request.args else None,
            was_cleared=ids_of(request.args.get("cleared", "")),
        )
    )


@pages.post("/saved")
@open_to(ANYONE)
def change() -> Response:
    """Move one, remove one so that it can be put back, put it back, or remove them all."""
    form, ids = request.form, _public(saved())
    act, _, number = form.get("act", "").partition(" ")
    one = next(iter(ids_of(number)), 0)
    order = DEADLINES if form.get("order") == DEADLINES else None
    if act == "clear":
        return keep(redirect(url_for("saved.page", cleared=joined(ids)), 303), ())
    if act == "back":
        place = next(iter(ids_of(form.get("place", ""))), len(ids) + 1) - 1
        others = tuple(id for id in ids if id != one)
        kept = (*others[:place], *_public((one,)), *others[place:])
        if len(kept) > MOST:
            return keep(redirect(url_for("saved.page", full="yes"), 303), ids)
        return keep(redirect(url_for("saved.page", order=order, _anchor=f"save-{one}"), 303), kept)
    if act == "all":
        back = _public(ids_of(form.get("items", "")))
        kept = (*back, *(id for id in ids if id not in back))
        is_full = len(kept) > MOST
        return keep(redirect(url_for("saved.page", full="yes" if is_full else None), 303), ids if is_full else kept)
    if one not in ids:
        return keep(redirect(url_for("saved.page", order=order), 303), ids)
    place = ids.index(one)
    if act == "remove":
        answer = redirect(url_for("saved.page", order=order, removed=one, place=place + 1), 303)
        return keep(answer, (id for id in ids if id != one))
    others = tuple(id for id in ids if id != one)
    to = {"up": place - 1, "down": place + 1, "first": 0}.get(act, place)
    to = min(max(to, 0), len(others))
    answer = redirect(url_for("saved.page", _anchor=f"save-{one}"), 303)
    return keep(answer, (*others[:to], one, *others[to:]))


def _public(ids: Ids) -> Ids:
    """Keep those of ``ids`` that the public may see."""
    return tuple(row.id for row in opportunities_by_id(session(), ids))


def _deadline(row: Opportunity, now: datetime) -> tuple[bool, datetime]:
    """Give what sorts by the next deadline: what has none ahead, or none at all, comes after all that have."""
    about = timing(row.schedule, now).round
    closes = about.closes if about else None
    return (False, closes) if closes and closes > now else (True, now)


def _removed() -> tuple[int, int] | None:
    """Say what was removed just now, and from which place, counted from 1."""
    one = next(iter(ids_of(request.args.get("removed", ""))), 0)
    place = next(iter(ids_of(request.args.get("place", ""))), 1)
    return (one, place) if one and one not in saved() else None


def _title(id: int) -> str:
    return next((row.title for row in opportunities_by_id(session(), [id])), "It")
