"""How long a page may be kept, and the short answer when it hasn't changed."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, make_response, render_template, request

from directory.foundation import clock

# An edit shows within this long, wherever a copy of the page was kept.
LONGEST = timedelta(minutes=5)


def fresh_until(response: Response, *moments: datetime | None) -> Response:
    """Let ``response`` be kept until the first of ``moments``, the next midnight in the UK, or LONGEST from now.

    A view gives the moments when what the page says changes: a deadline shown, a round about to open. Midnight
    always counts, because pages say "tomorrow". None stands for a moment that isn't known and changes nothing.
    """
    now = clock.now()
    ends = [now + LONGEST, clock.next_midnight(now), *(moment for moment in moments if moment and moment > now)]
    response.cache_control.public = True
    response.cache_control.max_age = int((min(ends) - now).total_seconds())
    response.cache_control.must_revalidate = True
    return response


def page_until(moment: datetime | None, template: str, **context: Any) -> Response:
    """Render ``template`` as a page that may be kept until ``moment``, as ``fresh_until`` says."""
    return fresh_until(make_response(render_template(template, **context)), moment)


def private(page: Response | str) -> Response:
    """Keep a page out of every cache and out of search engines."""
    response = make_response(page)
    response.cache_control.no_store = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def keep_pages_fresh(app: Flask) -> None:
    """Give every page a validator and a term; answer 304 when the visitor has it already."""

    @app.after_request
    def validate(response: Response) -> Response:
        if request.method not in ("GET", "HEAD"):
            return response
        if response.status_code != 200:
            if response.status_code >= 400:
                response.cache_control.no_store = True
            return response
        if response.is_streamed or response.cache_control.no_store:
            return response
        if response.mimetype == "text/html":
            response.vary.add("Cookie")  # the appearance setting
            if response.cache_control.max_age is None:
                fresh_until(response)
        # Weak, because one page is sent in several encodings.
        response.add_etag(weak=True)
        response.make_conditional(request)
        return response
