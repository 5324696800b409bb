"""The moderators' organisations: who they are, who speaks for them, and which of them are one."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts import trail
from directory.foundation import clock
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.refusals import Refusal
from directory.organisations import memberships
from directory.organisations.models import Membership, Organisation, OrganisationKind
from directory.organisations.queries import (
    found_to_be,
    membership_by_id,
    memberships_of,
    organisation_by_slug,
    standing_merges,
)
from directory.request_state import parts, session, signed_in
from directory.submissions import merging, organising
from directory.web.access import MODERATOR, keeps_what_was_typed, open_to
from directory.web.caching import private
from directory.web.searchable import make_searchable
from directory.web.security import csrf_failed

pages = Blueprint("organisations", __name__, url_prefix="/moderation/organisations")

A_PAGE = 50
MOST_ALIKE = 20
MOST_ACTS = 50
AWAY = "You’ve been away a while. What you typed is still here: send it again"


@pages.get("")
@open_to(MODERATOR)
def every() -> Response:
    """List organisations, those of whom somebody waits first; with words, those whose names hold them."""
    words = request.args.get("q", "").replace("\x00", "")[:100].strip()
    number = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    return private(
        render_template(
            "organisations/every.html",
            words=words,
            rows=organising.organisations(session(), words, (number - 1) * A_PAGE, A_PAGE),
            total=(total := organising.how_many(session(), words)),
            before=number - 1 if number > 1 else None,
            after=number + 1 if number * A_PAGE < total else None,
        )
    )


@pages.get("/<slug:slug>")
@open_to(MODERATOR)
def one(slug: str) -> Response:
    """Show one organisation: its details, its people, what was found to be it, and its history."""
    found = _found(slug)
    return _page(found) if found.merged_into_id is None else _merged_page(found)


@pages.post("/<slug:slug>")
@keeps_what_was_typed
@open_to(MODERATOR)
def change(slug: str) -> Response:
    """Change an organisation's details."""
    found = _standing(slug)
    said = {name: request.form.get(name, "").replace("\x00", "").strip() for name in organising.DETAILS}
    problems = {"name": AWAY} if csrf_failed() else _problems(said)
    if not problems:
        try:
            organising.change_details(session(), found, said, signed_in(), clock.now())
        except Refusal as refusal:
            problems = {"name": str(refusal)}
    if problems:
        return _page(found, said, problems, status=409 if csrf_failed() else 422)
    return _done(found)


@pages.post("/<slug:slug>/people/<int:member_id>/confirm")
@open_to(MODERATOR)
def confirm(slug: str, member_id: int) -> Response:
    """Confirm by hand that somebody speaks for an organisation."""
    found = _standing(slug)
    memberships.confirm(session(), _member(found, member_id), signed_in(), clock.now(), parts().settings)
    return _done(found)


@pages.post("/<slug:slug>/people/<int:member_id>/refuse")
@keeps_what_was_typed
@open_to(MODERATOR)
def refuse(slug: str, member_id: int) -> Response:
    """Say that somebody doesn't speak for an organisation; they read why."""
    found, why = _standing(slug), request.form.get("why", "")[: memberships.LONGEST_WORDS]
    member = _member(found, member_id)
    if member.refused_at is not None:  # by somebody else meanwhile, or by this very form
        return redirect(url_for("organisations.one", slug=slug), 303)
    if csrf_failed():
        return _page(found, problems={f"why-{member.id}": AWAY}, why=why, status=409)
    try:
        memberships.refuse(session(), member, signed_in(), why, clock.now(), parts().settings)
    except Refusal as refusal:
        return _page(found, problems={f"why-{member.id}": str(refusal).rstrip(".")}, why=why, status=422)
    return _done(found)


