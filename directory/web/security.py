"""What browsers are told about safety, and which posts are believed."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    StrictTransportSecurity,
    XContentTypeOptions,
)

A_YEAR = 365 * 24 * 60 * 60

# Longer than anything a person types: a search of 10,000 letters still gets an answer.
LONGEST_ADDRESS = 16 * 1024
LARGEST_POST = 64 * 1024
MOST_FORM_FIELDS = 200


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
    def refuse_posts_from_elsewhere() -> None:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not came_from_here():
            abort(403)

    @app.after_request
    def send_headers(response: Response) -> Response:
        headers.set_headers(response)
        return response


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
        # Not "no-referrer": that would hide the origin of our own posts from ourselves.
        referrer=ReferrerPolicy().strict_origin_when_cross_origin(),
        xcto=XContentTypeOptions().nosniff(),
    )
