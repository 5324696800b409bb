"""Take a list elsewhere: its link, its code, and the lines that put it on another site, made to fit there."""

from flask import Blueprint, Response, render_template, request

from directory.request_state import parts
from directory.web.access import ANYONE, open_to
from directory.web.caching import fresh_until
from directory.web.contrast import colour_of, readable_on, written
from directory.web.lists.embedding import (
    AT_MOST,
    COLOURS,
    DARK,
    HEADINGS,
    LIGHT,
    THEMES,
    Look,
    embed_address,
    lines_to_paste,
)
from directory.web.lists.standing import standing
from directory.web.lists.ways_in import ways_in

pages = Blueprint("list_sharing", __name__)

NO_COLOUR = "Enter a colour as six digits, like #0b5132, or leave it empty"


@pages.get("/l/<address>/share")
@open_to(ANYONE)
def share(address: str) -> Response:
    """Show the list's link and its code, and the lines that put it on another site."""
    shared_list, look = standing(address), Look.asked()
    typed = request.args.get("own", "").replace("\x00", "").strip()[:40]
    if (own := colour_of(typed)) is not None:
        look = Look(look.theme, look.heading, written(own), look.most)
    page = render_template(
        "lists/share.html",
        shared_list=shared_list,
        look=look,
        own=typed or ("" if look.own is None else f"#{look.colour}"),
        problem=NO_COLOUR if typed and own is None else None,
        changed=_changed(look),
        themes=THEMES,
        headings=HEADINGS,
        colours=COLOURS,
        at_most=AT_MOST,
        lines=lines_to_paste(shared_list, look),
        embed_address=embed_address(shared_list, look),
        site_host=parts().settings.site_address.partition("://")[2],
        **ways_in(shared_list),
    )
    response = fresh_until(Response(page))
    response.status_code = 422 if typed and own is None else 200
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _changed(look: Look) -> str | None:
    """Say what becomes of a colour in which words could not be read."""
    if look.own is None:
        return None
    shown = {"light": readable_on(look.own, LIGHT), "dark": readable_on(look.own, DARK)}
    changes = [
        f"{'darker' if theme == 'light' else 'lighter'} where it is {theme}, #{written(colour)}"
        for theme, colour in shown.items()
        if colour != look.own and look.theme in ("auto", theme)
    ]
    return f"Words in #{look.colour} would be hard to read, so they are {' and '.join(changes)}." if changes else None
