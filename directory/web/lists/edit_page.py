"""The page on which a list is edited: all of it at once, each part with its forms."""

from dataclasses import dataclass
from datetime import timedelta

from flask import render_template, request
from werkzeug import Response

from directory.catalogue.queries import opportunities_by_id
from directory.foundation import addresses
from directory.foundation.clock import UK
from directory.foundation.date_words import long_day, uk_day
from directory.lists import queries
from directory.lists.models import LONGEST_INTRODUCTION, LONGEST_NOTE, Editor, ListVersion, SharedList
from directory.lists.viewing import view
from directory.lists.words import ListWords, Problem
from directory.request_state import asking, parts, session
from directory.search.query import SearchQuery
from directory.web.caching import private
from directory.web.cards import card
from directory.web.lists.typed import id_of
from directory.web.results import address as search_address
from directory.web.security import OWN_EYES_ONLY

MATCHES_SHOWN = 10
FOUND_SHOWN = 8
VERSIONS_SHOWN = 12
FOUR_WEEKS = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one of the forms and could not be used; None and empty where it wasn't that form."""

    words: ListWords | None = None
    note: tuple[int, str] | None = None
    link: str = ""
    rule: str | None = None
    email: str = ""


def edit_page(
    key: str,
    shared_list: SharedList,
    editor: Editor | None,
    typed: Typed | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response:
    """Show a list for editing, with what was typed and what to put right."""
    typed = typed or Typed()
    ask = asking()
    shown = view(ask, shared_list, most=MATCHES_SHOWN)
    listed = {row.id: row for row in opportunities_by_id(session(), [one.opportunity_id for one in shared_list.pins])}
    closed = {one.opportunity.id for one in shown.just_closed}
    pins = [
        (one, card(row, ask.now), row.id in closed)
        for one in shared_list.pins
        if (row := listed.get(one.opportunity_id))
    ]
    text = " ".join(request.args.get("find", "").split())
    past = queries.versions(session(), shared_list)
    page = render_template(
        "lists/edit.html",
        key=key,
        shared_list=shared_list,
        me_as_editor=editor,
        words=typed.words or ListWords(shared_list.title, shared_list.made_by, shared_list.introduction),
        typed=typed,
        problems={problem.field: problem.words for problem in problems},
        pins=pins,
        gone=len(shared_list.pins) - len(pins),
        ruled=shown.ruled,
        rule_url=search_address(shown.ruled.query) if shown.ruled else None,
        matches=[card(row, ask.now) for row in shown.ruled.rows] if shown.ruled else [],
        match_ids=shown.ruled.ids[:MATCHES_SHOWN] if shown.ruled else (),
        left_out=opportunities_by_id(session(), [one.opportunity_id for one in shared_list.exclusions]),
        looked_for=text,
        found=_found(text, shared_list) if text else None,
        versions=[(one, _moment(one)) for one in past[:VERSIONS_SHOWN]],
        undo=_undo(shared_list),
        public_address=addresses.at(parts().settings, f"/l/{shared_list.address}"),
        edit_address=addresses.at(parts().settings, f"/lists/edit/{key}"),
        made=request.args.get("made"),
        done=request.args.get("done"),
        views=queries.views_since(session(), shared_list, uk_day(ask.now - FOUR_WEEKS)),
        most_note=LONGEST_NOTE,
        most_introduction=LONGEST_INTRODUCTION,
    )
    response = secret(page)
    response.status_code = 422 if problems else 200
    return response


def secret(page: str) -> Response:
    """Keep a page whose address is a key out of caches and search engines, and the key out of other sites' logs."""
    response = private(page)
    response.headers["Referrer-Policy"] = OWN_EYES_ONLY
    return response


def _found(text: str, shared_list: SharedList) -> list[tuple[int, str, str, bool]]:
    """Find listings by words: id, title, organisation, and whether each is pinned already."""
    pinned = {one.opportunity_id for one in shared_list.pins}
    page = asking().shown(SearchQuery().with_text(text))
    rows = opportunities_by_id(session(), page.ids[:FOUND_SHOWN])
    return [(row.id, row.title, row.organisation.name, row.id in pinned) for row in rows]


def _undo(shared_list: SharedList) -> tuple[str, int] | None:
    """Say what was just done and which version it can be undone to."""
    before = id_of(request.args.get("done", ""))
    if before < 1 or before + 1 != shared_list.version:
        return None  # something else was done since, perhaps by somebody else
    past = queries.versions(session(), shared_list)
    what = next((one.what for one in past if one.number == before + 1), None)
    return (what, before) if what and any(one.number == before for one in past) else None


def _moment(version: ListVersion) -> str:
    return f"{long_day(uk_day(version.at))}, {version.at.astimezone(UK):%H:%M}"
