"""Evidence for a school of what a list offered: a page to print and a file to keep, for those who edit the list."""

import csv
import io

from flask import Blueprint, Response, abort, render_template
from werkzeug import Response as AnyResponse

from directory.catalogue.kinds import KINDS
from directory.foundation import addresses, clock
from directory.foundation.date_words import long_day, uk_day
from directory.lists import editing
from directory.lists.evidence import BENCHMARKS, Evidence, evidence
from directory.lists.models import SharedList
from directory.request_state import account, parts, session
from directory.web.access import ANYONE, open_to
from directory.web.limits import allow_network
from directory.web.lists.edit_page import secret
from directory.web.security import OWN_EYES_ONLY

pages = Blueprint("list_evidence", __name__, url_prefix="/lists/edit/<key>")

COLUMNS = (
    *("Opportunity", "Kind", "Organisation", "Offered from", "Offered until", "Gatsby benchmarks"),
    *("Provider access", "Address"),
)
# What a spreadsheet program takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pages.get("/evidence")
@open_to(ANYONE)
def page(key: str) -> AnyResponse:
    """Show what the list offered, when, and what that can count towards."""
    shared_list = _opened(key)
    rows = [
        (one, KINDS[one.opportunity.kind], long_day(uk_day(one.offered_from)), _until(one))
        for one in evidence(session(), shared_list)
    ]
    return secret(
        render_template(
            "lists/evidence.html",
            key=key,
            shared_list=shared_list,
            rows=rows,
            benchmarks=BENCHMARKS,
            counts={number: sum(number in row.benchmarks for row, *_ in rows) for number in BENCHMARKS},
            today=long_day(uk_day(clock.now())),
        )
    )


@pages.get("/evidence.csv")
@open_to(ANYONE)
def table(key: str) -> Response:
    """Give the same as a table that spreadsheet programs open right."""
    shared_list = _opened(key)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for one in evidence(session(), shared_list):
        row = one.opportunity
        writer.writerow(
            [
                *map(_inert, (row.title, KINDS[row.kind].singular, row.organisation.name)),
                uk_day(one.offered_from).isoformat(),
                uk_day(one.offered_until).isoformat() if one.offered_until else "",
                ", ".join(map(str, one.benchmarks)),
                "yes" if one.provider_access else "no",
                addresses.opportunity(parts().settings, row.slug),
            ]
        )
    response = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="evidence-{shared_list.address}.csv"'
    response.headers["Referrer-Policy"] = OWN_EYES_ONLY
    response.cache_control.no_store = True
    return response


def _opened(key: str) -> SharedList:
    found = editing.opened_by(session(), key[:100], account())
    if found is None:
        allow_network("wrong key")
        session().commit()
        abort(404)
    return found[0]


def _until(one: Evidence) -> str:
    return long_day(uk_day(one.offered_until)) if one.offered_until else "still offered"


def _inert(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
