"""Your account: who you are here, where you are signed in, and how to leave."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts import actions, queries
from directory.foundation import clock
from directory.request_state import VISIT_COOKIE, session, signed_in, visit
from directory.web.access import ANYONE, SIGNED_IN, open_to
from directory.web.caching import private

pages = Blueprint("accounts", __name__)

LONGEST_NAME = 120


@pages.get("/account")
@open_to(SIGNED_IN)
def page() -> Response:
    """Show who is signed in, and where."""
    me, here = signed_in(), visit()
    visits = queries.visits_of(session(), me)
    if here and actions.saw(session(), here, clock.now()):
        session().commit()
    return private(
        render_template(
            "accounts/page.html", account=me, visits=visits, this_one=here, roles=sorted(map(str, me.roles))
        )
    )


@pages.post("/account/name")
@open_to(SIGNED_IN)
def rename() -> Response:
    """Change what somebody is called."""
    signed_in().name = " ".join(request.form.get("name", "").replace("\x00", "").split())[:LONGEST_NAME]
    session().commit()
    return redirect(url_for("accounts.page"), 303)


@pages.post("/account/visits/<int:visit_id>/end")
@open_to(SIGNED_IN)
def end_one(visit_id: int) -> Response:
    """Sign out on one device."""
    actions.end_visit(session(), signed_in(), visit_id, clock.now())
    session().commit()
    return redirect(url_for("accounts.page"), 303)


@pages.post("/sign-out")
@open_to(ANYONE)
def sign_out() -> Response:
    """Sign out on this device; whoever isn't signed in is where they wanted to be."""
    if here := visit():
        actions.end_visit(session(), here.account, here.id, clock.now())
        session().commit()
    return _signed_out()


@pages.post("/sign-out/everywhere")
@open_to(SIGNED_IN)
def sign_out_everywhere() -> Response:
    """Sign out on every device."""
    actions.end_all_visits(session(), signed_in(), clock.now())
    session().commit()
    return _signed_out()


def _signed_out() -> Response:
    response = redirect(url_for("home.page"), 303)
    response.delete_cookie(VISIT_COOKIE)
    return response