@pages.get("/<slug:slug>/merge")
@open_to(MODERATOR)
def merge_with(slug: str) -> Response:
    """Choose the organisation that this one is, then see what would move."""
    found = _standing(slug)
    words = request.args.get("q", "").replace("\x00", "")[:100].strip()
    into = organisation_by_slug(session(), request.args.get("into", "").replace("\x00", "")[:200])
    if into and (into.merged_into_id is not None or into is found):
        into = None
    return private(
        render_template(
            "organisations/merge.html",
            organisation=found,
            into=into,
            words=words,
            moving=merging.moving(session(), found) if into else None,
            alike=[] if into else organising.alike(session(), found, words, MOST_ALIKE),
        )
    )


@pages.post("/<slug:slug>/merge")
@open_to(MODERATOR)
def merge(slug: str) -> Response:
    """Find an organisation to be another."""
    found = _found(slug)
    into = organisation_by_slug(session(), request.form.get("into", "").replace("\x00", "")[:200])
    if into is None:
        abort(404)
    merging.merge(session(), found, into, signed_in(), clock.now())
    return _done(into)


@pages.post("/<slug:slug>/part")
@open_to(MODERATOR)
def part(slug: str) -> Response:
    """Part an organisation from the one it was found to be."""
    found = _found(slug)
    merging.part(session(), found, signed_in(), clock.now())
    return _done(found)


def _done(organisation: Organisation) -> Response:
    address = url_for("organisations.one", slug=organisation.slug)
    make_searchable()
    session().commit()
    return redirect(address, 303)


def _found(slug: str) -> Organisation:
    found = organisation_by_slug(session(), slug)
    if found is None:
        abort(404)
    return found


def _standing(slug: str) -> Organisation:
    found = _found(slug)
    if found.merged_into_id is not None:
        abort(redirect(url_for("organisations.one", slug=slug), 303))
    return found


def _member(organisation: Organisation, id: int) -> Membership:
    member = membership_by_id(session(), organisation, id) if id < 2**31 else None
    if member is None:
        abort(404)
    return member


def _problems(said: Mapping[str, str]) -> dict[str, str]:
    found = {
        name: f"This must be {most:,} characters or fewer. You have {len(said[name]):,}"
        for name, most in organising.LIMITS.items()
        if len(said[name]) > most
    }
    if not said["name"]:
        found["name"] = "Enter its name"
    if said["kind"] not in list(OrganisationKind):
        found["kind"] = "Choose what sort of organisation it is"
    if said["url"] and not _is_address(said["url"]):
        found["url"] = "Enter its website, like https://example.org"
    return found


def _is_address(typed: str) -> bool:
    try:
        address = urlsplit(typed)
        return address.scheme in ("http", "https") and "." in (address.hostname or "") and " " not in typed
    except ValueError:
        return False


def _acts(organisation: Organisation) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    acts = trail.acts(session(), 0, MOST_ACTS, merging.SUBJECT, organisation.id)
    return [
        (
            act.record.action,
            act.by or "Way In itself",
            long_day(uk_day(act.record.at)),
            [
                (name, str(was or "nothing"), str(now or "nothing"))
                for name, was, now in trail.differences(act.record)
                if act.record.action == "changed"
            ],
        )
        for act in acts
    ]


def _page(
    found: Organisation,
    said: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    why: str = "",
    status: int = 200,
) -> Response:
    details = {name: str(getattr(found, name) or "") for name in organising.DETAILS}
    people = memberships_of(session(), found)
    response = private(
        render_template(
            "organisations/one.html",
            organisation=found,
            said=said or details,
            kinds=[str(kind) for kind in OrganisationKind],
            problems={**dict.fromkeys(organising.DETAILS, ""), **(problems or {})},
            errors=[(("kind-0" if name == "kind" else name), words) for name, words in (problems or {}).items()],
            people=[(member, long_day(uk_day(member.asked_at))) for member in people],
            why=why,
            merged=[(other, long_day(uk_day(made.at))) for made, other in standing_merges(session(), found)],
            acts=_acts(found),
        )
    )
    response.status_code = status
    return response


def _merged_page(found: Organisation) -> Response:
    into = found_to_be(session(), found)
    return private(render_template("organisations/merged.html", organisation=found, into=into, acts=_acts(found)))
