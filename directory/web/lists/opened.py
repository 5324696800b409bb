"""Counting how often lists are opened: when their page is asked for, by anybody, once the answer is on its way."""

from flask import after_this_request, current_app, request
from werkzeug import Response

from directory.foundation import clock
from directory.foundation.date_words import uk_day
from directory.lists.counting import Views
from directory.lists.models import SharedList
from directory.request_state import parts

KEY = "wayin_list_views"


def views() -> Views:
    """Give what this process counts."""
    counted = current_app.extensions.get(KEY) or current_app.extensions.setdefault(KEY, Views(parts().sessions))
    assert isinstance(counted, Views)
    return counted


def count_opened(shared_list: SharedList) -> None:
    """Count that somebody opens a list's page, also one that they have already (304).

    Not counted are a look at its headers and what a browser fetches in case it is opened. A copy that a browser or a
    school's network kept, five minutes at most, is opened without our knowing.
    """
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return
    counting = views()
    counting.count(shared_list.id, uk_day(clock.now()))

    @after_this_request
    def write(response: Response) -> Response:
        response.call_on_close(counting.write_in_time)
        return response
