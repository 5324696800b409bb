"""What works, for those who keep the product running."""

from flask import Blueprint, Response, jsonify

from directory.health import examine
from directory.request_state import parts
from directory.web.access import ANYONE, open_to

pages = Blueprint("health", __name__)


@pages.get("/health")
@open_to(ANYONE)
def health() -> Response:
    """Answer 200 when everything works and 503 otherwise, and say what was found."""
    findings = examine(parts())
    works = all(finding.works for finding in findings.values())
    response = jsonify(
        works=works,
        checks={name: {"works": finding.works, "found": finding.words} for name, finding in findings.items()},
    )
    response.status_code = 200 if works else 503
    response.cache_control.no_store = True
    return response
