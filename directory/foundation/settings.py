"""Every knob the product has, its default and its why; read once from the WAYIN_* variables."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from directory.foundation.refusals import Misconfigured
from directory.foundation.resources import usual_data_folder

PREFIX = "WAYIN_"
SHORTEST_SECRET = 32

POSTGRESQL = "postgresql+psycopg"
DRIVERS = {"postgres": POSTGRESQL, "postgresql": POSTGRESQL, POSTGRESQL: POSTGRESQL, "sqlite": "sqlite"}

# One email address and nothing that could begin another, a name or a comment.
ONE_ADDRESS = re.compile(r"""[^@\s<>()\[\]\\,;:"]+@[^@\s<>()\[\]\\,;:"]+""")
# How a mail server is spoken to, and on which port unless its address names one.
SMTP_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class Environment(StrEnum):
    """Where the product runs: on somebody's desk, or in front of the public."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class EngineName(StrEnum):
    """The search engines that can be chosen."""

    WHOOSH = "whoosh"
    MEMORY = "memory"


class LogLevel(StrEnum):
    """The quietest message that is still written down."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _one_of(choices: type[StrEnum]) -> Callable[[str], StrEnum]:
    def read(text: str) -> StrEnum:
        if text.lower() not in list(choices):
            raise ValueError(f"must be one of: {', '.join(choices)}")
        return choices(text.lower())

    return read


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError("must be yes or no")
    return text.lower() == "yes"


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _database_url(text: str) -> str:
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("must be an address such as postgresql://user:password@host/name") from None
    if url.drivername not in DRIVERS:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url.set(drivername=DRIVERS[url.drivername]).render_as_string(hide_password=False)


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return text


def _site_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://wayin.example")
    return text.rstrip("/")


def _email(text: str) -> str:
    if not ONE_ADDRESS.fullmatch(text) or "." not in text.rpartition("@")[2].strip(".") or not text.isprintable():
        raise ValueError("must be an email address")
    return text


def _smtp_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in SMTP_PORTS and parts.hostname and parts.port != 0
    except ValueError:  # its words would repeat what was given
        is_address = False
    if not is_address or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(
            "must be an address such as smtp://user:password@mail.example:587, with %40 for an @ in a name"
        )
    if parts.scheme == "smtp+plain" and parts.password:
        raise ValueError("must not send a password unencrypted: smtp:// or smtps:// would encrypt it")
    return text


def _usual_sender(known: Mapping[str, Any]) -> str:
    host = urlsplit(known["site_address"]).hostname or "localhost"
    return f"no-reply@{'localhost' if _is_number(host) else host}"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Say whether ``host``, a name or a number, is this machine as only it can call itself."""
    return ip_address(host).is_loopback if _is_number(host) else host.lower() == "localhost"


def _usual_database(known: Mapping[str, Any]) -> str:
    return f"sqlite:///{known['data_folder'] / 'wayin.sqlite3'}"


