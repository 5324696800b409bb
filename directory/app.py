"""The wiring: settings become parts, parts become an application."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path

import structlog
from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory import request_state, schema
from directory.accounts.personal import ACCOUNTS
from directory.accounts.retention import forget_sign_ins
from directory.catalogue.seeding import SeedReport, seed
from directory.foundation.alone import alone, turn_to_jobs
from directory.foundation.caretaker import Caretaker, Job, in_session
from directory.foundation.clock import now
from directory.foundation.database import connect, make_sure_it_answers, session_maker, transaction
from directory.foundation.letters import forget_old, send_due
from directory.foundation.logs import write_logs
from directory.foundation.mail import choose_mailer
from directory.foundation.migrations import migrate, write_revision
from directory.foundation.progress import Steps, quietly
from directory.foundation.resources import furnish, resource
from directory.foundation.secret import secret_key
from directory.foundation.settings import Settings
from directory.lists import current, digest
from directory.lists import retention as lists
from directory.parts import Parts
from directory.places.gazetteer import Gazetteer
from directory.search import reading, synonyms
from directory.search.asking import Asking
from directory.search.engine import IndexBusy
from directory.search.engines import choose
from directory.search.indexing import SECONDS_BETWEEN_LOOKS, IndexStatus, catch_up, rebuild, status
from directory.search.language import TextQuery
from directory.search.living import LivingVocabulary
from directory.search.reading import Vocabulary
from directory.search.reconciling import Differences, reconcile
from directory.search.standing_in import Attended
from directory.search.worker import Worker, has_worker, turn_to_index
from directory.submissions import asking, bank, reporting
from directory.submissions import personal as submissions
from directory.submissions.links.fetching import Fetcher
from directory.submissions.links.opening import open_links
from directory.web import open_web

# Serving needn't wait for an index, since a stand-in answers: this long is for the worker to be done as a rule.
SECONDS_FOR_THE_WORKER = 15.0
# A worker that builds an index anew gives way only when it is done.
SECONDS_TO_GIVE_WAY = 120.0

# The rooms that keep something of people; a new one that does is one entry.
PERSONAL = (ACCOUNTS, submissions.SUBMISSIONS, lists.LISTS)

log = structlog.get_logger()


def assemble(settings: Settings) -> Parts:
    """Make the parts that ``settings`` ask for; raises Misconfigured when the machine won't do."""
    database = _database(settings)
    sessions = session_maker(database)
    return Parts(
        settings=settings,
        database=database,
        sessions=sessions,
        search=Attended(choose(settings), sessions),
        gazetteer=gazetteer(),
        words=LivingVocabulary(sessions, vocabulary()),
    )


def vocabulary() -> Vocabulary:
    """Read what words come to by the files; raises Misconfigured when a file can't be read."""
    folder = resource("seed_data")
    return Vocabulary(synonyms.load(folder / "synonyms.yaml"), reading.load(folder / "filter_words.yaml"))


def gazetteer() -> Gazetteer:
    """Read every place there is; raises Misconfigured when a table can't be read."""
    return Gazetteer.load(resource("seed_data") / "gazetteer")


def reading_without_choices() -> Callable[[str], TextQuery]:
    """Give the product's own way to read words, for documents of which nothing can be chosen."""
    return partial(reading.read_without_choices, vocabulary=vocabulary(), gazetteer=gazetteer())


def _database(settings: Settings) -> Engine:
    furnish(settings.data_folder)
    database = connect(settings.database_url)
    make_sure_it_answers(database)
    return database


def prepare(parts: Parts, steps: Steps, *, compare: bool = False, serving: bool = False) -> SeedReport:
    """Bring the database, the catalogue and the index up to date: quick when they are.

    To ``compare`` is to hold every listing against its file, though no file changed, and report what was passed over. A
    process that is for ``serving`` leaves the index to the worker.
    """
    with steps("Preparing the database"):
        migrate(parts.database)
    with alone(parts.database), steps("Loading the catalogue") as progress, transaction(parts.database) as session:
        report = seed(session, resource("seed_data"), parts.gazetteer, now(), progress, afresh=compare)
        bank.fill(session, resource("seed_data") / "reasons.yaml")
    if not (serving and has_worker(parts.settings)):
        with steps("Preparing the search"):
            _tell(_make_searchable(parts))
    return report


def wait_for_worker(parts: Parts, steps: Steps) -> None:
    """Wait until the worker has made the index whole; not for ever, since a stand-in answers meanwhile."""
    with steps("Preparing the search"):
        _tell(_make_searchable(parts, by_worker=True))


