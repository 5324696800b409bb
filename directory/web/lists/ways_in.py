"""How people come to a list: its short address, as words and as a code to scan."""

from typing import TypedDict

from markupsafe import Markup

from directory.foundation import addresses
from directory.lists.models import SharedList
from directory.request_state import parts
from directory.web.qr import qr


class WaysIn(TypedDict):
    """What templates say of them. The short address has no scheme; it is given in the two parts it may break at."""

    public_address: str
    short_address: tuple[str, str]
    code: Markup


def public_address(shared_list: SharedList) -> str:
    """Give the short address of a list."""
    return addresses.at(parts().settings, f"/l/{shared_list.address}")


def ways_in(shared_list: SharedList) -> WaysIn:
    """Give what leads to a list from outside."""
    address = public_address(shared_list)
    site, _, name = address.partition("://")[2].rpartition("/")
    return {"public_address": address, "short_address": (f"{site}/", name), "code": qr(address)}
