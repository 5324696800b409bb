"""The appearance setting: as the device says, light, or dark; a cookie that the visitor's own act sets."""

import re
from enum import StrEnum

from flask import Blueprint, Flask, redirect, request, url_for
from werkzeug import Response

from directory.web.access import ANYONE, open_to
from directory.web.security import LONGEST_ADDRESS

COOKIE = "appearance"
A_YEAR = 365 * 24 * 60 * 60

# Browsers read "\" as "/" and pass over control characters, so "/\x09/elsewhere" would lead away.
HERE = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")

pages = Blueprint("appearance", __name__)


class Appearance(StrEnum):
    """What the visitor chose."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@pages.post("/appearance")
@open_to(ANYONE)
def choose() -> Response:
    """Keep the choice and go back to the page it was made on."""
    chosen = _known(request.form.get("appearance"))
    back = request.values.get("back", "/")
    response = redirect(back if HERE.fullmatch(back) else "/", 303)
    if chosen is Appearance.AUTO:
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def offer_appearance(app: Flask) -> None:
    """Tell every template the ``appearance`` chosen, and where to post another one from this page."""
    app.register_blueprint(pages)

    @app.context_processor
    def told() -> dict[str, str]:
        return {"appearance": _known(request.cookies.get(COOKIE)), "appearance_url": _address()}


def _address() -> str:
    """Give the address to post to from this page: back to here, but home if here was posted to or is too long."""
    here = request.full_path.removesuffix("?") if request.method in ("GET", "HEAD") else "/"
    address = url_for("appearance.choose", back=here)
    return address if len(address) <= LONGEST_ADDRESS else url_for("appearance.choose", back="/")


def _known(word: str | None) -> Appearance:
    return Appearance(word) if word in list(Appearance) else Appearance.AUTO
