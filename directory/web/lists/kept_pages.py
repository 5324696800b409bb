"""Pages of a list kept as they were rendered, so that a class which opens one all at once costs one rendering.

A page is kept for one version of the list and of everything listed, until time alone changes it; only for visitors
whose browser brought nothing of theirs, who all see the same bytes.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from flask import current_app, make_response, request
from werkzeug import Response

from directory.foundation import clock
from directory.lists.models import SharedList
from directory.web import exporting
from directory.web.caching import fresh_until

MOST_KEPT = 200
KEY = "wayin_list_pages"

Rendered = tuple[str, datetime | None]


class KeptPages:
    """The pages that were opened last, each with until when it holds. Threads share it."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, ...], Rendered] = OrderedDict()
        self._lock = Lock()
        self._rendering: dict[tuple[str, ...], Lock] = {}

    def get(self, key: tuple[str, ...], now: datetime, render: Callable[[], Rendered]) -> Rendered:
        """Give a page, rendered at most once at a time."""
        with self._lock:
            one_at_a_time = self._rendering.setdefault(key, Lock())
        with one_at_a_time:
            kept = self._pages.get(key)
            if kept and (kept[1] is None or now < kept[1]):
                return kept
            body, until = render()
            midnight = clock.next_midnight(now)
            fresh = body, min(until, midnight) if until else midnight
            with self._lock:
                self._pages[key] = fresh
                while len(self._pages) > MOST_KEPT:
                    oldest, _ = self._pages.popitem(last=False)
                    self._rendering.pop(oldest, None)
            return fresh


def kept_page(shared_list: SharedList, part: str, render: Callable[[], Rendered]) -> Response:
    """Answer with a page of a list, kept or rendered now; no search engine's business."""
    if request.cookies:
        body, until = render()
    else:
        key = (str(shared_list.id), str(shared_list.version), part, request.full_path, exporting.version())
        pages = current_app.extensions.setdefault(KEY, KeptPages())
        body, until = pages.get(key, clock.now(), render)
    response = fresh_until(make_response(body), until)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