def _local_address(host: str, port: int) -> str:
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _knob(
    default: str | Callable[[Mapping[str, Any]], Any] | None,
    read: Callable[[str], Any],
    why: str,
    *,
    default_words: str = "",
    secret: bool = False,
) -> Any:
    """Declare a knob. ``default`` is text as a person would write it, or a function of the knobs read before it."""
    words = default_words or (f"`{default}`" if isinstance(default, str) else "none")
    return field(metadata={"default": default, "read": read, "why": why, "words": words, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """The knobs as read. Knobs whose default leans on another stand below it."""

    environment: Environment = _knob(
        Environment.DEVELOPMENT,
        _one_of(Environment),
        "`production` asks for a real secret, tells browsers to insist on https and writes logs as JSON.",
    )
    data_folder: Path = _knob(
        lambda known: usual_data_folder(),
        _folder,
        "Where the database, the search index and the development secret are kept: the one folder to back up.",
        default_words="`data/` in a checkout, else your user data folder",
    )
    database_url: str = _knob(
        _usual_database,
        _database_url,
        "The truth lives here. SQLite needs nothing; PostgreSQL (`postgresql://…`) serves several machines.",
        default_words="SQLite in the data folder",
        secret=True,
    )
    secret_key: str | None = _knob(
        None,
        _secret,
        f"Signs what must not be forged, so it must be long (at least {SHORTEST_SECRET} characters), yours and kept.",
        default_words="made once and kept in the data folder; none in production",
        secret=True,
    )
    site_name: str = _knob("Way In", str, "The name people see, in one place so that it can be changed.")
    host: str = _knob(
        "127.0.0.1", str, "Which network address to listen on: this machine alone, unless you decide otherwise."
    )
    port: int = _knob("8000", _whole_number(1, 65535), "Which port to listen on.")
    site_address: str = _knob(
        lambda known: _local_address(known["host"], known["port"]),
        _site_address,
        "The public address, for links that are read away from the site, such as canonical addresses.",
        default_words="made of the host and port",
    )
    contact_address: str | None = _knob(
        None, _email, "The email address shown for corrections and questions; none is shown until you give one."
    )
    smtp_url: str | None = _knob(
        None,
        _smtp_url,
        "The mail server: `smtp://user:password@host:587` (STARTTLS), `smtps://…` (TLS) or, for one on your own"
        " network, `smtp+plain://host:25`. Without one, email is only kept in the data folder.",
        secret=True,
    )
    mail_from: str = _knob(
        _usual_sender,
        _email,
        "The address that email comes from; your mail server must be willing to send for it.",
        default_words="`no-reply@` the site's host",
    )
    search_engine: EngineName = _knob(
        EngineName.WHOOSH,
        _one_of(EngineName),
        "`whoosh` keeps its index on disk; `memory` is exact and small, for tests and tiny catalogues.",
    )
    second_moderator: bool = _knob(
        "yes",
        _yes_or_no,
        "Whether a listing that brings people under 18 in person needs two moderators before it is published.",
    )
    trusted_proxies: int = _knob(
        "0",
        _whole_number(0, 10),
        "How many proxies of yours stand in front, whose word on the visitor's scheme and host is believed.",
    )
    fetch_links: bool = _knob(
        "yes",
        _yes_or_no,
        "Whether pages that organisations name are opened, to fill in forms and to check links; `no` opens none.",
    )
    log_level: LogLevel = _knob(LogLevel.INFO, _one_of(LogLevel), "The quietest message that is still written.")

    @property
    def in_production(self) -> bool:
        """Say whether the public is looking."""
        return self.environment is Environment.PRODUCTION

    @property
    def is_private(self) -> bool:
        """Say whether it listens to nobody but its developer, at this machine."""
        return not self.in_production and is_loopback(self.host)

    @property
    def mail_folder(self) -> Path:
        """Give the folder where email is kept when there is no mail server."""
        return self.data_folder / "mail"

    @property
    def local_address(self) -> str:
        """Give the address at which this machine reaches the product."""
        return _local_address(self.host, self.port)

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """Read the settings from ``variables``; empty ones count as not given.

        Raises Misconfigured naming the variable, for an unknown name, an unreadable value and
        a missing secret in production.
        """
        given = {name: text.strip() for name, text in variables.items() if name.startswith(PREFIX) and text.strip()}
        _refuse_unknown(given)
        known: dict[str, Any] = {}
        for knob in fields(cls):
            known[knob.name] = _value(knob, given.get(variable_name(knob)), known)
        if known["environment"] is Environment.PRODUCTION and not known["secret_key"]:
            raise Misconfigured(
                f"In production WAYIN_SECRET_KEY must be set, to at least {SHORTEST_SECRET} characters that nobody"
                " can guess; `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'` makes one."
            )
        return cls(**known)


@dataclass(frozen=True, slots=True)
class KnobDescription:
    """One knob as it is told to people."""

    variable: str
    default: str
    why: str
    secret: bool


def variable_name(knob: "Field[Any]") -> str:
    """Give the name of the variable that sets ``knob``."""
    return PREFIX + knob.name.upper()


def describe() -> Iterable[KnobDescription]:
    """Tell every knob, in the order they are declared."""
    for knob in fields(Settings):
        told = knob.metadata
        yield KnobDescription(variable_name(knob), told["words"], told["why"], told["secret"])


def shown(settings: Settings) -> Mapping[str, str]:
    """Give each variable's present value in words fit to print: secrets stay hidden."""
    values = {}
    for knob in fields(Settings):
        value = getattr(settings, knob.name)
        if knob.name == "database_url":
            value = make_url(value).render_as_string(hide_password=True)
        elif knob.metadata["secret"] and value:
            value = "(set)"
        elif isinstance(value, bool):
            value = "yes" if value else "no"
        values[variable_name(knob)] = "" if value is None else str(value)
    return values


def _refuse_unknown(given: Iterable[str]) -> None:
    known = [variable_name(knob).removeprefix(PREFIX) for knob in fields(Settings)]
    for name in sorted({name.removeprefix(PREFIX) for name in given} - set(known)):
        near = get_close_matches(name, known, n=1)  # without the prefix, which makes any two names alike
        hint = f"Did you mean {PREFIX}{near[0]}?" if near else "`./run settings` lists the ones there are."
        raise Misconfigured(f"{PREFIX}{name} is not a setting. {hint}")


def _value(knob: "Field[Any]", text: str | None, known: Mapping[str, Any]) -> Any:
    default, read = knob.metadata["default"], knob.metadata["read"]
    if text is None and not isinstance(default, str):
        return default(known) if default else None
    try:
        return read(default if text is None else text)
    except ValueError as problem:
        told = "" if knob.metadata["secret"] else f", not {text!r}"
        raise Misconfigured(f"{variable_name(knob)} {problem}{told}.") from None
