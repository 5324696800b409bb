"""An address as it was pasted, as what to open: never a login, a strange port, a number or a name of this network."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from directory.submissions.links.refused import CannotFetch, Why

LONGEST = 2_000
LONGEST_HOST = 253
PORTS = {"http": 80, "https": 443}
NOT_AN_ADDRESS = "Enter a full web address, like https://example.org/apply"

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_KEPT_IN_PATHS = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Target:
    """What to open: every part fit to be sent."""

    scheme: str
    host: str
    port: int
    path: str  # with its query

    @property
    def origin(self) -> str:
        """Give the site: the scheme, the host, and the port where it isn't the scheme's own."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Give the host and, where it isn't the scheme's own, the port."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Give the whole address."""
        return f"{self.origin}{self.path}"

    def onward(self, location: str) -> "Target":
        """Read where a page passes us on to.

        Raises CannotFetch for an address that we don't open, and for one that leaves https.
        """
        try:
            target = read_target(urljoin(self.url, location.strip().replace(" ", "%20")))
        except ValueError:
            raise CannotFetch(Why.ADDRESS, NOT_AN_ADDRESS) from None
        if self.scheme == "https" and target.scheme != "https":
            raise CannotFetch(
                Why.REDIRECTS, "That page passes us on from https to http, which isn’t safe, so we didn’t follow."
            )
        return target


def read_target(text: str) -> Target:
    """Read a pasted address; without a scheme it is https. Raises CannotFetch with what to enter instead."""
    typed = text.strip()
    if not typed or len(typed) > LONGEST or _UNSAFE.search(typed):
        raise CannotFetch(Why.ADDRESS, NOT_AN_ADDRESS)
    if "://" not in typed and ":" not in re.split(r"[/?#]", typed, maxsplit=1)[0]:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        raise CannotFetch(Why.ADDRESS, NOT_AN_ADDRESS) from None
    if parts.scheme not in PORTS or not parts.netloc:
        raise CannotFetch(Why.ADDRESS, NOT_AN_ADDRESS)
    if "@" in parts.netloc:
        raise CannotFetch(Why.ADDRESS, "Give the address without a user name or password in it.")
    if port is None:
        port = PORTS[parts.scheme]
    if port not in PORTS.values():
        raise CannotFetch(Why.ADDRESS, f"We only open ordinary web pages. Give the address without ‘:{port}’.")
    return Target(parts.scheme, _host(parts), port, _path(parts))


def _host(parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    try:
        host = name.encode("idna").decode("ascii").lower() if len(name) <= LONGEST_HOST else ""
    except UnicodeError:
        host = ""
    labels = host.split(".")
    if ":" in name or "[" in parts.netloc or _NUMBER.fullmatch(labels[-1]):
        # A number has a dozen spellings (octal, hexadecimal, one long decimal), and no organisation's page needs one.
        raise CannotFetch(Why.ADDRESS, "Give the address by its name, like https://example.org/apply, not a number.")
    if len(labels) < 2 or len(host) > LONGEST_HOST or not all(map(_LABEL.fullmatch, labels)):
        raise CannotFetch(Why.ADDRESS, NOT_AN_ADDRESS)
    return host


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_KEPT_IN_PATHS, errors="replace")
    query = quote(parts.query, safe=f"{_KEPT_IN_PATHS}?[]", errors="replace")
    return f"{path if path.startswith('/') else f'/{path}'}{f'?{query}' if query else ''}"
