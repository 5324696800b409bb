"""Signing in: an emailed link for any device, a code for the one that asked; no page tells who is known."""

import re
from collections.abc import Callable

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug import Response

from directory.accounts import actions
from directory.accounts.addresses import email_address
from directory.accounts.models import Account
from directory.foundation import addresses, clock
from directory.foundation.letters import post
from directory.foundation.mail_templates import compose
from directory.foundation.refusals import Refusal
from directory.foundation.sums import new_token
from directory.request_state import account, parts, session
from directory.web.access import ANYONE, keeps_what_was_typed, open_to
from directory.web.appearance import HERE
from directory.web.caching import private
from directory.web.limits import allow_network, may_write_to
from directory.web.security import OWN_EYES_ONLY, csrf_failed
from directory.web.visits import remember

pages = Blueprint("signing_in", __name__, url_prefix="/sign-in")

DEVICE_COOKIE = "device"
AN_HOUR = 60 * 60
LONGEST_ONWARD = 400
NO_EMAIL = "Enter your email address, like name@example.org"
NO_CODE = "Enter the six digits of the code, like 012345"
AWAY = "You’ve been away a while. Press the button again"

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android")),
    *(("CrOS", "ChromeOS"), ("Mac OS", "Mac"), ("Linux", "Linux")),
)

# What other pages do once somebody has signed in to go on to them: each is given who, and the path.
AFTERWARDS: list[Callable[[Account, str], None]] = []


@pages.get("")
@open_to(ANYONE)
def ask() -> Response:
    """Ask for an email address."""
    return _ask_page(onward=_onward(request.args.get("onward")))


@pages.post("")
@keeps_what_was_typed
@open_to(ANYONE)
def send() -> Response:
    """Send the way in; the answer is the same whoever is known."""
    typed = request.form.get("email", "").replace("\x00", "").strip()
    email, onward = email_address(typed), _onward(request.form.get("onward"))
    if csrf_failed():
        return _ask_page(email=typed, onward=onward, problem=AWAY, status=400)
    if email is None:
        return _ask_page(email=typed, onward=onward, problem=NO_EMAIL, status=422)
    send_way_in(email, onward)
    session().commit()
    return redirect(url_for("signing_in.code"), 303)


def send_way_in(email: str, onward: str, *, purpose: str = "sign in", title: str = "") -> None:
    """Send a link and a code to an address, by which to go on to a path of ours; not too many. The view commits.

    A code that isn't sent isn't made either: it could still be guessed.
    """
    allow_network("mail")
    email, device = email_address(email) or email, _device()
    if not may_write_to(email):
        return
    way = actions.offer_way_in(session(), _key(), email, device, onward, clock.now())
    settings = parts().settings
    message = compose(
        settings,
        "sign_in",
        email,
        link=addresses.at(settings, f"/sign-in/link/{way.token}"),
        code=way.code,
        purpose=purpose,
        title=title,
    )
    post(session(), message, clock.now(), purpose="sign in")


@pages.get("/code")
@open_to(ANYONE)
def code() -> Response:
    """Ask for the code that was sent."""
    return _code_page()


@pages.post("/code")
@keeps_what_was_typed
@open_to(ANYONE)
def use_code() -> Response:
    """Sign in by the code, on the device that asked for it."""
    typed = re.sub(r"\s", "", request.form.get("code", ""))
    if csrf_failed():
        return _code_page(typed=typed[:20], problem=AWAY, status=400)
    if not re.fullmatch(r"[0-9]{6}", typed):
        return _code_page(typed=typed[:20], problem=NO_CODE, status=422)
    allow_network("code")
    device = request.cookies.get(DEVICE_COOKIE, "")
    try:
        who, onward = actions.sign_in_by_code(session(), _key(), device, typed, clock.now())
    except Refusal as refusal:
        session().commit()  # a wrong code is a try
        return _code_page(typed=typed, problem=str(refusal), status=422)
    return _begin(who, onward)


@pages.get("/link/<token>")
@open_to(ANYONE)
def link(token: str) -> Response:
    """Show a button: whatever opens links in email must not be signed in by it."""
    return _link_page(token)


@pages.post("/link/<token>")
@keeps_what_was_typed
@open_to(ANYONE)
def use_link(token: str) -> Response:
    """Sign in by the link, on whatever device opened it."""
    if csrf_failed():
        return _link_page(token, away=True)
    try:
        who, onward = actions.sign_in_by_link(session(), token[:100], clock.now())
    except Refusal:
        return _link_page(token)
    return _begin(who, onward)


def _link_page(token: str, *, away: bool = False) -> Response:
    works = actions.link_works(session(), token[:100], clock.now())
    response = private(render_template("signing_in/link.html", token=token, works=works, away=away and AWAY))
    response.headers["Referrer-Policy"] = OWN_EYES_ONLY
    response.status_code = 410 if not works else 400 if away else 200
    return response


def _begin(who: Account, onward: str) -> Response:
    if account() is not None and (old := g.visit):
        actions.end_visit(session(), old.account, old.id, clock.now())
    token = actions.begin_visit(session(), who, _device_in_words(), clock.now())
    for step in AFTERWARDS:
        step(who, onward)
    session().commit()
    response = redirect(_onward(onward) if onward != "/" else url_for("accounts.page"), 303)
    remember(response, token)
    response.delete_cookie(DEVICE_COOKIE)
    return response


def _device() -> str:
    """Give the secret of this browser, made and set when it has none."""
    device = request.cookies.get(DEVICE_COOKIE) or new_token()
    g.device = device
    return device


@pages.after_app_request
def _set_device(response: Response) -> Response:
    if device := g.get("device"):
        response.set_cookie(
            DEVICE_COOKIE, device, max_age=AN_HOUR, secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return response


def _device_in_words() -> str:
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def _onward(path: str | None) -> str:
    return path if path and len(path) <= LONGEST_ONWARD and HERE.fullmatch(path) else "/"


def _key() -> str:
    secret = current_app.secret_key
    assert isinstance(secret, str)
    return secret


def _ask_page(*, email: str = "", onward: str = "/", problem: str | None = None, status: int = 200) -> Response:
    response = private(render_template("signing_in/ask.html", email=email, onward=onward, problem=problem))
    response.status_code = status
    return response


def _code_page(*, typed: str = "", problem: str | None = None, status: int = 200) -> Response:
    response = private(render_template("signing_in/code.html", typed=typed, problem=problem))
    response.status_code = status
    return response
