"""Pages of a list kept as they were rendered, so that a class which opens one all at once costs one rendering.

A page is kept for one version of the list and of everything listed, until time alone changes it, and not for long; only
for visitors whose browser brought nothing of theirs but how pages look, who all see the same bytes.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from flask import current_app, make_response, request
from werkzeug import Response

from directory.foundation import clock
from directory.lists.models import SharedList
from directory.web import appearance, exporting
from directory.web.caching import LONGEST, fresh_until

MOST_KEPT = 100
KEY = "wayin_list_pages"

Key = tuple[str, ...]
Rendered = tuple[str, datetime | None]


class KeptPages:
    """The pages that were opened last, each with until when it holds. Threads share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[Rendered, datetime]] = OrderedDict()
        self._lock = Lock()
        # One lock for many keys: now and then a page waits for another, and none is kept for what is never asked again.
        self._rendering = tuple(Lock() for _ in range(64))

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key, now: datetime, render: Callable[[], Rendered]) -> Rendered:
        """Give a page; whoever asks while it is being rendered waits for that."""
        if kept := self._get(key, now):
            return kept
        with self._rendering[hash(key) % len(self._rendering)]:
            if kept := self._get(key, now):
                return kept
            rendered = render()
            with self._lock:
                self._kept[key] = rendered, min(filter(None, (rendered[1], now + LONGEST, clock.next_midnight(now))))
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            return rendered

    def _get(self, key: Key, now: datetime) -> Rendered | None:
        with self._lock:
            rendered, until = self._kept.get(key, (None, now))
            if rendered is None or until <= now:
                return None
            self._kept.move_to_end(key)
            return rendered


def kept_page(shared_list: SharedList, part: str, render: Callable[[], Rendered]) -> Response:
    """Answer with a page of a list, kept or rendered now; no search engine's business."""
    if set(request.cookies) <= {appearance.COOKIE}:
        # The whole address, since the page's own forms lead back to it.
        asked = (part, request.full_path, request.cookies.get(appearance.COOKIE, ""))
        key = (str(shared_list.id), str(shared_list.version), exporting.version(), *asked)
        body, until = _pages().get(key, clock.now(), render)
    else:
        body, until = render()
    response = fresh_until(make_response(body), until)
    response.cache_control.max_age = 0  # asked for anew each time, in a few bytes: it may have been taken down
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _pages() -> KeptPages:
    pages = current_app.extensions.setdefault(KEY, KeptPages())
    assert isinstance(pages, KeptPages)
    return pages
