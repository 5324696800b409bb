"""Lists that anybody may open, and what is said where there is none: not here, or taken down."""

from werkzeug.exceptions import Gone, NotFound

from directory.lists import queries
from directory.lists.models import SharedList
from directory.request_state import session


class NoSuchList(NotFound):
    """Nothing is at this address; who types it may have been given a class code."""

    own_page = "lists/unknown.html"


class TakenDown(Gone):
    """A moderator took the list down: nothing of it is shown, not even what it was called."""

    own_page = "lists/taken_down.html"


def standing(address: str) -> SharedList:
    """Get a list that anybody may see, whole; raises NoSuchList (404) and TakenDown (410)."""
    shared_list = known(address)
    if shared_list is None:
        raise NoSuchList
    if shared_list.taken_down_at is not None:
        raise TakenDown
    return shared_list


def known(address: str) -> SharedList | None:
    """Get a list, also one that was taken down; nothing typed is too odd to be asked about."""
    return queries.by_address(session(), address) if address.isascii() and address.isalnum() else None
