"""What browsers are told about safety, and which posts are believed."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, make_response, render_template, request
from markupsafe import Markup
from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    StrictTransportSecurity,
    XContentTypeOptions,
)

from directory.foundation.sums import is_same, keyed_sum
from directory.request_state import VISIT_COOKIE, account
from directory.web.access import View, view_of_request
from directory.web.forms.sent import NOBODY_TYPES

A_YEAR = 365 * 24 * 60 * 60

# Longer than anything a person types: a search of 10,000 letters still gets an answer.
LONGEST_ADDRESS = 16 * 1024
LARGEST_POST = 64 * 1024
MOST_FORM_FIELDS = 400
FIELD = "csrf_token"
# What stands inside other sites: nothing but itself and its styles, and nothing that could be done there.
FRAMED_POLICY = "; ".join(
    ("default-src 'none'", "style-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors *")
)
# For pages whose address is a secret. "no-referrer" would hide the origin of our own posts from ourselves.
OWN_EYES_ONLY = "same-origin"


def framed_anywhere(view: View) -> View:
    """Let any site show what a view answers inside its own pages: nothing there changes anything."""
    view.framed_anywhere = True  # type: ignore[attr-defined]
    return view


def protect(app: Flask, *, in_production: bool) -> None:
    """Send the security headers with every answer and bound what is read."""
    headers = _headers(in_production=in_production)
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_POST, MAX_FORM_MEMORY_SIZE=LARGEST_POST, MAX_FORM_PARTS=MOST_FORM_FIELDS
    )

    @app.before_request
    def refuse_endless_addresses() -> None:
        if len(request.environ.get("QUERY_STRING", "")) + len(request.path) > LONGEST_ADDRESS:
            abort(414)

    @app.before_request
    def find_nothing_where_nobody_can_go() -> None:
        if NOBODY_TYPES.search(request.path):
            abort(404)

    @app.before_request
    def take_what_the_view_takes() -> None:
        request.max_content_length = getattr(view_of_request(), "takes_up_to", LARGEST_POST)

    @app.before_request
    def refuse_posts_from_elsewhere() -> None:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not came_from_here():
            abort(403)

    @app.before_request
    def refuse_forms_without_their_token() -> Response | None:
        if request.method in ("GET", "HEAD", "OPTIONS") or account() is None:
            return None
        g.csrf_failed = not is_same(request.form.get(FIELD, ""), _token())
        if not g.csrf_failed or getattr(view_of_request(), "keeps_what_was_typed", False):
            return None
        response = make_response(render_template("errors/away.html"), 400)
        response.cache_control.no_store = True
        return response

    @app.after_request
    def send_headers(response: Response) -> Response:
        referrers = response.headers.get("Referrer-Policy")
        headers.set_headers(response)
        if referrers:
            response.headers["Referrer-Policy"] = referrers
        if getattr(view_of_request(), "framed_anywhere", False):
            response.headers["Content-Security-Policy"] = FRAMED_POLICY
            # For sites that let in only what says so.
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        if VISIT_COOKIE in request.cookies and not request.path.startswith("/static/"):
            # A page for somebody who is signed in is nobody else's.
            response.headers["Cache-Control"] = "no-store"
        return response

    app.jinja_env.globals["csrf_field"] = csrf_field


def csrf_failed() -> bool:
    """Say whether the form that was sent lacks the token of whoever is signed in: nothing may be done with it."""
    return bool(g.get("csrf_failed", False))


def csrf_field() -> Markup:
    """Give the hidden field that every form which posts has; empty for visitors, who have no session to misuse."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, _token()) if account() else Markup("")


def _token() -> str:
    secret = current_app.secret_key
    assert isinstance(secret, str)
    return keyed_sum(secret, "form", request.cookies.get(VISIT_COOKIE, ""))[:43]


def came_from_here() -> bool:
    """Say whether the browser vouches that a page of ours sent this request.

    Browsers send Sec-Fetch-Site over https and Origin with every post. A client that sends neither is no browser,
    so there is no visitor whose cookies it could misuse.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _headers(*, in_production: bool) -> Secure:
    nothing, here = "'none'", "'self'"
    policy = (
        ContentSecurityPolicy()
        .default_src(here)
        .img_src(here)
        .style_src(here)
        .script_src(here)
        .object_src(nothing)
        .base_uri(nothing)
        .form_action(here)
        .frame_ancestors(nothing)
    )
    return Secure(
        csp=policy,
        coop=CrossOriginOpenerPolicy().same_origin(),
        hsts=StrictTransportSecurity().max_age(A_YEAR) if in_production else None,
        permissions=PermissionsPolicy().camera().geolocation().microphone().payment().usb(),
        referrer=ReferrerPolicy().strict_origin_when_cross_origin(),
        xcto=XContentTypeOptions().nosniff(),
    )
