"""Email put into words, without a request: ``templates/emails/NAME.txt`` and ``NAME.html`` become one message.

``NAME.txt`` extends ``emails/base.txt`` and says it all in the blocks ``subject`` (one line: the news), ``preheader``
(what an inbox shows beside it; may be left out), ``body`` and ``why`` (why it came). ``NAME.html`` extends
``emails/base.html`` and has only a ``body``, made of the macros in ``emails/parts.html``; what stands in the other
blocks is taken from the plain text.
"""

import re
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from jinja2.runtime import Context

from directory.foundation.mail import Message
from directory.foundation.resources import resource
from directory.foundation.settings import Settings

LONGEST_SUBJECT = 120


def compose(settings: Settings, name: str, to: str, **context: object) -> Message:
    """Write the email ``name`` to one address; a template is given ``context`` and what the site is called.

    Raises jinja2's UndefinedError when a template speaks of what it wasn't given.
    """
    words = {
        "site_name": settings.site_name,
        "site_address": settings.site_address,
        "contact_address": settings.contact_address,
        **context,
    }
    plain = _templates().get_template(f"emails/{name}.txt")
    given = plain.new_context(words)
    said = {block: _line(plain, given, block) for block in ("subject", "preheader", "why")}
    if len(said["subject"]) > LONGEST_SUBJECT:
        said["subject"] = said["subject"][: LONGEST_SUBJECT - 1].rstrip() + "…"
    return Message(
        to=to,
        subject=said["subject"],
        text=re.sub(r"\n{3,}", "\n\n", plain.render(words)).strip() + "\n",
        html=_templates().get_template(f"emails/{name}.html").render(words, **said),
    )


def _line(template: Template, context: Context, block: str) -> str:
    return " ".join("".join(template.blocks[block](context)).split())


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
