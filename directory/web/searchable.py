"""A change that was just committed, seen by the next search: waited for, but not for long."""

from flask import after_this_request
from werkzeug import Response

from directory.catalogue import outbox
from directory.request_state import parts, session
from directory.search.indexing import catch_up, wait_until_searchable
from directory.search.worker import has_worker

SECONDS = 1.0


def make_searchable() -> None:
    """Let this request end when searches see what it changes. Called before the view commits."""
    sequence = outbox.newest(session())

    @after_this_request
    def wait(response: Response) -> Response:
        if has_worker(parts().settings):
            wait_until_searchable(parts().sessions, parts().search, sequence, SECONDS)
        else:
            with parts().sessions.begin() as catching_up:
                catch_up(catching_up, parts().search)
        return response
