"""Your account: who you are here, where you are signed in, and how to leave."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts import actions, queries
from directory.accounts.models import Account, AccountRole
from directory.foundation import clock
from directory.foundation.date_words import long_day, uk_day
from directory.foundation.letters import post
from directory.foundation.mail_templates import compose
from directory.request_state import VISIT_COOKIE, parts, session, signed_in, visit
from directory.web.access import ANYONE, SIGNED_IN, open_to
from directory.web.caching import private
from directory.web.forms.words import LARGEST_NUMBER
from directory.web.limits import allow_network

pages = Blueprint("accounts", __name__)

LONGEST_NAME = 120


@pages.get("/account")
@open_to(SIGNED_IN)
def page() -> Response:
    """Show who is signed in, and where."""
    me = signed_in()
    return private(
        render_template(
            "accounts/page.html",
            account=me,
            visits=queries.visits_of(session(), me, clock.now()),
            this_one=visit(),
            roles=sorted(map(str, me.roles)),
            asked_on=_asked_on(me),
        )
    )


@pages.post("/account/name")
@open_to(SIGNED_IN)
def rename() -> Response:
    """Change what somebody is called."""
    signed_in().name = " ".join(request.form.get("name", "").replace("\x00", "").split())[:LONGEST_NAME]
    session().commit()
    return redirect(url_for("accounts.page"), 303)


@pages.post(f"/account/visits/<int(max={LARGEST_NUMBER}):visit_id>/end")
@open_to(SIGNED_IN)
def end_one(visit_id: int) -> Response:
    """Sign out on one device."""
    actions.end_visit(session(), signed_in(), visit_id, clock.now())
    session().commit()
    return redirect(url_for("accounts.page"), 303)


@pages.get("/account/leave")
@open_to(SIGNED_IN)
def leaving() -> Response:
    """Say what is erased and what stays, before anybody asks for it."""
    return private(render_template("accounts/leave.html", account=signed_in(), asked_on=_asked_on(signed_in())))


@pages.post("/account/leave")
@open_to(SIGNED_IN)
def leave() -> Response:
    """Ask to be erased: a person does it, since what is published may need somebody else to look after it."""
    me, now, settings = signed_in(), clock.now(), parts().settings
    if actions.ask_to_be_erased(session(), me, now):
        allow_network("mail")
        for address in _who_erases():
            post(session(), compose(settings, "erasure_asked", address, who=me.email), now, purpose="erasure asked")
        post(session(), compose(settings, "erasure_received", str(me.email)), now, purpose="erasure received")
        session().commit()
    return redirect(url_for("accounts.leaving"), 303)


def _asked_on(me: Account) -> str | None:
    asked = queries.asked_to_be_erased(session(), me)
    return long_day(uk_day(asked)) if asked else None


def _who_erases() -> set[str]:
    administrators = queries.holders_of(session(), AccountRole.ADMINISTRATOR)
    contact = parts().settings.contact_address
    return {str(one.email) for one in administrators} | ({contact} if contact else set())


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
