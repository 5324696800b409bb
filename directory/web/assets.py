"""Styles, scripts and icons at addresses that hold their own fingerprint, so that browsers may keep them for a year."""

import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, url_for

from directory.web.access import ANYONE, open_to

A_YEAR = 365 * 24 * 60 * 60
FINGERPRINT_LENGTH = 12

CSS_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']\)?(?:\s+layer\(([\w.-]+)\))?\s*;""")
CSS_URL = re.compile(r"""(?<!@import )url\(\s*(["']?)(?!data:|https?:|[#/])([^"')]+)\1\s*\)""")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
JS_IMPORT = re.compile(r"""(\b(?:from|import)\s*\(?\s*)(["'])(\.{1,2}/[^"']+)\2""")
FINGERPRINTED = re.compile(rf"(.+)\.([0-9a-f]{{{FINGERPRINT_LENGTH}}})(\.\w+)")

mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True)
class Asset:
    """A file as it is served."""

    name: str
    body: bytes

    @cached_property
    def fingerprint(self) -> str:
        """Give what changes whenever the body does."""
        return hashlib.sha256(self.body).hexdigest()[:FINGERPRINT_LENGTH]

    @property
    def address(self) -> str:
        """Give the name with the fingerprint in it: ``css/site.0123456789ab.css``."""
        stem, suffix = posixpath.splitext(self.name)
        return f"{stem}.{self.fingerprint}{suffix}"

    @property
    def media_type(self) -> str:
        """Say what it is."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class Assets:
    """The files of one folder, made ready once.

    A stylesheet's ``@import "file" layer(name);`` lines are replaced by what they name, so one file is sent.
    A module's imports and a stylesheet's ``url()`` are pointed at the fingerprinted addresses. A name that leads
    nowhere, or a circle of imports, raises ValueError at the start rather than a broken page later.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Asset] = {}
        self._making: list[str] = []
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                self._make(file.relative_to(folder).as_posix())

    def __iter__(self) -> Iterator[Asset]:
        return iter(self._made.values())

    def address(self, name: str) -> str:
        """Give the address of ``name``; KeyError when there is no such file."""
        return self._made[name].address

    def find(self, address: str) -> tuple[Asset | None, bool]:
        """Find what ``address`` names, and whether its fingerprint is the present one."""
        if match := FINGERPRINTED.fullmatch(address):
            asset = self._made.get(match[1] + match[3])
            return asset, asset is not None and asset.fingerprint == match[2]
        return self._made.get(address), False

    def _make(self, name: str) -> Asset:
        if name in self._made:
            return self._made[name]
        if name in self._making:
            raise ValueError(f"{' → '.join([*self._making, name])}: these import each other")
        self._making.append(name)
        body = self._read(name)
        if name.endswith(".css"):
            body = self._bundle(name, name).encode()
        elif name.endswith(".js"):
            body = JS_IMPORT.sub(lambda match: self._import(name, match), body.decode()).encode()
        self._making.remove(name)
        self._made[name] = Asset(name, body)
        return self._made[name]

    def _bundle(self, name: str, into: str) -> str:
        """Give the text of stylesheet ``name`` with its imports in place, as part of the file ``into``."""

        def replace_import(match: re.Match[str]) -> str:
            imported = self._bundle(_beside(name, match[1]), into)
            return f"@layer {match[2]} {{\n{imported}\n}}" if match[2] else imported

        def replace_url(match: re.Match[str]) -> str:
            address = self._make(_beside(name, match[2])).address
            return f'url("{posixpath.relpath(address, posixpath.dirname(into) or ".")}")'

        text = CSS_COMMENT.sub("", self._read(name).decode())
        text = CSS_IMPORT.sub(replace_import, CSS_URL.sub(replace_url, text))
        if "@import" in text:
            raise ValueError(f'{name}: an @import is not of the form @import "file" layer(name);')
        return text.strip()

    def _import(self, name: str, match: re.Match[str]) -> str:
        address = self._make(_beside(name, match[3])).address
        relative = posixpath.relpath(address, posixpath.dirname(name) or ".")
        return f"{match[1]}{match[2]}{relative if relative.startswith('.') else './' + relative}{match[2]}"

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            asking = [asked for asked in self._making if asked != name]
            raise ValueError(f"{' → '.join([*asking, name])}: there is no such file") from None


def _beside(name: str, reference: str) -> str:
    """Resolve ``reference`` as written in the file ``name``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), reference))


def serve_assets(app: Flask, folder: Path) -> None:
    """Serve ``folder``; templates name a file as ``asset("css/site.css")``."""
    assets = Assets(folder)

    @app.url_defaults
    def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["filename"] = assets.address(values["filename"])

    @app.template_global()
    def asset(name: str) -> str:
        return url_for("static", filename=name)

    @app.get("/static/<path:filename>", endpoint="static")
    @open_to(ANYONE)
    def static(filename: str) -> Response:
        asset, is_present = assets.find(filename)
        if asset is None:
            abort(404)
        response = Response(asset.body, mimetype=asset.media_type)
        response.set_etag(asset.fingerprint, weak=True)
        if is_present:
            response.cache_control.public = True
            response.cache_control.max_age = A_YEAR
            response.cache_control.immutable = True
        else:
            # A page kept from before the last change asks for what is gone: it gets the present file, this once.
            response.cache_control.no_cache = True
        return response
