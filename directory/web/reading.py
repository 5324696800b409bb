"""The pages for reading: about, how we check, privacy, accessibility, data and licences, the glossary."""

from flask import Blueprint, render_template

from directory.catalogue import queries as catalogue
from directory.catalogue.kinds import KINDS
from directory.catalogue.timing import CONFIRMATION_HOLDS_FOR
from directory.catalogue.vocabulary import Signal
from directory.foundation import clock
from directory.request_state import session
from directory.web.access import ANYONE, open_to

pages = Blueprint("reading", __name__)


@pages.get("/about")
@open_to(ANYONE)
def about() -> str:
    """Say what this is, who it is for and where its facts come from."""
    return render_template(
        "reading/about.html",
        kinds=KINDS.values(),
        total=catalogue.public_count(session()),
        organisations=len(catalogue.organisations_with_listings(session())),
    )


@pages.get("/how-we-check")
@open_to(ANYONE)
def how_we_check() -> str:
    """Say how listings are checked, with today's figures."""
    since = clock.now() - CONFIRMATION_HOLDS_FOR
    found_right = {signal: catalogue.checked_since(session(), signal, since) for signal in Signal}
    return render_template(
        "reading/how_we_check.html",
        total=catalogue.public_count(session()),
        holds_for=CONFIRMATION_HOLDS_FOR.days,
        confirmed=found_right[Signal.ORGANISATION],
        checked=found_right[Signal.PERSON],
        linked=found_right[Signal.LINK],
    )


@pages.get("/privacy")
@open_to(ANYONE)
def privacy() -> str:
    """Say what is kept about visitors."""
    return render_template("reading/privacy.html")


@pages.get("/accessibility")
@open_to(ANYONE)
def accessibility() -> str:
    """Say how accessible the site is and how that is known."""
    return render_template("reading/accessibility.html")


@pages.get("/data-and-licences")
@open_to(ANYONE)
def data_and_licences() -> str:
    """Name the sources of the data and their licences."""
    return render_template("reading/data_and_licences.html")


@pages.get("/glossary")
@open_to(ANYONE)
def glossary() -> str:
    """Explain every term."""
    return render_template("reading/glossary.html", terms=catalogue.whole_glossary(session()))
