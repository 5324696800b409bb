"""The wiring: settings become parts, parts become an application."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from directory import request_state, schema
from directory.catalogue.seeding import SeedReport, seed
from directory.foundation.alone import alone
from directory.foundation.clock import now
from directory.foundation.database import connect, make_sure_it_answers, session_maker, transaction
from directory.foundation.logs import write_logs
from directory.foundation.migrations import migrate, write_revision
from directory.foundation.progress import Steps, quietly
from directory.foundation.resources import furnish, resource
from directory.foundation.secret import secret_key
from directory.foundation.settings import Settings
from directory.parts import Parts
from directory.places.gazetteer import Gazetteer
from directory.search import reading, synonyms
from directory.search.engines import choose
from directory.search.indexing import catch_up, rebuild
from directory.search.language import TextQuery
from directory.search.reading import Vocabulary
from directory.web import open_web


def assemble(settings: Settings) -> Parts:
    """Make the parts that ``settings`` ask for; raises Misconfigured when the machine won't do."""
    furnish(settings.data_folder)
    database = connect(settings.database_url)
    make_sure_it_answers(database)
    return Parts(
        settings=settings,
        database=database,
        sessions=session_maker(database),
        search=choose(settings),
        gazetteer=gazetteer(),
        vocabulary=vocabulary(),
    )


def vocabulary() -> Vocabulary:
    """Read what words come to; raises Misconfigured when a file can't be read."""
    folder = resource("seed_data")
    return Vocabulary(synonyms.load(folder / "synonyms.yaml"), reading.load(folder / "filter_words.yaml"))


def gazetteer() -> Gazetteer:
    """Read every place there is; raises Misconfigured when a table can't be read."""
    return Gazetteer.load(resource("seed_data") / "gazetteer")


def reading_without_choices() -> Callable[[str], TextQuery]:
    """Give the product's own way to read words, for documents of which nothing can be chosen."""
    return partial(reading.read_without_choices, vocabulary=vocabulary(), gazetteer=gazetteer())


def prepare(parts: Parts, steps: Steps, *, compare: bool = False) -> SeedReport:
    """Bring the database, the catalogue and the index up to date: quick when they are.

    To ``compare`` is to hold every listing against its file, though no file changed, and report what was passed over.
    """
    with steps("Preparing the database"):
        migrate(parts.database)
    with alone(parts.database):
        with steps("Loading the catalogue") as progress, transaction(parts.database) as session:
            report = seed(session, resource("seed_data"), parts.gazetteer, now(), progress, afresh=compare)
        with steps("Preparing the search"), transaction(parts.database) as session:
            catch_up(session, parts.search)
    return report


def rebuild_index(parts: Parts, steps: Steps) -> int:
    """Build the search index anew and say how many listings it holds."""
    migrate(parts.database)
    with alone(parts.database), steps("Building the index") as progress, transaction(parts.database) as session:
        rebuild(session, parts.search, progress)
    return parts.search.count()


def revise(parts: Parts, message: str) -> Path:
    """Write the revision that takes the database, brought to head, to what the models say now."""
    migrate(parts.database)
    return write_revision(parts.database, schema.metadata, message)


def create_app(parts: Parts) -> Flask:
    """Make the application that serves ``parts``."""
    app = Flask("directory", static_folder=None, template_folder=str(resource("templates")))
    app.secret_key = secret_key(parts.settings)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    request_state.keep(app, parts)
    open_web(app, parts.settings)
    return app


def application() -> Flask:
    """Make the application from the environment, for a server of several processes.

    ``gunicorn "directory.app:application()"``. Of processes that start at once, one prepares and the others wait.
    """
    settings = Settings.from_environment(os.environ)
    write_logs(settings)
    parts = assemble(settings)
    prepare(parts, quietly)
    return create_app(parts)
