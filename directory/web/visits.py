"""Staying signed in: the cookie that speaks of a visit, and the visit itself, which lasts while somebody is there."""

from flask import Flask, g, request
from werkzeug import Response

from directory.accounts import actions
from directory.foundation import clock
from directory.request_state import VISIT_COOKIE, session, visit


def remember(response: Response, token: str) -> None:
    """Let the browser say who is there for as long as any visit may last."""
    response.set_cookie(
        VISIT_COOKIE,
        token,
        max_age=actions.VISIT_HOLDS_FOR,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def keep_visits(app: Flask) -> None:
    """Note every few minutes that somebody is still there: before any view, so that nothing else is committed by it."""

    @app.before_request
    def see() -> None:
        if request.method != "GET" or VISIT_COOKIE not in request.cookies or request.endpoint == "static":
            return
        here = visit()
        if here is not None and actions.saw(session(), here, clock.now()):
            session().commit()
            g.was_seen = True

    @app.after_request
    def renew(response: Response) -> Response:
        if g.get("was_seen"):
            remember(response, request.cookies[VISIT_COOKIE])
        return response
