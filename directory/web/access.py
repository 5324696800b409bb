"""Who may enter a page: every route says so and is guarded by it, and a test fails on one that does not."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from directory.accounts.models import Account, AccountRole
from directory.request_state import account

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    """Those a page may be open to."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    ADVISER = "adviser"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


ANYONE, SIGNED_IN, ADVISER = Audience.ANYONE, Audience.SIGNED_IN, Audience.ADVISER
MODERATOR, ADMINISTRATOR = Audience.MODERATOR, Audience.ADMINISTRATOR

# The roles of which one is enough; an administrator may go wherever a moderator may.
ENOUGH = {
    ADVISER: {AccountRole.ADVISER, AccountRole.ADMINISTRATOR},
    MODERATOR: {AccountRole.MODERATOR, AccountRole.ADMINISTRATOR},
    ADMINISTRATOR: {AccountRole.ADMINISTRATOR},
}


def open_to(audience: Audience) -> Callable[[View], View]:
    """Let this audience in. Stands directly above the function, under the route."""

    def decide(view: View) -> View:
        view.open_to = audience  # type: ignore[attr-defined]
        return view

    return decide


def keeps_what_was_typed(view: View) -> View:
    """Mark a view that shows its form again, with what was typed, when the form's token isn't right."""
    view.keeps_what_was_typed = True  # type: ignore[attr-defined]
    return view


def takes_up_to(most: int) -> Callable[[View], View]:
    """Let a view be sent this many bytes, where others take what anybody types and no more."""

    def decide(view: View) -> View:
        view.takes_up_to = most  # type: ignore[attr-defined]
        return view

    return decide


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """Say who may enter ``view``, or None when nobody decided."""
    return getattr(view, "open_to", None)


def view_of_request() -> Callable[..., Any] | None:
    """Give the function that will answer."""
    return current_app.view_functions.get(request.endpoint) if request.endpoint else None


def may_enter(audience: Audience, who: Account | None) -> bool:
    """Say whether somebody belongs to an audience."""
    if audience is ANYONE:
        return True
    if who is None:
        return False
    return audience is SIGNED_IN or bool(ENOUGH[audience] & who.roles)


def guard(app: Flask) -> None:
    """Keep everybody out of where they may not go: before any view, and so before it looks anything up."""

    @app.before_request
    def keep_out() -> AnyResponse | None:
        view = view_of_request()
        audience = audience_of(view) if view else ANYONE
        if audience is None:
            raise LookupError(f"Nobody decided who may enter {request.endpoint}.")
        who = account() if audience is not ANYONE else None
        if may_enter(audience, who):
            return None
        return _not_signed_in() if who is None else _not_for(audience)

    @app.context_processor
    def tell_templates() -> dict[str, Any]:
        who = account() if request.cookies else None
        return {"me": who, "i_moderate": who is not None and may_enter(MODERATOR, who)}


def _not_signed_in() -> AnyResponse:
    """Ask to sign in; what was sent is shown again, so that none of it is lost."""
    if request.method in ("GET", "HEAD"):
        here = request.full_path.removesuffix("?")
        return redirect(url_for("signing_in.ask", onward=here), 303)
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token" and value.strip()]
    return _page("errors/signed_out.html", 403, sent=sent)


def _not_for(audience: Audience) -> AnyResponse:
    return _page("errors/not_yours.html", 403, audience=str(audience))


def _page(template: str, status: int, **context: Any) -> Response:
    response = make_response(render_template(template, **context), status)
    response.cache_control.no_store = True
    return response
