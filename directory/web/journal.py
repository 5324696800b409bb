"""One log line for each answer, with nothing in it that says who asked or what for."""

import time
import uuid

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def keep_journal(app: Flask) -> None:
    """Name each request, in the logs and to the visitor, and write down its route, status and time.

    The route is the pattern, not the address, and the query, the visitor's network address and browser are left out:
    what people look for, and that they do, is theirs.
    """

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        g.request_id = uuid.uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def write(response: Response) -> Response:
        if "began" in g:
            response.headers["X-Request-Id"] = g.request_id
            log.info(
                "answered",
                method=request.method,
                route=request.url_rule.rule if request.url_rule else None,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - g.began) * 1000, 1),
            )
        return response