def index_status(parts: Parts) -> tuple[IndexStatus, bool | None]:
    """Say how far the search index is true, and whether a worker keeps it; None where there can't be one."""
    turn = turn_to_index(parts.settings.data_folder)
    with parts.sessions() as session:
        return status(session, parts.search), turn.is_taken() if has_worker(parts.settings) else None


def rebuild_index(parts: Parts, steps: Steps) -> int:
    """Build the search index anew and say how many listings it holds."""
    migrate(parts.database)
    with _writing(parts), steps("Building the index") as progress, transaction(parts.database) as session:
        rebuild(session, parts.search, progress)
    return parts.search.count()


def reconcile_index(parts: Parts, steps: Steps) -> Differences:
    """Compare the search index with the catalogue, mend what differs and say what it was."""
    migrate(parts.database)
    with _writing(parts), steps("Comparing") as progress, transaction(parts.database) as session:
        return reconcile(session, parts.search, progress)


def work(settings: Settings, stop: threading.Event) -> None:
    """Run the jobs and keep the search index true until told to ``stop``: with few parts, so that it starts quickly."""
    database = _database(settings)
    caretaker = Caretaker(database, jobs(settings, database), turn_to_jobs(database, settings.data_folder), stop)
    caring = threading.Thread(target=caretaker.run, name="caretaker")
    caring.start()
    try:
        if has_worker(settings):
            Worker(database, choose(settings), turn_to_index(settings.data_folder), stop).run()
        else:  # each process keeps its own index in memory
            stop.wait()
    finally:
        stop.set()
        caring.join()
        database.dispose()


def jobs(settings: Settings, database: Engine) -> Sequence[Job]:
    """Give what is done without being asked: one entry each, as ``foundation.caretaker`` explains."""
    return (
        Job("send letters", timedelta(seconds=1), partial(send_due, database, choose_mailer(settings))),
        Job(
            "open links",
            timedelta(seconds=5),
            in_session(database, partial(open_links, fetcher=Fetcher(settings), gazetteer=cache(gazetteer))),
        ),
        Job("forget old letters", timedelta(days=1), in_session(database, forget_old)),
        Job("forget old submissions", timedelta(days=1), in_session(database, submissions.forget_old)),
        Job("forget old sign-ins", timedelta(days=1), in_session(database, forget_sign_ins)),
        Job("forget old reports", timedelta(days=1), in_session(database, reporting.forget_old)),
        Job(
            "ask whether open",
            timedelta(hours=1),
            in_session(database, lambda session, now: asking.ask_whether_open(session, settings, now)),
        ),
        Job(
            "hide the silent",
            timedelta(hours=6),
            in_session(database, lambda session, now: asking.hide_the_silent(session, settings, now)),
        ),
        Job("keep lists current", timedelta(hours=1), in_session(database, _keep_lists_current(settings, database))),
        Job(
            "send list digests",
            timedelta(hours=1),
            in_session(database, lambda session, now: digest.send_digests(session, settings, now)),
        ),
        Job("forget old lists", timedelta(days=1), in_session(database, lists.forget_old)),
    )


def _keep_lists_current(settings: Settings, database: Engine) -> Callable[[Session, datetime], int]:
    sessions = session_maker(database)
    known = cache(lambda: (Attended(choose(settings), sessions), gazetteer(), LivingVocabulary(sessions, vocabulary())))

    def keep_current(session: Session, now: datetime) -> int:
        search, places, words = known()
        return current.keep_current(Asking.of(session, search, places, words.now(), now))

    return keep_current


def _tell(is_searchable: bool) -> None:
    if not is_searchable:
        log.warning("the search index is still behind; the worker goes on with it")


def _make_searchable(parts: Parts, *, by_worker: bool = False) -> bool:
    """Bring the index up to date, or wait until the worker that is at it has; says whether it is."""
    turn = turn_to_index(parts.settings.data_folder)
    end = time.monotonic() + SECONDS_FOR_THE_WORKER
    while time.monotonic() < end:
        if not has_worker(parts.settings):
            return _catch_up(parts)
        if not by_worker and turn.take():
            try:
                return _catch_up(parts)
            finally:
                turn.give_back()
        with parts.sessions() as session:
            if status(session, parts.search).is_whole:
                return True
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return False


def _catch_up(parts: Parts) -> bool:
    with transaction(parts.database) as session:
        catch_up(session, parts.search)
    return True


@contextmanager
def _writing(parts: Parts) -> Iterator[None]:
    """Write the index inside: a worker is asked to give way, and goes on afterwards."""
    with turn_to_index(parts.settings.data_folder).asked_for(SECONDS_TO_GIVE_WAY) as taken:
        if not taken:
            raise IndexBusy("Another process has been writing the search index for too long; try again later.")
        yield


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
    prepare(parts, quietly, serving=True)
    return create_app(parts)
