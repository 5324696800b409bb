"""What belongs to this request: the one place that knows both Flask and SQLAlchemy."""

from typing import cast

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from directory.accounts.actions import visit_of
from directory.accounts.models import Account, Visit
from directory.foundation import clock
from directory.parts import Parts
from directory.search.asking import Asking
from directory.submissions.links.fetching import Fetcher

KEY = "wayin_parts"
FETCHER = "wayin_fetcher"
VISIT_COOKIE = "visit"


def keep(app: Flask, parts: Parts) -> None:
    """Give ``app`` its parts, and close each request's session at its end."""
    app.extensions[KEY] = parts

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        opened = g.pop("session", None)
        if opened is not None:
            opened.close()


def parts() -> Parts:
    """Give the parts of the running product."""
    return cast(Parts, current_app.extensions[KEY])


def session() -> Session:
    """Give this request's session, opened when first asked for.

    Nothing is committed unless a view that posts says ``session().commit()``; what isn't is undone at the end.
    """
    if "session" not in g:
        g.session = parts().sessions()
    return cast(Session, g.session)


def asking() -> Asking:
    """Give what answers searches for this request."""
    known = parts()
    return Asking.of(session(), known.search, known.gazetteer, known.vocabulary, clock.now())


def fetcher() -> Fetcher:
    """Give what opens other people's pages: one a process, since it remembers what their robots.txt says."""
    return cast(Fetcher, current_app.extensions.setdefault(FETCHER, Fetcher(parts().settings)))


def visit() -> Visit | None:
    """Give the visit of whoever is signed in; a visitor without its cookie costs no statement."""
    if "visit" not in g:
        token = request.cookies.get(VISIT_COOKIE)
        g.visit = visit_of(session(), token, clock.now()) if token else None
    return cast(Visit | None, g.visit)


def account() -> Account | None:
    """Give whoever is signed in."""
    found = visit()
    return found.account if found else None


def signed_in() -> Account:
    """Give whoever is signed in, on a page that is open to them only."""
    found = account()
    assert found is not None, "this page isn't guarded by open_to"
    return found
