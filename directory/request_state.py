"""What belongs to this request: the one place that knows both Flask and SQLAlchemy."""

from typing import cast

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from directory.parts import Parts

KEY = "wayin_parts"


def keep(app: Flask, parts: Parts) -> None:
    """Give ``app`` its parts, and close each request's session at its end."""
    app.extensions[KEY] = parts

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        opened = g.pop("session", None)
        if opened is not None:
            opened.close()


def parts() -> Parts:
    """Give the parts of the running product."""
    return cast(Parts, current_app.extensions[KEY])


def session() -> Session:
    """Give this request's session, opened when first asked for.

    Nothing is committed unless a view that posts says ``session().commit()``; what isn't is undone at the end.
    """
    if "session" not in g:
        g.session = parts().sessions()
    return cast(Session, g.session)
