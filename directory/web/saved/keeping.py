"""What somebody saved: ids in a cookie on their own device, in their own order; nothing of it is kept here."""

import re
from collections.abc import Iterable
from typing import Any

from flask import Flask, current_app, g, request, url_for
from itsdangerous import BadSignature, Signer
from werkzeug import Response

from directory.web.security import LONGEST_ADDRESS

COOKIE = "saved"
MOST = 100
A_YEAR = 365 * 24 * 60 * 60
APART = "."
LARGEST_ID = 2**31 - 1
_NUMBERS = re.compile(r"[0-9]{1,10}")

Ids = tuple[int, ...]


def saved() -> Ids:
    """Give the ids that this device has saved, in its order; none when the cookie isn't as we wrote it."""
    if "saved" not in g:
        try:
            said = _signer().unsign(request.cookies.get(COOKIE, "")).decode()
        except (BadSignature, ValueError):
            said = ""
        g.saved = ids_of(said)[:MOST]
    found: Ids = g.saved
    return found


def keep(response: Response, ids: Iterable[int]) -> Response:
    """Let the device keep these ids, or nothing when there are none."""
    kept = tuple(ids)[:MOST]
    if kept:
        said = _signer().sign(joined(kept)).decode()
        response.set_cookie(COOKIE, said, max_age=A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE)
    return response


def ids_of(text: str) -> Ids:
    """Read ids between anything that is no digit, each once, in their order."""
    numbers = (int(one) for one in _NUMBERS.findall(text[: MOST * 11]))
    return tuple(dict.fromkeys(number for number in numbers if 0 < number <= LARGEST_ID))


def joined(ids: Iterable[int]) -> str:
    """Write ids as they stand in addresses."""
    return APART.join(map(str, ids))


def offer_saving(app: Flask) -> None:
    """Tell every template what is saved, and where to post what is to be."""

    @app.context_processor
    def told() -> dict[str, Any]:
        here = request.full_path.removesuffix("?") if request.method in ("GET", "HEAD") else "/"
        address = url_for("saved.save", back=here)
        return {
            "saved_ids": frozenset(saved()),
            "save_url": address if len(address) <= LONGEST_ADDRESS else url_for("saved.save"),
        }


def _signer() -> Signer:
    secret = current_app.secret_key
    assert isinstance(secret, str)
    return Signer(secret, salt="wayin.saved")
