"""A list as the public meets it, made straight in the room: who opens it has no key."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from directory.lists import actions
from directory.lists.models import SharedList
from directory.lists.words import ListWords
from directory.search.query import SearchQuery
from tests.contracts.listings import NOW

WORDS = ListWords(
    "Year 12 biology: spring options", "the careers team, Ashgrove College", "Start here.\nThen ask.\n\nYours."
)

# Markup, an attribute's end, a template, the ends of JSON, XML and comments, and letters that turn the words around.
HOSTILE = "</title>\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}]]>--><!--&amp;#x3c;"
HOSTILE_WORDS = ListWords(HOSTILE[:88], HOSTILE, f"{HOSTILE}\n\n{HOSTILE}")


def share(
    session: Session,
    pinned: Sequence[int] = (),
    *,
    words: ListWords = WORDS,
    rule: str | None = None,
    notes: Sequence[str] = (),
    now: datetime = NOW,
) -> SharedList:
    """Make a list with these pins, a note for each of the first, and a search by words."""
    query = SearchQuery().with_text(rule) if rule else None
    made = actions.make(session, words, now, rule=query, pinned=pinned).shared_list
    for id, note in zip(pinned, notes, strict=False):
        actions.note(session, made, id, note, now)
    session.commit()
    return made
